// The members of every part of a record, stated once for writing and reading: fields(archive, part) calls archive(key, member) for each, in
// stored order. An archive that writes gets constant parts, one that reads gets mutable ones.
#pragma once

#include <array>
#include <concepts>
#include <string_view>
#include <type_traits>

#include "harness/model/record.hpp"

namespace lockstep::report {

template <class T, class Part>
concept Is = std::same_as<std::remove_const_t<T>, Part>;

template <class A>
void fields(A& a, Is<model::Frame> auto& frame) {
  a("function", frame.function);
  a("file", frame.file);
  a("line", frame.line);
  a("students", frame.students);
  a("library", frame.library);
}

template <class A>
void fields(A& a, Is<model::Trace> auto& trace) {
  a("title", trace.title);
  a("frames", trace.frames);
}

template <class A>
void fields(A& a, Is<model::ScheduleRow> auto& row) {
  a("lane", row.lane);
  a("text", row.text);
  a("file", row.file);
  a("line", row.line);
  a("reason", row.reason);
  a.where("fatal", row.fatal, row.fatal);
}

template <class A>
void fields(A& a, Is<model::ScheduleSpan> auto& span) {
  a("lane", span.lane);
  a("what", span.what);
  a("name", span.name);
  a("from", span.from);
  a("to", span.to);
}

template <class A>
void fields(A& a, Is<model::ScheduleArrow> auto& arrow) {
  a("row", arrow.row);
  a("lane", arrow.lane);
  a("what", arrow.what);
}

template <class A>
void fields(A& a, Is<model::Schedule> auto& schedule) {
  a("lanes", schedule.lanes);
  a("rows", schedule.rows);
  a("choices", schedule.choices);
  a.where("spans", schedule.spans, !schedule.spans.empty());
  a.where("arrows", schedule.arrows, !schedule.arrows.empty());
  a.where("parallel", schedule.parallel, schedule.parallel);
}

template <class A>
void fields(A& a, Is<model::Finding> auto& finding) {
  a("what", finding.what);
  a("why", finding.why);
  a("traces", finding.traces);
  a("test", finding.test);
  a("output", finding.output);
  a.where("schedule", finding.schedule, !finding.schedule.lanes.empty());
}

template <class A>
void fields(A& a, Is<model::CheckResult> auto& check) {  // its findings are evidence
  a("id", check.id);
  a("engine", check.engine);
  a("points", check.points);
  a("hidden", check.hidden);
  a("verdict", check.verdict);
  a("blocked_by", check.blocked_by);
  a("says", check.says);
  a.where("coverage", check.coverage, !check.coverage.empty());
}

template <class A>
void fields(A& a, Is<model::SubmittedFile> auto& file) {
  a("name", file.name);
  a("sha256", file.sha256);
  a("text", file.text);
}

template <class A>
void fields(A& a, Is<model::Protection> auto& protection) {
  a("name", protection.name);
  a("in_force", protection.in_force);
  a("how", protection.how);
}

template <class A>
void fields(A& a, Is<model::Stage> auto& stage) {
  a("name", stage.name);
  a("ms", stage.ms);
}

template <class A>
void fields(A& a, Is<model::Failure> auto& failure) {
  a("file", failure.file);
  a("line", failure.line);
  a("message", failure.message);
}

template <class A>
void fields(A& a, Is<model::Access> auto& access) {
  a("write", access.write);
  a("atomic", access.atomic);
  a("bytes", access.bytes);
  a("thread", access.thread);
  a("stack", access.stack);
}

template <class A>
void fields(A& a, Is<model::Race> auto& race) {
  a("kind", race.kind);
  a("accesses", race.accesses);
  a("location", race.location);
  a("in_tests", race.in_tests);
}

template <class A>
void fields(A& a, Is<model::SanitizerReport> auto& report) {
  a("tool", report.tool);
  a("kind", report.kind);
  a("stack", report.stack);
}

template <class A>
void fields(A& a, Is<model::Hygiene> auto& hygiene) {
  a("kind", hygiene.kind);
  a("detail", hygiene.detail);
}

template <class A>
void fields(A& a, Is<model::Measurement> auto& measurement) {
  a("name", measurement.name);
  a("value", measurement.value);
  a("limit", measurement.limit);
  a("unit", measurement.unit);
}

template <class A>
void fields(A& a, Is<model::StuckTask> auto& task) {
  a("rank", task.rank);
  a("task", task.task);
  a("waits_in", task.waits_in);
  a("may_go_on", task.may_go_on);
  a("stack", task.stack);
  a.where("waits_for", task.waits_for, !task.waits_for.empty());
}

template <class A>
void fields(A& a, Is<model::Exchange> auto& exchange) {
  a("from", exchange.from);
  a("to", exchange.to);
  a("tag", exchange.tag);
  a("sent_by", exchange.sent_by);
  a("received_by", exchange.received_by);
  a("sent_at", exchange.sent_at);
  a("received_at", exchange.received_at);
}

template <class A>
void fields(A& a, Is<model::ProcessEnd> auto& end) {
  a("how", end.how);
  a("code", end.code);
  a("cut", end.cut);
  a("wall_ms", end.wall_ms);
  a("cpu_ms", end.cpu_ms);
  a("peak_bytes", end.peak_bytes);
  a.output("out", end.out);
  a.output("err", end.err);
}

// What a dispute needs: the schedule itself stands in the finding.
template <class A>
void fields(A& a, Is<model::Exploration> auto& seen) {
  a("outcome", seen.outcome);
  a("schedules", seen.schedules);
  a("traces", seen.traces);
  a("every_trace", seen.every_trace);
  a("complete_bound", seen.complete_bound);
  a("longest", seen.longest);
  a("makespan_ns", seen.makespan_ns);
  a("found_by", seen.found_by);
  a("choices", seen.choices);
  a("preemptions", seen.preemptions);
  a("replayed", seen.replayed);
  a("text", seen.text);
  a("detail", seen.detail);
}

template <class A>
void fields(A& a, Is<model::TestRun> auto& run) {
  a("program", run.program);
  a("engine", run.engine);
  a("test", run.test);
  a.seed("seed", run.seed);
  a("repetition", run.repetition);
  a("outcome", run.outcome);
  a("sealed", run.sealed);
  a("not_implemented", run.not_implemented);
  a("failures", run.failures);
  a("races", run.races);
  a("reports", run.reports);
  a("hygiene", run.hygiene);
  a("measurements", run.measurements);
  a("stuck", run.stuck);
  a.where("exchanges", run.exchanges, !run.exchanges.empty());
  a.where("exploration", run.exploration);
  a("fault", run.fault);
  a("end", run.end);
}

// The sections of the file.
template <class A>
void verdict_fields(A& a, Is<model::Record> auto& record) {
  a("exercise", record.exercise);
  a("title", record.title);
  a("exercise_version", record.exercise_version);
  a("submission_sha256", record.submission_sha256);
  a("toolchain", record.toolchain);
  a.seed("seed", record.seed);
  a("checks", record.checks);
}

template <class A>
void evidence_fields(A& a, Is<model::Record> auto& record) {  // beside the findings, which belong to the checks
  a("submitter", record.submitter);
  a("student_path", record.student_path);
  a("files", record.files);
  a("ignored", record.ignored);
  a("notes", record.notes);
  a("protection_level", record.protection_level);
  a("protections", record.protections);
  a("host", record.host);
  a("runs", record.runs);
}

template <class A>
void duration_fields(A& a, Is<model::Record> auto& record) {
  a("stages", record.stages);
}

// Words of the enumerations that the model gives no words to, in the order of their values.
inline constexpr std::array<std::string_view, 3> how_words{"exited", "signalled", "cut"};
inline constexpr std::array<std::string_view, 9> cut_words{"none",  "proven_deadlock", "cpu_time",  "wall_time", "memory",
                                                           "tasks", "output",          "cancelled", "starved"};
inline constexpr std::array<std::string_view, 5> outcome_words{"silent", "passed", "failed", "skipped", "not_implemented"};

}  // namespace lockstep::report
