// The matcher and the graph against a search over all executions of small random programs. The search knows nothing of lists, of arrival or of a
// graph: it has the rules of MPI 3.1, 3.5, as predicates, and tries everything that they allow.
#include "harness/inside/mpiwatch/wait_graph.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <set>
#include <tuple>
#include <vector>

#include "harness/inside/mpiwatch/matching.hpp"

namespace lockstep::mpiwatch {
namespace {

struct Post {
  bool send;
  int peer;  // any_rank: receive from anybody
  int tag;
};

// A step posts operations and then waits: for all of those named, for one of them, or for everybody to come to the barrier.
struct Step {
  std::vector<Post> posts;
  std::vector<int> awaited;  // handles: numbers of the rank's posts
  bool any = false;
  bool barrier = false;
};
using Program = std::vector<Step>;

struct Posted {
  int rank;
  int handle;
  Post what;
  int partner = -1;  // index in State::posted
  auto operator<=>(const Posted& other) const {
    return std::tuple(rank, handle, partner) <=> std::tuple(other.rank, other.handle, other.partner);
  }
  bool operator==(const Posted& other) const { return (*this <=> other) == 0; }
};

struct State {
  std::vector<int> step;      // of each rank
  std::vector<bool> waiting;  // has made the posts of its step
  std::vector<int> barriers;  // that each rank has reached
  std::vector<Posted> posted;
  auto operator<=>(const State&) const = default;
};

class Search {
 public:
  explicit Search(const std::vector<Program>& programs) : programs_(programs) {}

  State begin() const {
    const std::size_t ranks = programs_.size();
    return {std::vector<int>(ranks, 0), std::vector<bool>(ranks, false), std::vector<int>(ranks, 0), {}};
  }

  bool through(const State& state, std::size_t rank) const { return state.step[rank] == static_cast<int>(programs_[rank].size()); }
  const Step& step_of(const State& state, std::size_t rank) const { return programs_[rank][static_cast<std::size_t>(state.step[rank])]; }

  void make_posts(State& state, std::size_t rank) const {
    int handle = 0;
    for (const Posted& posted : state.posted) handle += posted.rank == static_cast<int>(rank);
    for (const Post& post : step_of(state, rank).posts) state.posted.push_back({static_cast<int>(rank), handle++, post});
    if (step_of(state, rank).barrier) ++state.barriers[rank];
    state.waiting[rank] = true;
  }

  bool may_go_on(const State& state, std::size_t rank) const {
    const Step& step = step_of(state, rank);
    if (step.barrier) return std::all_of(state.barriers.begin(), state.barriers.end(), [&](int n) { return n >= state.barriers[rank]; });
    const auto done = [&](int handle) {
      for (const Posted& posted : state.posted)
        if (posted.rank == static_cast<int>(rank) && posted.handle == handle) return posted.partner >= 0;
      return false;
    };
    if (step.any) return std::any_of(step.awaited.begin(), step.awaited.end(), done);
    return std::all_of(step.awaited.begin(), step.awaited.end(), done);
  }

  static void go_on(State& state, std::size_t rank) {
    ++state.step[rank];
    state.waiting[rank] = false;
  }

  // Do the rules allow this pair? No earlier message of the sender fits the receive, and no earlier receive fits the message.
  static bool may_meet(const State& state, std::size_t s, std::size_t r) {
    const auto fit = [&](const Posted& send, const Posted& receive) {
      return send.what.send && !receive.what.send && send.partner < 0 && receive.partner < 0 && send.what.peer == receive.rank &&
             send.what.tag == receive.what.tag && (receive.what.peer == any_rank || receive.what.peer == send.rank);
    };
    const Posted &send = state.posted[s], &receive = state.posted[r];
    if (!fit(send, receive)) return false;
    for (const Posted& other : state.posted) {
      if (other.rank == send.rank && other.handle < send.handle && fit(other, receive)) return false;
      if (other.rank == receive.rank && other.handle < receive.handle && fit(send, other)) return false;
    }
    return true;
  }

  // Adds to `ends`, for each execution from here, the ranks that are stuck at its end.
  void run(const State& state, std::set<Mask>& ends) {
    if (!seen_.insert(state).second) return;
    bool moved = false;
    for (std::size_t rank = 0; rank < programs_.size(); ++rank) {
      if (through(state, rank)) continue;
      State next = state;
      if (!state.waiting[rank])
        make_posts(next, rank);
      else if (may_go_on(state, rank))
        go_on(next, rank);
      else
        continue;
      moved = true;
      run(next, ends);
    }
    for (std::size_t s = 0; s < state.posted.size(); ++s)
      for (std::size_t r = 0; r < state.posted.size(); ++r) {
        if (!may_meet(state, s, r)) continue;
        State next = state;
        next.posted[s].partner = static_cast<int>(r);
        next.posted[r].partner = static_cast<int>(s);
        moved = true;
        run(next, ends);
      }
    if (moved) return;
    Mask stuck = 0;
    for (std::size_t rank = 0; rank < programs_.size(); ++rank)
      if (!through(state, rank)) stuck |= only(static_cast<int>(rank));
    ends.insert(stuck);
  }

