// One exercise.json: facts, and every mistake in them.
#include <algorithm>
#include <set>

#include "harness/catalog/catalog.hpp"
#include "harness/catalog/json_fields.hpp"
#include "harness/catalog/names.hpp"
#include "harness/catalog/nearest.hpp"

namespace lockstep::catalog {

namespace {

constexpr int manifest_schema = 1;

std::string join(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : std::string(between)) + word;
  return text;
}

model::Engine read_engine(JsonFields& fields) {
  const std::string word = fields.text("engine");
  const std::optional<model::Engine> engine = model::engine_from(word);
  if (word.empty() || engine) return engine.value_or(model::Engine::native);
  std::vector<std::string> words;
  for (const model::EngineRow& row : model::engine_table) words.emplace_back(row.word);
  fields.problem("engine", in_quotes(word) + " is not an engine" + did_you_mean(word, words) + "; engines that can be named: " + join(words, ", "));
  return model::Engine::native;
}

// What --gtest_filter takes as one pattern: "Suite.Name" with * and ?. A colon or a leading minus would change the meaning of the whole filter.
bool is_test_pattern(const std::string& pattern) {
  const auto allowed = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view("_./*?").find(c) != std::string_view::npos;
  };
  if (!std::all_of(pattern.begin(), pattern.end(), allowed)) return false;
  return pattern.find('*') != std::string::npos || std::count(pattern.begin(), pattern.end(), '.') == 1;
}

model::Check read_check(const boost::json::value& value, const std::string& where, const std::string& file, std::vector<Problem>& problems) {
  JsonFields fields(value, where, file, problems);
  model::Check check;
  check.id = fields.text("id");
  if (!check.id.empty() && !is_snake_case(check.id)) fields.problem("id", in_quotes(check.id) + " is not snake_case");
  check.engine = read_engine(fields);
  check.program = fields.text("program");
  if (!check.program.empty() && !is_plain_source_name(check.program, false))
    fields.problem("program", in_quotes(check.program) + " is not the name of a .cpp file (without a folder)");
  check.tests = fields.texts("tests");
  for (const std::string& pattern : check.tests)
    if (!is_test_pattern(pattern)) fields.problem("tests", in_quotes(pattern) + " is not one GoogleTest pattern, such as Suite.Name or Suite.*");
  check.points = fields.number("points", 0, 100).value_or(0);
  check.hidden = fields.flag("hidden");
  check.measures = fields.flag("measures");
  if (const std::optional<std::string> word = fields.optional_text("deadlock_means")) {
    check.deadlock_means = model::verdict_from(*word).value_or(model::Verdict::passed);
    if (check.deadlock_means != model::Verdict::deadlock && check.deadlock_means != model::Verdict::not_concurrent)
      fields.problem("deadlock_means", in_quotes(*word) + " is neither deadlock nor not_concurrent");
  }
  if (check.engine == model::Engine::lockstep) {
    if (fields.has("budget")) check.exploring.budget = fields.number("budget", 1, 1'000'000).value_or(1);
    if (fields.has("bound")) check.exploring.bound = fields.number("bound", 0, 6).value_or(0);
    check.exploring.spurious = fields.flag("spurious");
    const std::string time = fields.optional_text("time").value_or("idle");
    check.exploring.adversarial = time == "adversarial";
    if (time != "idle" && time != "adversarial") fields.problem("time", in_quotes(time) + " is neither idle nor adversarial");
  }
  check.needs = fields.texts("needs");
  check.says = fields.text("says");
  fields.finish();
  return check;
}

const model::Check* find_check(const std::vector<model::Check>& checks, const std::string& id) {
  const auto found = std::find_if(checks.begin(), checks.end(), [&](const model::Check& check) { return check.id == id; });
  return found == checks.end() ? nullptr : &*found;
}

// Follows `needs` from `id`; the chain of ids of the first circle that leads back to `start`, or nothing.
std::vector<std::string> circle_through(const std::vector<model::Check>& checks, const std::string& start, const std::string& id,
                                        std::set<std::string>& seen) {
  const model::Check* check = find_check(checks, id);
  if (check == nullptr || !seen.insert(id).second) return {};
  for (const std::string& need : check->needs) {
    if (need == start) return {id, start};
    std::vector<std::string> rest = circle_through(checks, start, need, seen);
    if (rest.empty()) continue;
    rest.insert(rest.begin(), id);
    return rest;
  }
  return {};
}

