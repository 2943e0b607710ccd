#include "harness/build/profile.hpp"

#include "harness/model/fault.hpp"

namespace lockstep::build {
namespace {

using Words = std::vector<std::string>;

void append(Words& to, const Words& more) { to.insert(to.end(), more.begin(), more.end()); }

Profile base(const Toolchain& toolchain, bool uses_mpi) {
  Profile profile;
  // binutils 2.40 takes clang's DWARF 5 for lines of other files; it reads version 4 right.
  profile.compile = {"-std=c++20", "-pthread", "-fPIE", "-g", "-gdwarf-4"};
  // libstdc++'s own semaphore can sleep although its count is not zero (GCC bug 104928): two threads that acquire at once, one loses the exchange
  // and waits for another value than the one it sees. A right submission would hang now and then. Its other one stands on sem_t.
  append(profile.compile, {"-D_GLIBCXX_USE_POSIX_SEMAPHORE=1", "-D_GLIBCXX_REQUIRE_POSIX_SEMAPHORE=1"});  // of gcc 12, and since 13
  // Unique symbols stay global whatever objcopy is told (clang emits none).
  if (toolchain.family == "gcc")
    append(profile.compile, {"-fno-gnu-unique", "-Wno-tsan", "-fmax-errors=20", "-fno-diagnostics-show-caret", "-fdiagnostics-color=never"});
  else
    append(profile.compile, {"-ferror-limit=20", "-fno-caret-diagnostics", "-fno-color-diagnostics"});
  profile.link = {"-pie", "-pthread", "-Wl,-z,relro,-z,now"};
  if (toolchain.linker == "mold") profile.link.push_back("-fuse-ld=mold");
  if (uses_mpi) {
    profile.mpi_compile = toolchain.mpi_compile;
    append(profile.libraries, toolchain.mpi_link);
  }
  return profile;
}

// The runtime of LLVM under objects of any compiler: it knows more of the pthread functions than gcc's. What it intercepts must be visible
// to the shared libraries; its own list says what that is.
void link_tsan_runtime(Profile& profile, const Toolchain& toolchain) {
  if (toolchain.tsan_runtime.empty()) {
    profile.link.push_back("-fsanitize=thread");
    return;
  }
  append(profile.libraries, {"-Wl,--whole-archive", toolchain.tsan_runtime, "-Wl,--no-whole-archive",
                             "-Wl,--dynamic-list=" + toolchain.tsan_runtime + ".syms", "-lrt", "-lm", "-ldl", "-lresolv"});
}

}  // namespace

Profile plan_profile(model::Engine engine, const Toolchain& toolchain, bool uses_mpi) {
  Profile profile = base(toolchain, uses_mpi);
  profile.name = std::string(uses_mpi && engine != model::Engine::mpi ? "mpi-" : "") + std::string(word_of(engine));
  switch (engine) {
    case model::Engine::native:
      append(profile.compile, {"-O2", "-fno-omit-frame-pointer"});
      break;  // for the stacks of a hang
    case model::Engine::mpi:
      profile.compile.push_back("-O1");
      break;
    case model::Engine::asan:
      append(profile.compile, {"-O1", "-fno-omit-frame-pointer"});
      profile.instrument = {"-fsanitize=address,undefined", "-fno-sanitize-recover=all"};
      append(profile.link, profile.instrument);
      // Starts in half the time of the shared runtime; clang links statically by itself.
      if (toolchain.family == "gcc") append(profile.link, {"-static-libasan", "-static-libubsan"});
      break;
    case model::Engine::tsan:
      // Above -O0 both compilers merge accesses, and races vanish with them.
      append(profile.compile, {"-O0", "-fno-omit-frame-pointer", "-fno-optimize-sibling-calls"});
      profile.instrument = {"-fsanitize=thread"};
      if (toolchain.family == "clang") append(profile.instrument, {"-mllvm", "-tsan-instrument-read-before-write=1"});
      link_tsan_runtime(profile, toolchain);
      break;
    case model::Engine::lockstep:
      // The same instrumented code as for ThreadSanitizer; the runtime under it is ours (harness/inside/lockstep).
      append(profile.compile, {"-O0", "-fno-omit-frame-pointer", "-fno-optimize-sibling-calls"});
      profile.instrument = {"-fsanitize=thread"};
      if (toolchain.family == "clang") append(profile.instrument, {"-mllvm", "-tsan-instrument-read-before-write=1"});  // as gcc does
      append(profile.libraries, {"-latomic", "-ldl"});
      break;
  }
  return profile;
}

Profile plan_screening_profile(const Toolchain& toolchain, bool uses_mpi) {
  Profile profile = base(toolchain, uses_mpi);
  profile.name = uses_mpi ? "mpi-screening" : "screening";
  profile.compile.push_back("-O0");
  return profile;
}

}  // namespace lockstep::build
