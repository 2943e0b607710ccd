// Finds what this machine has, by asking the tools themselves. The only place that knows where distributions put them.
#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <filesystem>
#include <optional>
#include <system_error>

#include "harness/build/build.hpp"
#include "harness/build/digest.hpp"
#include "harness/build/toolchain_text.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::build {
namespace {

namespace fs = std::filesystem;

bool executable(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return !error && fs::is_regular_file(status) && (status.permissions() & fs::perms::owner_exec) != fs::perms::none;
}

// Only the system's folders: they are what a box can see.
std::string find_program(const std::string& name) {
  for (const char* folder : {"/usr/local/bin/", "/usr/bin/", "/bin/"})
    if (executable(folder + name)) return folder + name;
  return {};
}

std::optional<std::string> output_of(run::ProcessRunner& runner, std::vector<std::string> argv) {
  run::Command command;
  command.argv = std::move(argv);
  command.env = {"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C"};
  command.trusted = true;
  const run::Ended ended = runner.run(command);
  if (ended.end.how != model::How::exited || ended.end.code != 0) return std::nullopt;
  return ended.end.out;
}

struct Compiler {
  std::string path;
  CompilerText text;
};

std::optional<Compiler> ask(const std::string& path, run::ProcessRunner& runner) {
  if (path.empty() || !executable(path)) return std::nullopt;
  const std::optional<std::string> said = output_of(runner, {path, "--version"});
  if (!said) return std::nullopt;
  const CompilerText text = parse_compiler_version(*said);
  if (text.family.empty()) return std::nullopt;
  return Compiler{path, text};
}

constexpr int oldest(std::string_view family) { return family == "gcc" ? 12 : 14; }

// The plain name first, then the numbered ones from new to old.
std::optional<Compiler> find_family(const std::string& family, run::ProcessRunner& runner) {
  const std::string name = family == "gcc" ? "g++" : "clang++";
  std::vector<std::string> names{name};
  for (int version = 29; version >= oldest(family); --version) names.push_back(name + "-" + std::to_string(version));
  for (const std::string& candidate : names)
    if (const auto compiler = ask(find_program(candidate), runner); compiler && compiler->text.family == family && compiler->text.major() >= oldest(family))
      return compiler;
  return std::nullopt;
}

Compiler find_compiler(const std::string& preference, run::ProcessRunner& runner) {
  constexpr const char* packages = "; install the package g++ (12 or newer), or clang (14 or newer)";
  if (preference == "auto" || preference == "gcc")
    if (auto gcc = find_family("gcc", runner)) return *gcc;
  if (preference == "auto" || preference == "clang")
    if (auto clang = find_family("clang", runner)) return *clang;
  if (preference == "auto" || preference == "gcc" || preference == "clang")
    throw model::UsageError("no usable C++20 compiler (" + preference + ") is installed" + packages);
  const auto compiler = ask(preference.find('/') == std::string::npos ? find_program(preference) : preference, runner);
  if (!compiler) throw model::UsageError(preference + " is no gcc or clang that can be run" + packages);
  if (compiler->text.major() < oldest(compiler->text.family))
    throw model::UsageError(preference + " is " + compiler->text.family + " " + compiler->text.version + ", which is too old" + packages);
  return *compiler;
}

// /usr/lib/llvm-19/lib/clang/19/lib/linux/libclang_rt.tsan-x86_64.a, or .../lib/x86_64-pc-linux-gnu/libclang_rt.tsan.a; the newest version wins.
void find_tsan_runtime(Toolchain& toolchain) {
  int newest = 0;
  std::error_code error;
  for (const fs::directory_entry& llvm : fs::directory_iterator("/usr/lib", error)) {
    const std::string name = llvm.path().filename();
    int version = 0;
    if (!name.starts_with("llvm-") || std::from_chars(name.data() + 5, name.data() + name.size(), version).ec != std::errc() || version <= newest) continue;
    for (const fs::directory_entry& resources : fs::directory_iterator(llvm.path() / "lib/clang", error))
      for (const char* file : {"lib/linux/libclang_rt.tsan-x86_64.a", "lib/x86_64-pc-linux-gnu/libclang_rt.tsan.a"}) {
        const fs::path runtime = resources.path() / file;
        if (!fs::exists(runtime, error) || !fs::exists(runtime.string() + ".syms", error)) continue;
        newest = version;
        toolchain.tsan_runtime = runtime;
        toolchain.tsan_runtime_name = "LLVM " + std::to_string(version);
      }
  }
  if (toolchain.tsan_runtime.empty()) toolchain.tsan_runtime_name = toolchain.family + " " + toolchain.version.substr(0, toolchain.version.find('.'));
}

void find_mpi(Toolchain& toolchain, run::ProcessRunner& runner) {
  const std::string mpicxx = find_program("mpicxx");
  toolchain.mpirun = find_program("mpirun");
  if (mpicxx.empty()) return;
  const auto compile = output_of(runner, {mpicxx, "--showme:compile"});
  const auto link = output_of(runner, {mpicxx, "--showme:link"});
  if (!compile || !link) return;  // not Open MPI
  toolchain.mpicxx = mpicxx;
  toolchain.mpi_compile = split_words(*compile);
  toolchain.mpi_link = split_words(*link);
}

std::string state_of(const std::string& file) {
  std::error_code error;
  if (file.empty()) return "-";
  const auto size = fs::file_size(file, error);
  const auto time = fs::last_write_time(file, error);
  return file + " " + std::to_string(size) + " " + std::to_string(time.time_since_epoch().count());
}

}  // namespace

std::string Toolchain::describe() const { return family + " " + version + ", ThreadSanitizer of " + tsan_runtime_name; }

Toolchain probe_toolchain(const std::string& preference, run::ProcessRunner& runner) {
  const Compiler compiler = find_compiler(preference, runner);
  Toolchain toolchain;
  toolchain.family = compiler.text.family;
  toolchain.version = compiler.text.version;
  toolchain.cxx = compiler.path;
  for (const char* tool : {"ld.bfd", "objcopy", "objdump", "addr2line"}) {
    const std::string path = find_program(tool);
    if (path.empty()) throw model::UsageError(std::string(tool) + " is missing; install the package binutils");
    toolchain.binutils = fs::path(path).parent_path();
  }
  find_tsan_runtime(toolchain);
  find_mpi(toolchain, runner);
  toolchain.linker = find_program("mold").empty() ? "bfd" : "mold";
  std::string fingerprint = compiler.text.first_line + "\n" + state_of(toolchain.cxx) + "\n" + state_of(toolchain.tsan_runtime) + "\n" + toolchain.linker;
  // A precompiled header holds the system's headers as they were.
  std::error_code error;
  fingerprint += "\n" + state_of("/usr/include/features.h");
  for (const fs::directory_entry& library : fs::directory_iterator("/usr/include/c++", error)) fingerprint += "\n" + state_of(library.path() / "thread");
  for (const auto& words : {toolchain.mpi_compile, toolchain.mpi_link})
    for (const std::string& word : words) fingerprint += "\n" + word;
  toolchain.fingerprint = sha256(fingerprint);
  return toolchain;
}

}  // namespace lockstep::build
