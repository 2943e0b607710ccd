// The locks of the accounts say who may work with which account, a ledger with a mutex of its own says what is in them. The ledger is held only
// for single entries, so balance and total never wait for an audit.
#include "bank.hpp"

#include <numeric>

namespace pdc {

struct Bank::Impl {
  std::vector<std::mutex> accounts;
  std::mutex ledger;
  std::vector<std::int64_t> balances;  // guarded by ledger; changed only by who has the account too
  Audit audit;

  Impl(std::vector<std::int64_t> opening, Audit function) : accounts(opening.size()), balances(std::move(opening)), audit(std::move(function)) {}

  std::mutex& at(std::size_t account) {
    if (account >= accounts.size()) throw std::out_of_range("no such account");
    return accounts[account];
  }

  std::int64_t read(std::size_t account) {
    std::lock_guard lock(ledger);
    return balances[account];
  }

  void enter(std::size_t from, std::size_t to, std::int64_t amount) {
    std::lock_guard lock(ledger);
    balances[from] -= amount;
    balances[to] += amount;
  }
};

void check_amount(std::int64_t amount) {
  if (amount < 0) throw std::invalid_argument("negative amount");
}

Bank::Bank(std::vector<std::int64_t> opening, Audit audit) : p_(std::make_unique<Impl>(std::move(opening), std::move(audit))) {}

Bank::~Bank() = default;

void Bank::deposit(std::size_t account, std::int64_t amount) {
  auto& mutex = p_->at(account);
  check_amount(amount);
  std::scoped_lock lock(mutex, p_->ledger);
  p_->balances[account] += amount;
}

bool Bank::withdraw(std::size_t account, std::int64_t amount) {
  auto& mutex = p_->at(account);
  check_amount(amount);
  std::scoped_lock lock(mutex, p_->ledger);
  if (p_->balances[account] < amount) return false;
  p_->balances[account] -= amount;
  return true;
}

bool Bank::transfer(std::size_t from, std::size_t to, std::int64_t amount) {
  auto& a = p_->at(from);
  auto& b = p_->at(to);
  check_amount(amount);
  std::unique_lock lock_a(a, std::defer_lock), lock_b(b, std::defer_lock);
  if (from == to)
    lock_a.lock();
  else
    std::lock(lock_a, lock_b);
  if (p_->read(from) < amount) {
    if (p_->audit && from == to) p_->audit(from, to);
    return false;
  }
  if (p_->audit) p_->audit(from, to);
  p_->enter(from, to, amount);
  return true;
}

std::int64_t Bank::balance(std::size_t account) const {
  p_->at(account);
  return p_->read(account);
}

std::int64_t Bank::total() const {
  std::lock_guard lock(p_->ledger);
  return std::accumulate(p_->balances.begin(), p_->balances.end(), std::int64_t{0});
}

}  // namespace pdc
