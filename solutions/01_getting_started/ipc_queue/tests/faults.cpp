// What a kernel may do on any day: short transfers, interrupted calls, other processes in between, a fork that fails, a producer that dies.
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <climits>
#include <csignal>

#include "harness/inside/testkit/testkit.hpp"
#include "ipc_queue.hpp"

using lockstep::testkit::ChildProcess;

namespace {

using Messages = std::vector<std::string>;

// Writes of at most PIPE_BUF bytes stay whole, as POSIX promises; everything else may be cut anywhere.
lockstep::testkit::IoFaults faults(std::size_t max_chunk, unsigned eintr_every) {
  lockstep::testkit::IoFaults result;
  result.max_chunk = max_chunk;
  result.eintr_every = eintr_every;
  result.atomic_below = PIPE_BUF;
  return result;
}

Messages of_sizes(std::initializer_list<std::size_t> sizes) {
  Messages messages;
  for (const std::size_t size : sizes) {
    std::string message(size, '\0');
    for (std::size_t i = 0; i < size; ++i) message[i] = static_cast<char>('a' + (i * 7 + size) % 26);
    messages.push_back(std::move(message));
  }
  return messages;
}

void expect_round_trip(const Messages& messages) {
  pdc::PipeQueue queue;
  ChildProcess producer([&] {
    queue.close_get();
    for (const std::string& message : messages) queue.put(message);
    queue.close_put();
  });
  queue.close_put();
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const std::optional<std::string> message = queue.get();
    ASSERT_TRUE(message.has_value()) << "the queue ended before message " << i;
    ASSERT_EQ(message->size(), messages[i].size()) << "size of message " << i;
    ASSERT_TRUE(*message == messages[i]) << "message " << i << " has other bytes than were sent";
  }
  EXPECT_EQ(queue.get(), std::nullopt);
  EXPECT_EQ(producer.wait(), 0) << "the producer did not end well";
}

int forks = 0, doomed = 0;
bool by_signal = false;

// The n-th process that is forked from now on dies before it does anything.
void let_child_die(int nth, bool with_signal) {
  static const int registered = pthread_atfork([] { ++forks; }, nullptr,
                                               [] {
                                                 if (forks != doomed) return;
                                                 if (by_signal) raise(SIGKILL);
                                                 _exit(3);
                                               });
  ASSERT_EQ(registered, 0);
  forks = 0;
  doomed = nth;
  by_signal = with_signal;
}

}  // namespace

TEST(Faults, TransfersMayBeOneByteLong) {
  const lockstep::testkit::InjectIoFaults injected(faults(1, 0));
  expect_round_trip(of_sizes({5, 0, 1, 300, 4000, 17}));
}

TEST(Faults, LargeMessagesMayBeCutAnywhere) {
  for (const std::size_t chunk : {1000, 4097}) {
    const lockstep::testkit::InjectIoFaults injected(faults(chunk, 0));
    expect_round_trip(of_sizes({100'000, 3, 1 << 20}));
  }
}

TEST(Faults, CallsMayBeInterrupted) {
  for (const unsigned every : {2u, 3u, 5u}) {
    const lockstep::testkit::InjectIoFaults injected(faults(0, every));
    expect_round_trip(of_sizes({5, 0, 1, 4000, 70'000, 2, 2, 2, 2}));
    EXPECT_EQ(pdc::produce_consume({{"a", "b", "c", "d", "e", "f"}}), (Messages{"a", "b", "c", "d", "e", "f"}));
  }
}

TEST(Faults, BothMayComeTogether) {
  const lockstep::testkit::InjectIoFaults injected(faults(3, 3));
  expect_round_trip(of_sizes({5, 0, 1, 300, 4000, 17, 5000}));
}

TEST(Mixing, MessagesOfTwoProducersStayApart) {
  // The two begin each message together and every write is followed by a pause: one that needs two writes gets the other's in between.
  lockstep::testkit::IoFaults slow;
  slow.pause_after_write = std::chrono::milliseconds(20);
  const lockstep::testkit::InjectIoFaults injected(slow);
  constexpr int rounds = 12;
  auto* together =
      static_cast<pthread_barrier_t*>(mmap(nullptr, sizeof(pthread_barrier_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(together, MAP_FAILED);
  pthread_barrierattr_t shared;
  pthread_barrierattr_init(&shared);
  pthread_barrierattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
  pthread_barrier_init(together, &shared, 2);

  pdc::PipeQueue queue;
  const auto produce = [&](char letter) {
    queue.close_get();
    for (int round = 0; round < rounds; ++round) {
      pthread_barrier_wait(together);
      queue.put(std::string(pdc::PipeQueue::max_atomic, letter));
    }
    queue.close_put();
  };
  ChildProcess a([&] { produce('a'); });
  ChildProcess b([&] { produce('b'); });
  queue.close_put();
  std::map<char, int> seen;
  for (std::optional<std::string> message = queue.get(); message; message = queue.get()) {
    ASSERT_EQ(message->size(), pdc::PipeQueue::max_atomic);
    ASSERT_EQ(message->find_first_not_of(message->front()), std::string::npos) << "a message holds bytes of two producers";
    ++seen[message->front()];
  }
  EXPECT_EQ(seen, (std::map<char, int>{{'a', rounds}, {'b', rounds}}));
  EXPECT_EQ(a.wait(), 0);
  EXPECT_EQ(b.wait(), 0);
  munmap(together, sizeof(pthread_barrier_t));
}

TEST(Faults, AProducerThatDiesIsReported) {
  const std::vector<Messages> lists(3, Messages(100, std::string(pdc::PipeQueue::max_atomic, 'm')));
  EXPECT_EQ(pdc::produce_consume(lists).size(), 300u);
  for (const bool with_signal : {false, true}) {
    for (const int nth : {1, 2, 3}) {
      let_child_die(nth, with_signal);
      EXPECT_THROW(pdc::produce_consume(lists), std::runtime_error) << "producer " << nth << " died";
      EXPECT_TRUE(lockstep::testkit::living_children().empty());
    }
  }
}

TEST(Faults, AForkThatFailsIsReportedAndLeavesNothing) {
  const std::vector<Messages> lists(3, Messages(100, std::string(pdc::PipeQueue::max_atomic, 'm')));
  EXPECT_EQ(pdc::produce_consume(lists).size(), 300u);
  for (const int nth : {1, 2, 3}) {
    const lockstep::testkit::FailForkAt failing(nth);
    EXPECT_THROW(pdc::produce_consume(lists), std::exception) << "fork number " << nth << " failed";
    EXPECT_TRUE(lockstep::testkit::living_children().empty());
  }
}
