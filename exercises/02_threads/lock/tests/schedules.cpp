// Small scenarios, each run in many orders of the threads' steps.
#include <gtest/gtest.h>

#include <thread>

#include "bank.hpp"

using pdc::Bank;

TEST(Schedules, OppositeTransfersReturn) {
  Bank bank({100, 100});
  std::thread there([&] { EXPECT_TRUE(bank.transfer(0, 1, 30)); });
  EXPECT_TRUE(bank.transfer(1, 0, 10));
  there.join();
  EXPECT_EQ(bank.balance(0), 80);
  EXPECT_EQ(bank.balance(1), 120);
}

TEST(Schedules, ACircleOfTransfersReturns) {
  Bank bank({10, 10, 10});
  std::thread first([&] { bank.transfer(0, 1, 1); }), second([&] { bank.transfer(1, 2, 1); });
  bank.transfer(2, 0, 1);
  first.join();
  second.join();
  EXPECT_EQ(bank.total(), 30);
}

TEST(Schedules, TotalSeesAllTheMoney) {
  Bank bank({50, 50});
  std::thread mover([&] { bank.transfer(0, 1, 20); });
  EXPECT_EQ(bank.total(), 100);
  mover.join();
}

TEST(Schedules, MoneyIsSpentOnlyOnce) {
  Bank bank({10, 0});
  bool moved = false, taken = false;
  std::thread mover([&] { moved = bank.transfer(0, 1, 10); });
  taken = bank.withdraw(0, 10);
  mover.join();
  EXPECT_NE(moved, taken) << "exactly one of the two can have the money";
  EXPECT_EQ(bank.total(), taken ? 0 : 10);
}

TEST(Schedules, NoDepositIsLost) {
  Bank bank({0, 0});
  std::thread other([&] { bank.deposit(0, 1); });
  bank.deposit(0, 2);
  other.join();
  EXPECT_EQ(bank.balance(0), 3);
}
