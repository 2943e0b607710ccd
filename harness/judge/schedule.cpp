#include "harness/judge/schedule.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "harness/judge/explain.hpp"
#include "harness/judge/own_frames.hpp"
#include "harness/judge/schedule_spans.hpp"

namespace lockstep::judge {
namespace {

using model::Exploration;
using model::Finding;
using model::Frame;
using model::ScheduleEvent;
using model::ScheduleTask;
using model::Verdict;

std::string name_of(const Exploration& seen, int task) {
  if (task >= 0 && static_cast<std::size_t>(task) < seen.tasks.size() && !seen.tasks[static_cast<std::size_t>(task)].name.empty())
    return "thread " + std::to_string(task) + " (" + seen.tasks[static_cast<std::size_t>(task)].name + ")";
  return task == 0 ? "the main thread" : "thread " + std::to_string(task);
}

std::string capital(std::string text) {
  if (!text.empty()) text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  return text;
}

std::string counted(std::uint64_t number, const std::string& one, const std::string& many) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits + " " + (number == 1 ? one : many);
}

// "mutex A", "condition B": objects get letters in the order in which they appear.
class Names {
 public:
  std::string of(const std::string& what, std::uint64_t object) {
    const auto [found, fresh] = letters_.try_emplace(object, letters_.size());
    std::string letter(1, static_cast<char>('A' + found->second % 26));
    if (found->second >= 26) letter += std::to_string(found->second / 26);
    return what + " " + letter;
  }

