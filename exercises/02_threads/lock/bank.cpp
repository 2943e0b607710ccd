#include "bank.hpp"

namespace pdc {

struct Bank::Impl {};

Bank::Bank(std::vector<std::int64_t> /*opening*/, Audit /*audit*/) {}

Bank::~Bank() {}

void Bank::deposit(std::size_t /*account*/, std::int64_t /*amount*/) { PDC_TODO(); }

bool Bank::withdraw(std::size_t /*account*/, std::int64_t /*amount*/) { PDC_TODO(); }

bool Bank::transfer(std::size_t /*from*/, std::size_t /*to*/, std::int64_t /*amount*/) { PDC_TODO(); }

std::int64_t Bank::balance(std::size_t /*account*/) const { PDC_TODO(); }

std::int64_t Bank::total() const { PDC_TODO(); }

}  // namespace pdc
