#include "harness/inside/mpiwatch/findings.hpp"

#include <unistd.h>

#include <array>
#include <ctime>
#include <set>

#include "harness/inside/channel/backtrace.hpp"
#include "harness/inside/channel/channel.hpp"
#include "harness/inside/mpiwatch/current_case.hpp"
#include "harness/inside/mpiwatch/self.hpp"
#include "harness/inside/mpiwatch/site.hpp"

namespace lockstep::mpiwatch {
namespace {

std::set<std::string>& said() {
  static auto* sentences = new std::set<std::string>;
  return *sentences;
}

bool is_news(const char* kind, const std::string& sentence) { return said().insert(kind + sentence).second; }

}  // namespace

std::string place_words(const Site& site) {
  if (site.offset == 0) return "";
  char text[512];
  const std::size_t length = channel::describe_address(address_of(site), text, sizeof text);
  return " at \xe2\x9f\xa8" + std::string(text, length) + "\xe2\x9f\xa9";
}

std::string call_words(const Site& site) { return site.call + place_words(site); }

std::string own_words() {
  const CurrentCase& now = current_case();
  return now.open() ? now.words : "rank " + std::to_string(self().rank);
}

std::string rank_of_world(int world_rank) {
  const CurrentCase& now = current_case();
  for (std::size_t i = 0; i < now.members.size(); ++i)
    if (now.open() && now.members[i] == world_rank) return "rank " + std::to_string(i);
  return "rank " + std::to_string(world_rank);
}

void report(const char* kind, const std::string& sentence) {
  if (!is_news(kind, sentence)) return;
  std::array<std::uintptr_t, 32> pcs;
  channel::emit_sanitizer(std::string("mpi.") + kind, sentence, {pcs.data(), channel::read_backtrace(pcs)});
}

void report_at(const char* kind, const std::string& sentence, const Site& site) {
  if (!is_news(kind, sentence)) return;
  const std::uintptr_t pc = address_of(site);
  channel::emit_sanitizer(std::string("mpi.") + kind, sentence, {&pc, site.offset != 0 ? 1U : 0U});
}

void report_and_end(const char* kind, const std::string& sentence) {
  shared().stopped = 1;
  if (!current_case().open() || !somebody_left_early()) report(kind, sentence);
  ::_exit(status_of_mpi_error);
}

void end_quietly() {
  // The one that ends the launch takes this process with it (mpirun); if it died on the way, this one ends by itself.
  const timespec a_while{2, 0};
  ::nanosleep(&a_while, nullptr);
  ::_exit(status_of_mpi_error);
}

bool has_reported() { return !said().empty(); }
void forget_reports() { said().clear(); }

}  // namespace lockstep::mpiwatch