 private:
  std::map<std::uint64_t, std::size_t> letters_;
};

std::string access_words(const model::Access& access) {
  return (access.write ? "writes " : "reads ") + std::to_string(access.bytes) + (access.bytes == 1 ? " byte" : " bytes") + (access.atomic ? " (as an atomic)" : "");
}

bool begins(const std::string& text, std::string_view with) { return text.starts_with(with); }

std::string words(const ScheduleEvent& event, const Exploration& seen, Names& names) {
  const std::string& kind = event.kind;
  const std::string other = event.other >= 0 ? name_of(seen, event.other) : "";
  const auto value = [&] { return std::to_string(static_cast<std::int64_t>(event.value)); };
  if (kind == "start") return "begins";
  if (kind == "create") return "starts " + other;
  if (kind == "finish") return "ends";
  if (kind == "join") return event.value ? "gives up waiting for " + other : "has waited for " + other;
  if (kind == "try_join") return event.value ? "sees that " + other + " has not ended" : "joins " + other;
  if (kind == "detach") return "detaches " + other;
  if (kind == "mutex_lock") return event.value ? "gives up locking " + names.of("mutex", event.object) : "locks " + names.of("mutex", event.object);
  if (kind == "mutex_try_lock") return (event.value ? "tries to lock, in vain, " : "locks (try) ") + names.of("mutex", event.object);
  if (kind == "mutex_unlock") return "unlocks " + names.of("mutex", event.object);
  if (kind == "mutex_destroy") return "destroys " + names.of("mutex", event.object);
  if (kind == "cond_destroy") return "destroys " + names.of("condition", event.object);
  if (kind == "cond_wait") return "unlocks " + names.of("mutex", event.object2) + " and waits on " + names.of("condition", event.object);
  if (kind == "cond_wake")
    return std::string(event.value ? "gives up waiting on " : event.flags ? "wakes up for nothing from " : "wakes up from ") + names.of("condition", event.object) + ", with " +
           names.of("mutex", event.object2) + " locked again";
  if (kind == "cond_signal" || kind == "cond_broadcast") {
    const std::string what = kind == "cond_signal" ? "notifies one on " : "notifies all on ";
    return what + names.of("condition", event.object) + (event.value == 0 ? ": nobody waits there" : event.other >= 0 ? ": " + other + " may go on" : "");
  }
  if (kind == "read_lock") return "locks for reading " + names.of("lock", event.object);
  if (kind == "write_lock") return "locks for writing " + names.of("lock", event.object);
  if (begins(kind, "try_")) return (event.value ? "tries in vain " : "locks (try) ") + names.of("lock", event.object);
  if (kind == "rw_unlock") return "unlocks " + names.of("lock", event.object);
  if (kind == "barrier_arrive") return "arrives at " + names.of("barrier", event.object);
  if (kind == "barrier_leave") return "leaves " + names.of("barrier", event.object);
  if (kind == "sem_wait" || kind == "sem_try_wait")
    return event.value ? "gets nothing from " + names.of("semaphore", event.object) : "takes one from " + names.of("semaphore", event.object) + " (" + std::to_string(event.value2) + " left)";
  if (kind == "sem_post") return "adds one to " + names.of("semaphore", event.object) + " (" + std::to_string(event.value2) + " now)";
  if (kind == "once_enter" || kind == "guard_enter") return "begins what is done once";
  if (kind == "once_leave" || kind == "guard_leave") return "has done what is done once";
  if (kind == "futex_wait") return event.value ? "sees a change and does not wait" : "begins to wait";
  if (kind == "futex_wake_up") return event.value ? "gives up waiting" : "wakes up";
  if (kind == "futex_wake") return "wakes " + counted(event.value, "waiter", "waiters");
  if (kind == "sleep") return "goes to sleep";
  if (kind == "wake") return "wakes up, at " + std::to_string(event.time_ns / 1'000'000) + " ms";
  if (kind == "yield") return "lets others go first";
  if (kind == "clock_read") return "looks at the clock";
  if (kind == "atomic_load") return "reads " + value() + " from " + names.of("atomic", event.object) + (event.value2 ? " (an old value: nothing makes the newer one visible here)" : "");
  if (kind == "atomic_store") return "writes " + value() + " to " + names.of("atomic", event.object);
  if (kind == "atomic_exchange" || kind == "atomic_update") return "changes " + names.of("atomic", event.object) + " from " + std::to_string(static_cast<std::int64_t>(event.value2)) + " to " + value();
  if (kind == "atomic_cas")
    return event.flags & 256 ? "changes " + names.of("atomic", event.object) + " from " + std::to_string(static_cast<std::int64_t>(event.value2)) + " to " + value()
                             : "does not change " + names.of("atomic", event.object) + ": it is " + value();
  if (kind == "fence") return "passes a fence";
  if (kind == "pipe_read") return "reads " + value() + " bytes from a pipe";
  if (kind == "pipe_write") return "writes " + value() + " bytes to a pipe";
  if (kind == "pipe_try") return "reads or writes " + value() + " bytes of a pipe without waiting";
  if (kind == "poll") return "polls";
  if (kind == "long_run") return "computes";
  return kind;
}

// How a task waits that cannot go on.
std::string waits(const ScheduleTask& task, const Exploration& seen, Names& names) {
  const std::string holder = task.holder >= 0 ? ", which " + name_of(seen, task.holder) + " holds" : "";
  if (task.kind == "mutex_lock") return "waits to lock " + names.of("mutex", task.object) + holder;
  if (task.kind == "cond_wake") return "waits on " + names.of("condition", task.object);
  if (task.kind == "join") return "waits for " + name_of(seen, task.holder) + " to end";
  if (task.kind == "read_lock") return "waits to read under " + names.of("lock", task.object) + holder;
  if (task.kind == "write_lock") return "waits to write under " + names.of("lock", task.object) + holder;
  if (task.kind == "barrier_leave") return "waits at " + names.of("barrier", task.object) + " for the others";
  if (task.kind == "sem_wait") return "waits for " + names.of("semaphore", task.object) + ", which is 0";
  if (task.kind == "once_enter" || task.kind == "guard_enter") return "waits for what " + (task.holder >= 0 ? name_of(seen, task.holder) : std::string("another")) + " does once";
  if (task.kind == "futex_wake_up") return "waits to be woken";
  if (task.kind == "pipe_read") return "waits for something to read from a pipe";
  if (task.kind == "pipe_write") return "waits for room in a pipe";
  if (task.kind == "poll") return "waits in poll or select";
  return "waits";
}

model::ScheduleRow end_row(int lane, std::string text, const std::vector<Frame>& own) {
  model::ScheduleRow row{lane, std::move(text), "", 0, "", true};
  if (!own.empty()) row.file = own.front().file, row.line = own.front().line;
  return row;
}

// What stands below the last step: the waits that never end, the accesses that race, the expectation that fails.
void add_end(model::Schedule& schedule, const Exploration& seen, Names& names) {
  const auto add = [&](int task, std::string text, const std::vector<Frame>& own) {
    if (static_cast<std::size_t>(task) < schedule.lanes.size()) schedule.rows.push_back(end_row(task, std::move(text), own));
  };
  if (seen.outcome == "deadlock" || seen.outcome == "livelock") {
    const bool for_ever = seen.outcome == "deadlock";
    for (std::size_t i = 0; i < seen.tasks.size(); ++i) {
      const ScheduleTask& task = seen.tasks[i];
      if (task.state != (for_ever ? 1 : 2)) continue;
      add(static_cast<int>(i), for_ever ? waits(task, seen, names) + ", for ever" : "goes round and round here", own_frames(task.stack));
      if (for_ever && task.holder >= 0) schedule.arrows.push_back({static_cast<int>(schedule.rows.size()) - 1, task.holder, "waits for"});
    }
  } else if (seen.outcome == "data_race" && seen.accesses.size() == 2 && seen.access_tasks.size() == 2) {
    add(seen.access_tasks[1], access_words(seen.accesses[1]) + ": that was some steps before", own_frames(seen.accesses[1].stack));
    add(seen.access_tasks[0], access_words(seen.accesses[0]) + ", and nothing orders the two", own_frames(seen.accesses[0].stack));
    schedule.arrows.push_back({static_cast<int>(schedule.rows.size()) - 1, seen.access_tasks[1], "races with"});
  } else if (seen.outcome == "failed") {
    for (const model::Failure& failure : seen.failures) add(seen.culprit, "what the test expects does not hold", {{"", failure.file, failure.line, false, false}});
  } else if (seen.outcome == "wrong_exit") {
    add(0, "ends the program with exit status " + std::to_string(seen.code), {});
  } else if (!seen.text.empty()) {
    add(seen.culprit, seen.text, own_frames(seen.where));
  }
}

bool is_wait(const std::string& kind) {
  static const std::set<std::string> kinds{"cond_wake", "futex_wake_up", "wake", "join", "barrier_leave", "sem_wait"};
  return kinds.contains(kind);
}

// Why another task runs after the event at `index`.
std::string reason_of_switch(const Exploration& seen, std::size_t index, const std::map<std::uint64_t, int>& owners) {
  const ScheduleEvent& last = seen.events[index];
  const std::string who = name_of(seen, last.task);
  if (last.kind == "finish") return {};
  if (last.kind == "yield" || last.kind == "long_run") return who + " lets others go first";
  std::string next;
  std::uint64_t object = 0;
  const auto following = std::find_if(seen.events.begin() + static_cast<std::ptrdiff_t>(index) + 1, seen.events.end(), [&](const ScheduleEvent& e) { return e.task == last.task; });
  if (following != seen.events.end()) {
    next = following->kind;
    object = following->object;
  } else if (static_cast<std::size_t>(last.task) < seen.tasks.size()) {
    next = seen.tasks[static_cast<std::size_t>(last.task)].kind;
    object = seen.tasks[static_cast<std::size_t>(last.task)].object;
  }
  const auto owner = owners.find(object);
  if (next == "mutex_lock" && owner != owners.end() && owner->second >= 0) return who + " waits for the mutex";
  if (is_wait(next)) return who + " waits";
  return who + " is interrupted";
}

std::string missed_notify(const Exploration& seen, int task, Names& names) {
  const ScheduleTask& end = seen.tasks[static_cast<std::size_t>(task)];
  if (end.state != 1 || end.kind != "cond_wake") return {};
  const ScheduleEvent* unheard = nullptr;
  for (const ScheduleEvent& event : seen.events)
    if (event.object == end.object && (event.kind == "cond_signal" || event.kind == "cond_broadcast") && event.value == 0) unheard = &event;
  if (!unheard) return {};
  return capital(name_of(seen, unheard->task)) + " notified " + names.of("condition", end.object) + at_place(own_frames(unheard->stack)) + " before " + name_of(seen, task) +
         " began to wait there; nobody will notify it again. ";
}

Finding deadlock(const model::TestRun& run) {
  const Exploration& seen = *run.exploration;
  Finding result;
  Names ordered;  // the letters of the schedule's rows
  for (const ScheduleEvent& event : seen.events) words(event, seen, ordered);
  std::string missed;
  int waiting = 0;
  std::string sentence;
  for (std::size_t i = 0; i < seen.tasks.size(); ++i) {
    const ScheduleTask& task = seen.tasks[i];
    if (task.state != 1) continue;
    ++waiting;
    const std::string what = waits(task, seen, ordered) + at_place(own_frames(task.stack));
    sentence += (sentence.empty() ? "" : "; ") + name_of(seen, static_cast<int>(i)) + " " + what;
    result.traces.push_back({name_of(seen, static_cast<int>(i)) + " " + waits(task, seen, ordered), own_frames(task.stack)});
    if (missed.empty()) missed = missed_notify(seen, static_cast<int>(i), ordered);
  }
  result.what = missed + capital(sentence) + (waiting == 1 ? ": nobody is left who could wake it." : ": nobody can go on.");
  if (seen.text.find("circle") != std::string::npos) result.what = capital(sentence) + ": these wait for each other in a circle.";
  result.why = missed.empty() ? "This was proven, not timed: no thread can take another step, and no time limit will end a wait."
                              : "A notify wakes only those who wait already. Check what is waited for and begin to wait under one lock, and change it under the same lock.";
  return result;
}

Finding race(const model::TestRun& run) {
  const Exploration& seen = *run.exploration;
  Finding result;
  const auto describe = [&](std::size_t i) { return name_of(seen, seen.access_tasks[i]) + " " + access_words(seen.accesses[i]); };
  if (seen.accesses.size() == 2) {
    result.what = capital(describe(1)) + at_place(own_frames(seen.accesses[1].stack)) + ", then " + describe(0) + at_place(own_frames(seen.accesses[0].stack)) + ", and nothing orders the two.";
    result.traces.push_back({"first, " + describe(1), own_frames(seen.accesses[1].stack)});
    result.traces.push_back({"then " + describe(0), own_frames(seen.accesses[0].stack)});
  } else {
    result.what = capital(seen.text) + ".";
  }
  result.why = "No lock that both hold, no atomic, no join makes one happen before the other, so the program has no defined meaning ([intro.races]).";
  return result;
}

Finding other(const model::TestRun& run) {
  const Exploration& seen = *run.exploration;
  Finding result;
  const std::string who = capital(name_of(seen, seen.culprit));
  if (seen.outcome == "failed") {
    for (const model::Failure& failure : seen.failures) {
      if (result.what.empty()) result.what = failure.message;
      result.traces.push_back({"the expectation", {{run.test, failure.file, failure.line, false, false}}});
    }
    result.why = "In this order of the threads' steps the task's promise does not hold. The schedule below shows the order.";
  } else if (seen.outcome == "asserted") {
    result.what = seen.text + " (" + seen.detail + ").";
    result.why = "In this order of the threads' steps the assertion does not hold.";
    result.traces.push_back({"the assertion", own_frames(seen.where)});
  } else if (seen.outcome == "wrong_exit") {
    result.what = "The program ended with exit status " + std::to_string(seen.code) + ".";
    result.why = "In this order of the threads' steps it reports a failure.";
  } else if (seen.outcome == "livelock") {
    result.what = seen.text.ends_with("nothing comes of it") ? "The threads only wait, look and lock, again and again, and nothing comes of it."
                  : seen.text.starts_with("every") ? "Every thread that can run only looks, again and again, at something that nobody is left to change."
                                                 : "The threads go on and on without coming to an end.";
    for (std::size_t i = 0; i < seen.tasks.size(); ++i)
      if (seen.tasks[i].state == 2) result.traces.push_back({name_of(seen, static_cast<int>(i)) + " goes round here", own_frames(seen.tasks[i].stack)});
    result.why = "Waiting must end when what is waited for has happened, and somebody must be there to make it happen.";
  } else if (seen.outcome == "misuse") {
    result.what = who + " " + seen.text + at_place(own_frames(seen.where)) + ".";
    result.why = capital(seen.detail) + ".";
    result.traces.push_back({name_of(seen, seen.culprit) + " " + seen.text, own_frames(seen.where)});
  } else {
    result.what = capital(seen.text) + at_place(own_frames(seen.where)) + ".";
    result.why = "A right program comes to its end in every order of its threads' steps.";
    result.traces.push_back({"happened here", own_frames(seen.where)});
  }
  return result;
}

}  // namespace