 private:
  const std::vector<Program>& programs_;
  std::set<State> seen_;
};

// Messages whose two ends are dealt to the ranks, some of them lost or changed, in an order that may or may not work.
std::vector<Program> random_programs(std::mt19937& random) {
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const int ranks = 2 + below(2);
  std::vector<std::vector<Post>> posts(static_cast<std::size_t>(ranks));
  for (int messages = 1 + below(4); messages > 0; --messages) {
    const int from = below(ranks), to = below(6) == 0 ? from : (from + 1 + below(ranks - 1)) % ranks, tag = below(4) == 0 ? 1 : 0;
    if (below(12) != 0) posts[static_cast<std::size_t>(from)].push_back({true, to, tag});
    if (below(12) != 0) posts[static_cast<std::size_t>(to)].push_back({false, below(3) == 0 ? any_rank : from, tag});
  }
  const bool meet = below(5) == 0;
  std::vector<Program> programs;
  for (std::vector<Post>& own : posts) {
    if (below(4) == 0) std::shuffle(own.begin(), own.end(), random);
    Program program;
    std::vector<int> open;
    int handles = 0;
    for (std::size_t i = 0; i < own.size();) {
      Step step;
      for (int together = 1 + below(2); together > 0 && i < own.size(); --together) {
        step.posts.push_back(own[i++]);
        open.push_back(handles++);
      }
      if (below(3) != 0 || i == own.size()) {  // waits for what is open; else goes on at once, as after MPI_Isend
        step.any = below(4) == 0;
        step.awaited = open;
        open.clear();
      }
      program.push_back(step);
    }
    Step barrier;
    barrier.barrier = true;
    if (meet && below(10) != 0) program.insert(program.begin() + below(static_cast<int>(program.size()) + 1), barrier);
    programs.push_back(program);
  }
  return programs;
}

Operation operation_of(int rank, const Post& post, Mask everyone) {
  Operation operation{};
  operation.kind = post.send ? OperationKind::send : OperationKind::receive;
  operation.owner = static_cast<std::int16_t>(rank);
  operation.peer = static_cast<std::int16_t>(post.peer);
  operation.tag = post.tag;
  operation.communicator = 1;
  operation.members = everyone;
  return operation;
}

// One random execution through the matcher and the graph, step by step beside the search. With `forces`, choices are forced at random, which may or may
// not be possible (choices.hpp).
class Walk {
 public:
  Walk(const std::vector<Program>& programs, World& world, bool forces) : programs_(programs), search_(programs), world_(world), state_(search_.begin()), forces_(forces) {
    for (std::size_t rank = 0; rank < programs.size(); ++rank) {
      everyone_ |= only(static_cast<int>(rank));
      world.ranks[rank].part = programs[rank].empty() ? Part::finished : Part::running;
    }
  }

  void to_the_end(std::mt19937& random) {
    for (;;) {
      std::vector<std::size_t> movable;
      for (std::size_t rank = 0; rank < programs_.size(); ++rank)
        if (!search_.through(state_, rank) && (!state_.waiting[rank] || is_satisfied(world_, static_cast<int>(rank)))) movable.push_back(rank);
      check_claims(movable.empty());
      if (movable.empty() || testing::Test::HasFailure()) return;
      move(movable[random() % movable.size()], random);
    }
  }

  Mask stuck() const { return find_deadlocked_unforced(world_, everyone_); }
  bool cannot_choose_so() const { return find_deadlocked(world_, everyone_) != stuck(); }
  int forced() const { return forced_; }

 private:
  // The partners that the matcher has found, in some order that the rules allow.
  void take_matches() {
    for (bool moved = true; moved;) {
      moved = false;
      for (std::size_t i = 0; i < operations_.size(); ++i) {
        const int partner = world_.operations[operations_[i]].partner;
        if (partner == 0 || state_.posted[i].partner >= 0) continue;
        const auto other = static_cast<std::size_t>(std::find(operations_.begin(), operations_.end(), partner) - operations_.begin());
        // What is posted behind this operation in the same step does not exist yet.
        State so_far = state_;
        so_far.posted.resize(operations_.size());
        const bool sends = state_.posted[i].what.send;
        if (!Search::may_meet(so_far, sends ? i : other, sends ? other : i)) continue;
        state_.posted[i].partner = static_cast<int>(other);
        state_.posted[other].partner = static_cast<int>(i);
        moved = true;
      }
    }
    for (std::size_t i = 0; i < operations_.size(); ++i) ASSERT_EQ(world_.operations[operations_[i]].partner != 0, state_.posted[i].partner >= 0);
  }

