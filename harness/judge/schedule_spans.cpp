#include "harness/judge/schedule_spans.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace lockstep::judge {
namespace {

using model::ScheduleEvent;

constexpr int never = -1;
constexpr int no_end = std::numeric_limits<int>::max();

struct Task {
  int last = never;         // its last event
  int born = never;         // rows
  int ended = never;
  int sleeps = never;       // the event by which it began to wait: on a condition, at a barrier, for a time
  std::uint64_t object = 0; // that it then waits for
  int woken = never;        // the event that let it go on
};

struct Change {
  int event = 0;
  bool taken = false;  // from now on one has to wait for it
};

struct Object {  // a lock, a semaphore, the end of a thread: what one can have to wait for
  std::vector<Change> changes;
  int holders = 0;  // of a lock
};

struct Hold {
  int from = 0;  // row
  int count = 0;
  std::string name;
};

class Drawing {
 public:
  Drawing(model::Schedule& schedule, const std::vector<int>& row_of, const NameOfObject& name) : schedule_(schedule), row_of_(row_of), name_(name), tasks_(schedule.lanes.size()) {}

  void add(const ScheduleEvent& event, int index) {
    end_wait(event, index);
    change_holds(event, index);
    wake_others(event, index);
    Task& task = tasks_[at(event.task)];
    task.last = index;
    if (event.kind == "start" && task.born == never) task.born = row(index);
    if (event.kind == "finish") task.ended = row(index);
    if (event.kind == "create" && event.other >= 0) {
      tasks_[at(event.other)].born = row(index);
      arrow(index, event.other, "starts");
    }
    const bool arrives = event.kind == "barrier_arrive" && event.value > 0;  // the last one finds 0 there
    if (arrives || event.kind == "cond_wait" || event.kind == "sleep" || (event.kind == "futex_wait" && event.value == 0)) {
      task.sleeps = index;
      task.object = event.object;
      task.woken = never;
    }
  }

  void finish(const model::Exploration& seen) {
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
      const int lane = static_cast<int>(i);
      const Task& task = tasks_[i];
      span(lane, "exists", "", std::max(task.born, 0), task.ended == never ? bottom() : task.ended);
      // Of the thread that ran when something went wrong the engine knows only what it did last.
      const bool ran = lane == seen.culprit && seen.outcome != "deadlock";
      if (i < seen.tasks.size() && seen.tasks[i].state == 1 && !ran) wait_for(seen.tasks[i].object, lane, task.last, no_end, true);
    }
    for (const auto& [key, hold] : holds_) span(key.first, "holds", hold.name, hold.from, bottom());
  }

 private:
  static std::size_t at(int task) { return static_cast<std::size_t>(task); }
  int bottom() const { return static_cast<int>(schedule_.rows.size()); }
  int row(int index) const { return index < static_cast<int>(row_of_.size()) && index >= 0 ? row_of_[at(index)] : 0; }
  void arrow(int index, int lane, const char* what) { schedule_.arrows.push_back({row(index), lane, what}); }
  void span(int lane, const char* what, const std::string& name, int from, int to) {
    if (from < to) schedule_.spans.push_back({lane, what, name, from, to});
  }

  // The task goes on: when could it not?
  void end_wait(const ScheduleEvent& event, int index) {
    Task& task = tasks_[at(event.task)];
    static const std::set<std::string> may_wait{"mutex_lock", "read_lock", "write_lock", "sem_wait", "join"};
    const bool may_have_waited = may_wait.contains(event.kind) && !holds_.contains({event.task, event.object});
    if (may_have_waited && task.last != never) wait_for(event.object, event.task, task.last, index, event.value != 0);
    if (task.sleeps == never) return;
    const int until = task.woken == never ? index : task.woken;
    span(event.task, "waits", "", row(task.sleeps), row(until));
    if (event.kind == "cond_wake") wait_for(event.object2, event.task, until, index, false);  // who wakes up there needs the mutex too
    task.sleeps = never;
  }