std::string coverage_of(const Exploration& seen) {
  if (seen.every_trace) return seen.traces == 1 ? "there is one order of the threads' steps that matters, and it was run" : "all " + counted(seen.traces, "interleaving", "interleavings") + " that differ";
  if (seen.complete_bound >= 0)
    return "all schedules with up to " + counted(static_cast<std::uint64_t>(seen.complete_bound), "preemption", "preemptions") + ", " + counted(seen.schedules, "schedule", "schedules") + " in all";
  return counted(seen.schedules, "schedule", "schedules");
}

std::string coverage_of(const std::vector<const Exploration*>& tests) {
  if (tests.empty()) return {};
  Exploration sum;
  sum.every_trace = true;
  sum.complete_bound = std::numeric_limits<int>::max();
  for (const Exploration* seen : tests) {
    sum.schedules += seen->schedules;
    sum.traces += seen->traces;
    sum.every_trace = sum.every_trace && seen->every_trace;
    if (!seen->every_trace) sum.complete_bound = std::min(sum.complete_bound, seen->complete_bound);
  }
  return coverage_of(sum) + " of " + counted(tests.size(), "test", "tests");
}

model::Schedule schedule_of(const Exploration& seen) {
  model::Schedule schedule;
  schedule.choices = seen.choices;
  Names names;
  int tasks = static_cast<int>(seen.tasks.size());
  for (const ScheduleEvent& event : seen.events) tasks = std::max({tasks, event.task + 1, event.other + 1});
  for (const int task : seen.access_tasks) tasks = std::max(tasks, task + 1);
  for (int task = 0; task < tasks; ++task) schedule.lanes.push_back(task == 0 ? "main thread" : name_of(seen, task));
  std::map<std::uint64_t, int> owners;
  std::vector<int> row_of;  // of each event, or the one before it
  int before = -1;
  std::size_t before_index = 0;
  for (std::size_t i = 0; i < seen.events.size(); ++i) {
    const ScheduleEvent& event = seen.events[i];
    model::ScheduleRow row;
    row.lane = event.task;
    row.text = words(event, seen, names);
    if (const std::vector<Frame> own = own_frames(event.stack); !own.empty()) {
      row.file = own.front().file;
      row.line = own.front().line;
    }
    if (before >= 0 && before != event.task) row.reason = reason_of_switch(seen, before_index, owners);
    if ((event.kind == "mutex_lock" || event.kind == "mutex_try_lock") && event.value == 0) owners[event.object] = event.task;
    if (event.kind == "mutex_unlock") owners[event.object] = -1;
    if (event.kind == "cond_wait") owners[event.object2] = -1;
    if (event.kind == "cond_wake") owners[event.object2] = event.task;
    before = event.task;
    before_index = i;
    // What a library does at no line of the program's (a framework that looks at the clock) is no news.
    const bool shown = !row.file.empty() || event.kind == "start" || event.kind == "finish";
    if (shown) schedule.rows.push_back(std::move(row));
    row_of.push_back(std::max(static_cast<int>(schedule.rows.size()) - 1, 0));
  }
  add_end(schedule, seen, names);
  add_spans(schedule, seen, row_of, [&](const std::string& what, std::uint64_t object) { return names.of(what, object); });
  return schedule;
}

