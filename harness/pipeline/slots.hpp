// How many processes run at once, and that a measurement which would accuse somebody runs alone.
#pragma once

#include <condition_variable>
#include <mutex>

#include "harness/run/process_runner.hpp"

namespace lockstep::pipeline {

// A ProcessRunner that lets at most `slots` commands of another one run at a time. Whoever asks to run alone waits for all others to end and
// keeps new ones out meanwhile, so that measurements are not starved by a stream of ordinary runs.
class SlottedRunner : public run::ProcessRunner {
 public:
  SlottedRunner(run::ProcessRunner& inner, int slots) : inner_(inner), slots_(slots) {}

  run::Ended run(const run::Command& command) override;
  run::Ended run_alone(const run::Command& command);
  std::vector<model::Protection> protections() const override { return inner_.protections(); }
  std::string protection_level() const override { return inner_.protection_level(); }
  void cancel_all() override { inner_.cancel_all(); }

  int slots() const { return slots_; }
  double busy_ms() const;  // wall time of all commands so far, summed

 private:
  run::Ended run_counted(const run::Command& command);

  run::ProcessRunner& inner_;
  const int slots_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int running_ = 0;
  int waiting_alone_ = 0;
  bool alone_ = false;
  double busy_ms_ = 0;
};

}  // namespace lockstep::pipeline
