#include "harness/inside/lockstep/explorer.hpp"

#include <time.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>

#include "harness/inside/lockstep/operation.hpp"

namespace lockstep::engine {
namespace {

double now_seconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct LoggedDecision {
  DecisionKind kind;
  int count;
  int chosen;
  std::uint64_t asleep;
  std::vector<Candidate> candidates;
};

std::vector<LoggedDecision> read_log(const Report& report) {
  std::vector<LoggedDecision> decisions;
  for (std::uint32_t at = 0; at < report.log_used;) {
    const auto* head = reinterpret_cast<const Decision*>(report.log + at);
    at += 4;
    LoggedDecision decision{head->kind, head->count, head->chosen, head->asleep, {}};
    if (head->kind == DecisionKind::schedule) {
      const auto* candidates = reinterpret_cast<const Candidate*>(report.log + at);
      decision.candidates.assign(candidates, candidates + head->count);
      at += 4u * head->count;
    }
    decisions.push_back(std::move(decision));
  }
  return decisions;
}

bool without_end(Outcome outcome) { return outcome == Outcome::too_long || outcome == Outcome::no_progress; }

int cost_of(const LoggedDecision& decision, int choice) {
  if (decision.kind == DecisionKind::value) return choice > 0 ? 1 : 0;
  return decision.candidates[static_cast<std::size_t>(choice)].cost;
}

class Explorer {
 public:
  Explorer(Exchange& exchange, Program program, void* argument, const Plan& plan)
      : exchange_(exchange), program_(program), argument_(argument), plan_(plan), begun_(now_seconds()) {}

  Explored explore() {
    if (plan_.strategy.empty() || plan_.strategy == "portfolio")
      run_portfolio();
    else
      run_one_strategy();
    result_.every_trace = result_.every_trace && !failed_;
    if (failed_ && result_.outcome != Outcome::not_controlled && result_.outcome != Outcome::fault) explain();
    for (const auto& [text, times] : outcomes_) result_.output += std::to_string(times) + " times: " + text;
    return std::move(result_);
  }

 private:
  bool spent(double share) const {
    if (failed_) return true;
    if (cut_ && result_.longest == 0 && share < 1) return true;  // nothing ends in this order: the walks will say whether anything does
    if (plan_.seconds > 0) return now_seconds() - begun_ >= plan_.seconds * share;
    return executions_ >= static_cast<std::uint32_t>(plan_.budget * share);
  }

  void run_portfolio() {
    bounded(0, 0.15);
    if (plan_.bound >= 1) bounded(1, 0.30);
    if (!spent(1)) sleep_sets(0.65);
    if (result_.every_trace || failed_) return;
    for (int bound = 2; bound <= plan_.bound && result_.complete_bound == bound - 1; ++bound) bounded(bound, 0.8);
    walks(1);
  }

  void run_one_strategy() {
    if (plan_.strategy == "bounded") {
      for (int bound = 0; bound <= plan_.bound && !spent(1); ++bound) bounded(bound, 1);
    } else if (plan_.strategy == "sleep_sets") {
      sleep_sets(1);
    } else {
      walks(1);
    }
  }

