// Reads the members of one JSON object of a record, strictly: a missing, unknown or wrongly typed member is a model::UsageError with its path,
// because a silent default would change a grade.
#pragma once

#include <boost/json.hpp>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <string_view>

#include "grader/report/record_fields.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::report {

// Throws model::UsageError with line and column.
boost::json::value read_json(std::string_view text, const std::string& file);

class RecordReader {
 public:
  // `path` is that of `value` in the file, for messages ("evidence.runs[3]"); empty for the whole file.
  RecordReader(const boost::json::value& value, const std::string& file, std::string path);

  template <class T>
  void operator()(std::string_view key, T& member) {
    read(member_at(key), path_of(key), member);
  }
  template <class T>
  void where(std::string_view key, T& member, bool) {
    if (has(key)) (*this)(key, member);
  }
  template <class T>
  void where(std::string_view key, std::optional<T>& member) {
    if (has(key)) (*this)(key, member.emplace());
  }
  void seed(std::string_view key, std::uint64_t& seed);
  void output(std::string_view key, std::string& printed) { (*this)(key, printed); }

  RecordReader object(std::string_view key) { return {member_at(key), file_, path_of(key)}; }
  bool has(std::string_view key) const { return object_->contains(key); }

  // A derived member must state what follows from the others.
  template <class T>
  void demand(std::string_view key, T expected) {
    T stated{};
    (*this)(key, stated);
    if (stated != expected) refuse(path_of(key), "does not follow from the checks: the record was changed or damaged");
  }
  // Distinct ids, and points from 0 to 100: sums stay far from overflow.
  void demand_sound_checks(const std::vector<model::CheckResult>& checks) const;

  // Refuses members that nobody read.
  void finish() const;

 private:
  [[noreturn]] void refuse(const std::string& path, const std::string& reason) const;
  const boost::json::value& member_at(std::string_view key);
  std::string path_of(std::string_view key) const { return path_.empty() ? std::string(key) : path_ + "." + std::string(key); }

  void read(const boost::json::value& value, const std::string& path, std::string& text) const;
  void read(const boost::json::value& value, const std::string& path, bool& flag) const;
  void read(const boost::json::value& value, const std::string& path, int& number) const;
  void read(const boost::json::value& value, const std::string& path, std::uint64_t& number) const;
  void read(const boost::json::value& value, const std::string& path, double& number) const;
  void read(const boost::json::value& value, const std::string& path, model::Engine& engine) const;
  void read(const boost::json::value& value, const std::string& path, model::Verdict& verdict) const;
  void read(const boost::json::value& value, const std::string& path, model::How& how) const { word(value, path, how_words, how); }
  void read(const boost::json::value& value, const std::string& path, model::Cut& cut) const { word(value, path, cut_words, cut); }
  void read(const boost::json::value& value, const std::string& path, model::Outcome& outcome) const {
    word(value, path, outcome_words, outcome);
  }
  void read(const boost::json::value& value, const std::string& path, std::map<std::string, std::string>& entries) const;

  template <class T>
  void read(const boost::json::value& value, const std::string& path, std::vector<T>& items) const {
    if (!value.is_array()) refuse(path, "a list is expected");
    items.clear();
    for (const boost::json::value& item : value.get_array()) {
      const std::string item_path = path + "[" + std::to_string(items.size()) + "]";
      read(item, item_path, items.emplace_back());
    }
  }
  template <class Part>
  void read(const boost::json::value& value, const std::string& path, Part& part) const {
    RecordReader members(value, file_, path);
    fields(members, part);
    members.finish();
  }

  template <std::size_t n, class Enumeration>
  void word(const boost::json::value& value, const std::string& path, const std::array<std::string_view, n>& words,
            Enumeration& enumeration) const {
    std::string text;
    read(value, path, text);
    for (std::size_t i = 0; i < n; ++i)
      if (words[i] == text) {
        enumeration = static_cast<Enumeration>(i);
        return;
      }
    refuse(path, "an unknown word");
  }

  const boost::json::object* object_;
  std::string file_;
  std::string path_;
  std::set<std::string, std::less<>> read_keys_;
};

}  // namespace lockstep::report
