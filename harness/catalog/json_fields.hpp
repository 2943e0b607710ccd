// Reads a JSON file that a person wrote. Every mistake becomes a problem with its file and key, and reading goes on, so that all of them are
// shown at once.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/catalog/catalog.hpp"

namespace lockstep::catalog {

// Nothing, and a problem with line and column, if `text` is not JSON. A key that stands twice in one object is a problem too: the parser would
// silently keep the last.
std::optional<boost::json::value> read_json(const std::string& text, const std::string& file, std::vector<Problem>& problems);

// The members of one object. Getters return an empty value after reporting a problem, so that a caller need not look; finish() reports unknown
// keys.
class JsonFields {
 public:
  // `where` is the object's own key, for example "checks[2]"; empty for the whole file.
  JsonFields(const boost::json::value& value, std::string where, std::string file, std::vector<Problem>& problems);

  std::string text(std::string_view key);                                // required, not empty
  std::optional<std::string> optional_text(std::string_view key);        // absent: nothing
  std::optional<int> number(std::string_view key, int low, int high);    // required
  bool flag(std::string_view key);                                       // absent: false
  std::vector<std::string> texts(std::string_view key);                  // absent: empty; no empty and no repeated item
  std::vector<const boost::json::value*> objects(std::string_view key);  // absent: empty
  bool has(std::string_view key) const { return object_.contains(key); }

  void problem(std::string_view key, std::string reason) const;
  std::string key_of(std::string_view key) const;  // "checks[2].points"
  void finish() const;

 private:
  const boost::json::value* member(std::string_view key, bool required);

  boost::json::object object_;
  bool readable_ = true;  // false: it is no object, which was reported once; its members are not reported as missing
  std::string where_;
  std::string file_;
  std::vector<Problem>& problems_;
  std::vector<std::string> known_;
};

}  // namespace lockstep::catalog
