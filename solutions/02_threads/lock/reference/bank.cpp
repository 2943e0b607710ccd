#include "bank.hpp"

namespace pdc {

struct Bank::Impl {
  struct Account {
    mutable std::mutex mutex;
    std::int64_t balance = 0;  // guarded by mutex
  };

  std::vector<Account> accounts;  // as many for ever: reading the size needs no lock
  const Audit audit;

  Impl(const std::vector<std::int64_t>& opening, Audit function) : accounts(opening.size()), audit(std::move(function)) {
    for (std::size_t i = 0; i < opening.size(); ++i) accounts[i].balance = opening[i];
  }

  void check(std::size_t account) const {
    if (account >= accounts.size()) throw std::out_of_range("there is no such account");
  }
  static void check_amount(std::int64_t amount) {
    if (amount < 0) throw std::invalid_argument("an amount is not negative");
  }
  void call_audit(std::size_t from, std::size_t to) const {
    if (audit) audit(from, to);
  }
};

Bank::Bank(std::vector<std::int64_t> opening, Audit audit) : p_(std::make_unique<Impl>(opening, std::move(audit))) {}

Bank::~Bank() = default;

void Bank::deposit(std::size_t account, std::int64_t amount) {
  p_->check(account);
  Impl::check_amount(amount);
  Impl::Account& to = p_->accounts[account];
  const std::lock_guard lock(to.mutex);
  to.balance += amount;
}

bool Bank::withdraw(std::size_t account, std::int64_t amount) {
  p_->check(account);
  Impl::check_amount(amount);
  Impl::Account& from = p_->accounts[account];
  const std::lock_guard lock(from.mutex);
  if (from.balance < amount) return false;
  from.balance -= amount;
  return true;
}

bool Bank::transfer(std::size_t from, std::size_t to, std::int64_t amount) {
  p_->check(from);
  p_->check(to);
  Impl::check_amount(amount);
  Impl::Account& giver = p_->accounts[from];
  Impl::Account& taker = p_->accounts[to];
  if (from == to) {  // one mutex must not be locked twice
    const std::lock_guard lock(giver.mutex);
    p_->call_audit(from, to);
    return giver.balance >= amount;
  }
  const std::scoped_lock lock(giver.mutex, taker.mutex);
  if (giver.balance < amount) return false;
  p_->call_audit(from, to);  // may throw: nothing is changed before it has returned
  giver.balance -= amount;
  taker.balance += amount;
  return true;
}

std::int64_t Bank::balance(std::size_t account) const {
  p_->check(account);
  const Impl::Account& asked = p_->accounts[account];
  const std::lock_guard lock(asked.mutex);
  return asked.balance;
}

std::int64_t Bank::total() const {
  std::vector<std::unique_lock<std::mutex>> locks;
  locks.reserve(p_->accounts.size());
  for (const Impl::Account& account : p_->accounts) locks.emplace_back(account.mutex);
  std::int64_t sum = 0;
  for (const Impl::Account& account : p_->accounts) sum += account.balance;
  return sum;
}

}  // namespace pdc
