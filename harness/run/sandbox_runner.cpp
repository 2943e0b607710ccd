// The process runner: slots, the confinement that was found, and one box per run.
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>

#include "harness/model/fault.hpp"
#include "harness/run/box.hpp"
#include "harness/run/confinement.hpp"
#include "harness/run/control_group.hpp"
#include "harness/run/leftovers.hpp"
#include "harness/run/process_runner.hpp"
#include "harness/run/slot.hpp"
#include "harness/run/supervision.hpp"

namespace lockstep::run {

namespace {

std::string find_box_init(const std::filesystem::path& given) {
  std::error_code error;
  const std::filesystem::path path = given.empty() ? std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / "box_init" : given;
  struct stat info {};
  if (access(path.c_str(), X_OK) != 0 || stat(path.c_str(), &info) != 0)
    throw model::Fault("the program " + path.string() + " is missing; it is built with lockstep");
  if (geteuid() == 0 && (info.st_mode & S_IROTH) == 0)
    throw model::UsageError(path.string() + " is closed to the users that submissions run as: chmod o+rx it");
  return std::filesystem::absolute(path).string();
}

// A box needs the descriptors up to wire::token_fd for itself, and each run that goes on a dozen of ours.
void raise_limit_of_descriptors() {
  constexpr rlim_t needed = 512, wanted = 4096;
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= wanted) return;
  rlimit more{std::min(wanted, limit.rlim_max), limit.rlim_max};
  if (more.rlim_max < needed) more = {needed, needed};  // root may
  if (setrlimit(RLIMIT_NOFILE, &more) == 0) limit = more;
  if (limit.rlim_cur < needed)
    throw model::UsageError("only " + std::to_string(limit.rlim_cur) + " files may be open at a time here, and " + std::to_string(needed) +
                            " are needed: ulimit -n " + std::to_string(needed));
}

struct Sweep {  // after the box is gone, and even if it never came to be
  uid_t uid;    // 0: nothing to do
  ~Sweep() {
    if (uid != 0) remove_leftovers(uid);
  }
};

class SandboxRunner final : public ProcessRunner {
 public:
  explicit SandboxRunner(const RunnerOptions& options)
      : options_(options), box_init_(find_box_init(options.box_init)), slots_(std::max(options.slots, 1)), cancelled_(make_event()) {}

  Ended run(const Command& command) override {
    const Confinement confinement = command.trusted ? Confinement::none : confined().confinement;
    const SlotPool::Lease slot = slots_.take();
    const Sweep sweep{confinement == Confinement::none && !command.trusted ? slot->uid : 0};
    ControlGroup group(slot->name(), command.limits.memory_bytes);
    Box box(command, confinement, *slot, box_init_);
    group.attach(box.init());
    return supervise(box, command, group, cancelled_.get());
  }

  std::vector<model::Protection> protections() const override { return confined().protections; }
  std::string protection_level() const override { return confined().level; }

  void cancel_all() override {
    const std::uint64_t one = 1;
    (void)!write(cancelled_.get(), &one, sizeof one);
  }

 private:
  const Confined& confined() const {
    std::call_once(found_, [this] {
      const SlotPool::Lease slot = slots_.take();
      confined_ = find_confinement(options_.confinement, *slot, box_init_);
    });
    return confined_;
  }

  const RunnerOptions options_;
  const std::string box_init_;
  mutable SlotPool slots_;
  const Descriptor cancelled_;
  mutable std::once_flag found_;
  mutable Confined confined_;
};

int rank_of(std::string_view level) {
  const auto* found = std::ranges::find(protection_levels, level);
  return found == std::end(protection_levels) ? -1 : static_cast<int>(found - std::begin(protection_levels));
}

}  // namespace

bool level_at_least(std::string_view level, std::string_view required) { return rank_of(level) >= rank_of(required) && rank_of(required) >= 0; }
bool is_protection_level(std::string_view word) { return rank_of(word) >= 0; }

std::unique_ptr<ProcessRunner> make_process_runner(const RunnerOptions& options) {
  if (!is_protection_level(options.require)) throw model::UsageError("no such protection level: " + options.require);
  raise_limit_of_descriptors();
  auto runner = std::make_unique<SandboxRunner>(options);
  if (options.require != "none" && !level_at_least(runner->protection_level(), options.require))
    throw model::UsageError("this machine protects at level \"" + runner->protection_level() + "\", but \"" + options.require +
                            "\" is required (lockstep doctor says why)");
  return runner;
}

}  // namespace lockstep::run
