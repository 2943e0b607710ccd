#include "harness/observe/channel_facts.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "harness/observe/exploration.hpp"
#include "harness/observe/places.hpp"
#include "harness/observe/records.hpp"

namespace lockstep::observe {
namespace {

using channel::RecordType;
using channel::TestOutcome;
using model::Outcome;

constexpr std::size_t enough_tests = 1000;
constexpr std::size_t enough_of_a_kind = 100;  // findings of one kind per test: the rest adds nothing to the verdict or the report

struct Rank {
  std::uint32_t main_pid = 0;  // of the process that the harness started
  bool began = false;
  std::string current;  // the test that began last
  std::map<std::string, Outcome> outcomes;
  std::set<std::string> listed;  // in the end record
  std::optional<std::uint64_t> end;                       // sequence number of the end record
  std::map<std::uint32_t, std::set<std::uint64_t>> whole;  // by pid: sequence numbers of messages that arrived whole

  // A message that never arrived may have told of a race: somebody closed the channel for a while. Then the end record proves nothing.
  bool is_complete() const {
    const auto own = whole.find(main_pid);
    return end && own != whole.end() && static_cast<std::uint64_t>(std::distance(own->second.begin(), own->second.lower_bound(*end))) == *end;
  }
};

template <class Value>
void add(std::vector<Value>& to, Value value) {
  if (to.size() < enough_of_a_kind) to.push_back(std::move(value));
}

std::vector<model::Frame> raw_frames(Fields& fields) {
  std::vector<model::Frame> stack;
  for (std::string& address : fields.texts()) stack.push_back({.function = std::move(address)});
  return stack;
}

// The MPI layer writes addresses into its sentences, between brackets that nothing else there holds.
std::string with_addresses(std::string text) {
  constexpr std::string_view open = "\xe2\x9f\xa8", close = "\xe2\x9f\xa9";
  for (std::size_t at; (at = text.find(open)) != std::string::npos;) {
    const std::size_t end = text.find(close, at);
    if (end == std::string::npos) return text.erase(at);
    text = text.substr(0, at) + place_to_find({text.substr(at + open.size(), end - at - open.size())}) + text.substr(end + close.size());
  }
  return text;
}

model::Race read_race(Fields& fields) {
  model::Race race;
  race.kind = fields.text();
  for (std::uint64_t count = fields.number(); count > 0 && !fields.at_end(); --count) {
    model::Access access;
    const std::uint64_t flags = fields.number();
    access.write = (flags & channel::access_is_write) != 0;
    access.atomic = (flags & channel::access_is_atomic) != 0;
    access.bytes = static_cast<int>(std::min<std::uint64_t>(fields.number(), 1u << 30));
    access.thread = fields.text();
    if (const auto created = fields.texts(); !created.empty()) access.thread += " (created at " + place_to_find(created) + ")";
    access.stack = raw_frames(fields);
    race.accesses.push_back(std::move(access));
  }
  race.location = fields.text();
  if (race.location.starts_with("global _Z")) race.location = "global " + demangled(race.location.substr(7));
  if (const auto allocated = fields.texts(); !allocated.empty()) race.location += " allocated at " + place_to_find(allocated);
  return race;
}

Outcome outcome_of(std::uint64_t word) {
  switch (static_cast<TestOutcome>(word)) {
    case TestOutcome::passed:
      return Outcome::passed;
    case TestOutcome::failed:
      return Outcome::failed;
    case TestOutcome::skipped:
      return Outcome::skipped;
    case TestOutcome::not_implemented:
      return Outcome::not_implemented;
  }
  return Outcome::silent;
}

// Of what several ranks said about one test, what explains most comes first; passed needs all.
Outcome joined(Outcome a, Outcome b) {
  for (Outcome strongest : {Outcome::not_implemented, Outcome::failed, Outcome::silent, Outcome::skipped})
    if (a == strongest || b == strongest) return strongest;
  return Outcome::passed;
}

class Reader {
 public:
  explicit Reader(Observed& observed) : observed_(observed) {}

  void read(const Message& message) {
    Rank& rank = ranks_[message.rank];
    Fields fields(message.payload);
    if (message.type == RecordType::begin && !rank.began) {
      rank.began = true;
      rank.main_pid = message.pid;
    }
    const bool from_main = rank.began && message.pid == rank.main_pid;
    if (message.whole) rank.whole[message.pid].insert(message.sequence);
    switch (message.type) {
      case RecordType::begin:
        return;
      case RecordType::test_begin:
        if (from_main && observed_.tests.size() < enough_tests) test_named(rank.current = fields.text());
        return;
      case RecordType::test_end:
        if (from_main && message.whole) {
          const std::string test = fields.text();
          rank.outcomes[test] = outcome_of(fields.number());
        }
        return;
      case RecordType::end:
        if (!from_main || !message.whole) return;
        rank.end = message.sequence;
        for (std::string& test : fields.texts()) rank.listed.insert(std::move(test));
        return;
      default:
        break;
    }
    if (model::TestRun* run = current_of(rank))
      add_finding(*run, message, fields);
    else if (message.type == RecordType::fault)
      observed_.fault = fields.text();
  }