std::optional<ExplorationOpinion> judge_exploration(const model::TestRun& run, Verdict deadlock_means) {
  if (!run.exploration || run.exploration->outcome == "passed") return std::nullopt;
  const Exploration& seen = *run.exploration;
  ExplorationOpinion opinion;
  const auto fault = [](const std::string& reason) { return ExplorationOpinion{Verdict::infra_error, explain_fault(reason)}; };
  if (seen.outcome == "fault") return fault(seen.text);
  if (seen.outcome == "not_controlled") return fault("the program does what the engine does not control: it " + seen.text);
  if (seen.outcome == "not_implemented") return std::nullopt;  // said by a record of its own
  if (!seen.replayed) return fault("a schedule failed (" + seen.outcome + "), but not when it was run again");
  if (seen.outcome == "data_race") {
    opinion.verdict = Verdict::data_race;
    opinion.finding = race(run);
  } else if (seen.outcome == "deadlock") {
    opinion.verdict = deadlock_means;
    opinion.finding = deadlock(run);
  } else {
    opinion.finding = other(run);
    opinion.verdict = seen.outcome == "livelock"                                                                       ? Verdict::livelock
                      : seen.outcome == "failed" || seen.outcome == "asserted" || seen.outcome == "wrong_exit" ? Verdict::wrong_answer
                                                                                                                       : Verdict::crash;
  }
  opinion.finding.test = run.test;
  opinion.finding.output = seen.output;
  opinion.finding.schedule = schedule_of(seen);
  return opinion;
}

}  // namespace lockstep::judge
