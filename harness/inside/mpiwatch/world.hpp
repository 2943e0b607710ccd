// What all ranks of a launch are doing, as plain data: it lies in memory that they share, holds no pointers, and is empty when it is zeroed.
// Everything here is changed under one lock (shared_state.hpp); the functions on it are pure: matching.hpp, wait_graph.hpp.
//
// Ranks are ranks in the world. Indices of operations and of collectives begin at 1, so that 0 is none.
#pragma once

#include <cstdint>

#include "harness/inside/mpiwatch/signature.hpp"

namespace lockstep::mpiwatch {

inline constexpr int most_ranks = 64;
inline constexpr int most_operations = 16'384;
inline constexpr int most_collectives = 128;
inline constexpr int most_awaited = 512;
inline constexpr int most_windows = 64;
inline constexpr int most_accesses = 8'192;
inline constexpr int most_regions = 16;

inline constexpr int any_rank = -1;
inline constexpr int any_tag = -1;

using Mask = std::uint64_t;  // a set of ranks
constexpr Mask only(int rank) { return Mask{1} << rank; }
constexpr bool holds(Mask mask, int rank) { return (mask >> rank & 1) != 0; }

// Where a call stands in the program, and what it is, for messages.
struct Site {
  std::uint64_t offset;  // of the instruction in the executable, which all ranks share; 0: unknown
  char call[28];         // "MPI_Send"
  char type[28];         // "MPI_DOUBLE"
  std::int64_t count;    // of elements of that type; -1: the call has none
};

enum class OperationKind : std::uint8_t { none, send, receive, probe };
enum class OperationState : std::uint8_t { posted, matched, withdrawn };

// A message that somebody sends, receives or asks for.
struct Operation {
  OperationKind kind;
  OperationState state;
  bool complete_when_posted;  // a send whose data were copied away: its owner does not wait
  bool forced;                // a receive or probe from anybody that is to get a certain source's message (choices.hpp): that is its peer then
  bool could_be_buffered;     // a standard send so short that libraries take it over at once
  bool dropped;               // the owner has no more use for it
  std::int16_t owner;
  std::int16_t peer;         // any_rank: a receive from anybody
  std::int32_t tag;          // any_tag: a receive of any tag
  std::uint64_t communicator;
  Mask members;              // who may be the peer, if it is any_rank or forced
  std::int32_t partner;      // the operation that it was matched with
  std::int32_t next;         // in its list
  std::int32_t transfer;     // tag under which the library carries the data
  std::uint64_t bytes;       // sent, or the most that can be received
  std::uint64_t clock;       // of the owner when it was posted
  Signature signature;
  Site site;
};

struct List {
  std::int32_t first;
  std::int32_t last;
};

enum class Part : std::uint8_t { running, waits, finished, gone };  // gone: the process has ended

// What a rank waits for: all of the items, or one of them. An item > 0 is an operation, one < 0 the collective with that index, negated, and one from
// most_operations on the wait for a window of the rank behind that; 0 has happened.
struct RankView {
  Part part;
  bool any;
  std::int32_t chosen;  // not 0: one would do, but a forced choice (choices.hpp) wants the first `chosen` of them
  std::int32_t awaited;
  std::int32_t items[most_awaited];
  std::uint64_t clock;
};

// The order in which the ranks of a communicator meet: the n-th collective call of each must be the same call.
struct Collective {
  bool used;
  bool blocking;
  std::uint64_t communicator;
  std::uint64_t number;  // counts the collective calls on the communicator
  Mask members;
  Mask arrived;
  Mask left;
  std::uint64_t clock;  // the latest of those that have arrived
  std::uint64_t shape;  // what must be the same on all ranks, hashed: see collectives.cpp
  std::int16_t first;   // who came first
  std::int32_t root;
  std::int32_t operation;
  Signature signature;
  Site sites[most_ranks];
  // Amounts that must fit between pairs: elements that a rank sends to and expects from each member (by rank in the world), and of which kind.
  bool in_pairs[most_ranks];
  Kind sent_kind[most_ranks], expected_kind[most_ranks];
  std::int32_t sent[most_ranks][most_ranks], expected[most_ranks][most_ranks];
};

// A message that has met its receive, remembered to tell what came before a deadlock.
struct Exchange {
  std::int16_t from, to;
  std::int32_t tag;
  Site sent, received;
};
inline constexpr int most_remembered = 64;

// What a rank knows of the others: of each, the last completion of accesses to windows that came before. A vector clock (Mattern 1988).
struct Order {
  std::uint32_t known[most_ranks];
};

// Bytes of a window: `times` blocks of `length`, the next one `stride` behind the one before.
struct Strip {
  std::int64_t from, length, stride, times;
};

enum class AccessKind : std::uint8_t { get, put, accumulate };

// A one-sided operation on some bytes of a window, kept until every rank knows that it is complete (accesses.hpp).
struct Access {
  AccessKind kind;
  bool fetches;             // it brings back what was there
  bool requested;           // it has a request of its own (MPI_Rput ...)
  bool passive, exclusive;  // in an epoch of MPI_Win_lock or MPI_Win_lock_all; the lock is an exclusive one
  Kind type;                // of an accumulate's elements; Kind::other: not one type
  std::int16_t origin;
  std::int32_t op;          // of an accumulate: no_op, any_op or another one's number, the same on all ranks
  std::uint32_t number;     // of the call, counted by its origin
  std::uint32_t completed;  // by the origin's count of completions; 0: not yet
  std::int32_t next;        // in its list
  Strip strip;
  Site site;
};
inline constexpr std::int32_t any_op = 0;  // MPI_Compare_and_swap: it has none
inline constexpr std::int32_t no_op = -1;

// A window as its ranks share it; arrays are by rank in the world.
struct WindowView {
  bool used;
  bool dynamic;
  std::uint64_t id;
  Mask members, left;
  std::int64_t size[most_ranks];
  std::int32_t unit[most_ranks];
  std::int32_t attached[most_ranks];  // regions of a dynamic window; -1: more than there is room for
  struct { std::int64_t from, size; } regions[most_ranks][most_regions];
  std::int32_t accesses[most_ranks];  // list, by target
  // Epochs that a target has opened for an origin (MPI_Win_post), that the origin has begun (start) and ended (complete): [target][origin].
  std::uint32_t posted[most_ranks][most_ranks], started[most_ranks][most_ranks], completed[most_ranks][most_ranks];
  Mask exposed;                                      // who is between MPI_Win_post and MPI_Win_wait
  Mask shared_by[most_ranks], owned_by[most_ranks];  // who holds a lock of this target
  Site locked_at[most_ranks];                        // by holder
  // What was known to whoever posted, completed, and unlocked (all of them; those with an exclusive lock).
  Order at_post[most_ranks], at_complete[most_ranks], at_unlock[most_ranks], at_exclusive_unlock[most_ranks];
};

enum class WindowCall : std::uint8_t { start, wait, lock };
// What a rank waits for in a call about a window (window_waits.hpp).
struct WindowWait {
  WindowCall call;
  bool exclusive;
  std::int32_t window;
  Mask ranks;  // targets of a start or a lock, origins of a wait
};

struct World {
  std::uint64_t epoch;  // grows with every change that could end somebody's wait, or begin one
  std::int32_t used;    // operations that were ever taken
  std::int32_t free;    // list of those that were given back
  std::int32_t transfers;
  Operation operations[most_operations];
  List sends[most_ranks];     // posted, not matched, by destination, in the order of posting
  List receives[most_ranks];  // likewise, by owner
  RankView ranks[most_ranks];
  Collective collectives[most_collectives];
  WindowView windows[most_windows];
  bool has_windows;  // until there is one nobody keeps orders
  Access accesses[most_accesses];
  std::int32_t accesses_used, accesses_free;
  WindowWait window_waits[most_ranks];
  Order orders[most_ranks];                   // what each rank knows now,
  Order operation_orders[most_operations];    // knew when it posted the operation,
  Order collective_orders[most_collectives];  // those together that have come to the collective,
  Order memory_orders[most_ranks];            // and those who may have written to a rank's windows since: whoever reads them may know it, too
  std::uint32_t case_of_exchanges;
  std::uint64_t exchanged;  // messages in that case; of them the last ones, each at its number modulo most_remembered:
  Exchange exchanges[most_remembered];
};

}  // namespace lockstep::mpiwatch
