#include "harness/judge/own_frames.hpp"

#include <algorithm>
#include <iterator>

namespace lockstep::judge {

using model::Frame;

std::vector<Frame> own_frames(const std::vector<Frame>& stack) {
  std::vector<Frame> own;
  std::copy_if(stack.begin(), stack.end(), std::back_inserter(own), [](const Frame& frame) { return frame.students; });
  if (!own.empty()) return own;
  const auto tests = std::find_if(stack.begin(), stack.end(),
                                  [](const Frame& frame) { return !frame.library && frame.line > 0 && !frame.file.starts_with("harness/"); });
  if (tests != stack.end()) own.push_back(*tests);
  return own;
}

std::string place_of(const std::vector<Frame>& own) {
  if (own.empty() || own.front().line == 0) return {};
  return own.front().file + ":" + std::to_string(own.front().line);
}

std::string at_place(const std::vector<Frame>& own) {
  const std::string place = place_of(own);
  return place.empty() ? place : " at " + place;
}

}  // namespace lockstep::judge
