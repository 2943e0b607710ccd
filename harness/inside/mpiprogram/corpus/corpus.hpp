// Small MPI programs, right and wrong, many to a file; the first argument says which one runs ("all": every one, which only right ones survive).
//
//   RIGHT(probes_then_receives) { ... }               nothing may be found, on any number of ranks
//   WRONG(truncation, receives_less_than_was_sent) {  a finding of that class, at a line that is marked
//     MPI_Recv(...);  // here
//   }
#pragma once

#include <mpi.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <numeric>
#include <string>
#include <vector>

struct Corpus {
  const char* name;
  void (*run)(int rank, int size);
  Corpus* next;
  static inline Corpus* first = nullptr;
  Corpus(const char* the_name, void (*the_run)(int, int)) : name(the_name), run(the_run), next(first) { first = this; }
};

#define RIGHT(name)                                                            \
  static void name([[maybe_unused]] int rank, [[maybe_unused]] int size);      \
  static Corpus corpus_##name(#name, name);                                    \
  static void name([[maybe_unused]] int rank, [[maybe_unused]] int size)
#define WRONG(kind, name) RIGHT(name)

#define WORLD MPI_COMM_WORLD
#define IGNORE MPI_STATUS_IGNORE

// What a right program computes must be right, too.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "not so: %s\n", what);
  std::abort();
}
#define REQUIRE(condition) require(condition, #condition)

inline int right_of(int rank, int size) { return (rank + 1) % size; }
inline int left_of(int rank, int size) { return (rank + size - 1) % size; }

// A window of `count` numbers on each rank of a communicator, freed at the end.
struct Numbers {
  std::vector<int> mine;
  MPI_Win window = MPI_WIN_NULL;
  explicit Numbers(int count, int value = 0, MPI_Comm comm = WORLD) : mine(static_cast<std::size_t>(count), value) {
    MPI_Win_create(mine.data(), static_cast<MPI_Aint>(mine.size() * sizeof(int)), sizeof(int), MPI_INFO_NULL, comm, &window);
  }
  ~Numbers() { MPI_Win_free(&window); }
  int locked(int at, int rank) {  // of this rank's own
    MPI_Win_lock(MPI_LOCK_SHARED, rank, 0, window);
    const int value = mine[static_cast<std::size_t>(at)];
    MPI_Win_unlock(rank, window);
    return value;
  }
};

inline MPI_Group group_of(std::vector<int> ranks) {
  MPI_Group all, some;
  MPI_Comm_group(WORLD, &all);
  MPI_Group_incl(all, static_cast<int>(ranks.size()), ranks.data(), &some);
  MPI_Group_free(&all);
  return some;
}

// A window of four numbers, which lives to the end of the program unless it is freed.
inline MPI_Win window_of_four() {
  static int numbers[4];
  MPI_Win window;
  MPI_Win_create(numbers, sizeof numbers, sizeof(int), MPI_INFO_NULL, WORLD, &window);
  return window;
}

// Ends an epoch of fences, and the window.
inline void ends(MPI_Win window) {
  MPI_Win_fence(0, window);
  MPI_Win_free(&window);
}

int main(int argc, char** argv) {
  const std::string wanted = argc > 1 ? argv[1] : "all";
  if (wanted.starts_with("no_init_")) {
    for (Corpus* one = Corpus::first; one != nullptr; one = one->next)
      if (wanted == one->name) one->run(0, 1);
    return 0;
  }
  MPI_Init(&argc, &argv);
  int rank = 0, size = 1;
  MPI_Comm_rank(WORLD, &rank);
  MPI_Comm_size(WORLD, &size);
  for (Corpus* one = Corpus::first; one != nullptr; one = one->next) {
    if (wanted != "all" && wanted != one->name) continue;
    one->run(rank, size);
    if (wanted == "all") MPI_Barrier(WORLD);
  }
  MPI_Finalize();
}
