#include "grader/report/record_json.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <cmath>

#include "grader/report/record_fields.hpp"
#include "grader/report/record_reader.hpp"
#include "grader/report/stored_text.hpp"
#include "grader/scoring/score.hpp"

namespace lockstep::report {

namespace {

namespace json = boost::json;

// Writes JSON as text, two spaces per level. Not through json::value: a record of many runs would stand in memory twice.
class Writer {
 public:
  explicit Writer(std::string& out, int depth = 0) : out_(out), depth_(depth) {}

  template <class T>
  void operator()(std::string_view key, const T& member) {
    begin_member(key);
    write(member);
  }
  // A member that is written only where there is something to say.
  template <class T>
  void where(std::string_view key, const T& member, bool present) {
    if (present) (*this)(key, member);
  }
  template <class T>
  void where(std::string_view key, const std::optional<T>& member) {
    if (member) (*this)(key, *member);
  }
  void seed(std::string_view key, std::uint64_t seed) { (*this)(key, std::to_string(seed)); }
  void output(std::string_view key, const std::string& printed) {
    begin_member(key);
    write_text(cut_middle(repair_utf8(printed), stored_output_bytes));
  }

  // { members } where body(Writer&) writes the members.
  template <class Body>
  void object(const Body& body) {
    out_ += '{';
    Writer inside(out_, depth_ + 1);
    body(inside);
    end(inside, '}');
  }
  template <class Body>
  void object(std::string_view key, const Body& body) {
    begin_member(key);
    object(body);
  }

 private:
  void begin_item() {
    if (!first_) out_ += ',';
    first_ = false;
    new_line();
  }
  void begin_member(std::string_view key) {
    begin_item();
    write_text(repair_utf8(key));
    out_ += ": ";
  }
  void end(const Writer& inside, char bracket) {
    if (!inside.first_) new_line();
    out_ += bracket;
  }
  void new_line() {
    out_ += '\n';
    out_.append(static_cast<std::size_t>(depth_) * 2, ' ');
  }

  void write_text(const std::string& text) { out_ += json::serialize(json::string(text)); }
  void write(const std::string& text) { write_text(cut_middle(repair_utf8(text), stored_text_bytes)); }
  void write(bool flag) { out_ += flag ? "true" : "false"; }
  void write(int number) { out_ += std::to_string(number); }
  void write(std::uint64_t number) { out_ += std::to_string(number); }
  void write(double number) {  // JSON has no infinities: not finite is null
    if (!std::isfinite(number)) {
      out_ += "null";
      return;
    }
    char digits[32];
    out_.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
  }
  void write(model::Engine engine) { write_text(std::string(model::word_of(engine))); }
  void write(model::Verdict verdict) { write_text(std::string(model::word_of(verdict))); }
  void write(model::How how) { write_text(std::string(how_words[static_cast<std::size_t>(how)])); }
  void write(model::Cut cut) { write_text(std::string(cut_words[static_cast<std::size_t>(cut)])); }
  void write(model::Outcome outcome) { write_text(std::string(outcome_words[static_cast<std::size_t>(outcome)])); }

  template <class T>
  void write(const std::vector<T>& items) {
    out_ += '[';
    Writer inside(out_, depth_ + 1);
    for (const T& item : items) {
      inside.begin_item();
      inside.write(item);
    }
    end(inside, ']');
  }
  void write(const std::map<std::string, std::string>& entries) {
    object([&](Writer& members) {
      for (const auto& [key, value] : entries) members(key, value);
    });
  }
  template <class Part>
  void write(const Part& part) {
    object([&](Writer& members) { fields(members, part); });
  }

  std::string& out_;
  int depth_;
  bool first_ = true;
};

void write_verdict(Writer& members, const model::Record& record) {
  verdict_fields(members, record);
  const scoring::Grade grade = scoring::score(record);
  members.object("score", [&](Writer& score) {
    score("earned", grade.earned);
    score("possible", grade.possible);
    score("graded_points", grade.graded_points);
    score("undecided", grade.undecided);
    score("pending", grade.pending);
    score("provisional", grade.provisional);
    score("complete", grade.complete);
  });
}

void write_evidence(Writer& members, const model::Record& record) {
  evidence_fields(members, record);
  members.object("findings", [&](Writer& findings) {
    for (const model::CheckResult& check : record.checks)
      if (!check.findings.empty()) findings(check.id, check.findings);
  });
}

// The score is derived, so a file that states another one was changed or damaged.
void demand_score(RecordReader& section, const model::Record& record) {
  const scoring::Grade grade = scoring::score(record);
  RecordReader score = section.object("score");
  score.demand("earned", grade.earned);
  score.demand("possible", grade.possible);
  score.demand("graded_points", grade.graded_points);
  score.demand("undecided", grade.undecided);
  score.demand("pending", grade.pending);
  score.demand("provisional", grade.provisional);
  score.demand("complete", grade.complete);
  score.finish();
}

void read_findings(RecordReader& section, model::Record& record) {
  RecordReader findings = section.object("findings");
  for (model::CheckResult& check : record.checks)
    if (findings.has(check.id)) findings(check.id, check.findings);
  findings.finish();
}

}  // namespace

std::string render_record(const model::Record& record) {
  std::string text;
  Writer(text).object([&](Writer& file) {
    file("schema", model::record_schema);
    file.object("verdict", [&](Writer& section) { write_verdict(section, record); });
    file.object("evidence", [&](Writer& section) { write_evidence(section, record); });
    file.object("durations", [&](Writer& section) { duration_fields(section, record); });
  });
  return text + '\n';
}

std::string verdict_section(const model::Record& record) {
  std::string text;
  Writer(text).object([&](Writer& section) { write_verdict(section, record); });
  return text + '\n';
}

model::Record parse_record(std::string_view text, const std::string& file) {
  const json::value root = read_json(text, file);
  RecordReader top(root, file, "");
  model::Record record;
  top("schema", record.schema);
  if (record.schema > model::record_schema)
    throw model::UsageError(file + ": the record has schema " + std::to_string(record.schema) + ", and this program reads up to " +
                            std::to_string(model::record_schema) + ": read it with a newer lockstep");
  if (record.schema < 1) throw model::UsageError(file + ": schema: " + std::to_string(record.schema) + " was never written");
  RecordReader verdict = top.object("verdict");
  verdict_fields(verdict, record);
  verdict.demand_sound_checks(record.checks);
  demand_score(verdict, record);
  verdict.finish();
  RecordReader evidence = top.object("evidence");
  evidence_fields(evidence, record);
  read_findings(evidence, record);
  evidence.finish();
  RecordReader durations = top.object("durations");
  duration_fields(durations, record);
  durations.finish();
  top.finish();
  return record;
}

}  // namespace lockstep::report