void check_ids_and_needs(const std::vector<model::Check>& checks, const std::string& file, std::vector<Problem>& problems) {
  std::vector<std::string> ids;
  std::set<std::string> in_a_circle;  // reported once, at its first check
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const std::string where = "checks[" + std::to_string(i) + "]";
    if (!checks[i].id.empty() && std::find(ids.begin(), ids.end(), checks[i].id) != ids.end())
      problems.push_back({file, where + ".id", "another check has the id " + in_quotes(checks[i].id) + " already"});
    ids.push_back(checks[i].id);
  }
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const std::string where = "checks[" + std::to_string(i) + "].needs";
    for (const std::string& need : checks[i].needs)
      if (find_check(checks, need) == nullptr)
        problems.push_back({file, where, in_quotes(need) + " is not the id of a check" + did_you_mean(need, ids)});
    if (checks[i].id.empty() || in_a_circle.contains(checks[i].id)) continue;
    std::set<std::string> seen;
    const std::vector<std::string> circle = circle_through(checks, checks[i].id, checks[i].id, seen);
    if (circle.empty()) continue;
    in_a_circle.insert(circle.begin(), circle.end());
    problems.push_back({file, where, "a circle: " + join(circle, " needs ")});
  }
}

}  // namespace

model::Exercise parse_manifest(const std::string& text, const std::string& id, const std::string& file, std::vector<Problem>& problems) {
  model::Exercise exercise;
  exercise.id = id;
  exercise.chapter = id.substr(0, id.find('/'));
  exercise.name = id.substr(id.find('/') + 1);
  const std::optional<boost::json::value> root = read_json(text, file, problems);
  if (!root) return exercise;

  JsonFields fields(*root, "", file, problems);
  if (fields.has("schema")) {
    // The keys of another schema mean something else: one message instead of many wrong ones.
    std::vector<Problem> about_schema;
    JsonFields only_schema(*root, "", file, about_schema);
    if (!only_schema.number("schema", manifest_schema, manifest_schema)) {
      problems.push_back({file, "schema", "this version reads manifests of schema " + std::to_string(manifest_schema) + " only"});
      return exercise;
    }
  }
  fields.number("schema", manifest_schema, manifest_schema);
  exercise.title = fields.text("title");
  exercise.covers = fields.text("covers");
  exercise.difficulty = fields.number("difficulty", 1, 5).value_or(1);
  if (fields.has("ranks")) exercise.ranks = fields.number("ranks", 8, 64).value_or(8);

  exercise.edit = fields.texts("edit");
  if (exercise.edit.empty()) fields.problem("edit", "at least one file must be named that the student edits");
  for (const std::string& name : exercise.edit)
    if (!is_plain_source_name(name, true))
      fields.problem("edit", in_quotes(name) + " is not the name of a .cpp or .hpp file in the exercise's own folder");

  std::size_t index = 0;
  for (const boost::json::value* item : fields.objects("forbid")) {
    JsonFields entry(*item, "forbid[" + std::to_string(index++) + "]", file, problems);
    std::string facility = entry.text("facility");
    exercise.forbid.push_back({std::move(facility), entry.text("because")});
    entry.finish();
  }

  index = 0;
  for (const boost::json::value* item : fields.objects("checks"))
    exercise.checks.push_back(read_check(*item, "checks[" + std::to_string(index++) + "]", file, problems));
  fields.finish();

  if (exercise.checks.empty()) {
    fields.problem("checks", "at least one check is needed");
    return exercise;
  }
  int sum = 0;
  for (const model::Check& check : exercise.checks) sum += check.points;
  if (sum != 100) fields.problem("checks", "the points add up to " + std::to_string(sum) + ", not to 100");
  check_ids_and_needs(exercise.checks, file, problems);
  return exercise;
}

}  // namespace lockstep::catalog
