#include "bank.hpp"

namespace pdc {

struct Bank::Impl {
  struct Account {
    std::int64_t balance = 0;
    mutable std::mutex mutex;

    explicit Account(std::int64_t money) : balance(money) {}
    Account(const Account& other) : balance(other.balance) {}  // a mutex cannot be copied
  };

  std::vector<Account> accounts;
  Audit audit;

  Impl(const std::vector<std::int64_t>& opening, Audit function) : accounts(opening.begin(), opening.end()), audit(std::move(function)) {}

  Account& at(std::size_t account) {
    if (account >= accounts.size()) throw std::out_of_range("no such account");
    return accounts[account];
  }

  void add(std::size_t account, std::int64_t amount) { at(account).balance += amount; }
};

void check_amount(std::int64_t amount) {
  if (amount < 0) throw std::invalid_argument("negative amount");
}

Bank::Bank(std::vector<std::int64_t> opening, Audit audit) : p_(std::make_unique<Impl>(opening, std::move(audit))) {}

Bank::~Bank() = default;

void Bank::deposit(std::size_t account, std::int64_t amount) {
  check_amount(amount);
  auto a = p_->at(account);
  std::lock_guard lock(a.mutex);
  p_->add(account, amount);
}

bool Bank::withdraw(std::size_t account, std::int64_t amount) {
  check_amount(amount);
  auto a = p_->at(account);
  std::lock_guard lock(a.mutex);
  if (a.balance < amount) return false;
  p_->add(account, -amount);
  return true;
}

bool Bank::transfer(std::size_t from, std::size_t to, std::int64_t amount) {
  check_amount(amount);
  auto a = p_->at(from);
  auto b = p_->at(to);
  std::scoped_lock lock(a.mutex, b.mutex);
  if (a.balance < amount) return false;
  if (p_->audit) p_->audit(from, to);
  p_->add(from, -amount);
  p_->add(to, amount);
  return true;
}

std::int64_t Bank::balance(std::size_t account) const {
  auto a = p_->at(account);
  std::lock_guard lock(a.mutex);
  return a.balance;
}

std::int64_t Bank::total() const {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < p_->accounts.size(); ++i) sum += balance(i);
  return sum;
}

}  // namespace pdc
