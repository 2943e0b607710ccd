#include "harness/observe/symbols.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "harness/observe/places.hpp"

namespace lockstep::observe {
namespace {

using model::Frame;

// "module+0x1234" in its two parts; an empty module if `address` is something else.
std::pair<std::string_view, std::string_view> parts_of(std::string_view address) {
  const std::size_t plus = address.rfind("+0x");
  if (plus == std::string_view::npos || plus == 0) return {};
  const std::string_view offset = address.substr(plus + 1);
  if (offset.size() < 3 || offset.find_first_not_of("0123456789abcdef", 2) != std::string_view::npos) return {};
  return {address.substr(0, plus), offset};
}

template <class Visit>  // called with every stack and every text that may hold places
void for_each_part(model::TestRun& run, Visit visit) {
  for (model::Race& race : run.races) {
    for (model::Access& access : race.accesses) {
      visit(access.stack);
      visit(access.thread);
    }
    visit(race.location);
  }
  for (model::SanitizerReport& report : run.reports) visit(report.stack);
  for (model::StuckTask& task : run.stuck) visit(task.stack);
}

std::vector<Frame> frames_of(const std::string& address, const Symbols& symbols, const SourceNames& names) {
  std::vector<Frame> frames;
  const auto known = symbols.find(address);
  if (known != symbols.end()) frames = known->second;
  const std::string module(parts_of(address).first);
  if (frames.empty()) frames.push_back({.function = module.empty() ? address : std::string("??"), .file = module});
  for (Frame& frame : frames) {
    if (frame.file.empty() || frame.file == "??") frame.file = module;
    classify(frame, names);
  }
  return frames;
}

std::vector<Frame> symbolised(const std::vector<Frame>& raw, const Symbols& symbols, const SourceNames& names) {
  std::vector<Frame> stack;
  for (const Frame& frame : raw) {
    if (!frame.file.empty()) {  // has been symbolised before
      stack.push_back(frame);
      continue;
    }
    const std::vector<Frame> frames = frames_of(frame.function, symbols, names);
    stack.insert(stack.end(), frames.begin(), frames.end());
  }
  return stack;
}

std::string line_of(const Frame& frame) { return frame.file + ":" + std::to_string(frame.line); }

struct Replace {
  const Symbols& symbols;
  const SourceNames& names;

  void operator()(std::vector<Frame>& stack) const { stack = symbolised(stack, symbols, names); }
  void operator()(std::string& text) const {
    text = with_places(text, [this](const std::vector<std::string>& addresses) {
      std::vector<Frame> raw;
      for (const std::string& address : addresses) raw.push_back({.function = address});
      const std::vector<Frame> stack = symbolised(raw, symbols, names);
      const auto own = std::find_if(stack.begin(), stack.end(), [](const Frame& frame) { return frame.students; });
      if (own != stack.end()) return line_of(*own);
      const Frame* other = innermost_that_counts(stack);
      return other != nullptr ? line_of(*other) : std::string("a place outside of your code");
    });
  }
};

// "main at /tmp/x.cpp:3 (discriminator 1)" as a frame.
Frame parse_place(std::string_view text) {
  Frame frame;
  const std::size_t at = text.rfind(" at ");
  frame.function = text.substr(0, at);
  if (at == std::string_view::npos) return frame;
  std::string_view place = text.substr(at + 4);
  if (const std::size_t extra = place.rfind(" (discriminator "); extra != std::string_view::npos) place = place.substr(0, extra);
  const std::size_t colon = place.rfind(':');
  frame.file = place.substr(0, colon);
  if (colon != std::string_view::npos) std::from_chars(place.data() + colon + 1, place.data() + place.size(), frame.line);
  return frame;
}

}  // namespace

std::map<std::string, std::vector<std::string>> addresses_to_symbolise(const std::vector<model::TestRun>& runs) {
  std::map<std::string, std::set<std::string>> found;
  const auto add = [&](const std::string& address) {
    const auto [module, offset] = parts_of(address);
    if (!module.empty()) found[std::string(module)].insert(std::string(offset));
  };
  struct Collect {
    decltype(add)& add_address;
    void operator()(const std::vector<Frame>& stack) const {
      for (const Frame& frame : stack)
        if (frame.file.empty()) add_address(frame.function);
    }
    void operator()(const std::string& text) const {
      for (const std::vector<std::string>& stack : stacks_in(text))
        for (const std::string& address : stack) add_address(address);
    }
  };
  for (model::TestRun run : runs) for_each_part(run, Collect{add});
  std::map<std::string, std::vector<std::string>> result;
  for (const auto& [module, offsets] : found) result[module].assign(offsets.begin(), offsets.end());
  return result;
}

void parse_addr2line(std::string_view output, const std::string& module, Symbols& symbols) {
  std::vector<Frame>* current = nullptr;
  while (!output.empty()) {
    const std::size_t end = std::min(output.find('\n'), output.size());
    std::string_view line = output.substr(0, end);
    output.remove_prefix(std::min(end + 1, output.size()));
    static constexpr std::string_view inlined = " (inlined by) ";
    if (line.starts_with(inlined)) {
      if (current != nullptr) current->push_back(parse_place(line.substr(inlined.size())));
      continue;
    }
    const std::size_t colon = line.find(": ");
    if (!line.starts_with("0x") || colon == std::string_view::npos) {
      current = nullptr;
      continue;
    }
    std::string_view digits = line.substr(2, colon - 2);
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - (digits.empty() ? 0 : 1)));
    current = &symbols[module + "+0x" + std::string(digits)];
    current->assign(1, parse_place(line.substr(colon + 2)));
  }
}

void apply_symbols(std::vector<model::TestRun>& runs, const Symbols& symbols, const SourceNames& names) {
  for (model::TestRun& run : runs) {
    for_each_part(run, Replace{symbols, names});
    std::erase_if(run.races, is_known_false);
    for (model::Race& race : run.races) race.in_tests = !is_students(race);
    std::erase_if(run.reports, [](const model::SanitizerReport& report) { return report.tool == "leak" && !is_students(report); });
  }
}

}  // namespace lockstep::observe
