// Transfers that have no account in common are under way at the same time: each stays in its audit until all are there. Where one keeps
// another out, that never comes about. Nobody measures time.
#include <atomic>
#include <deque>
#include <latch>
#include <vector>

#include "bank.hpp"
#include "harness/inside/testkit/testkit.hpp"

using lockstep::testkit::Worker;
using pdc::Bank;

namespace {

// Transfers 1 from each even account to the odd one behind it, or the other way, all at once.
void meet_in_audit(std::size_t pairs, bool backwards) {
  std::latch all_there(static_cast<std::ptrdiff_t>(pairs));
  std::deque<std::atomic<bool>> came(pairs);
  std::vector<int> moved(pairs, 0);
  const auto come = [&](std::size_t pair) {
    if (!came[pair].exchange(true)) all_there.count_down();
  };
  Bank bank(std::vector<std::int64_t>(2 * pairs, 1), [&](std::size_t from, std::size_t) {
    come(from / 2);
    all_there.wait();
  });
  std::deque<Worker> workers;
  for (std::size_t pair = 0; pair < pairs; ++pair)
    workers.emplace_back([&, pair, first = 2 * pair, second = 2 * pair + 1] {
      try {
        moved[pair] = backwards ? bank.transfer(second, first, 1) : bank.transfer(first, second, 1);
        EXPECT_TRUE(came[pair]) << "a transfer returned without having called audit";
      } catch (...) {
        come(pair);  // so that the others need not wait for it
        throw;
      }
      come(pair);
    });
  for (Worker& worker : workers) worker.join();
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    EXPECT_TRUE(moved[pair]);
    EXPECT_EQ(bank.balance(2 * pair), backwards ? 2 : 0);
    EXPECT_EQ(bank.balance(2 * pair + 1), backwards ? 0 : 2);
  }
}

}  // namespace

TEST(Overlap, OfTwoTransfers) {
  meet_in_audit(2, false);
  meet_in_audit(2, true);
}

TEST(Overlap, OfFourTransfers) { meet_in_audit(4, false); }
