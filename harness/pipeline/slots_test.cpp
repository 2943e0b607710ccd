#include "harness/pipeline/slots.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <latch>
#include <thread>
#include <vector>

namespace lockstep::pipeline {
namespace {

// Counts how many commands run at once. A command whose first argument is "meet" waits until another one like it runs beside it.
class CountingRunner : public run::ProcessRunner {
 public:
  run::Ended run(const run::Command& command) override {
    const int now = ++running;
    int seen = most.load();
    while (seen < now && !most.compare_exchange_weak(seen, now)) {
    }
    if (command.argv.front() == "meet") meeting.arrive_and_wait();
    if (command.argv.front() == "alone") others_while_alone = others_while_alone + now - 1;
    --running;
    return {};
  }
  std::vector<model::Protection> protections() const override { return {}; }
  std::string protection_level() const override { return "none"; }
  void cancel_all() override {}

  std::latch meeting{2};
  std::atomic<int> running = 0, most = 0, others_while_alone = 0;
};

run::Command named(std::string name) {
  run::Command command;
  command.argv = {std::move(name)};
  return command;
}

TEST(SlottedRunner, RunsAsManyAtOnceAsThereAreSlots) {
  CountingRunner inner;
  SlottedRunner slotted(inner, 2);
  {
    std::jthread a([&] { slotted.run(named("meet")); }), b([&] { slotted.run(named("meet")); });
  }
  EXPECT_EQ(inner.most, 2);
}

TEST(SlottedRunner, NeverRunsMoreThanThat) {
  CountingRunner inner;
  SlottedRunner slotted(inner, 2);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([&] {
        for (int k = 0; k < 200; ++k) slotted.run(named("any"));
      });
  }
  EXPECT_LE(inner.most, 2);
}

TEST(SlottedRunner, AMeasurementRunsAlone) {
  CountingRunner inner;
  SlottedRunner slotted(inner, 2);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        for (int k = 0; k < 200; ++k) slotted.run(named("any"));
      });
    threads.emplace_back([&] {
      for (int k = 0; k < 50; ++k) slotted.run_alone(named("alone"));
    });
  }
  EXPECT_EQ(inner.others_while_alone, 0);
}

}  // namespace
}  // namespace lockstep::pipeline
