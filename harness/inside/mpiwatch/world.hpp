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
  bool forced;                // a receive from anybody that is to take a certain source's message (choices.hpp)
  bool could_be_buffered;     // a standard send so short that libraries take it over at once
  bool dropped;               // the owner has no more use for it
  std::int16_t owner;
  std::int16_t peer;         // any_rank: a receive from anybody
  std::int32_t tag;          // any_tag: a receive of any tag
  std::uint64_t communicator;
  Mask members;              // who may be the peer, if it is any_rank
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

// What a rank waits for: all of the items, or one of them. An item > 0 is an operation, one < 0 the collective with that index, negated.
struct RankView {
  Part part;
  bool any;
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
};

}  // namespace lockstep::mpiwatch
