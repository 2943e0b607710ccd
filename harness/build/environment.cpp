// What of the sanitizers' options depends on the submission; all else stands in harness/inside/testkit/sanitizer_options_unsanitized.cpp.
#include "harness/build/build.hpp"

namespace lockstep::build {

std::vector<std::string> engine_environment(model::Engine engine, const Built& built) {
  // ThreadSanitizer does not model fences (github.com/google/sanitizers/issues/1415) and so accuses right programs that use them. With every
  // atomic taken as sequentially consistent, what it still reports is a race with fences too; a race that only the weaker orders allow may go
  // unseen.
  if (engine == model::Engine::tsan && built.has_fences) return {"TSAN_OPTIONS=force_seq_cst_atomics=1"};
  return {};
}

}  // namespace lockstep::build
