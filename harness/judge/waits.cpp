#include "harness/judge/waits.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "harness/judge/own_frames.hpp"

namespace lockstep::judge {
namespace {

struct FunctionRow {  // part of the name of a library function
  std::string_view part;
  Awaited awaited;
};
// In this order: std::future and std::barrier wait by means of what stands below them.
constexpr std::array<FunctionRow, 20> function_table{{
    {"__future_base", Awaited::future},
    {"std::future", Awaited::future},
    {"std::shared_future", Awaited::future},
    {"std::__basic_future", Awaited::future},
    {"std::barrier", Awaited::rendezvous},
    {"std::latch", Awaited::rendezvous},
    {"pthread_barrier_wait", Awaited::rendezvous},
    {"semaphore", Awaited::semaphore},
    {"sem_wait", Awaited::semaphore},
    {"condition_variable", Awaited::notification},
    {"pthread_cond", Awaited::notification},
    {"::join", Awaited::thread_end},
    {"pthread_join", Awaited::thread_end},
    {"pthread_clockjoin", Awaited::thread_end},
    {"atomic", Awaited::atomic},
    {"mutex", Awaited::mutex},
    {"lll_lock", Awaited::mutex},
    {"pthread_rwlock", Awaited::mutex},
    {"std::lock", Awaited::mutex},
    {"_lock<", Awaited::mutex},
}};

struct CallRow {  // how the words of a system call or of an MPI call begin
  std::string_view begins;
  Awaited awaited;
};
constexpr std::array<CallRow, 14> call_table{{
    {"read from", Awaited::pipe_data},
    {"receive", Awaited::pipe_data},
    {"write to", Awaited::pipe_room},
    {"send to", Awaited::pipe_room},
    {"waitpid", Awaited::child},
    {"MPI_Recv", Awaited::receive},
    {"MPI_Mrecv", Awaited::receive},
    {"MPI_Probe", Awaited::receive},
    {"MPI_Send(", Awaited::send},
    {"MPI_Ssend(", Awaited::send},
    {"MPI_Wait", Awaited::request},
    {"MPI_Sendrecv", Awaited::request},
    {"MPI_", Awaited::collective},
    {"futex wait", Awaited::memory},
}};

struct AwaitedRow {
  Awaited awaited;
  std::string_view words;  // behind "waits for"; empty: the call's own words say it
  std::string_view advice;
};
constexpr std::array<AwaitedRow, 16> awaited_table{{
    {Awaited::mutex, "a mutex that is held",
     "Who waits for a mutex needs its holder to let go, and here the holder waits too. Take several mutexes in the same order everywhere, or "
     "together "
     "with std::scoped_lock, and call no foreign code while you hold one."},
    {Awaited::notification, "a condition variable to be notified",
     "A notification is not kept: if it came before the wait, went to another thread, or was never sent, the sleeper sleeps on. Whoever changes "
     "what a "
     "waiter's condition reads must notify afterwards, and notify_one only if any one waiter will do."},
    {Awaited::thread_end, "another thread to end", ""},
    {Awaited::semaphore, "a semaphore to be released", "A semaphore wakes as many as it is released: count who releases it and who waits."},
    {Awaited::atomic, "an atomic to change and be notified",
     "std::atomic::wait wakes only if the value has changed and somebody notifies after the change."},
    {Awaited::future, "the result of a future",
     "The result of a future comes from somebody: look what keeps that thread, or that task's turn, from coming."},
    {Awaited::rendezvous, "the others to arrive",
     "Whoever waits at a meeting point needs everybody else to come: count who is expected and who comes."},
    {Awaited::memory, "another thread: a mutex, a condition variable or a join", ""},
    {Awaited::pipe_data, "",
     "A read waits until data comes, or until every copy of the write end is closed. A child inherits all descriptors that are open when it is "
     "forked, so "
     "look for a write end that somebody still holds, perhaps the reader itself."},
    {Awaited::pipe_room, "", "A pipe holds little: a write to a full one waits until somebody reads. Look why the reader does not come to it."},
    {Awaited::child, "a child process to end",
     "A parent that waits for a child must have given it all that it waits for, the end of its input included."},
    {Awaited::receive, "", "A receive needs a message with its source, tag and communicator."},
    {Awaited::send, "",
     "The standard allows any send to wait until its receive has begun; that short messages do not is a courtesy of the library."},
    {Awaited::request, "", "Such a call ends when the messages that it sends have been taken and those that it expects have come."},
    {Awaited::collective, "", "A collective call needs every rank of its communicator to make it, in the same order as the others."},
    {Awaited::other, "", ""},
}};
const AwaitedRow& row_of(Awaited awaited) { return awaited_table[static_cast<std::size_t>(awaited)]; }

// From the student's line inwards: what stands nearest to it is what they wrote, what lies deeper is how the library does it.
std::optional<Awaited> awaited_in(const std::vector<model::Frame>& stack) {
  const auto first_own = std::find_if(stack.begin(), stack.end(), [](const model::Frame& frame) { return !frame.library; });
  for (auto frame = first_own; frame != stack.begin();) {
    --frame;
    const std::string_view name = std::string_view(frame->function).substr(0, frame->function.find('('));
    for (const FunctionRow& row : function_table)
      if (name.find(row.part) != std::string_view::npos) return row.awaited;
  }
  return std::nullopt;
}

}  // namespace

Awaited awaited_by(const model::StuckTask& task) {
  const auto call =
      std::find_if(call_table.begin(), call_table.end(), [&](const CallRow& row) { return task.waits_in.starts_with(row.begins); });
  if (call == call_table.end()) return Awaited::other;
  return call->awaited == Awaited::memory ? awaited_in(task.stack).value_or(Awaited::memory) : call->awaited;
}

std::string describe_wait(const model::StuckTask& task) {
  const AwaitedRow& row = row_of(awaited_by(task));
  const std::string who = task.task.empty() && task.rank >= 0 ? "rank " + std::to_string(task.rank) : task.task;
  if (!row.words.empty()) return who + " waits for " + std::string(row.words);
  std::string call = task.waits_in;
  if (task.rank >= 0) call = call.substr(0, call.find(" [rank "));  // said by `who`
  if (const std::size_t colon = call.find(": waiting for "); colon != std::string::npos)
    return who + " waits for " + call.substr(colon + 14) + " (" + call.substr(0, colon) + ")";
  if (call.starts_with("waiting for ")) return who + " waits for " + call.substr(12);
  return who + (task.rank >= 0 ? " waits in " : " waits in a ") + call;
}

namespace {

constexpr int most_ranks = 64;  // of the MPI layer: harness/inside/mpiwatch/world.hpp

// "rank 1", "ranks 1, 2, 5": all of them, or any, as the call says.
std::string ranks_in_words(const std::vector<int>& ranks) {
  std::string text;
  for (const int rank : ranks) text += (text.empty() ? "" : ", ") + std::to_string(rank);
  return (ranks.size() == 1 ? "rank " : "ranks ") + text;
}

bool is_rank(int rank) { return rank >= 0 && rank < most_ranks; }

void place(model::ScheduleRow& row, const std::vector<model::Frame>& stack) {
  if (const std::vector<model::Frame> own = own_frames(stack); !own.empty()) row.file = own.front().file, row.line = own.front().line;
}

// "sends tag 3 to rank 1, received at line 15": of the same file, if no other is named
model::ScheduleRow row_of(const model::Exchange& exchange) {
  model::ScheduleRow row{exchange.from, "sends tag " + std::to_string(exchange.tag) + " to rank " + std::to_string(exchange.to), "", 0, ""};
  place(row, exchange.sent_at);
  const std::vector<model::Frame> own = own_frames(exchange.received_at);
  if (!own.empty()) row.text += ", received at " + (own.front().file == row.file ? "line " + std::to_string(own.front().line) : place_of(own));
  return row;
}

}  // namespace

model::Schedule schedule_of(const std::vector<model::StuckTask>& ranks, const std::vector<model::Exchange>& exchanges) {
  std::vector<model::StuckTask> known;
  int last = -1;
  for (const model::StuckTask& task : ranks) {
    if (!is_rank(task.rank)) continue;
    known.push_back(task);
    std::erase_if(known.back().waits_for, [](int rank) { return !is_rank(rank); });
    last = std::max(last, task.rank);
    for (const int rank : known.back().waits_for) last = std::max(last, rank);
  }
  std::stable_sort(known.begin(), known.end(), [](const model::StuckTask& a, const model::StuckTask& b) { return a.rank < b.rank; });
  if (known.empty()) return {};
  model::Schedule schedule;
  schedule.parallel = true;
  for (const model::Exchange& exchange : exchanges) {
    if (!is_rank(exchange.from) || !is_rank(exchange.to)) continue;
    last = std::max({last, exchange.from, exchange.to});
    schedule.arrows.push_back({static_cast<int>(schedule.rows.size()), exchange.to, "sends"});
    schedule.rows.push_back(row_of(exchange));
  }
  for (int rank = 0; rank <= last; ++rank) schedule.lanes.push_back("rank " + std::to_string(rank));
  const int top = static_cast<int>(schedule.rows.size()), bottom = top + static_cast<int>(known.size());
  std::vector<int> ends(schedule.lanes.size(), bottom);
  for (int row = top; row < bottom; ++row) {
    const model::StuckTask& task = known[static_cast<std::size_t>(row - top)];
    const std::string whom = task.waits_for.empty() ? "" : " for " + ranks_in_words(task.waits_for);
    const bool through = task.waits_in.starts_with("nothing: ");
    model::ScheduleRow made{task.rank, through ? "is through, and makes no call any more" : "waits" + whom + " in " + task.waits_in.substr(0, task.waits_in.find('(')) + ", for ever", "", 0, "", !through};
    if (!through) place(made, task.stack);
    schedule.rows.push_back(std::move(made));
    if (through)
      ends[static_cast<std::size_t>(task.rank)] = row;
    else
      schedule.spans.push_back({task.rank, "waits", "", row, bottom});
    for (const int rank : task.waits_for) schedule.arrows.push_back({row, rank, "waits for"});
  }
  for (int rank = 0; rank <= last; ++rank) schedule.spans.push_back({rank, "exists", "", 0, ends[static_cast<std::size_t>(rank)]});
  return schedule;
}

std::string explain_waits(const std::vector<model::StuckTask>& tasks) {
  std::vector<Awaited> kinds;
  for (const model::StuckTask& task : tasks)
    if (const Awaited kind = awaited_by(task); std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
  std::string text;
  const auto add = [&](std::string_view line) { text += (text.empty() || line.empty() ? "" : "\n") + std::string(line); };
  if (tasks.size() > 1 && kinds == std::vector{Awaited::receive}) add("All of these ranks receive, and none of them is left to send.");
  if (tasks.size() > 1 && kinds == std::vector{Awaited::send}) add("All of these ranks send, and none of them is left to receive.");
  for (const Awaited kind : kinds) add(row_of(kind).advice);
  return text;
}

}  // namespace lockstep::judge
