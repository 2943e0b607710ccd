// What the bank does for one caller, and what a transfer does while others look on.
#include <cstdint>
#include <functional>
#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

#include "bank.hpp"
#include "harness/inside/testkit/testkit.hpp"
#include "tests/gate.hpp"

using lockstep::testkit::together;
using lockstep::testkit::Worker;
using pdc::Bank;
using Money = std::vector<std::int64_t>;
using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min(), most = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t no_account = std::numeric_limits<std::size_t>::max();

struct NoMoreToday {};  // an audit may throw anything

Money balances(const Bank& bank, std::size_t accounts) {
  Money all;
  for (std::size_t account = 0; account < accounts; ++account) all.push_back(bank.balance(account));
  return all;
}

// Every account can still be used: nothing was left locked.
void use_all_accounts(Bank& bank, std::size_t accounts) {
  for (std::size_t account = 0; account < accounts; ++account) {
    bank.deposit(account, 1);
    EXPECT_TRUE(bank.withdraw(account, 1));
    const std::size_t next = (account + 1) % accounts;
    EXPECT_TRUE(bank.transfer(account, next, 0));
    EXPECT_TRUE(bank.transfer(next, account, 0));
  }
  bank.total();
}

// Of a transfer that runs while an audit holds one of its accounts.
testing::AssertionResult is_kept_out(Worker& transfer) {
  transfer.wait_until_blocked();
  if (!transfer.finished()) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "the transfer was done while an audit held one of its accounts";
}

}  // namespace

TEST(Basics, AccountsBeginWithTheirOpening) {
  const Bank bank({10, 0, 7});
  EXPECT_EQ(balances(bank, 3), Money({10, 0, 7}));
  EXPECT_EQ(bank.total(), 17);
}

TEST(Basics, AnEmptyBankHasNothing) {
  const Bank bank({});
  EXPECT_EQ(bank.total(), 0);
  EXPECT_THROW(bank.balance(0), std::out_of_range);
}

TEST(Basics, DepositsAddUp) {
  Bank bank({10, 0});
  bank.deposit(0, 5);
  bank.deposit(1, 1);
  bank.deposit(1, 0);
  bank.deposit(1, 2);
  EXPECT_EQ(balances(bank, 2), Money({15, 3}));
  EXPECT_EQ(bank.total(), 18);
}

TEST(Basics, WithdrawTakesWhatIsThere) {
  Bank bank({10, 20});
  EXPECT_TRUE(bank.withdraw(0, 4));
  EXPECT_TRUE(bank.withdraw(0, 0));
  EXPECT_TRUE(bank.withdraw(1, 20)) << "an account may be emptied";
  EXPECT_EQ(balances(bank, 2), Money({6, 0}));
  EXPECT_EQ(bank.total(), 6);
}

TEST(Basics, WithdrawRefusesWhatIsNotThere) {
  Bank bank({10, 20});
  EXPECT_FALSE(bank.withdraw(0, 11));
  EXPECT_FALSE(bank.withdraw(0, most));
  EXPECT_EQ(balances(bank, 2), Money({10, 20}));
  EXPECT_TRUE(bank.withdraw(0, 10));
  EXPECT_FALSE(bank.withdraw(0, 1));
  EXPECT_TRUE(bank.withdraw(0, 0));
  EXPECT_EQ(balances(bank, 2), Money({0, 20}));
}

TEST(Basics, EverySumIsASum) {
  Bank bank({most - 1, 0});
  bank.deposit(0, 1);
  EXPECT_EQ(bank.total(), most);
  EXPECT_TRUE(bank.transfer(0, 1, most));
  EXPECT_EQ(balances(bank, 2), Money({0, most}));
  EXPECT_TRUE(bank.withdraw(1, most));
  EXPECT_EQ(bank.total(), 0);
}

TEST(Basics, BanksKnowNothingOfEachOther) {
  Bank one({10, 10}), other({20, 20});
  one.deposit(0, 1);
  EXPECT_TRUE(other.withdraw(0, 20));
  EXPECT_TRUE(other.transfer(1, 0, 5));
  EXPECT_EQ(balances(one, 2), Money({11, 10}));
  EXPECT_EQ(balances(other, 2), Money({5, 15}));
}

