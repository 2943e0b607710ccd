// The engines: what happens around a test program while it runs.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace lockstep::model {

enum class Engine { native, asan, tsan, lockstep, mpi };

struct EngineRow {
  Engine engine;
  std::string_view word;
  std::string_view proves;  // what it alone can show
};

inline constexpr std::array<EngineRow, 5> engine_table{{
    {Engine::native, "native", "behaviour on real threads and processes"},
    {Engine::asan, "asan", "lifetime, bounds, undefined behaviour, leaked memory"},
    {Engine::tsan, "tsan", "data races as ThreadSanitizer sees them"},
    {Engine::lockstep, "lockstep", "every interleaving up to a bound, in virtual time"},
    {Engine::mpi, "mpi", "behaviour over several ranks"},
}};

constexpr const EngineRow& row_of(Engine engine) { return engine_table[static_cast<std::size_t>(engine)]; }
constexpr std::string_view word_of(Engine engine) { return row_of(engine).word; }

constexpr std::optional<Engine> engine_from(std::string_view word) {
  for (const EngineRow& row : engine_table)
    if (row.word == word) return row.engine;
  return std::nullopt;
}

}  // namespace lockstep::model