  void move(std::size_t rank, std::mt19937& random) {
    RankView& view = world_.ranks[rank];
    if (state_.waiting[rank]) {
      ASSERT_TRUE(search_.may_go_on(state_, rank));
      Search::go_on(state_, rank);
      view.part = search_.through(state_, rank) ? Part::finished : Part::running;
      return;
    }
    const Step& step = search_.step_of(state_, rank);
    const std::size_t before = state_.posted.size();
    search_.make_posts(state_, rank);
    for (std::size_t i = before; i < state_.posted.size(); ++i) {
      Operation operation = operation_of(static_cast<int>(rank), state_.posted[i].what, everyone_);
      if (forces_ && operation.peer == any_rank && random() % 2 == 0) {
        operation.peer = static_cast<std::int16_t>(random() % programs_.size());
        operation.forced = true;
        ++forced_;
      }
      operations_.push_back(post(world_, operation));
      take_matches();
    }
    view.part = Part::waits;
    view.any = step.any;
    view.awaited = 0;
    int mine = 0;
    if (step.barrier) view.items[view.awaited++] = -arrive(static_cast<int>(rank));
    for (std::size_t i = 0; i < state_.posted.size(); ++i) {
      if (state_.posted[i].rank != static_cast<int>(rank)) continue;
      if (std::find(step.awaited.begin(), step.awaited.end(), mine++) != step.awaited.end()) view.items[view.awaited++] = operations_[i];
    }
    view.chosen = forces_ && view.any && view.awaited > 1 && random() % 2 == 0 ? 1 : 0;
    if (view.chosen == 0) return;
    std::swap(view.items[0], view.items[random() % static_cast<unsigned>(view.awaited)]);
    ++forced_;
  }

  int arrive(int rank) {
    const int number = state_.barriers[static_cast<std::size_t>(rank)];
    Collective& meeting = world_.collectives[number];
    meeting.members = everyone_;
    meeting.arrived |= only(rank);
    return number;
  }

  // Whom the graph calls deadlocked is stuck at the end of every execution that is still possible.
  void check_claims(bool at_end) {
    const Mask claimed = stuck();
    if (claimed == 0 && !at_end) return;
    std::set<Mask> ends;
    Search(programs_).run(state_, ends);
    for (const Mask end : ends) EXPECT_EQ(claimed & ~end, 0U);
    if (at_end && !cannot_choose_so()) {
      EXPECT_EQ(ends, std::set<Mask>{claimed});
    }
  }

  const std::vector<Program>& programs_;
  Search search_;
  World& world_;
  State state_;
  Mask everyone_ = 0;
  std::vector<int> operations_;
  bool forces_;
  int forced_ = 0;
};

// What was used of the world is cleared, not all of it: it is large.
void clear(World& world) {
  for (int i = 0; i <= world.used; ++i) world.operations[i] = {};
  world.used = world.free = 0;
  for (int rank = 0; rank < 4; ++rank) {
    world.sends[rank] = world.receives[rank] = {};
    world.ranks[rank].awaited = world.ranks[rank].chosen = 0;
  }
  for (int i = 0; i < 8; ++i) world.collectives[i].arrived = 0;
}

TEST(WaitGraph, SaysOfRandomProgramsWhatASearchOverAllExecutionsSays) {
  std::mt19937 random(1);
  const auto world = std::make_unique<World>();
  int deadlocks = 0, mixed = 0;
  constexpr int patterns = 24'000;
  for (int pattern = 0; pattern < patterns && !testing::Test::HasFailure(); ++pattern) {
    const std::vector<Program> programs = random_programs(random);
    clear(*world);
    Walk walk(programs, *world, false);
    walk.to_the_end(random);
    std::set<Mask> ends;
    Search search(programs);
    search.run(search.begin(), ends);
    EXPECT_TRUE(ends.contains(walk.stuck())) << "pattern " << pattern;
    deadlocks += walk.stuck() != 0;
    mixed += ends.size() > 1;
  }
  // The generator is worth something only if both happen, and if some programs end now so and now so.
  EXPECT_GT(deadlocks, patterns / 20);
  EXPECT_LT(deadlocks, patterns - patterns / 20);
  EXPECT_GT(mixed, patterns / 100);
}

// A choice that is forced leads only where an execution leads: what is matched is what the rules allow, and who is called deadlocked is.
TEST(WaitGraph, AForcedChoiceAccusesNobodyWhomASearchLetsGoOn) {
  std::mt19937 random(2);
  const auto world = std::make_unique<World>();
  int made = 0, impossible = 0;
  constexpr int patterns = 24'000;
  for (int pattern = 0; pattern < patterns && !testing::Test::HasFailure(); ++pattern) {
    const std::vector<Program> programs = random_programs(random);
    clear(*world);
    Walk walk(programs, *world, true);
    walk.to_the_end(random);
    made += walk.forced() > 0 && !walk.cannot_choose_so();
    impossible += walk.cannot_choose_so();
  }
  EXPECT_GT(made, patterns / 20);
  EXPECT_GT(impossible, patterns / 20);
}

}  // namespace
}  // namespace lockstep::mpiwatch
