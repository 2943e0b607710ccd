#include "harness/run/outside_paths.hpp"

#include <algorithm>
#include <cctype>

namespace lockstep::run {

namespace {

bool ends_a_name(char c) { return c == '/' || c == ':' || c == '=' || c == ',' || c == ';' || c == '"' || c == ' '; }

// One pass, so that a replacement is never replaced again; of two mounts that match, the longer one counts.
std::string translate(const std::string& word, const std::vector<Mount>& mounts) {
  std::string result;
  for (std::size_t at = 0; at < word.size();) {
    const Mount* match = nullptr;
    const bool may_start = word[at] == '/' && (at == 0 || word[at - 1] != '/');
    for (const Mount& mount : mounts) {
      const std::size_t end = at + mount.inside.size();
      if (may_start && word.compare(at, mount.inside.size(), mount.inside) == 0 && (end == word.size() || ends_a_name(word[end])) &&
          (match == nullptr || mount.inside.size() > match->inside.size()))
        match = &mount;
    }
    if (match != nullptr) {
      result += match->outside;
      at += match->inside.size();
    } else {
      // The rest of this path cannot start a match: /usr/work is not /work.
      do result += word[at++];
      while (at < word.size() && !ends_a_name(word[at - 1]) && word[at] != '/');
      if (may_start)
        while (at < word.size() && (word[at] == '/' || !ends_a_name(word[at]))) result += word[at++];
    }
  }
  return result;
}

}  // namespace

Command with_outside_paths(const Command& command, const std::string& temporary) {
  Command result = command;
  std::vector<Mount> with_tmp = command.mounts;
  if (!temporary.empty()) with_tmp.push_back({temporary, "/tmp", true});
  for (std::string& word : result.argv) word = translate(word, command.mounts);
  for (std::string& word : result.env) word = translate(word, with_tmp);
  result.workdir = translate(command.workdir, with_tmp);
  return result;
}

}  // namespace lockstep::run
