// What the submissions of the sample records hold.
#pragma once

namespace lockstep::report::samples {

inline const char* const bank_source = R"(#include "bank.hpp"

#include <mutex>

namespace pdc {

Bank::Bank(std::size_t accounts, long balance) : balances_(accounts, balance) {}

bool Bank::transfer(std::size_t from, std::size_t to, long amount) {
  std::scoped_lock lock(mutex_);
  if (balances_[from] < amount) return false;
  balances_[from] -= amount;
  balances_[to] += amount;
  return true;
}

// Reading alone needs no lock, does it?
long Bank::total() const {
  long sum = 0;
  for (const long balance : balances_) sum += balance;
  return sum;
}

}  // namespace pdc
)";

inline const char* const two_locks_source = R"(#include "bank.hpp"

namespace pdc {

bool Bank::transfer(std::size_t from, std::size_t to, long amount) {
  std::lock_guard first(accounts_[from].mutex);
  std::lock_guard second(accounts_[to].mutex);
  if (accounts_[from].balance < amount) return false;
  accounts_[from].balance -= amount;
  accounts_[to].balance += amount;
  return true;
}

}  // namespace pdc
)";

inline const char* const exchange_source = R"(#include "exchange.hpp"

namespace pdc {

std::vector<double> exchange(const std::vector<double>& mine, int partner, MPI_Comm comm) {
  unsigned long theirs = 0;
  const unsigned long length = mine.size();
  MPI_Recv(&theirs, 1, MPI_UNSIGNED_LONG, partner, 0, comm, MPI_STATUS_IGNORE);
  MPI_Send(&length, 1, MPI_UNSIGNED_LONG, partner, 0, comm);
  std::vector<double> result(theirs);
  MPI_Sendrecv(mine.data(), static_cast<int>(length), MPI_DOUBLE, partner, 1, result.data(), static_cast<int>(theirs), MPI_DOUBLE, partner, 1, comm,
               MPI_STATUS_IGNORE);
  return result;
}

}  // namespace pdc
)";

inline const char* const waiting_source = R"(#include "bank.hpp"

namespace pdc {

void Bank::transfer(Account& from, Account& to, long amount) {
  std::lock_guard first(from.mutex);
  std::lock_guard second(to.mutex);
  from.balance -= amount;
  to.balance += amount;
}

void Bank::pay(long amount) {
  std::lock_guard lock(mutex_);
  balance_ += amount;
  paid_.notify_one();
}

void Bank::take(long amount) {
  std::unique_lock lock(mutex_);
  if (balance_ < amount) paid_.wait(lock);
  balance_ -= amount;
}

}  // namespace pdc
)";

}  // namespace lockstep::report::samples
