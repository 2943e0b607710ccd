// For ThreadSanitizer: whatever uses an account must hold its lock. The tests use no synchronisation of their own between the threads, because
// it would order the student's accesses too. Transfers that run at the same time go all upwards or all downwards, and total comes only to those
// that go upwards: deadlocks are for other tests to find.
#include <deque>
#include <utility>
#include <vector>

#include "bank.hpp"
#include "harness/inside/testkit/testkit.hpp"

using lockstep::testkit::Probe;
using lockstep::testkit::repetitions;
using lockstep::testkit::together;
using pdc::Bank;

namespace {

constexpr int steps = 40;

struct Pair {
  std::size_t from, to;
};

// Audits that have an account in common are ordered by its lock, so each may write there.
class Ledger {
 public:
  explicit Ledger(std::size_t accounts) : pages_(accounts) {}
  void operator()(std::size_t from, std::size_t to) {
    pages_[from].write();
    if (to != from) pages_[to].write();
  }

 private:
  std::deque<Probe> pages_;
};

void transfers_and_others(const std::vector<Pair>& pairs, bool with_total) {
  for (int round = 0; round < repetitions(2, 8); ++round) {
    Ledger ledger(3);
    Bank bank({1000, 1000, 1000}, std::ref(ledger));
    const auto transfer = [&](std::size_t first) {
      for (std::size_t i = 0; i < steps; ++i) {
        const Pair& pair = pairs[(first + i) % pairs.size()];
        EXPECT_TRUE(bank.transfer(pair.from, pair.to, 1));
      }
    };
    together({[&] { transfer(0); }, [&] { transfer(1); },
              [&] {
                for (std::size_t i = 0; i < steps; ++i) {
                  bank.deposit(i % 3, 1);
                  EXPECT_TRUE(bank.withdraw((i + 1) % 3, 1));
                }
              },
              [&] {
                for (std::size_t i = 0; i < steps; ++i) {
                  static_cast<void>(bank.balance(i % 3));
                  if (with_total) static_cast<void>(bank.total());
                }
              }});
    EXPECT_EQ(bank.total(), 3000);
  }
}

}  // namespace

TEST(Ordering, OfDepositsAndWithdrawals) {
  for (int round = 0; round < repetitions(2, 8); ++round) {
    Bank bank({100, 100});
    const auto turn_over = [&](std::size_t account) {
      for (int i = 0; i < steps; ++i) {
        bank.deposit(account, 2);
        EXPECT_TRUE(bank.withdraw(account, 1));
      }
    };
    together({[&] { turn_over(0); }, [&] { turn_over(0); }, [&] { turn_over(1); }});
    EXPECT_EQ(bank.balance(0), 100 + 2 * steps);
    EXPECT_EQ(bank.balance(1), 100 + steps);
  }
}

TEST(Ordering, OfBalanceAndDeposit) {
  for (int round = 0; round < repetitions(2, 8); ++round) {
    Bank bank({0});
    together({[&] {
                for (int i = 0; i < steps; ++i) bank.deposit(0, 1);
              },
              [&] {
                for (int i = 0; i < steps; ++i) static_cast<void>(bank.balance(0));
              }});
    EXPECT_EQ(bank.balance(0), steps);
  }
}

TEST(Ordering, OfTransfersUpwards) { transfers_and_others({{0, 1}, {1, 2}, {0, 2}}, true); }

TEST(Ordering, OfTransfersDownwards) { transfers_and_others({{1, 0}, {2, 1}, {2, 0}}, false); }
