#include "harness/inside/lockstep/answer.hpp"

#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "harness/inside/channel/channel.hpp"

namespace lockstep::engine {
namespace {

std::span<const std::uintptr_t> pcs_of(const Frames& frames) { return {frames.pc, std::min<std::size_t>(frames.count, most_frames)}; }

template <class T>
void read_number(std::string_view text, T& to) {
  std::from_chars(text.data(), text.data() + text.size(), to);
}

void print(const Explored& explored, const Exchange& exchange) {
  const Report& report = exchange.report;
  std::printf("%s after %u schedules (%u traces%s, bound %d)\n", word_of(explored.outcome), explored.schedules, explored.traces, explored.every_trace ? ": all" : "", explored.complete_bound);
  if (explored.outcome == Outcome::passed) return;
  std::printf("%s\n%s\nfound by %s, %u preemptions, replayed %d, choices %s\n", report.text, report.detail, explored.found_by.c_str(), explored.preemptions, explored.replayed, write_choices(explored.choices).c_str());
  for (std::uint32_t i = 0; i < report.event_count; ++i) {
    const Event& event = report.events[i];
    std::printf("%5u  t%u %-14s %llx %llx value %llu %llu other %d\n", event.step, event.task, word_of(static_cast<OpKind>(event.kind)), static_cast<unsigned long long>(event.object),
                static_cast<unsigned long long>(event.object2), static_cast<unsigned long long>(event.value), static_cast<unsigned long long>(event.value2), event.other);
  }
}

}  // namespace

const char* word_of(Outcome outcome) {
  static constexpr const char* words[] = {"none",  "passed",     "failed",   "data_race",      "deadlock", "livelock", "misuse",  "crash",
                                          "wrong_exit", "asserted", "not_controlled", "too_long", "no_progress", "pruned",   "fault",    "skipped", "not_implemented"};
  return words[static_cast<std::size_t>(outcome)];
}

const char* word_of(OpKind kind) {
  static constexpr const char* words[] = {
      "none",         "start",         "create",        "finish",        "join",         "try_join",   "detach",       "mutex_lock",  "mutex_try_lock", "mutex_unlock", "mutex_destroy",
      "cond_wait",    "cond_wake",     "cond_signal",   "cond_broadcast", "cond_destroy", "read_lock",  "write_lock",   "try_read_lock", "try_write_lock", "rw_unlock",   "barrier_arrive",
      "barrier_leave", "sem_wait",      "sem_try_wait",  "sem_post",      "once_enter",   "once_leave", "guard_enter",  "guard_leave", "futex_wait",     "futex_wake_up", "futex_wake",
      "sleep",        "wake",          "yield",         "clock_read",    "atomic_load",  "atomic_store", "atomic_exchange", "atomic_update", "atomic_cas",  "fence",         "pipe_read",
      "pipe_write",   "pipe_close",    "pipe_try",    "poll",          "long_run"};
  static_assert(std::size(words) == static_cast<std::size_t>(OpKind::count_of_kinds));
  return words[static_cast<std::size_t>(kind)];
}

Plan plan_from_environment() {
  Plan plan;
  const char* text = std::getenv("LOCKSTEP_PLAN");
  std::string_view rest = text ? text : "";
  while (!rest.empty()) {
    const std::string_view row = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), row.size() + 1));
    const std::size_t equals = row.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view key = row.substr(0, equals), value = row.substr(equals + 1);
    if (key == "budget") read_number(value, plan.budget);
    if (key == "seconds") plan.seconds = std::strtod(std::string(value).c_str(), nullptr);
    if (key == "bound") read_number(value, plan.bound);
    if (key == "strategy") plan.strategy = value;
    if (key == "time") plan.time = value == "adversarial" ? TimePolicy::adversarial : TimePolicy::idle;
    if (key == "spurious") plan.spurious = value == "1";
    if (key == "seed") read_number(value, plan.seed);
    if (key == "stop") plan.stop = value == "1";
    if (key == "outcomes") plan.outcomes = value == "1";
  }
  return plan;
}