TEST(Arguments, UnknownAccountsAreRefused) {
  int audits = 0;
  Bank bank({10, 20, 30}, [&](std::size_t, std::size_t) { ++audits; });
  for (const std::size_t unknown : {std::size_t{3}, std::size_t{4}, no_account}) {
    EXPECT_THROW(bank.deposit(unknown, 1), std::out_of_range);
    EXPECT_THROW(bank.withdraw(unknown, 1), std::out_of_range);
    EXPECT_THROW(bank.balance(unknown), std::out_of_range);
    EXPECT_THROW(bank.transfer(unknown, 0, 1), std::out_of_range);
    EXPECT_THROW(bank.transfer(0, unknown, 1), std::out_of_range);
    EXPECT_THROW(bank.transfer(unknown, unknown, 1), std::out_of_range);
  }
  EXPECT_EQ(audits, 0);
  EXPECT_EQ(balances(bank, 3), Money({10, 20, 30}));
  use_all_accounts(bank, 3);
}

TEST(Arguments, NegativeAmountsAreRefused) {
  int audits = 0;
  Bank bank({10, 20}, [&](std::size_t, std::size_t) { ++audits; });
  for (const std::int64_t amount : {std::int64_t{-1}, least}) {
    EXPECT_THROW(bank.deposit(0, amount), std::invalid_argument);
    EXPECT_THROW(bank.withdraw(0, amount), std::invalid_argument);
    EXPECT_THROW(bank.transfer(0, 1, amount), std::invalid_argument);
    EXPECT_THROW(bank.transfer(1, 1, amount), std::invalid_argument);
  }
  EXPECT_EQ(audits, 0);
  EXPECT_EQ(balances(bank, 2), Money({10, 20}));
  use_all_accounts(bank, 2);
}

// While a transfer has both accounts, calls that would have to wait for them are refused all the same.
TEST(Arguments, AreLookedAtBeforeAnyLock) {
  Gate gate(0, 1);
  Bank bank({10, 20, 30}, std::ref(gate));
  Held transfer(gate, bank, 5);
  Worker caller([&] {
    EXPECT_THROW(bank.deposit(0, -1), std::invalid_argument);
    EXPECT_THROW(bank.withdraw(1, -1), std::invalid_argument);
    EXPECT_THROW(bank.transfer(0, 1, -1), std::invalid_argument);
    EXPECT_THROW(bank.transfer(1, 2, -1), std::invalid_argument);
    EXPECT_THROW(bank.transfer(0, 3, 1), std::out_of_range);
    EXPECT_THROW(bank.transfer(3, 1, 1), std::out_of_range);
  });
  EXPECT_TRUE(caller.wait_until_finished()) << "a call with a bad argument waits for an account that is locked";
  EXPECT_TRUE(transfer.finish());
  caller.join();
}

TEST(Transfer, MovesTheWholeAmount) {
  Bank bank({10, 20, 30});
  EXPECT_TRUE(bank.transfer(0, 1, 4));
  EXPECT_TRUE(bank.transfer(2, 0, 30));
  EXPECT_TRUE(bank.transfer(1, 2, 0));
  EXPECT_EQ(balances(bank, 3), Money({36, 24, 0}));
  EXPECT_EQ(bank.total(), 60);
}

TEST(Transfer, RefusesWhatIsNotThere) {
  Bank bank({10, 20});
  EXPECT_FALSE(bank.transfer(0, 1, 11));
  EXPECT_FALSE(bank.transfer(1, 0, most));
  EXPECT_EQ(balances(bank, 2), Money({10, 20}));
  use_all_accounts(bank, 2);
}

TEST(Transfer, CallsAuditOnceWithItsAccounts) {
  Pairs seen;
  Bank bank({10, 20, 30}, [&](std::size_t from, std::size_t to) { seen.emplace_back(from, to); });
  EXPECT_TRUE(bank.transfer(0, 1, 4));
  EXPECT_TRUE(bank.transfer(2, 0, 4));
  EXPECT_TRUE(bank.transfer(1, 0, 0));
  EXPECT_EQ(seen, Pairs({{0, 1}, {2, 0}, {1, 0}}));
}

