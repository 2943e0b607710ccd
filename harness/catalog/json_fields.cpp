#include "harness/catalog/json_fields.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/stream_parser.hpp>
#include <set>

#include "harness/catalog/names.hpp"
#include "harness/catalog/nearest.hpp"

namespace lockstep::catalog {

namespace json = boost::json;

namespace {

std::string place_in(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t last = before.rfind('\n');
  const std::size_t column = before.size() - (last == std::string_view::npos ? 0 : last + 1) + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

// The events of a parse, of which only keys and the ends of objects matter here.
struct RepeatedKeys {
  static constexpr std::size_t max_object_size = std::size_t(-1), max_array_size = std::size_t(-1), max_key_size = std::size_t(-1),
                               max_string_size = std::size_t(-1);
  std::vector<std::set<std::string>> open;
  std::vector<std::string> repeated;
  std::string key;

  bool on_object_begin(json::error_code&) { return open.emplace_back(), true; }
  bool on_object_end(std::size_t, json::error_code&) { return open.pop_back(), true; }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) { return key += part, true; }
  bool on_key(json::string_view part, std::size_t, json::error_code&) {
    key += part;
    if (!open.back().insert(key).second) repeated.push_back(key);
    key.clear();
    return true;
  }
  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_array_begin(json::error_code&) { return true; }
  bool on_array_end(std::size_t, json::error_code&) { return true; }
  bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_string(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t, json::string_view, json::error_code&) { return true; }
  bool on_uint64(std::uint64_t, json::string_view, json::error_code&) { return true; }
  bool on_double(double, json::string_view, json::error_code&) { return true; }
  bool on_bool(bool, json::error_code&) { return true; }
  bool on_null(json::error_code&) { return true; }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }
};

}  // namespace

std::optional<json::value> read_json(const std::string& text, const std::string& file, std::vector<Problem>& problems) {
  json::stream_parser parser;
  json::error_code error;
  std::size_t read = parser.write_some(text.data(), text.size(), error);
  const std::size_t rest = text.find_first_not_of(" \t\r\n", read);
  if (!error && rest != std::string::npos) {
    error = json::error::extra_data;
    read = rest;
  }
  if (!error) parser.finish(error);
  if (error) {
    problems.push_back({file, "", "not JSON: " + error.message() + " at " + place_in(text, read)});
    return std::nullopt;
  }
  json::basic_parser<RepeatedKeys> keys{json::parse_options{}};
  keys.write_some(false, text.data(), text.size(), error);
  for (const std::string& key : keys.handler().repeated) problems.push_back({file, key, "stands twice in the same object"});
  return parser.release();
}

JsonFields::JsonFields(const json::value& value, std::string where, std::string file, std::vector<Problem>& problems)
    : where_(std::move(where)), file_(std::move(file)), problems_(problems) {
  if (value.is_object())
    object_ = value.get_object();
  else {
    readable_ = false;
    problems_.push_back({file_, where_, "an object { ... } is expected"});
  }
}

std::string JsonFields::key_of(std::string_view key) const { return where_.empty() ? std::string(key) : where_ + "." + std::string(key); }

void JsonFields::problem(std::string_view key, std::string reason) const { problems_.push_back({file_, key_of(key), std::move(reason)}); }

const json::value* JsonFields::member(std::string_view key, bool required) {
  known_.emplace_back(key);
  const json::value* value = object_.if_contains(key);
  if (value == nullptr && required && readable_) problem(key, "is missing");
  return value;
}

std::string JsonFields::text(std::string_view key) {
  const json::value* value = member(key, true);
  if (value == nullptr) return "";
  if (!value->is_string() || value->get_string().empty()) {
    problem(key, "text is expected, and not empty");
    return "";
  }
  return std::string(value->get_string());
}

std::optional<std::string> JsonFields::optional_text(std::string_view key) {
  if (!has(key)) return known_.emplace_back(key), std::nullopt;
  std::string given = text(key);
  return given.empty() ? std::nullopt : std::optional(std::move(given));
}

std::optional<int> JsonFields::number(std::string_view key, int low, int high) {
  const json::value* value = member(key, true);
  if (value == nullptr) return std::nullopt;
  if (!value->is_int64() || value->get_int64() < low || value->get_int64() > high) {
    problem(key, "a whole number from " + std::to_string(low) + " to " + std::to_string(high) + " is expected");
    return std::nullopt;
  }
  return static_cast<int>(value->get_int64());
}

bool JsonFields::flag(std::string_view key) {
  const json::value* value = member(key, false);
  if (value == nullptr) return false;
  if (!value->is_bool()) problem(key, "true or false is expected");
  return value->is_bool() && value->get_bool();
}

std::vector<std::string> JsonFields::texts(std::string_view key) {
  const json::value* value = member(key, false);
  std::vector<std::string> items;
  if (value == nullptr) return items;
  if (!value->is_array()) return problem(key, "a list [ ... ] of texts is expected"), items;
  std::size_t index = 0;
  for (const json::value& item : value->get_array()) {
    const std::string item_key = std::string(key) + "[" + std::to_string(index++) + "]";
    if (!item.is_string() || item.get_string().empty()) {
      problem(item_key, "text is expected, and not empty");
      continue;
    }
    const std::string text(item.get_string());
    if (std::find(items.begin(), items.end(), text) != items.end())
      problem(item_key, in_quotes(text) + " is there already");
    else
      items.push_back(text);
  }
  return items;
}

std::vector<const json::value*> JsonFields::objects(std::string_view key) {
  const json::value* value = member(key, false);
  std::vector<const json::value*> items;
  if (value == nullptr) return items;
  if (!value->is_array()) return problem(key, "a list [ ... ] of objects is expected"), items;
  for (const json::value& item : value->get_array()) items.push_back(&item);
  return items;
}

void JsonFields::finish() const {
  for (const auto& member : object_) {
    const std::string key(member.key());
    if (std::find(known_.begin(), known_.end(), key) == known_.end()) problem(key, "is not a known key" + did_you_mean(key, known_));
  }
}

}  // namespace lockstep::catalog
