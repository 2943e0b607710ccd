// The interface of the exercise. This file is fixed: your work goes into bank.cpp.
#pragma once

#include "pdc/prelude.hpp"

namespace pdc {

class Bank {
 public:
  using Audit = std::function<void(std::size_t from, std::size_t to)>;  // call inside transfer while both accounts are locked
  explicit Bank(std::vector<std::int64_t> opening, Audit audit = {});
  ~Bank();
  void deposit(std::size_t account, std::int64_t amount);
  bool withdraw(std::size_t account, std::int64_t amount);  // false if it would go below 0
  bool transfer(std::size_t from, std::size_t to, std::int64_t amount);
  std::int64_t balance(std::size_t account) const;
  std::int64_t total() const;  // consistent snapshot of all accounts
  PDC_PIMPL(Bank);
};

}  // namespace pdc