// Two transfers that have an account in common are never both in their audits: each has the locks of its accounts there.
TEST(Transfer, HasBothAccountsLockedDuringItsAudit) {
  Gate gate(0, 1);
  Bank bank({10, 20, 30, 40}, std::ref(gate));
  Held transfer(gate, bank, 5);
  bool results[3] = {};
  Worker same_giver([&] { results[0] = bank.transfer(0, 2, 1); });
  EXPECT_TRUE(is_kept_out(same_giver));
  Worker same_taker([&] { results[1] = bank.transfer(3, 1, 2); });
  EXPECT_TRUE(is_kept_out(same_taker));
  Worker way_back([&] { results[2] = bank.transfer(1, 0, 3); });
  EXPECT_TRUE(is_kept_out(way_back));
  EXPECT_TRUE(transfer.finish());
  same_giver.join();
  same_taker.join();
  way_back.join();
  EXPECT_EQ(gate.intruders, 0) << "an audit began while another one held one of its accounts";
  EXPECT_EQ(gate.calls, 4);
  EXPECT_TRUE(results[0] && results[1] && results[2]);
  EXPECT_EQ(balances(bank, 4), Money({10 - 5 - 1 + 3, 20 + 5 + 2 - 3, 30 + 1, 40 - 2}));
}

TEST(Transfer, AnExceptionOfAuditUndoesIt) {
  bool refuse = true;
  Bank bank({10, 20, 30}, [&](std::size_t, std::size_t) {
    if (refuse) throw std::runtime_error("not today");
  });
  EXPECT_THROW(bank.transfer(0, 1, 4), std::runtime_error);
  EXPECT_THROW(bank.transfer(2, 1, 30), std::runtime_error);
  EXPECT_EQ(balances(bank, 3), Money({10, 20, 30}));
  EXPECT_EQ(bank.total(), 60);
  refuse = false;
  use_all_accounts(bank, 3);
  EXPECT_TRUE(bank.transfer(0, 1, 10));
  EXPECT_EQ(balances(bank, 3), Money({0, 30, 30}));
}

TEST(Transfer, AnythingThatAuditThrowsUndoesIt) {
  bool refuse = true;
  Bank bank({10, 20}, [&](std::size_t, std::size_t) {
    if (refuse) throw NoMoreToday{};
  });
  EXPECT_THROW(bank.transfer(0, 1, 4), NoMoreToday);
  EXPECT_THROW(bank.transfer(1, 0, 7), NoMoreToday);
  EXPECT_EQ(balances(bank, 2), Money({10, 20}));
  refuse = false;
  use_all_accounts(bank, 2);
}

// On several threads, each with banks of its own: where this never ends, it does so in less time.
TEST(Self, ATransferToItselfChangesNothing) {
  together(4, [](std::size_t) {
    Pairs seen;
    bool refuse = false;
    Bank bank({10, 20}, [&](std::size_t from, std::size_t to) {
      seen.emplace_back(from, to);
      if (refuse) throw NoMoreToday{};
    });
    EXPECT_TRUE(bank.transfer(1, 1, 20));
    EXPECT_EQ(seen, Pairs({{1, 1}})) << "audit is called once";
    EXPECT_TRUE(bank.transfer(0, 0, 0));
    EXPECT_FALSE(bank.transfer(0, 0, 11));
    EXPECT_EQ(balances(bank, 2), Money({10, 20}));
    refuse = true;
    EXPECT_THROW(bank.transfer(0, 0, 10), NoMoreToday);
    refuse = false;
    EXPECT_EQ(balances(bank, 2), Money({10, 20}));
    use_all_accounts(bank, 2);

    Bank lonely({5});
    EXPECT_TRUE(lonely.transfer(0, 0, 5));
    EXPECT_FALSE(lonely.transfer(0, 0, 6));
    EXPECT_EQ(lonely.total(), 5);
  });
}
