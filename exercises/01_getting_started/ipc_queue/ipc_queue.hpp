// A message queue between processes, over a pipe. This file is fixed.
#pragma once
#include "pdc/prelude.hpp"

namespace pdc {

class PipeQueue {  // constructed before fork(); parent and children each hold a copy of both ends
 public:
  static constexpr std::size_t max_atomic = 4000;  // messages up to this size never interleave
  PipeQueue();
  ~PipeQueue();
  void put(std::string_view msg);
  std::optional<std::string> get();
  void close_put() noexcept;
  void close_get() noexcept;
  PDC_PIMPL(PipeQueue);
};

// Forks one producer per list, consumes in the parent, reaps all; in the order of arrival, each producer's own order kept.
std::vector<std::string> produce_consume(const std::vector<std::vector<std::string>>& per_producer);

}  // namespace pdc
