#include "bank.hpp"

namespace pdc {

struct Bank::Impl {
  std::mutex mutex;
  std::vector<std::int64_t> accounts;
  Audit audit;

  Impl(std::vector<std::int64_t> opening, Audit function) : accounts(std::move(opening)), audit(std::move(function)) {}

  std::int64_t& at(std::size_t account) {
    if (account >= accounts.size()) throw std::out_of_range("no such account");
    return accounts[account];
  }
};

void check_amount(std::int64_t amount) {
  if (amount < 0) throw std::invalid_argument("negative amount");
}

Bank::Bank(std::vector<std::int64_t> opening, Audit audit) : p_(std::make_unique<Impl>(std::move(opening), std::move(audit))) {}

Bank::~Bank() = default;

void Bank::deposit(std::size_t account, std::int64_t amount) {
  auto& a = p_->at(account);
  check_amount(amount);
  std::lock_guard lock(p_->mutex);
  a += amount;
}

bool Bank::withdraw(std::size_t account, std::int64_t amount) {
  auto& a = p_->at(account);
  check_amount(amount);
  std::lock_guard lock(p_->mutex);
  if (a < amount) return false;
  a -= amount;
  return true;
}

bool Bank::transfer(std::size_t from, std::size_t to, std::int64_t amount) {
  auto& a = p_->at(from);
  auto& b = p_->at(to);
  check_amount(amount);
  std::lock_guard lock(p_->mutex);
  if (a < amount) return false;
  if (p_->audit) p_->audit(from, to);
  a -= amount;
  b += amount;
  return true;
}

std::int64_t Bank::balance(std::size_t account) const {
  auto& a = p_->at(account);
  std::lock_guard lock(p_->mutex);
  return a;
}

std::int64_t Bank::total() const {
  std::lock_guard lock(p_->mutex);
  std::int64_t sum = 0;
  for (auto a : p_->accounts) sum += a;
  return sum;
}

}  // namespace pdc
