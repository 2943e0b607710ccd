#include "grader/cli/machine.hpp"

#include <unistd.h>

#include <cstdlib>
#include <thread>

#include "grader/cli/interrupt.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::cli {

std::filesystem::path cache_folder() {
  const auto variable = [](const char* name) { return std::string(std::getenv(name) ? std::getenv(name) : ""); };
  if (const std::string own = variable("LOCKSTEP_CACHE"); !own.empty()) return own;
  if (const std::string xdg = variable("XDG_CACHE_HOME"); !xdg.empty()) return std::filesystem::path(xdg) / "lockstep";
  if (const std::string home = variable("HOME"); !home.empty()) return std::filesystem::path(home) / ".cache" / "lockstep";
  return std::filesystem::temp_directory_path() / ("lockstep-cache-" + std::to_string(getuid()));
}

catalog::Course open_course(const GlobalOptions& global) {
  const std::filesystem::path from = global.course.empty() ? std::filesystem::current_path() : global.course;
  std::optional<std::filesystem::path> root = catalog::find_course_root(from);
  if (!root && global.course.empty()) root = catalog::find_course_root(LOCKSTEP_HARNESS_ROOT);
  if (!root)
    throw model::UsageError("no course here: " + from.string() +
                            " and the folders above it hold no exercises/NN_chapter/name/exercise.json; go to a course's folder or name one with --course");
  return catalog::read_course(*root);
}

catalog::Course open_whole_course(const GlobalOptions& global) {
  catalog::Course course = open_course(global);
  if (!course.problems.empty()) throw model::UsageError(catalog::render_problems(course.problems));
  return course;
}

Machine::Machine(const GlobalOptions& global, const catalog::Course& course, const std::string& level) {
  const int jobs = global.jobs > 0 ? global.jobs : 2 * static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  run::RunnerOptions options;
  options.slots = jobs;
  if (!level.empty()) options.require = level;
  runner_ = run::make_process_runner(options);
  on_interrupt([runner = runner_.get()] { runner->cancel_all(); });
  slots_ = std::make_unique<pipeline::SlottedRunner>(*runner_, jobs);
  builder_ = build::make_builder(build::probe_toolchain(global.compiler, *slots_), {course.root / "exercises", LOCKSTEP_HARNESS_ROOT}, cache_folder(), *slots_);
}

void Machine::require_tools(const model::Exercise& exercise) const {
  if (!exercise.uses_mpi()) return;
  const build::Toolchain& tools = builder_->toolchain();
  if (tools.mpicxx.empty()) throw model::UsageError(exercise.id + " needs mpicxx of Open MPI, which is missing: install the package libopenmpi-dev");
  if (tools.mpirun.empty()) throw model::UsageError(exercise.id + " needs mpirun of Open MPI, which is missing: install the package openmpi-bin");
}

Machine::~Machine() = default;

pipeline::Services Machine::services(pipeline::Progress progress) { return {*slots_, *builder_, work_.path(), std::move(progress)}; }

}  // namespace lockstep::cli
