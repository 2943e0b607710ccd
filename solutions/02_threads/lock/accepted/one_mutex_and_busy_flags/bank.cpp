// One mutex guards everything, and is never held for long. A transfer marks its accounts as busy and audits without the mutex; who needs a busy
// account waits on the condition variable.
#include "bank.hpp"

#include <numeric>

namespace pdc {

struct Bank::Impl {
  std::mutex mutex;
  std::condition_variable no_longer_busy;
  std::vector<std::int64_t> balances;  // guarded by mutex, as is all below
  std::vector<bool> busy;
  std::size_t transfers = 0;  // that hold accounts
  Audit audit;                // never changed

  Impl(std::vector<std::int64_t> opening, Audit function)
      : balances(std::move(opening)), busy(balances.size(), false), audit(std::move(function)) {}

  void check(std::size_t account) const {  // the number of accounts never changes
    if (account >= balances.size()) throw std::out_of_range("no account has this number");
  }
  static void check_amount(std::int64_t amount) {
    if (amount < 0) throw std::invalid_argument("the amount must not be negative");
  }

  std::unique_lock<std::mutex> when_free(std::size_t account) {
    std::unique_lock lock(mutex);
    no_longer_busy.wait(lock, [&] { return !busy[account]; });
    return lock;
  }

  void mark(std::size_t from, std::size_t to, bool as_busy) {
    busy[from] = busy[to] = as_busy;
    if (as_busy) {
      ++transfers;
    } else {
      --transfers;
      no_longer_busy.notify_all();
    }
  }
};

Bank::Bank(std::vector<std::int64_t> opening, Audit audit) : p_(std::make_unique<Impl>(std::move(opening), std::move(audit))) {}

Bank::~Bank() = default;

void Bank::deposit(std::size_t account, std::int64_t amount) {
  p_->check(account);
  Impl::check_amount(amount);
  const auto lock = p_->when_free(account);
  p_->balances[account] += amount;
}

bool Bank::withdraw(std::size_t account, std::int64_t amount) {
  p_->check(account);
  Impl::check_amount(amount);
  const auto lock = p_->when_free(account);
  if (p_->balances[account] < amount) return false;
  p_->balances[account] -= amount;
  return true;
}

bool Bank::transfer(std::size_t from, std::size_t to, std::int64_t amount) {
  p_->check(from);
  p_->check(to);
  Impl::check_amount(amount);
  std::unique_lock lock(p_->mutex);
  p_->no_longer_busy.wait(lock, [&] { return !p_->busy[from] && !p_->busy[to]; });
  const bool enough = p_->balances[from] >= amount;
  if (p_->audit) {
    p_->mark(from, to, true);
    lock.unlock();
    try {
      p_->audit(from, to);
    } catch (...) {
      lock.lock();
      p_->mark(from, to, false);
      throw;
    }
    lock.lock();
    p_->mark(from, to, false);
  }
  if (!enough) return false;
  p_->balances[from] -= amount;
  p_->balances[to] += amount;
  return true;
}

std::int64_t Bank::balance(std::size_t account) const {
  p_->check(account);
  const auto lock = p_->when_free(account);
  return p_->balances[account];
}

std::int64_t Bank::total() const {
  std::unique_lock lock(p_->mutex);
  p_->no_longer_busy.wait(lock, [&] { return p_->transfers == 0; });
  return std::accumulate(p_->balances.begin(), p_->balances.end(), std::int64_t{0});
}

}  // namespace pdc
