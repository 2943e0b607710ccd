#include "bank.hpp"

namespace pdc {

struct Bank::Impl {
  struct Account {
    std::mutex mutex;
    std::int64_t balance = 0;
  };

  std::vector<Account> accounts;
  Audit audit;

  Impl(const std::vector<std::int64_t>& opening, Audit function) : accounts(opening.size()), audit(std::move(function)) {
    for (std::size_t i = 0; i < opening.size(); ++i) accounts[i].balance = opening[i];
  }

  Account& at(std::size_t account) {
    if (account >= accounts.size()) throw std::out_of_range("no such account");
    return accounts[account];
  }
};

void check_amount(std::int64_t amount) {
  if (amount < 0) throw std::invalid_argument("negative amount");
}

Bank::Bank(std::vector<std::int64_t> opening, Audit audit) : p_(std::make_unique<Impl>(opening, std::move(audit))) {}

Bank::~Bank() = default;

void Bank::deposit(std::size_t account, std::int64_t amount) {
  auto& a = p_->at(account);
  check_amount(amount);
  std::lock_guard lock(a.mutex);
  a.balance += amount;
}

bool Bank::withdraw(std::size_t account, std::int64_t amount) {
  auto& a = p_->at(account);
  check_amount(amount);
  std::lock_guard lock(a.mutex);
  if (a.balance < amount) return false;
  a.balance -= amount;
  return true;
}

bool Bank::transfer(std::size_t from, std::size_t to, std::int64_t amount) {
  auto& a = p_->at(from);
  auto& b = p_->at(to);
  check_amount(amount);
  if (from == to) {
    std::lock_guard lock(a.mutex);
    if (p_->audit) p_->audit(from, to);
    return a.balance >= amount;
  }
  std::scoped_lock lock(a.mutex, b.mutex);
  if (a.balance < amount) return false;
  a.balance -= amount;
  b.balance += amount;
  try {
    if (p_->audit) p_->audit(from, to);
  } catch (const std::exception&) {
    a.balance += amount;
    b.balance -= amount;
    throw;
  }
  return true;
}

std::int64_t Bank::balance(std::size_t account) const {
  auto& a = p_->at(account);
  std::lock_guard lock(a.mutex);
  return a.balance;
}

std::int64_t Bank::total() const {
  std::vector<std::unique_lock<std::mutex>> locks;
  for (auto& a : p_->accounts) locks.emplace_back(a.mutex);
  std::int64_t sum = 0;
  for (auto& a : p_->accounts) sum += a.balance;
  return sum;
}

}  // namespace pdc
