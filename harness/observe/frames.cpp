#include "harness/observe/frames.hpp"

#include <algorithm>
#include <string_view>

namespace lockstep::observe {
namespace {

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string_view last_of(std::string_view path) { return path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1); }

}  // namespace

bool is_probe(const model::Frame& frame) { return frame.function.starts_with("lockstep::testkit::Probe::"); }

void classify(model::Frame& frame, const std::vector<std::string>& edit) {
  const std::string_view file = frame.file;
  const bool ours = file.starts_with("harness/inside/") && !contains(file, "/tests/");
  frame.students = frame.line > 0 && std::find(edit.begin(), edit.end(), file) != edit.end();
  const bool of_a_test = !ours && !file.starts_with('/') && (file.starts_with("tests/") || contains(file, "/tests/"));
  frame.library = !frame.students && !of_a_test && !is_probe(frame);
}

const model::Frame* innermost_that_counts(const std::vector<model::Frame>& stack) {
  const auto frame = std::find_if(stack.begin(), stack.end(), [](const model::Frame& candidate) { return !candidate.library; });
  return frame == stack.end() ? nullptr : &*frame;
}

bool is_students(const model::Race& race) {
  return std::any_of(race.accesses.begin(), race.accesses.end(), [](const model::Access& access) {
    const model::Frame* frame = innermost_that_counts(access.stack);
    return frame != nullptr && (frame->students || is_probe(*frame));
  });
}

bool is_students(const model::SanitizerReport& leak) {
  for (const model::Frame& frame : leak.stack) {
    if (!frame.library) return frame.students;
    if (frame.file.empty()) return false;  // of a library that was unloaded since
    const std::string_view module = last_of(frame.file);
    const bool is_module = frame.line == 0 && contains(module, ".so");
    const bool allocates = module.starts_with("libasan") || module.starts_with("libubsan") || module.starts_with("libstdc++") ||
                           module.starts_with("libclang_rt") || module.starts_with("libc.so") || module.starts_with("libc++");
    if (is_module && !allocates) return false;
  }
  return false;
}

bool is_known_false(const model::Race& race) {
  // std::atomic<std::shared_ptr>: a load releases its spin bit by a relaxed store (google/sanitizers issue 1558).
  const auto in_atomic_shared_ptr = [](const model::Access& access) {
    for (const model::Frame& frame : access.stack) {
      if (!frame.library) return false;
      if (contains(frame.function, "std::_Sp_atomic<")) return true;
    }
    return false;
  };
  return !race.accesses.empty() && std::all_of(race.accesses.begin(), race.accesses.end(), in_atomic_shared_ptr);
}

}  // namespace lockstep::observe
