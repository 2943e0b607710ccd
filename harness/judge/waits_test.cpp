#include "harness/judge/waits.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace lockstep::judge {
namespace {

model::Frame library(const char* function) { return {function, "/usr/include/c++/12/bits/x.h", 1, false, true}; }
const model::Frame students{"pdc::Buffer::put(int)", "buffer.cpp", 12, true, false};

model::StuckTask a_thread(std::vector<model::Frame> stack) {
  return {-1, "thread 2", "futex wait (mutex, condition variable or join)", std::move(stack)};
}
model::StuckTask a_rank(int rank, const char* call) { return {rank, "rank " + std::to_string(rank) + " of 2", call, {}}; }

TEST(AwaitedBy, IsWhatTheStudentCalledNotHowTheLibraryDoesIt) {
  EXPECT_EQ(awaited_by(a_thread({library("__lll_lock_wait"), library("std::mutex::lock()"), students})), Awaited::mutex);
  EXPECT_EQ(awaited_by(a_thread({library("__futex_abstimed_wait_common"), library("std::mutex::lock()"),
                                 library("void std::condition_variable::wait<f(std::mutex)::{lambda()#1}>(std::unique_lock<std::mutex>&, f)"),
                                 students})),
            Awaited::notification);
  EXPECT_EQ(awaited_by(a_thread({library("syscall"), library("std::__atomic_semaphore::_M_acquire()"), students})), Awaited::semaphore);
  EXPECT_EQ(awaited_by(a_thread({library("std::condition_variable::wait(std::unique_lock<std::mutex>&)"),
                                 library("std::__basic_future<int>::_M_get_result()"), students})),
            Awaited::future);
  EXPECT_EQ(awaited_by(a_thread({library("__futex_wait"), library("lockstep::testkit::Worker::join()")})), Awaited::thread_end);
}

TEST(AwaitedBy, KnowsNoMoreThanTheStackShows) {
  EXPECT_EQ(awaited_by(a_thread({})), Awaited::memory);
  EXPECT_EQ(awaited_by(a_thread({library("__futex_wait"), students, library("std::mutex::lock()")})), Awaited::memory);
}

TEST(DescribeWait, SaysWhoWaitsForWhat) {
  EXPECT_EQ(describe_wait(a_thread({library("std::mutex::lock()"), students})), "thread 2 waits for a mutex that is held");
  EXPECT_EQ(describe_wait({-1, "main thread", "waitpid: waiting for a child process to end", {}}),
            "main thread waits for a child process to end");
  EXPECT_EQ(describe_wait({-1, "main thread", "read from a pipe (descriptor 9)", {}}), "main thread waits in a read from a pipe (descriptor 9)");
  EXPECT_EQ(describe_wait({-1, "main thread", "msgrcv: waiting for a message", {}}), "main thread waits for a message (msgrcv)");
  EXPECT_EQ(describe_wait(a_rank(1, "MPI_Recv(source=0, tag=1) [rank 1 of 2]")), "rank 1 of 2 waits in MPI_Recv(source=0, tag=1)");
}

TEST(ScheduleOfRanks, IsWhoWaitsForWhom) {
  model::StuckTask first = a_rank(0, "MPI_Recv(source=1, tag=7); there is a message of rank 1 with tag 8 (MPI_Send at ring.cpp:3) [rank 0 of 3]");
  model::StuckTask second = a_rank(1, "MPI_Barrier(), which never comes to rank 0 and rank 2 [rank 1 of 3]");
  first.waits_for = {1};
  first.stack = {students};
  second.waits_for = {0, 2, 99, -1};
  const model::Schedule schedule = schedule_of({second, a_rank(2, "nothing: its part has already returned [rank 2 of 3]"), first}, {});
  EXPECT_EQ(schedule.lanes, (std::vector<std::string>{"rank 0", "rank 1", "rank 2"}));
  ASSERT_EQ(schedule.rows.size(), 3U);
  EXPECT_EQ(schedule.rows[0].text, "waits for rank 1 in MPI_Recv, for ever");
  EXPECT_EQ(schedule.rows[0].line, 12);
  EXPECT_TRUE(schedule.rows[0].fatal);
  EXPECT_EQ(schedule.rows[1].text, "waits for ranks 0, 2 in MPI_Barrier, for ever");
  EXPECT_EQ(schedule.rows[2].text, "is through, and makes no call any more");
  EXPECT_FALSE(schedule.rows[2].fatal);
  ASSERT_EQ(schedule.arrows.size(), 3U);
  EXPECT_EQ(schedule.arrows[2].row, 1);
  EXPECT_EQ(schedule.arrows[2].lane, 2);
  EXPECT_EQ(std::count_if(schedule.spans.begin(), schedule.spans.end(), [](const model::ScheduleSpan& span) { return span.what == "waits" && span.to == 3; }), 2);
}

TEST(ScheduleOfRanks, BeginsWithTheLastMessages) {
  model::Frame sends = students, receives = students;
  sends.line = 20, receives.line = 30;
  const model::Exchange message{1, 0, 3, "MPI_Send", "MPI_Recv", {sends}, {receives}};
  model::Exchange bad = message;
  bad.to = 1000;
  const model::Schedule schedule = schedule_of({a_rank(0, "MPI_Recv(source=1, tag=7) [rank 0 of 2]")}, {message, bad});
  EXPECT_EQ(schedule.lanes.size(), 2U);
  EXPECT_TRUE(schedule.parallel);
  ASSERT_EQ(schedule.rows.size(), 2U);
  EXPECT_EQ(schedule.rows[0].lane, 1);
  EXPECT_EQ(schedule.rows[0].text, "sends tag 3 to rank 0, received at line 30");
  EXPECT_EQ(schedule.rows[0].file, "buffer.cpp");
  EXPECT_EQ(schedule.rows[0].line, 20);
  EXPECT_FALSE(schedule.rows[0].fatal);
  EXPECT_TRUE(schedule.rows[1].fatal);
  ASSERT_EQ(schedule.arrows.size(), 1U);
  EXPECT_EQ(schedule.arrows[0].what, "sends");
  EXPECT_EQ(schedule.spans[0].from, 1);  // the wait
  EXPECT_EQ(schedule.spans[0].to, 2);
}

TEST(ScheduleOfRanks, ThreadsHaveNone) { EXPECT_TRUE(schedule_of({a_thread({students})}, {}).lanes.empty()); }

TEST(ExplainWaits, SaysEachKindOnceAndWhatAllHaveInCommon) {
  const std::string mutexes =
      explain_waits({a_thread({library("std::mutex::lock()"), students}), a_thread({library("std::mutex::lock()"), students})});
  EXPECT_EQ(mutexes.find("scoped_lock"), mutexes.rfind("scoped_lock"));
  EXPECT_TRUE(explain_waits({a_rank(0, "MPI_Recv(source=1)"), a_rank(1, "MPI_Recv(source=0)")}).starts_with("All of these ranks receive"));
  EXPECT_FALSE(explain_waits({a_rank(0, "MPI_Recv(source=1)"), a_rank(1, "MPI_Barrier()")}).starts_with("All of these"));
  EXPECT_FALSE(explain_waits({a_rank(0, "MPI_Recv(source=0)")}).starts_with("All of these"));
  EXPECT_EQ(explain_waits({}), "");
}

}  // namespace
}  // namespace lockstep::judge
