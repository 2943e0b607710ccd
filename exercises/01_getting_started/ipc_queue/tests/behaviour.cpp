#include <fcntl.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <numeric>

#include "harness/inside/testkit/testkit.hpp"
#include "ipc_queue.hpp"

using lockstep::testkit::ChildProcess;
using lockstep::testkit::Worker;

namespace {

using Messages = std::vector<std::string>;

// A value in memory that processes share.
template <class T>
class Shared {
 public:
  Shared() : value_(new (mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) T{}) {}
  ~Shared() { munmap(value_, sizeof(T)); }
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
  T& operator*() const { return *value_; }

 private:
  T* value_;
};

// A semaphore that processes share: wait() sleeps until somebody calls post().
class Gate {
 public:
  Gate() { sem_init(&*semaphore_, 1, 0); }
  void wait() const {
    while (sem_wait(&*semaphore_) != 0) continue;
  }
  void post() const { sem_post(&*semaphore_); }

 private:
  Shared<sem_t> semaphore_;
};

std::string bytes_of_every_value() {
  std::string bytes(256, '\0');
  std::iota(bytes.begin(), bytes.end(), '\0');
  return bytes;
}

std::string patterned(std::size_t size, char first) {
  std::string message(size, '\0');
  for (std::size_t i = 0; i < size; ++i) message[i] = static_cast<char>(first + static_cast<char>(i % 251));
  return message;
}

// Sends `messages` from another process and compares what arrives here. Large messages are compared without being printed.
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

}  // namespace

TEST(RoundTrip, AMessageComesBackAsItWas) {
  pdc::PipeQueue queue;
  queue.put("first");
  queue.put("");
  queue.put("third");
  EXPECT_EQ(queue.get(), "first");
  EXPECT_EQ(queue.get(), "");
  EXPECT_EQ(queue.get(), "third");
}

TEST(RoundTrip, MessagesAreAnyBytes) {
  expect_round_trip({"line\nline\n", std::string("\0\0a\0", 4), "", std::string(1, '\0'), "\n", bytes_of_every_value(), "\r\n,;\"", ""});
}

TEST(RoundTrip, BoundariesAreKept) {
  Messages messages;
  for (std::size_t size = 0; size < 40; ++size) messages.push_back(patterned(size, 'a'));
  messages.push_back(patterned(pdc::PipeQueue::max_atomic, 'x'));
  messages.push_back(patterned(pdc::PipeQueue::max_atomic - 1, 'y'));
  expect_round_trip(messages);
}

TEST(Large, MessagesMayBeLargerThanThePipe) {
  expect_round_trip({patterned(65'536, 'a'), "small", patterned(1 << 20, 'b'), patterned(65'537, 'c'), ""});
}

TEST(Large, PutWaitsWhileThePipeIsFull) {
  pdc::PipeQueue queue;
  const Shared<std::atomic<int>> sent;
  constexpr int all = 20'000;
  ChildProcess producer([&] {
    queue.close_get();
    for (*sent = 0; *sent < all; ++*sent) queue.put(patterned(pdc::PipeQueue::max_atomic, 'm'));
    queue.close_put();
  });
  queue.close_put();
  producer.wait_until_blocked();
  EXPECT_LT(*sent, all) << "80 MB were taken although nobody had read any of it";
  int received = 0;
  for (std::optional<std::string> message = queue.get(); message && received < 1000; message = queue.get()) ++received;
  EXPECT_EQ(received, 1000);
}

TEST(End, ComesOnlyWhenEveryWriterHasClosed) {
  pdc::PipeQueue queue;
  const Gate second_may_go;
  ChildProcess first([&] {
    queue.close_get();
    queue.put("one");
    queue.close_put();
  });
  ChildProcess second([&] {
    queue.close_get();
    second_may_go.wait();
    queue.put("two");
    queue.close_put();
  });
  queue.close_put();
  EXPECT_EQ(queue.get(), "one");
  EXPECT_EQ(first.wait(), 0);
  std::optional<std::string> next = "not yet";
  Worker consumer([&] { next = queue.get(); });
  consumer.wait_until_blocked();
  EXPECT_FALSE(consumer.finished()) << "one producer still lives: get must wait for it";
  second_may_go.post();
  consumer.join();
  EXPECT_EQ(next, "two");
  EXPECT_EQ(second.wait(), 0);
  EXPECT_EQ(queue.get(), std::nullopt);
  EXPECT_EQ(queue.get(), std::nullopt);
}

TEST(End, WhatWasSentIsReadBeforeIt) {
  pdc::PipeQueue queue;
  for (int i = 0; i < 10; ++i) queue.put(std::to_string(i));
  queue.close_put();
  for (int i = 0; i < 10; ++i) EXPECT_EQ(queue.get(), std::to_string(i));
  EXPECT_EQ(queue.get(), std::nullopt);
}

