// Stops a transfer inside its audit, while both accounts are locked, for as long as a test needs to do something else.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <latch>
#include <utility>

#include "bank.hpp"
#include "harness/inside/testkit/testkit.hpp"

// An audit, for the constructor of a bank: Bank bank(opening, std::ref(gate)). The first audit of the pair (from, to) stays until the gate is
// opened; all others pass. On the way it looks whether two audits that have an account in common are inside at the same time.
class Gate {
 public:
  struct Refused {};  // no std::exception

  Gate(std::size_t from, std::size_t to) : from_(from), to_(to) {}

  void refuse_when_opened() { refuses_ = true; }  // the audit that stays here ends with Refused

  void operator()(std::size_t from, std::size_t to) {
    const Presence here(*this, from, to);
    ++calls;
    if (from != from_ || to != to_ || reached_.exchange(true)) return;
    tell();
    opened_.wait();
    if (refuses_) throw Refused{};
  }

  std::atomic<int> calls{0};
  std::atomic<int> intruders{0};  // audits that began while another one was inside with one of their accounts

 private:
  friend class Held;
  static constexpr std::size_t most_accounts = 64;

  struct Presence {
    Gate& gate;
    const std::size_t from, to;
    Presence(Gate& where, std::size_t one, std::size_t other) : gate(where), from(one % most_accounts), to(other % most_accounts) {
      bool intrudes = gate.inside_[from]++ > 0;
      if (to != from && gate.inside_[to]++ > 0) intrudes = true;
      if (intrudes) ++gate.intruders;
    }
    ~Presence() {
      --gate.inside_[from];
      if (to != from) --gate.inside_[to];
    }
  };

  void tell() {
    something_happened_ = true;
    something_happened_.notify_all();
  }

  const std::size_t from_, to_;
  std::array<std::atomic<int>, most_accounts> inside_{};
  std::atomic<bool> reached_{false}, something_happened_{false}, refuses_{false};
  std::latch opened_{1};
};

// The transfer that is stopped at the gate, on a thread of its own. The constructor returns when it is there.
class Held {
 public:
  Held(Gate& gate, pdc::Bank& bank, std::int64_t amount) : gate_(gate), worker_([this, &bank, amount] { run(bank, amount); }) {
    gate_.something_happened_.wait(false);
    if (gate_.reached_) {
      worker_.wait_until_blocked();
      return;
    }
    worker_.join();  // rethrows
    ADD_FAILURE() << "transfer(" << gate_.from_ << ", " << gate_.to_ << ", " << amount << ") returned without having called audit";
  }
  ~Held() { open(); }

  // Opens the gate and returns what transfer returned; rethrows what it threw.
  bool finish() {
    open();
    worker_.join();
    return result_;
  }

 private:
  void run(pdc::Bank& bank, std::int64_t amount) {
    try {
      result_ = bank.transfer(gate_.from_, gate_.to_, amount);
    } catch (...) {
      gate_.tell();
      throw;
    }
    gate_.tell();
  }

  void open() {
    if (!std::exchange(open_, true)) gate_.opened_.count_down();
  }

  Gate& gate_;
  bool open_ = false;
  bool result_ = false;
  lockstep::testkit::Worker worker_;  // last: its thread uses all of the above
};
