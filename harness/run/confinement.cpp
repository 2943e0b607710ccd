#include "harness/run/confinement.hpp"

#include <unistd.h>

#include <map>
#include <sstream>

#include "harness/model/fault.hpp"
#include "harness/run/box.hpp"
#include "harness/run/control_group.hpp"
#include "harness/run/supervision.hpp"

namespace lockstep::run {

namespace {

struct Canary {
  std::map<std::string, bool> worked;
  bool kernel_limits_memory = false;
  bool kernel_counts_cpu = false;

  bool did(const std::string& act) const {
    const auto found = worked.find(act);
    return found != worked.end() && found->second;
  }
  bool was_refused(const std::string& act) const {  // tried, and it did not work
    const auto found = worked.find(act);
    return found != worked.end() && !found->second;
  }
};

Canary send_canary(Confinement confinement, const Slot& slot, const std::string& box_init) {
  Command command;
  command.argv = {confinement == Confinement::none ? box_init : "/box/init", "--probe"};
  command.limits.wall = std::chrono::seconds(10);
  Canary canary;
  ControlGroup group(slot.name(), command.limits.memory_bytes);
  Box box(command, confinement, slot, box_init);
  group.attach(box.init());
  const Ended ended = supervise(box, command, group, -1);
  if (ended.end.how != model::How::exited || ended.end.code != 0) throw model::Fault("the canary did not return: " + ended.end.err);
  std::istringstream lines(ended.end.out);
  std::string act, answer;
  for (int error = 0; lines >> act >> answer >> error;) canary.worked[act] = answer == "yes";
  if (!canary.did("writes_tmp")) throw model::Fault("the canary could not write into its own /tmp");
  canary.kernel_limits_memory = group.limits_memory();
  canary.kernel_counts_cpu = group.counts_cpu();
  return canary;
}

Confined describe(Confinement confinement, const Slot& slot, const Canary& canary) {
  Confined result{confinement, {}, "limits"};
  const bool boxed = confinement != Confinement::none;
  const auto add = [&result](const char* name, bool in_force, std::string how) {
    result.protections.push_back({name, in_force, std::move(how)});
    return in_force;
  };
  const bool own_user = confinement != Confinement::user_namespaces && slot.uid != 0 && canary.was_refused("is_root");
  const bool tree = add("own process tree", boxed && canary.did("sees_init"),
                        boxed ? "process namespace, first process of our own" : "no process namespace; orphans are collected and killed");
  add("separate user", own_user, own_user ? "one user id per slot, from " + std::to_string(first_slot_uid) : "runs as the user who grades");
  const bool network = add("no network", boxed && canary.was_refused("network") && canary.did("loopback"),
                           boxed ? "network namespace with loopback only" : "no network namespace; sockets are refused except to MPI ranks");
  const bool files =
      add("no view of other files", boxed && canary.was_refused("sees_home") && canary.was_refused("writes_system"),
          boxed ? "mount namespace: system folders read-only, private /tmp and /dev/shm" : "no mount namespace; only file permissions");
  const bool filter = add("system call filter", canary.was_refused("unshares") && canary.was_refused("ptrace"), "seccomp");
  add("no new privileges", canary.did("no_new_privileges"), "PR_SET_NO_NEW_PRIVS");
  const bool memory = add("memory limit", true, canary.kernel_limits_memory ? "control group" : "sampled every 50 ms");
  add("CPU time limit", true, canary.kernel_counts_cpu ? "control group" : "sampled every 50 ms");
  add("task limit", true, boxed || own_user ? "RLIMIT_NPROC and sampling" : "sampled every 50 ms");
  add("output and file size limits", true, boxed ? "capped pipes, RLIMIT_FSIZE, sized tmpfs" : "capped pipes, RLIMIT_FSIZE");
  add("fixed addresses", canary.did("fixed_addresses"), "personality(ADDR_NO_RANDOMIZE)");
  if (tree || own_user) result.level = "processes";
  if (tree && network && files) result.level = "namespaces";
  if (tree && network && files && filter && own_user && memory && canary.kernel_limits_memory) result.level = "full";
  return result;
}

}  // namespace

Confined find_confinement(Confinement wished, const Slot& slot, const std::string& box_init) {
  std::vector<Confinement> ways{wished};
  if (wished == Confinement::strongest) {
    ways = {Confinement::user_namespaces, Confinement::none};
    if (geteuid() == 0) ways.insert(ways.begin(), Confinement::root_namespaces);
  }
  std::string reasons;
  for (const Confinement way : ways) try {
      Confined found = describe(way, slot, send_canary(way, slot, box_init));
      if (!reasons.empty()) found.protections.push_back({"strongest confinement", false, reasons});
      return found;
    } catch (const model::Fault& fault) {
      reasons += (reasons.empty() ? "" : "; ") + std::string(fault.what());
    }
  throw model::Fault("nothing can be run on this machine: " + reasons);
}

}  // namespace lockstep::run