  // One execution with these choices; true if it failed. `steps_before`: of the choices, on the way to where it is to be looked at.
  bool run(Strategy strategy, const std::vector<std::uint16_t>& choices, const char* name, std::uint32_t steps_before = 0) {
    Order& order = exchange_.order;
    order.strategy = strategy;
    order.time = plan_.time;
    order.spurious = plan_.spurious;
    order.explain = false;
    order.stop_at_step = 0;
    order.stop_at_end = false;
    // Only of a random walk does the length mean anything (meaning_of_no_end), and it must be long for that; others are cut early.
    order.step_limit = steps_before;
    order.step_limit += strategy == Strategy::random || result_.longest == 0 ? std::max<std::uint32_t>(20'000, result_.longest * 50) : std::max<std::uint32_t>(500, result_.longest * 4);
    order.choice_count = static_cast<std::uint32_t>(std::min(choices.size(), most_choices));
    std::copy_n(choices.begin(), order.choice_count, order.choices);
    std::string printed;
    execute(exchange_, program_, argument_, plan_.outcomes ? &printed : nullptr);
    ++executions_;
    const Report& report = exchange_.report;
    if (plan_.outcomes && report.outcome != Outcome::pruned && !without_end(report.outcome)) ++outcomes_[report.outcome == Outcome::passed || report.outcome == Outcome::wrong_exit ? printed : std::string(report.text) + "\n"];
    if (report.outcome != Outcome::pruned && !without_end(report.outcome)) ++result_.schedules;
    if (report.outcome == Outcome::passed) {
      if (result_.schedules == 1) {
        result_.makespan_ns = report.makespan_ns;
        result_.spin_steps = report.spin_steps;
      }
      result_.longest = std::max(result_.longest, report.steps);
      result_.most_active = std::max(result_.most_active, report.most_active);
      expected_steps_ = report.steps;
    }
    log_ = read_log(report);
    pruned_ = report.outcome == Outcome::pruned;
    whole_ = whole_ && report.log_cut == 0 && !without_end(report.outcome);
    const Outcome outcome = without_end(report.outcome) ? meaning_of_no_end(report.outcome, strategy) : report.outcome;
    if (without_end(outcome)) {
      cut_ = true;
      return strategy != Strategy::random && std::has_single_bit(++without_end_) && walk_on();
    }
    if (!is_failure(outcome) || plan_.outcomes) return false;
    failed_ = true;
    result_.outcome = outcome;
    result_.found_by = name;
    result_.choices = choices_of(log_);
    return true;
  }

  // From where a schedule was cut goes on at random. The caller's view of that schedule stays as it is, and so does what counts as long: the way to
  // where it was cut is no measure.
  bool walk_on() {
    const std::vector<LoggedDecision> log = log_;
    const bool pruned = pruned_, whole = whole_;
    const std::uint32_t cut_at = exchange_.report.steps, longest = result_.longest;
    exchange_.order.seed = plan_.seed * 1'000'003 + without_end_;
    exchange_.order.sleep_at = 0xffffffff;
    const bool failed = run(Strategy::random, choices_of(log), "random walk", cut_at);
    log_ = log;
    pruned_ = pruned;
    whole_ = whole;
    result_.longest = longest == 0 && result_.longest > cut_at ? result_.longest - cut_at : longest;
    return failed;
  }

  // Of an execution that was cut at the limit of steps. Depth first, a schedule may just be unfair; a random walk is not: what can come to its end
  // does so in it, sooner or later.
  Outcome meaning_of_no_end(Outcome outcome, Strategy strategy) const {
    if (strategy != Strategy::random) return outcome;
    if (outcome == Outcome::no_progress || result_.longest > 0) return Outcome::livelock;  // the limit is fifty times the longest that ended
    return Outcome::not_controlled;
  }

  struct Frame {
    LoggedDecision decision;
    int cost_before;         // of all choices above
    std::uint64_t explored;  // tasks whose turn at this point was looked at already (sleep sets)
    std::uint64_t tried;     // alternatives
  };

  static std::vector<std::uint16_t> choices_of(const std::vector<Frame>& stack) {
    std::vector<std::uint16_t> choices;
    for (const Frame& frame : stack) choices.push_back(static_cast<std::uint16_t>(frame.decision.chosen));
    return choices;
  }

  static std::vector<std::uint16_t> choices_of(const std::vector<LoggedDecision>& log) {
    std::vector<std::uint16_t> choices;
    for (const LoggedDecision& decision : log) choices.push_back(static_cast<std::uint16_t>(decision.chosen));
    return choices;
  }

  // Every schedule with at most `bound` preemptions (early wake-ups and old values count as such), depth first.
  void bounded(int bound, double share) {
    exchange_.order.sleep_at = 0xffffffff;
    std::vector<Frame> stack;
    whole_ = true;
    cut_ = false;
    for (;;) {
      if (spent(share)) return;
      if (run(Strategy::fixed, choices_of(stack), "preemption bound")) return;
      for (std::size_t i = stack.size(); i < log_.size(); ++i) {
        const int before = stack.empty() ? 0 : stack.back().cost_before + cost_of(stack.back().decision, stack.back().decision.chosen);
        stack.push_back({log_[i], before, 0, 0});
      }
      while (!stack.empty()) {
        Frame& frame = stack.back();
        int next = frame.decision.chosen + 1;
        while (next < frame.decision.count && frame.cost_before + cost_of(frame.decision, next) > bound) ++next;
        if (next < frame.decision.count) {
          frame.decision.chosen = next;
          break;
        }
        stack.pop_back();
      }
      if (stack.empty()) break;
    }
    if (whole_) result_.complete_bound = bound;
  }

  // Every trace exactly once: a task whose turn was explored at a point sleeps below its siblings until something dependent happens.
  void sleep_sets(double share) {
    std::vector<Frame> stack;
    bool first = true;
    whole_ = true;
    cut_ = false;
    for (;;) {
      if (spent(share)) return;
      Order& order = exchange_.order;
      order.sleep_at = 0xffffffff;
      order.sleep_mask = 0;
      if (!first) {
        const Frame& top = stack.back();
        order.sleep_at = static_cast<std::uint32_t>(stack.size() - 1);
        order.sleep_mask = top.decision.asleep | top.explored;
      }
      first = false;
      if (run(Strategy::sleep_sets, choices_of(stack), "sleep sets")) return;
      if (!pruned_) ++result_.traces;
      for (std::size_t i = stack.size(); i < log_.size(); ++i) stack.push_back({log_[i], 0, 0, std::uint64_t{1} << log_[i].chosen});
      while (!stack.empty() && !next_alternative(stack.back())) stack.pop_back();
      if (stack.empty()) break;
    }
    result_.every_trace = whole_;
  }

  bool next_alternative(Frame& frame) const {
    if (frame.decision.kind == DecisionKind::value) {
      if (frame.decision.chosen + 1 >= frame.decision.count) return false;
      ++frame.decision.chosen;
      return true;
    }
    const Candidate& done = frame.decision.candidates[static_cast<std::size_t>(frame.decision.chosen)];
    if (done.variant == ordinary) frame.explored |= std::uint64_t{1} << done.task;
    for (int i = 0; i < frame.decision.count; ++i) {
      const Candidate& candidate = frame.decision.candidates[static_cast<std::size_t>(i)];
      const bool sleeps = candidate.variant == ordinary && ((frame.decision.asleep | frame.explored) >> candidate.task & 1);
      if (sleeps || (frame.tried >> i & 1)) continue;
      frame.tried |= std::uint64_t{1} << i;
      frame.decision.chosen = i;
      return true;
    }
    return false;
  }

  void walks(double share) {
    struct Walk {
      Strategy strategy;
      const char* name;
      std::uint8_t depth;
    };
    static constexpr Walk portfolio[] = {{Strategy::pct, "PCT", 2}, {Strategy::random, "random walk", 0}, {Strategy::pct, "PCT", 3}, {Strategy::pos, "POS", 0},
                                         {Strategy::round_robin, "round robin", 0}, {Strategy::random, "random walk", 0}, {Strategy::pct, "PCT", 4}, {Strategy::pos, "POS", 0}, {Strategy::pct, "PCT", 5}};
    std::uint64_t number = 0;
    while (!spent(share)) {
      const Walk& walk = portfolio[number % std::size(portfolio)];
      ++number;
      if (!plan_.strategy.empty() && plan_.strategy != "portfolio" && !wanted(walk.strategy)) continue;
      exchange_.order.seed = plan_.seed * 1'000'003 + number;
      exchange_.order.depth = walk.depth;
      exchange_.order.expected_steps = expected_steps_;
      exchange_.order.sleep_at = 0xffffffff;
      if (run(walk.strategy, {}, walk.name)) return;
    }
  }

  bool wanted(Strategy strategy) const {
    return (plan_.strategy == "pct" && strategy == Strategy::pct) || (plan_.strategy == "pos" && strategy == Strategy::pos) ||
           (plan_.strategy == "random" && strategy == Strategy::random);
  }

  bool fails_alike(const std::vector<std::uint16_t>& choices) {
    exchange_.order.sleep_at = 0xffffffff;
    Order& order = exchange_.order;
    order.strategy = Strategy::fixed;
    order.explain = false;
    order.choice_count = static_cast<std::uint32_t>(std::min(choices.size(), most_choices));
    std::copy_n(choices.begin(), order.choice_count, order.choices);
    execute(exchange_, program_, argument_, nullptr);
    return same_failure(exchange_.report.outcome);
  }

  bool same_failure(Outcome outcome) const { return outcome == result_.outcome || (without_end(outcome) && result_.outcome == Outcome::livelock); }

  // Fewer deviations from running on without preemption, as long as it still fails in the same way.
  void shrink() {
    int left = 80;
    std::vector<std::uint16_t>& best = result_.choices;
    const auto trim = [](std::vector<std::uint16_t>& choices) {
      while (!choices.empty() && choices.back() == 0) choices.pop_back();
    };
    trim(best);
    for (bool better = true; better && left > 0;) {
      better = false;
      for (std::size_t i = best.size(); i-- > 0 && left > 0;) {
        if (best[i] == 0) continue;
        for (const bool cut : {true, false}) {
          std::vector<std::uint16_t> fewer = best;
          fewer[i] = 0;
          if (cut) fewer.resize(i);
          trim(fewer);
          if (left-- <= 0) break;
          if (fails_alike(fewer)) {
            best = std::move(fewer);
            better = true;
            break;
          }
        }
        if (i > best.size()) i = best.size();
      }
    }
  }

  void explain() {
    shrink();
    replay(exchange_, program_, argument_, plan_, result_.choices, &result_.output);
    const std::uint64_t hash = exchange_.report.hash;
    const Outcome outcome = exchange_.report.outcome;
    replay(exchange_, program_, argument_, plan_, result_.choices, &result_.output);
    result_.replayed = exchange_.report.hash == hash && exchange_.report.outcome == outcome && same_failure(outcome);
    result_.preemptions = exchange_.report.preemptions;
  }

  Exchange& exchange_;
  Program program_;
  void* argument_;
  const Plan& plan_;
  double begun_;
  Explored result_;
  bool failed_ = false;
  bool cut_ = false;  // an execution was too long to be seen to its end
  std::uint32_t without_end_ = 0;  // how many were
  // Of the last execution, for the search.
  std::vector<LoggedDecision> log_;
  bool pruned_ = false;
  bool whole_ = true;  // it and those before it in this search were seen to their ends, with all their decisions
  std::uint32_t executions_ = 0;
  std::map<std::string, std::uint32_t> outcomes_;
  std::uint32_t expected_steps_ = 100;
};

}  // namespace

bool is_failure(Outcome outcome) { return outcome != Outcome::passed && outcome != Outcome::pruned && outcome != Outcome::skipped && !without_end(outcome); }

Explored explore(Exchange& exchange, Program program, void* argument, const Plan& plan) { return Explorer(exchange, program, argument, plan).explore(); }

void replay(Exchange& exchange, Program program, void* argument, const Plan& plan, const std::vector<std::uint16_t>& choices, std::string* output) {
  Order& order = exchange.order;
  order.strategy = Strategy::fixed;
  order.time = plan.time;
  order.spurious = plan.spurious;
  order.explain = true;
  order.stop_at_end = plan.stop;
  order.step_limit = std::max<std::uint32_t>(order.step_limit, 20'000);
  order.sleep_at = 0xffffffff;
  order.choice_count = static_cast<std::uint32_t>(std::min(choices.size(), most_choices));
  std::copy_n(choices.begin(), order.choice_count, order.choices);
  execute(exchange, program, argument, output);
}

}  // namespace lockstep::engine