  // Who came to the object at `begin` and went on (or gave up) at `end` waited as long as it was taken.
  void wait_for(std::uint64_t object, int task, int begin, int end, bool in_vain) {
    const std::vector<Change>& changes = objects_[object].changes;
    auto change = std::find_if(changes.begin(), changes.end(), [&](const Change& c) { return c.event > begin; });
    // What is freed first was taken before.
    bool taken = change != changes.begin() ? std::prev(change)->taken : change != changes.end() && !change->taken;
    int from = begin;
    for (; change != changes.end() && change->event < end; ++change) {
      if (taken && !change->taken) {
        span(task, "waits", "", row(from), row(change->event));
        arrow(change->event, task, "wakes");
      }
      taken = change->taken;
      from = change->event;
    }
    if (in_vain && (taken || objects_[object].changes.empty())) span(task, "waits", "", row(from), end == no_end ? bottom() : row(end));
  }

  void take(int task, std::uint64_t object, int index, const std::string& what) {
    Hold& hold = holds_[{task, object}];
    if (hold.count++ > 0) return;
    hold.from = row(index);
    hold.name = name_(what, object);
    if (objects_[object].holders++ == 0) objects_[object].changes.push_back({index, true});
  }
  void give_up(int task, std::uint64_t object, int index, const std::string& what, bool wholly) {
    // Of a long schedule the first events are missing: what is not known to have been taken was held from the beginning.
    Hold& hold = holds_.try_emplace({task, object}, Hold{0, 1, name_(what, object)}).first->second;
    if (--hold.count > 0 && !wholly) return;
    span(task, "holds", hold.name, hold.from, row(index));
    holds_.erase({task, object});
    if (--objects_[object].holders <= 0) objects_[object].changes.push_back({index, false});
  }

  void change_holds(const ScheduleEvent& event, int index) {
    const std::string& kind = event.kind;
    const bool done = event.value == 0;
    if ((kind == "mutex_lock" || kind == "mutex_try_lock") && done) take(event.task, event.object, index, "mutex");
    if ((kind == "read_lock" || kind == "write_lock" || kind == "try_read_lock" || kind == "try_write_lock") && done) take(event.task, event.object, index, "lock");
    if (kind == "mutex_unlock" || kind == "rw_unlock") give_up(event.task, event.object, index, kind == "rw_unlock" ? "lock" : "mutex", false);
    if (kind == "cond_wait") give_up(event.task, event.object2, index, "mutex", true);
    if (kind == "cond_wake") take(event.task, event.object2, index, "mutex");
    if ((kind == "sem_wait" || kind == "sem_try_wait") && done && event.value2 == 0) objects_[event.object].changes.push_back({index, true});
    if (kind == "sem_post" && event.value2 == 1) objects_[event.object].changes.push_back({index, false});
    if (kind == "finish") objects_[event.object].changes.push_back({index, false});
  }

  void wake_others(const ScheduleEvent& event, int index) {
    const bool notifies = event.kind == "cond_signal" || event.kind == "cond_broadcast";
    const bool completes = event.kind == "barrier_arrive" && event.value == 0;
    if (!completes && event.kind != "futex_wake" && !(notifies && event.value > 0)) return;
    std::vector<int> asleep;
    for (std::size_t i = 0; i < tasks_.size(); ++i)
      if (tasks_[i].sleeps != never && tasks_[i].object == event.object && tasks_[i].woken == never) asleep.push_back(static_cast<int>(i));
    if (event.kind == "futex_wake" && event.value < asleep.size()) return;  // which of them is not known
    for (const int task : asleep) {
      if (notifies && event.other >= 0 && event.other != task) continue;
      tasks_[at(task)].woken = index;
      arrow(index, task, "wakes");
    }
  }

  model::Schedule& schedule_;
  const std::vector<int>& row_of_;
  const NameOfObject& name_;
  std::vector<Task> tasks_;
  std::map<std::uint64_t, Object> objects_;
  std::map<std::pair<int, std::uint64_t>, Hold> holds_;
};

}  // namespace

void add_spans(model::Schedule& schedule, const model::Exploration& seen, const std::vector<int>& row_of, const NameOfObject& name) {
  Drawing drawing(schedule, row_of, name);
  for (std::size_t i = 0; i < seen.events.size(); ++i) drawing.add(seen.events[i], static_cast<int>(i));
  drawing.finish(seen);
}

}  // namespace lockstep::judge
