#include "grader/report/record_json.hpp"

#include <gtest/gtest.h>

#include <random>

#include "harness/model/fault.hpp"

namespace lockstep::report {
namespace {

using model::Record;

model::TestRun full_run() {
  model::TestRun run;
  run.program = "behaviour.cpp";
  run.engine = model::Engine::tsan;
  run.test = "Buffer.KeepsOrder";
  run.seed = 0xFFFFFFFFFFFFFFFFULL;
  run.repetition = 3;
  run.outcome = model::Outcome::not_implemented;
  run.sealed = true;
  run.not_implemented = "put";
  run.failures = {{"tests/behaviour.cpp", 12, "expected 3\n  got \"4\""}};
  const model::Frame frame{"pdc::Buffer::put(int)", "buffer.cpp", 40, true, false};
  run.races = {{"data-race", {{true, false, 8, "main thread", {frame}}, {false, true, 4, "thread T2", {}}}, "global 'n'", true}};
  run.reports = {{"leak", "leaked 40 bytes in 1 block", {{"malloc", "/usr/lib/libasan.so", 0, false, true}}}};
  run.hygiene = {{"zombie", "a child was never waited for"}};
  run.measurements = {{"idle CPU", 12.375, 40, "ms"}};
  run.stuck = {{2, "main thread", "MPI_Recv(source=1, tag=0)", {frame}, false, {1, 3}}};
  run.exchanges = {{1, 2, 7, "MPI_Isend", "MPI_Recv", {frame}, {frame}}};
  run.exploration.emplace();
  run.exploration->outcome = "deadlock";
  run.exploration->schedules = 2311;
  run.exploration->complete_bound = -1;
  run.exploration->choices = "4:1,9:2";
  run.fault = "the channel broke";
  run.end = {model::How::cut, 9, model::Cut::proven_deadlock, 1234.5, 0.1, 1ULL << 40, "out", "err"};
  return run;
}

Record full_record() {
  Record record;
  record.exercise = "02_threads/condition";
  record.title = "Bounded buffer \"\\ \u00e9";
  record.exercise_version = "ab12";
  record.submission_sha256 = "cd34";
  record.seed = 18446744073709551557ULL;
  record.toolchain = "gcc 12.2.0, ThreadSanitizer of LLVM 19";
  model::CheckResult fails{"fifo_order", "items come out in order", model::Engine::native, 60, false, model::Verdict::wrong_answer, "", {}};
  fails.findings = {{"what", "why", {{"thread 1 writes 8 bytes", {{"f", "buffer.cpp", 7, true, false}}}}, "Buffer.KeepsOrder", "tail", {}}};
  fails.findings[0].schedule = {{"main thread", "thread 1"}, {{1, "locks mutex A", "buffer.cpp", 7, "the main thread waits", true}}, "4:1", {{1, "holds", "mutex A", 0, 1}}, {{0, 1, "wakes"}}, true};
  record.checks = {fails, {"no_race", "nobody races", model::Engine::tsan, 40, true, model::Verdict::blocked, "fifo_order", {}}};
  record.submitter = "ada";
  record.student_path = "02_threads/condition";
  record.files = {{"buffer.cpp", "ef56", "int x;\n"}};
  record.ignored = {"`extra.cpp` is ignored"};
  record.notes = {"a note"};
  record.protections = {{"no network", true, "network namespace"}, {"memory limit", false, "no cgroup"}};
  record.protection_level = "partial";
  record.host = {{"cpus", "2"}, {"kernel", "6.1"}};
  record.runs = {full_run(), {}};
  record.stages = {{"compile tsan", 812.25}, {"run native", 1e-9}};
  return record;
}

std::string refusal_of(std::string_view text) {
  try {
    parse_record(text, "r.json");
  } catch (const model::UsageError& error) {
    return error.what();
  }
  return "";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(RecordJson, ReadsBackWhatItWrote) {
  const std::string text = render_record(full_record());
  const Record back = parse_record(text, "r.json");
  EXPECT_EQ(render_record(back), text);
  EXPECT_EQ(back.seed, 18446744073709551557ULL);
  EXPECT_EQ(back.title, "Bounded buffer \"\\ \u00e9");
  ASSERT_EQ(back.checks.size(), 2U);
  EXPECT_EQ(back.checks[0].findings.at(0).traces.at(0).frames.at(0).line, 7);
  EXPECT_EQ(back.checks[1].verdict, model::Verdict::blocked);
  EXPECT_TRUE(back.checks[1].hidden);
  ASSERT_EQ(back.runs.size(), 2U);
  EXPECT_EQ(back.runs[0].seed, 0xFFFFFFFFFFFFFFFFULL);
  EXPECT_EQ(back.runs[0].races.at(0).accesses.at(0).stack.at(0).function, "pdc::Buffer::put(int)");
  EXPECT_EQ(back.runs[0].measurements.at(0).value, 12.375);
  EXPECT_EQ(back.runs[0].end.cut, model::Cut::proven_deadlock);
  EXPECT_EQ(back.runs[0].end.peak_bytes, 1ULL << 40);
  EXPECT_EQ(back.runs[0].stuck.at(0).rank, 2);
  EXPECT_EQ(back.runs[0].stuck.at(0).waits_for, (std::vector<int>{1, 3}));
  EXPECT_EQ(back.runs[0].exchanges.at(0).received_at.at(0).line, 40);
  EXPECT_EQ(back.runs[1].stuck.size(), 0U);
  ASSERT_TRUE(back.runs[0].exploration);
  EXPECT_EQ(back.runs[0].exploration->schedules, 2311U);
  EXPECT_EQ(back.runs[0].exploration->complete_bound, -1);
  EXPECT_FALSE(back.runs[1].exploration);
  EXPECT_EQ(back.checks[0].findings.at(0).schedule.rows.at(0).reason, "the main thread waits");
  EXPECT_TRUE(back.checks[0].findings.at(0).schedule.rows.at(0).fatal);
  EXPECT_TRUE(back.checks[0].findings.at(0).schedule.parallel);
  EXPECT_EQ(back.checks[0].findings.at(0).schedule.spans.at(0).name, "mutex A");
  EXPECT_EQ(back.checks[0].findings.at(0).schedule.arrows.at(0).what, "wakes");
  EXPECT_EQ(back.host.at("kernel"), "6.1");
  EXPECT_EQ(back.stages.at(1).ms, 1e-9);
}

TEST(RecordJson, AnEmptyRecordIsReadBackToo) {
  const std::string text = render_record({});
  EXPECT_EQ(render_record(parse_record(text, "r.json")), text);
}

TEST(RecordJson, AScheduleOfBeforeThePicturesIsRead) {
  Record record = full_record();
  model::Schedule& schedule = record.checks[0].findings[0].schedule;
  schedule.rows[0].fatal = false;
  schedule.spans.clear();
  schedule.arrows.clear();
  schedule.parallel = false;
  record.runs[0].stuck[0].waits_for.clear();
  record.runs[0].exchanges.clear();
  const std::string text = render_record(record);
  for (const char* later : {"\"fatal\"", "\"spans\"", "\"arrows\"", "\"waits_for\"", "\"parallel\"", "\"exchanges\""}) EXPECT_EQ(text.find(later), std::string::npos) << later;
  EXPECT_EQ(render_record(parse_record(text, "r.json")), text);
}

TEST(RecordJson, TheVerdictSectionStandsInTheFileAndKnowsNothingOfTheEvidence) {
  Record one = full_record();
  Record other = one;
  other.runs.clear();
  other.checks[0].findings.clear();
  other.host["kernel"] = "7.0";
  other.submitter = "grace";
  other.stages.clear();
  EXPECT_EQ(verdict_section(one), verdict_section(other));
  other.checks[0].verdict = model::Verdict::data_race;
  EXPECT_NE(verdict_section(one), verdict_section(other));
  EXPECT_NE(verdict_section(one).find("\"earned\": 0"), std::string::npos);
}

TEST(RecordJson, OutputThatIsNotUtf8IsRepairedAndNulsSurvive) {
  Record record = full_record();
  record.runs[0].end.out = std::string("a\0b\xff\xc0\xaf\xed\xa0\x80 \xf0\x9f\x98\x80", 14);
  const Record back = parse_record(render_record(record), "r.json");
  const std::string bad = "\xEF\xBF\xBD";
  EXPECT_EQ(back.runs[0].end.out, std::string("a\0b", 3) + bad + bad + bad + bad + bad + bad + " \xf0\x9f\x98\x80");
}

TEST(RecordJson, LongOutputIsCutInItsMiddleOnce) {
  Record record = full_record();
  record.runs[0].end.err = "begin" + std::string(1'000'000, '\xff') + "end";
  const std::string text = render_record(record);
  const Record back = parse_record(text, "r.json");
  EXPECT_LE(back.runs[0].end.err.size(), stored_output_bytes);
  EXPECT_TRUE(back.runs[0].end.err.starts_with("begin"));
  EXPECT_TRUE(back.runs[0].end.err.ends_with("end"));
  EXPECT_NE(back.runs[0].end.err.find("bytes left out"), std::string::npos);
  EXPECT_EQ(render_record(back), text);
}

TEST(RecordJson, ANewerSchemaIsRefusedWhateverElseTheFileHolds) {
  EXPECT_NE(refusal_of(R"({"schema": 2, "novelty": true})").find("schema 2"), std::string::npos);
  EXPECT_NE(refusal_of(R"({"schema": 2, "novelty": true})").find("newer lockstep"), std::string::npos);
}

TEST(RecordJson, DamageIsNamedWithItsPlace) {
  const std::string good = render_record(full_record());
  EXPECT_EQ(refusal_of("{\n  \"schema\": ?"), "r.json:2:13: not a record: syntax error");
  EXPECT_NE(refusal_of("").find("r.json:1:1: not a record"), std::string::npos);
  EXPECT_NE(refusal_of(good + "x").find("not a record"), std::string::npos);
  EXPECT_EQ(refusal_of(replaced(good, "\"points\": 60", "\"points\": \"60\"")), "r.json: verdict.checks[0].points: a whole number is expected");
  EXPECT_EQ(refusal_of(replaced(good, "\"points\": 60", "\"point\": 60")), "r.json: verdict.checks[0].points: is missing");
  EXPECT_EQ(refusal_of(replaced(good, "\"points\": 60", "\"points\": 60, \"extra\": 1")),
            "r.json: verdict.checks[0].extra: is not a part of a record");
  EXPECT_EQ(refusal_of(replaced(good, "\"wrong_answer\"", "\"right_answer\"")), "r.json: verdict.checks[0].verdict: an unknown verdict");
  EXPECT_EQ(refusal_of(replaced(good, "\"proven_deadlock\"", "\"?\"")), "r.json: evidence.runs[0].end.cut: an unknown word");
  EXPECT_EQ(refusal_of(replaced(good, "\"repetition\": 3", "\"repetition\": 3000000000")),
            "r.json: evidence.runs[0].repetition: a whole number is expected");
  EXPECT_NE(refusal_of(replaced(good, "\"id\": \"no_race\"", "\"id\": \"fifo_order\"")).find("two checks"), std::string::npos);
  EXPECT_NE(refusal_of("[1]").find("an object is expected"), std::string::npos);
}

TEST(RecordJson, AScoreThatDoesNotFollowFromTheChecksIsRefused) {
  const std::string good = render_record(full_record());
  EXPECT_NE(refusal_of(replaced(good, "\"earned\": 0", "\"earned\": 100")).find("verdict.score.earned"), std::string::npos);
  EXPECT_NE(refusal_of(replaced(good, "\"verdict\": \"wrong_answer\"", "\"verdict\": \"passed\"")).find("verdict.score"), std::string::npos);
}

TEST(RecordJson, ADamagedFileIsReadOrRefusedButNothingWorse) {
  const std::string good = render_record(full_record());
  for (std::size_t size = 0; size < good.size() - 2; size += 97) EXPECT_NE(refusal_of(good.substr(0, size)), "") << size;
  std::mt19937 random(7);
  int refused = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string damaged = good;
    for (int flips = 1 + round % 3; flips > 0; --flips) damaged[random() % damaged.size()] ^= static_cast<char>(1U << (random() % 8));
    refused += refusal_of(damaged).empty() ? 0 : 1;
  }
  EXPECT_GT(refused, 1000);  // many flips only change prose
}

TEST(RecordJson, DeepNestingIsRefused) {
  EXPECT_NE(refusal_of(std::string(100'000, '[')), "");
  EXPECT_NE(refusal_of("{\"schema\": " + std::string(100'000, '[')), "");
}

TEST(RecordJson, NumbersThatAreNotFiniteStayReadable) {
  Record record = full_record();
  record.runs[0].measurements[0].value = std::numeric_limits<double>::infinity();
  const std::string text = render_record(record);
  EXPECT_EQ(render_record(parse_record(text, "r.json")), text);
}

}  // namespace
}  // namespace lockstep::report
