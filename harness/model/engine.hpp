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
  bool landed;              // a manifest may name it
};

inline constexpr std::array<EngineRow, 5> engine_table{{
    {Engine::native, "native", "behaviour on real threads and processes", true},
    {Engine::asan, "asan", "lifetime, bounds, undefined behaviour, leaked memory", true},
    {Engine::tsan, "tsan", "data races as ThreadSanitizer sees them", true},
    {Engine::lockstep, "lockstep", "every interleaving up to a bound, in virtual time", false},
    {Engine::mpi, "mpi", "behaviour over several ranks", true},
}};

constexpr const EngineRow& row_of(Engine engine) { return engine_table[static_cast<std::size_t>(engine)]; }
constexpr std::string_view word_of(Engine engine) { return row_of(engine).word; }

constexpr std::optional<Engine> engine_from(std::string_view word) {
  for (const EngineRow& row : engine_table)
    if (row.word == word) return row.engine;
  return std::nullopt;
}

}  // namespace lockstep::model