std::string write_choices(const std::vector<std::uint16_t>& choices) {
  std::string text;
  for (std::size_t i = 0; i < choices.size(); ++i)
    if (choices[i] != 0) text += (text.empty() ? "" : ",") + std::to_string(i) + ":" + std::to_string(choices[i]);
  return text;
}

std::vector<std::uint16_t> parse_choices(std::string_view text) {
  std::vector<std::uint16_t> choices;
  while (!text.empty()) {
    const std::string_view row = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), row.size() + 1));
    std::size_t index = 0;
    std::uint16_t choice = 0;
    read_number(row.substr(0, row.find(':')), index);
    if (const std::size_t colon = row.find(':'); colon != std::string_view::npos) read_number(row.substr(colon + 1), choice);
    if (index >= most_choices) continue;
    if (index >= choices.size()) choices.resize(index + 1);
    choices[index] = choice;
  }
  return choices;
}

void emit_exploration(std::string_view test, const Explored& explored, const Exchange& exchange) {
  if (!channel::connected()) return print(explored, exchange);
  const Report& report = exchange.report;
  const bool failed = is_failure(explored.outcome);
  channel::Message message(channel::RecordType::exploration);
  message.text(test);
  message.text(word_of(explored.outcome));
  message.number(explored.schedules);
  message.number(explored.traces);
  message.number(explored.every_trace);
  message.number(static_cast<std::uint64_t>(explored.complete_bound + 1));
  message.number(explored.longest);
  message.number(explored.makespan_ns);
  message.number(explored.most_active);
  message.number(explored.spin_steps);
  message.text(explored.found_by);
  message.text(write_choices(explored.choices));
  message.number(explored.preemptions);
  message.number(explored.replayed);
  message.text(std::string_view(explored.output).substr(0, 16 << 10));
  message.text(failed ? report.text : "");
  message.text(failed ? report.detail : "");
  message.number(failed ? report.culprit : 0u);
  message.number(static_cast<std::uint64_t>(static_cast<std::int64_t>(failed ? report.code : 0)));
  message.frames(failed ? pcs_of(report.where) : std::span<const std::uintptr_t>());
  message.number(failed ? report.race_address : 0u);
  const bool raced = failed && report.outcome == Outcome::data_race;
  message.number(raced ? 2 : 0);
  for (int i = 0; raced && i < 2; ++i) {
    const RaceSide& side = report.race[i];
    message.number(side.task);
    message.number(side.write);
    message.number(side.atomic);
    message.number(side.bytes);
    message.frames(pcs_of(side.frames));
  }
  message.number(failed ? report.failure_count : 0u);
  for (std::uint32_t i = 0; failed && i < report.failure_count; ++i) {
    message.text(report.failures[i].file);
    message.number(static_cast<std::uint64_t>(report.failures[i].line > 0 ? report.failures[i].line : 0));
    message.text(report.failures[i].message);
  }
  message.number(failed ? report.tasks : 0u);
  for (int i = 0; failed && i < report.tasks; ++i) {
    const TaskEnd& end = report.ends[i];
    message.text(end.name);
    message.number(end.state);
    message.text(word_of(static_cast<OpKind>(end.kind)));
    message.number(end.object);
    message.number(end.object2);
    message.number(static_cast<std::uint64_t>(end.owner + 1));
    message.frames(pcs_of(end.frames));
  }
  // Of a long execution the beginning and the end.
  constexpr std::uint32_t most_sent = 300;
  const std::uint32_t skipped = failed && report.event_count > most_sent ? report.event_count - most_sent : 0;
  const std::uint32_t sent = failed ? report.event_count - skipped : 0;
  message.number(skipped);
  message.number(sent);
  for (std::uint32_t i = 0; i < sent; ++i) {
    const Event& event = report.events[skipped + i];
    message.number(event.step);
    message.number(event.task);
    message.text(word_of(static_cast<OpKind>(event.kind)));
    message.number(event.variant);
    message.number(static_cast<std::uint64_t>(event.other + 1));
    message.number(event.flags);
    message.number(event.object);
    message.number(event.object2);
    message.number(event.value);
    message.number(event.value2);
    message.number(event.time_ns);
    message.frames(pcs_of(event.frames).first(std::min<std::size_t>(pcs_of(event.frames).size(), 12)));
  }
}

}  // namespace lockstep::engine
