#include "harness/observe/symbols.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "harness/observe/places.hpp"

namespace lockstep::observe {
namespace {

using model::Frame;

// The module of "module+0x1234"; empty if `address` is something else.
std::string_view module_of(std::string_view address) {
  const std::size_t plus = address.rfind("+0x");
  const bool is_one = plus != std::string_view::npos && plus + 3 < address.size() &&
                      address.find_first_not_of("0123456789abcdef", plus + 3) == std::string_view::npos;
  return is_one ? address.substr(0, plus) : std::string_view();
}

// Calls visit with every stack and every text that may hold places.
template <class Run, class Visit>
void for_each_part(Run& run, Visit visit) {
  for (auto& race : run.races) {
    for (auto& access : race.accesses) {
      visit(access.stack);
      visit(access.thread);
    }
    visit(race.location);
  }
  for (auto& report : run.reports) {
    visit(report.stack);
    visit(report.kind);
  }
  for (auto& hygiene : run.hygiene) visit(hygiene.detail);
  for (auto& task : run.stuck) {
    visit(task.stack);
    visit(task.waits_in);
  }
  for (auto& exchange : run.exchanges) {
    visit(exchange.sent_at);
    visit(exchange.received_at);
  }
  if (run.exploration) {
    visit(run.exploration->where);
    for (auto& access : run.exploration->accesses) visit(access.stack);
    for (auto& task : run.exploration->tasks) visit(task.stack);
    for (auto& event : run.exploration->events) visit(event.stack);
  }
}

std::vector<Frame> frames_of(const std::string& address, const Symbols& symbols, const std::vector<std::string>& edit) {
  std::vector<Frame> frames;
  const auto known = symbols.find(address);
  if (known != symbols.end()) frames = known->second;
  const std::string module(module_of(address));
  if (frames.empty()) frames.push_back({.function = module.empty() ? address : std::string("??"), .file = module});
  for (Frame& frame : frames) {
    if (frame.file.empty() || frame.file == "??") frame.file = module;
    if (frame.function == "lockstep_program_main") frame.function = "main";  // as its author knows it (harness/build/explored_program.cpp)
    classify(frame, edit);
  }
  return frames;
}

std::vector<Frame> symbolised(const std::vector<Frame>& raw, const Symbols& symbols, const std::vector<std::string>& edit) {
  std::vector<Frame> stack;
  for (const Frame& frame : raw) {
    if (!frame.file.empty()) {  // has been symbolised before
      stack.push_back(frame);
      continue;
    }
    const std::vector<Frame> frames = frames_of(frame.function, symbols, edit);
    stack.insert(stack.end(), frames.begin(), frames.end());
  }
  return stack;
}

std::string line_of(const Frame& frame) { return frame.file + ":" + std::to_string(frame.line); }

struct Replace {
  const Symbols& symbols;
  const std::vector<std::string>& edit;

  void operator()(std::vector<Frame>& stack) const { stack = symbolised(stack, symbols, edit); }
  void operator()(std::string& text) const {
    text = with_places(text, [this](const std::vector<std::string>& addresses) {
      std::vector<Frame> raw;
      for (const std::string& address : addresses) raw.push_back({.function = address});
      const std::vector<Frame> stack = symbolised(raw, symbols, edit);
      const auto own = std::find_if(stack.begin(), stack.end(), [](const Frame& frame) { return frame.students; });
      if (own != stack.end()) return line_of(*own);
      const Frame* other = innermost_that_counts(stack);
      return other != nullptr ? line_of(*other) : std::string("a place outside of your code");
    });
  }
};

}  // namespace

std::vector<std::string> addresses_to_symbolise(const std::vector<model::TestRun>& runs) {
  std::set<std::string> found;
  struct Collect {
    std::set<std::string>& found;
    void add(const std::string& address) const {
      if (!module_of(address).empty()) found.insert(address);
    }
    void operator()(const std::vector<Frame>& stack) const {
      for (const Frame& frame : stack)
        if (frame.file.empty()) add(frame.function);
    }
    void operator()(const std::string& text) const {
      for (const std::vector<std::string>& stack : stacks_in(text))
        for (const std::string& address : stack) add(address);
    }
  };
  for (const model::TestRun& run : runs) for_each_part(run, Collect{found});
  return {found.begin(), found.end()};
}

void apply_symbols(std::vector<model::TestRun>& runs, const Symbols& symbols, const std::vector<std::string>& edit) {
  for (model::TestRun& run : runs) {
    for_each_part(run, Replace{symbols, edit});
    std::erase_if(run.races, is_known_false);
    for (model::Race& race : run.races) race.in_tests = !is_students(race);
    std::erase_if(run.reports, [](const model::SanitizerReport& report) { return report.tool == "leak" && !is_students(report); });
  }
}

}  // namespace lockstep::observe
