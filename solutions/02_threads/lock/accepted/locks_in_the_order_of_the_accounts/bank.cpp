// All locks are taken in the order of the account numbers, so no circle of waiting can close. The money moves before audit and comes back if
// audit throws; nobody sees that, because both locks are held all the time.
#include "bank.hpp"

namespace pdc {

struct Bank::Impl {
  std::vector<std::int64_t> balances;
  std::unique_ptr<std::mutex[]> mutexes;  // mutexes[i] guards balances[i]
  Audit audit;

  Impl(std::vector<std::int64_t> opening, Audit function)
      : balances(std::move(opening)), mutexes(std::make_unique<std::mutex[]>(balances.size())), audit(std::move(function)) {}

  void check(std::size_t account, std::int64_t amount = 0) const {
    if (account >= balances.size()) throw std::out_of_range("there is no account " + std::to_string(account));
    if (amount < 0) throw std::invalid_argument("the amount is negative");
  }
};

Bank::Bank(std::vector<std::int64_t> opening, Audit audit) : p_(std::make_unique<Impl>(std::move(opening), std::move(audit))) {}

Bank::~Bank() = default;

void Bank::deposit(std::size_t account, std::int64_t amount) {
  p_->check(account, amount);
  const std::lock_guard lock(p_->mutexes[account]);
  p_->balances[account] += amount;
}

bool Bank::withdraw(std::size_t account, std::int64_t amount) {
  p_->check(account, amount);
  const std::lock_guard lock(p_->mutexes[account]);
  const bool enough = p_->balances[account] >= amount;
  if (enough) p_->balances[account] -= amount;
  return enough;
}

bool Bank::transfer(std::size_t from, std::size_t to, std::int64_t amount) {
  p_->check(from, amount);
  p_->check(to);
  std::unique_lock lower(p_->mutexes[std::min(from, to)]);
  std::unique_lock<std::mutex> upper;
  if (from != to) upper = std::unique_lock(p_->mutexes[std::max(from, to)]);
  const bool enough = p_->balances[from] >= amount;
  const std::int64_t moved = enough ? amount : 0;
  p_->balances[from] -= moved;
  p_->balances[to] += moved;
  try {
    if (p_->audit) p_->audit(from, to);
  } catch (...) {
    p_->balances[to] -= moved;
    p_->balances[from] += moved;
    throw;
  }
  return enough;
}

std::int64_t Bank::balance(std::size_t account) const {
  p_->check(account);
  const std::lock_guard lock(p_->mutexes[account]);
  return p_->balances[account];
}

std::int64_t Bank::total() const {
  std::vector<std::unique_lock<std::mutex>> all;
  for (std::size_t i = 0; i < p_->balances.size(); ++i) all.emplace_back(p_->mutexes[i]);
  std::int64_t sum = 0;
  for (const std::int64_t balance : p_->balances) sum += balance;
  return sum;
}

}  // namespace pdc
