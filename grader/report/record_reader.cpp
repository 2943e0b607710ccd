#include "grader/report/record_reader.hpp"

#include <algorithm>
#include <charconv>

#include "grader/report/stored_text.hpp"

namespace lockstep::report {

namespace json = boost::json;

json::value read_json(std::string_view text, const std::string& file) {
  json::stream_parser parser;
  json::error_code error;
  std::size_t read = parser.write_some(text.data(), text.size(), error);
  const std::size_t rest = text.find_first_not_of(" \t\r\n", read);
  if (!error && rest != std::string_view::npos) {
    error = json::error::extra_data;
    read = rest;
  }
  if (!error) parser.finish(error);
  if (error) {
    const std::string_view before = text.substr(0, read);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    throw model::UsageError(file + ":" + std::to_string(line) + ":" + std::to_string(before.size() - line_start + 1) +
                            ": not a record: " + error.message());
  }
  return parser.release();
}

RecordReader::RecordReader(const json::value& value, const std::string& file, std::string path)
    : object_(value.if_object()), file_(file), path_(std::move(path)) {
  if (object_ == nullptr) refuse(path_, "an object is expected");
}

void RecordReader::refuse(const std::string& path, const std::string& reason) const {
  throw model::UsageError(file_ + ": " + (path.empty() ? "" : path + ": ") + reason);
}

const json::value& RecordReader::member_at(std::string_view key) {
  const json::value* member = object_->if_contains(key);
  if (member == nullptr) refuse(path_of(key), "is missing");
  read_keys_.emplace(key);
  return *member;
}

void RecordReader::finish() const {
  for (const auto& member : *object_)
    if (!read_keys_.contains(std::string_view(member.key())))
      refuse(path_of(repair_utf8(std::string_view(member.key()))), "is not a part of a record");
}

void RecordReader::demand_sound_checks(const std::vector<model::CheckResult>& checks) const {
  std::set<std::string_view> ids;
  for (const model::CheckResult& check : checks) {
    if (!ids.insert(check.id).second) refuse(path_of("checks"), "two checks have the id " + check.id);
    if (check.points < 0 || check.points > 100) refuse(path_of("checks"), check.id + " has " + std::to_string(check.points) + " points");
  }
}

void RecordReader::seed(std::string_view key, std::uint64_t& seed) {
  std::string digits;
  (*this)(key, digits);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seed);
  if (error != std::errc() || end != digits.data() + digits.size()) refuse(path_of(key), "a number from 0 to 2^64-1, in quotes, is expected");
}

void RecordReader::read(const json::value& value, const std::string& path, std::string& text) const {
  if (!value.is_string()) refuse(path, "text is expected");
  text = std::string(value.get_string());
}

void RecordReader::read(const json::value& value, const std::string& path, bool& flag) const {
  if (!value.is_bool()) refuse(path, "true or false is expected");
  flag = value.get_bool();
}

void RecordReader::read(const json::value& value, const std::string& path, int& number) const {
  if (!value.is_int64() || value.get_int64() < std::numeric_limits<int>::min() || value.get_int64() > std::numeric_limits<int>::max())
    refuse(path, "a whole number is expected");
  number = static_cast<int>(value.get_int64());
}

void RecordReader::read(const json::value& value, const std::string& path, std::uint64_t& number) const {
  if (value.is_uint64())
    number = value.get_uint64();
  else if (value.is_int64() && value.get_int64() >= 0)
    number = static_cast<std::uint64_t>(value.get_int64());
  else
    refuse(path, "a whole number from 0 on is expected");
}

void RecordReader::read(const json::value& value, const std::string& path, double& number) const {
  if (value.is_null())
    number = std::numeric_limits<double>::quiet_NaN();
  else if (value.is_number())
    number = value.to_number<double>();
  else
    refuse(path, "a number is expected");
}

void RecordReader::read(const json::value& value, const std::string& path, model::Engine& engine) const {
  std::string text;
  read(value, path, text);
  const auto known = model::engine_from(text);
  if (!known) refuse(path, "an unknown engine");
  engine = *known;
}

void RecordReader::read(const json::value& value, const std::string& path, model::Verdict& verdict) const {
  std::string text;
  read(value, path, text);
  const auto known = model::verdict_from(text);
  if (!known) refuse(path, "an unknown verdict");
  verdict = *known;
}

void RecordReader::read(const json::value& value, const std::string& path, std::map<std::string, std::string>& entries) const {
  if (!value.is_object()) refuse(path, "an object is expected");
  entries.clear();
  for (const auto& member : value.get_object()) read(member.value(), path + "." + std::string(member.key()), entries[std::string(member.key())]);
}

}  // namespace lockstep::report
