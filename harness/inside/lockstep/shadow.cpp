#include "harness/inside/lockstep/shadow.hpp"

#include "harness/inside/lockstep/atomics.hpp"
#include "harness/inside/lockstep/call_tree.hpp"
#include "harness/inside/lockstep/engine.hpp"

namespace lockstep::engine {
namespace {

struct Access {
  std::uint32_t epoch;
  std::uint8_t task;
  std::uint8_t mask;  // bytes of the eight
  std::uint8_t flags;
  std::uint8_t used;
  CallNode* node;
  std::uintptr_t pc;
};

constexpr int kept = 8;

struct Cell {
  Access accesses[kept];
  std::uint8_t next;
};

NumberMap<Cell> cells;  // by address / 8

bool conflict(const Access& a, std::uint8_t mask, std::uint8_t flags) {
  if (!(a.mask & mask) || !((a.flags | flags) & access_write)) return false;
  if ((a.flags & access_atomic) && (flags & access_atomic)) return false;
  return a.task != self->id && !self->clock.knows(a.task, a.epoch);
}

void fill(RaceSide& side, int task, std::uint8_t flags, std::uint8_t bytes) {
  side.task = static_cast<std::uint8_t>(task);
  side.write = (flags & access_write) != 0;
  side.atomic = (flags & access_atomic) != 0;
  side.bytes = bytes;
}

[[noreturn]] void report_race(const Access& before, std::uintptr_t address, std::size_t size, std::uint8_t flags, std::uintptr_t pc) {
  Report& report = *engine.report;
  report.race_address = address;
  fill(report.race[0], self->id, flags, static_cast<std::uint8_t>(size));
  write_stack(report.race[0].frames, self->node, pc);
  fill(report.race[1], before.task, before.flags, static_cast<std::uint8_t>(__builtin_popcount(before.mask)));
  write_stack(report.race[1].frames, before.node, before.pc);
  capture_ends();
  end_execution(Outcome::data_race, (flags | before.flags) & access_free ? "memory is freed while another thread may still use it" : "two accesses to the same memory, at least one writes, and nothing orders them");
}

void note_in_cell(std::uintptr_t granule, std::uint8_t mask, std::uint8_t flags, std::uintptr_t pc, std::uintptr_t address, std::size_t size) {
  Cell& cell = cells.at(granule);
  const std::uint32_t now = self->clock.at[self->id];
  Access* place = nullptr;
  for (Access& a : cell.accesses) {
    if (!a.used) {
      if (!place) place = &a;
      continue;
    }
    if (conflict(a, mask, flags)) report_race(a, address, size, flags, pc);
    // What it says is said by the new access too: the same task, no more bytes, no stronger kind.
    const bool covered = a.task == self->id && (a.mask & ~mask) == 0 && ((flags & access_write) || !(a.flags & access_write)) && ((a.flags & access_atomic) || !(flags & access_atomic));
    if (covered && (!place || place->used == 0)) place = &a;
  }
  if (!place) {
    place = &cell.accesses[cell.next];
    cell.next = static_cast<std::uint8_t>((cell.next + 1) % kept);
  }
  *place = {now, static_cast<std::uint8_t>(self->id), mask, flags, 1, self->node, pc};
}

}  // namespace

void note_access(std::uintptr_t address, std::size_t size, std::uint8_t flags, std::uintptr_t pc) {
  if ((flags & access_write) && !(flags & access_atomic)) forget_atomics(address, size);  // a constructor begins an atomic's life anew
  if (engine.task_count == 1) return;  // nobody to race with; what comes later happens after
  const std::uintptr_t end = address + size;
  for (std::uintptr_t at = address; at < end;) {
    const std::uintptr_t granule = at / 8, next = (granule + 1) * 8, stop = next < end ? next : end;
    const auto mask = static_cast<std::uint8_t>(((1u << (stop - at)) - 1) << (at % 8));
    note_in_cell(granule, mask, flags, pc, address, size);
    at = stop;
  }
}

void forget_range(std::uintptr_t address, std::size_t size) {
  forget_atomics(address, size);
  if (cells.size() == 0 || size == 0) return;
  const std::uintptr_t first = address / 8, last = (address + size - 1) / 8;
  if (last - first < cells.size()) {
    for (std::uintptr_t granule = first; granule <= last; ++granule)
      if (Cell* cell = cells.find(granule)) *cell = Cell{};
  } else {
    cells.each([&](std::uint64_t granule, Cell& cell) {
      if (granule >= first && granule <= last) cell = Cell{};
    });
  }
}

}  // namespace lockstep::engine
