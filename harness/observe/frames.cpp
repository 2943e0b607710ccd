#include "harness/observe/frames.hpp"

#include <algorithm>
#include <string_view>

namespace lockstep::observe {
namespace {

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string_view last_of(std::string_view path) { return path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1); }

// The folders "." and ".." of a path, taken away: the compiler keeps how a header was found.
std::string plain(std::string_view path) {
  std::vector<std::string_view> parts;
  const bool absolute = path.starts_with('/');
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    if (part == ".." && !parts.empty() && parts.back() != "..") parts.pop_back();
    else if (!part.empty() && part != ".") parts.push_back(part);
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  std::string result;
  for (std::string_view part : parts) result.append(absolute || !result.empty() ? "/" : "").append(part);
  return result;
}

}  // namespace

bool is_probe(const model::Frame& frame) { return frame.function.starts_with("lockstep::testkit::Probe::"); }

void classify(model::Frame& frame, const SourceNames& names) {
  std::string path = plain(frame.file);
  const std::string folder = plain(names.workspace) + "/";
  const bool below = folder.size() > 1 && path.starts_with(folder);
  const bool in_workspace = below || (!path.empty() && !path.starts_with('/'));
  if (below) path.erase(0, folder.size());
  frame.students = in_workspace && std::find(names.edit.begin(), names.edit.end(), path) != names.edit.end();
  if (frame.students) {
    frame.library = false;
    frame.file = path;
    return;
  }
  if (const std::size_t at = path.rfind("harness/inside/"); at != std::string::npos) {
    frame.file = path.substr(at);
    frame.library = !is_probe(frame) && !contains(frame.file, "/tests/");
    return;
  }
  const bool system = path.starts_with("/usr/") || path.starts_with("/lib") || contains(path, "googletest");
  if (const std::size_t at = path.rfind("tests/"); !system && at != std::string::npos && (at == 0 || path[at - 1] == '/')) {
    frame.file = path.substr(at);
    frame.library = false;
    return;
  }
  frame.file = in_workspace ? path : contains(path, "/pdc/") ? "pdc/" + std::string(last_of(path)) : path;
  frame.library = true;
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