TEST(End, InTheMiddleOfAMessageIsAnError) {
  pdc::PipeQueue queue;
  queue.put("whole");
  ChildProcess producer([&] {
    queue.close_get();
    queue.put(std::string(1 << 20, 'x'));
  });
  queue.close_put();
  producer.wait_until_blocked();
  kill(producer.pid(), SIGKILL);
  ASSERT_EQ(producer.wait(), SIGKILL) << "a message of 1 MiB does not fit into a pipe: put has to wait for a reader";
  EXPECT_EQ(queue.get(), "whole");
  EXPECT_THROW(queue.get(), std::runtime_error);
}

TEST(End, PutWithoutAnyReaderThrowsClosed) {
  pdc::PipeQueue queue;
  queue.close_get();
  EXPECT_THROW(queue.put("nobody listens"), pdc::Closed);
  EXPECT_THROW(queue.put(std::string(1 << 20, 'x')), pdc::Closed);
}

TEST(End, APutThatWaitsThrowsClosedWhenTheLastReaderGoes) {
  pdc::PipeQueue queue;
  ChildProcess producer([&] {
    queue.close_get();
    try {
      for (;;) queue.put(patterned(pdc::PipeQueue::max_atomic, 'm'));
    } catch (const pdc::Closed&) {
    }
  });
  queue.close_put();
  producer.wait_until_blocked();
  queue.close_get();
  EXPECT_EQ(producer.wait(), 0) << "the producer must see pdc::Closed and live on (SIGPIPE is signal 13)";
}

TEST(End, ClosingTwiceTouchesNothingElse) {
  int other = -1;
  {
    pdc::PipeQueue queue;
    queue.put("x");
    EXPECT_EQ(queue.get(), "x");
    queue.close_get();
    queue.close_put();
    other = dup(0);  // the lowest free number: one that the queue has just closed
    queue.close_get();
    queue.close_put();
  }
  EXPECT_GE(fcntl(other, F_GETFD), 0) << "the queue closed a descriptor that was no longer its own";
  close(other);
}

TEST(End, DescriptorsCloseOnExec) {
  const std::set<int> before = lockstep::testkit::open_descriptors();
  pdc::PipeQueue queue;
  queue.put("x");
  for (const int descriptor : lockstep::testkit::open_descriptors()) {
    if (before.contains(descriptor)) continue;
    EXPECT_TRUE(lockstep::testkit::closes_on_exec(descriptor)) << "descriptor " << descriptor;
  }
}

namespace {

// Every child that is forked from now on waits at its very first step until the gate opens, as if the machine were slow.
const Gate* children_wait_for = nullptr;
void hold_children(const Gate& gate) {
  children_wait_for = &gate;
  pthread_atfork(nullptr, nullptr, [] {
    children_wait_for->wait();
    children_wait_for->post();  // for the next one
  });
}

}  // namespace

TEST(ProduceConsume, OneProducer) { EXPECT_EQ(pdc::produce_consume({{"a", "", "b\nc", "d"}}), (Messages{"a", "", "b\nc", "d"})); }

TEST(ProduceConsume, NothingToDo) {
  EXPECT_EQ(pdc::produce_consume({}), Messages{});
  EXPECT_EQ(pdc::produce_consume({{}, {}}), Messages{});
  EXPECT_EQ(pdc::produce_consume({{}, {"only"}, {}}), Messages{"only"});
}

TEST(ProduceConsume, EachProducersOrderIsKept) {
  std::vector<Messages> lists(4);
  for (std::size_t p = 0; p < lists.size(); ++p)
    for (int i = 0; i < 200; ++i) lists[p].push_back(std::to_string(p) + ":" + std::to_string(i));
  const Messages all = pdc::produce_consume(lists);
  EXPECT_EQ(all.size(), 800u);
  for (std::size_t p = 0; p < lists.size(); ++p) {
    Messages own;
    std::copy_if(all.begin(), all.end(), std::back_inserter(own), [&](const std::string& m) { return m.starts_with(std::to_string(p) + ":"); });
    EXPECT_EQ(own, lists[p]) << "messages of producer " << p;
  }
}

TEST(ProduceConsume, MoreThanThePipeHolds) {
  const std::vector<Messages> lists(3, Messages(200, patterned(pdc::PipeQueue::max_atomic, 'q')));
  const Messages all = pdc::produce_consume(lists);
  ASSERT_EQ(all.size(), 600u);
  for (const std::string& message : all) ASSERT_TRUE(message == lists[0][0]);
}

TEST(ProduceConsume, WaitsForSlowProducers) {
  const Gate gate;
  hold_children(gate);
  Messages received;
  Worker consumer([&] { received = pdc::produce_consume({{"slow", "but", "sure"}}); });
  consumer.wait_until_blocked();
  gate.post();
  consumer.join();
  EXPECT_EQ(received, (Messages{"slow", "but", "sure"}));
}