  void finish(int expected) {
    for (auto& [number, rank] : ranks_)
      if (rank.began) ++began_;
    observed_.began = began_ >= std::max(expected, 1);
    for (model::TestRun& run : observed_.tests) {
      int reported = 0, listed = 0;
      Outcome outcome = Outcome::passed;
      for (auto& [number, rank] : ranks_) {
        if (!rank.began) continue;
        ++reported;
        listed += rank.is_complete() && rank.listed.contains(run.test) ? 1 : 0;
        const auto said = rank.outcomes.find(run.test);
        outcome = joined(outcome, said == rank.outcomes.end() ? Outcome::silent : said->second);
      }
      if (reported < std::max(expected, 1)) outcome = joined(outcome, Outcome::silent);
      run.sealed = listed >= std::max(expected, 1) && listed == reported;
      run.outcome = !run.not_implemented.empty() ? Outcome::not_implemented : outcome;
    }
  }

 private:
  model::TestRun& test_named(const std::string& name) {
    for (model::TestRun& run : observed_.tests)
      if (run.test == name) return run;
    observed_.tests.emplace_back().test = name;
    return observed_.tests.back();
  }

  // What comes before the first test (a race in a constructor, say) belongs to the first one.
  model::TestRun* current_of(const Rank& rank) {
    if (!rank.current.empty()) return &test_named(rank.current);
    return observed_.tests.empty() ? nullptr : &observed_.tests.front();
  }

  void add_finding(model::TestRun& run, const Message& message, Fields& fields) {
    switch (message.type) {
      case RecordType::failure: {
        model::Failure failure;
        failure.file = fields.text();
        failure.line = static_cast<int>(std::min<std::uint64_t>(fields.number(), 1u << 30));
        failure.message = fields.text();
        return add(run.failures, std::move(failure));
      }
      case RecordType::not_implemented:
        run.not_implemented = fields.text();
        return;
      case RecordType::race:
        return add(run.races, read_race(fields));
      case RecordType::sanitizer_report: {
        model::SanitizerReport report;
        report.tool = fields.text();
        report.kind = fields.text();
        report.stack = raw_frames(fields);
        report.rank = message.rank;
        if (report.tool.starts_with("mpi.")) report.kind = with_addresses(report.kind);
        return add(run.reports, std::move(report));
      }
      case RecordType::hygiene: {
        model::Hygiene hygiene;
        hygiene.kind = fields.text();
        hygiene.detail = with_addresses(fields.text());
        return add(run.hygiene, std::move(hygiene));
      }
      case RecordType::measurement: {
        model::Measurement measurement;
        measurement.name = fields.text();
        measurement.value = fields.real();
        measurement.limit = fields.real();
        measurement.unit = fields.text();
        return add(run.measurements, std::move(measurement));
      }
      case RecordType::stuck: {
        model::StuckTask stuck;
        stuck.rank = message.rank;
        stuck.task = fields.text();
        stuck.waits_in = with_addresses(fields.text());
        stuck.stack = raw_frames(fields);
        for (std::uint64_t count = fields.number(); count > 0 && !fields.at_end(); --count) stuck.waits_for.push_back(static_cast<int>(fields.number()));
        return add(run.stuck, std::move(stuck));
      }
      case RecordType::exchange: {
        model::Exchange exchange;
        for (int* number : {&exchange.from, &exchange.to, &exchange.tag}) *number = static_cast<int>(fields.number());
        exchange.sent_by = fields.text();
        exchange.received_by = fields.text();
        exchange.sent_at = raw_frames(fields);
        exchange.received_at = raw_frames(fields);
        return add(run.exchanges, std::move(exchange));
      }
      case RecordType::exploration:
        run.exploration = read_exploration(fields);
        return;
      case RecordType::fault:
        run.fault = fields.text();
        return;
      default:
        return;  // a type of a newer layout
    }
  }

  Observed& observed_;
  std::map<int, Rank> ranks_;
  int began_ = 0;
};

}  // namespace

Observed parse_channel(std::string_view bytes, std::string_view token, int ranks) {
  Observed observed;
  const Messages messages = read_messages(bytes, token);
  observed.refused = messages.refused;
  Reader reader(observed);
  for (const Message& message : messages.in_order) reader.read(message);
  reader.finish(ranks);
  return observed;
}

}  // namespace lockstep::observe
