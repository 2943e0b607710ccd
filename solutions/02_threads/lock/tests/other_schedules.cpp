// Further scenarios, each run in many orders of the threads' steps.
#include <gtest/gtest.h>

#include <thread>

#include "bank.hpp"

using pdc::Bank;

TEST(OtherSchedules, ATransferToItselfReturns) {
  Bank bank({10, 10});
  std::thread other([&] { bank.deposit(0, 5); });
  EXPECT_TRUE(bank.transfer(0, 0, 10));
  other.join();
  EXPECT_EQ(bank.balance(0), 15);
}

TEST(OtherSchedules, AnAuditThatThrowsLeavesNothingLocked) {
  Bank bank({10, 0}, [](std::size_t, std::size_t) { throw 7; });
  std::thread other([&] { bank.deposit(1, 1); });
  EXPECT_THROW(bank.transfer(0, 1, 10), int);
  other.join();
  EXPECT_EQ(bank.balance(0), 10);
  EXPECT_EQ(bank.balance(1), 1);
}

TEST(OtherSchedules, ATransferThatIsRefusedLeavesNothingLocked) {
  Bank bank({1, 0});
  std::thread other([&] { EXPECT_FALSE(bank.transfer(0, 1, 5)); });
  bank.deposit(1, 1);
  other.join();
  EXPECT_EQ(bank.total(), 2);
}

TEST(OtherSchedules, BothAccountsAreLockedDuringTheAudit) {
  int seen = 0;  // every audit has an account in common with every other
  Bank bank({10, 10, 10}, [&](std::size_t, std::size_t) { ++seen; });
  std::thread other([&] { bank.transfer(0, 1, 1); });
  bank.transfer(1, 2, 1);
  other.join();
  EXPECT_EQ(seen, 2);
}

TEST(OtherSchedules, BalanceMayBeAskedAtAnyTime) {
  Bank bank({10});
  std::thread other([&] { bank.deposit(0, 5); });
  const std::int64_t seen = bank.balance(0);
  other.join();
  EXPECT_TRUE(seen == 10 || seen == 15) << seen;
}
