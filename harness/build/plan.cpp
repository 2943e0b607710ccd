#include "harness/build/plan.hpp"

namespace lockstep::build {
namespace {

void append(Argv& to, const Argv& more) { to.insert(to.end(), more.begin(), more.end()); }

}  // namespace

Argv plan_compile(const CompileTask& task, const Profile& profile, const Toolchain& toolchain) {
  Argv argv{toolchain.cxx};
  append(argv, profile.compile);
  if (task.instrument) append(argv, profile.instrument);
  // Before the other paths: clang's precompiled header names its own path, gcc's must not be found as a header by itself.
  if (!task.prelude.empty()) append(argv, {toolchain.family == "gcc" ? "-include" : "-include-pch", task.prelude});
  for (const std::string& define : task.defines) argv.push_back("-D" + define);
  for (const Path& folder : task.include) argv.push_back("-I" + folder.string());
  append(argv, profile.mpi_compile);
  for (const auto& [folder, name] : task.names) {
    argv.push_back("-fdebug-prefix-map=" + folder.string() + (name.empty() ? "=." : "=./" + name));
    argv.push_back("-fmacro-prefix-map=" + folder.string() + "/=" + (name.empty() ? "" : name + "/"));
  }
  if (!task.dependencies.empty()) append(argv, {"-MMD", "-MF", task.dependencies});
  if (task.header) append(argv, {"-x", "c++-header", task.source, "-o", task.object});
  else append(argv, {"-c", task.source, "-o", task.object});
  return argv;
}

Argv plan_preprocess(CompileTask task, const Profile& profile, const Toolchain& toolchain) {
  task.names.clear();
  task.dependencies.clear();
  Argv argv = plan_compile(task, profile, toolchain);
  argv.resize(argv.size() - 4);  // -c source -o object
  argv.insert(argv.end(), {"-E", task.source});
  if (toolchain.family == "gcc" && !task.prelude.empty()) argv.push_back("-fpch-preprocess");
  return argv;
}

std::string precompiled_name(const Toolchain& toolchain) { return toolchain.family == "gcc" ? "prelude.hpp.gch" : "prelude.pch"; }

Argv plan_merge(const std::vector<Path>& objects, const Path& merged, const Toolchain& toolchain) {
  Argv argv{toolchain.binutils + "/ld.bfd", "-r", "--force-group-allocation", "-o", merged};
  for (const Path& object : objects) argv.push_back(object);
  return argv;
}

Argv plan_localise(const Path& object, const Path& result, const Path& keep_list, const Path& redirect_list, const Toolchain& toolchain) {
  Argv argv{toolchain.binutils + "/objcopy", "--keep-global-symbols=" + keep_list.string()};
  if (!redirect_list.empty()) argv.push_back("--redefine-syms=" + redirect_list.string());
  append(argv, {object, result});
  return argv;
}

Argv plan_link(const std::vector<Path>& objects, const Path& executable, const Profile& profile, const Toolchain& toolchain) {
  Argv argv{toolchain.cxx};
  append(argv, profile.link);
  argv.push_back("-Wl,--no-demangle");  // missing names are looked up among symbols
  for (const Path& object : objects) argv.push_back(object);
  append(argv, profile.libraries);
  append(argv, {"-o", executable});
  return argv;
}

Argv plan_disassemble(const Path& object, const Toolchain& toolchain) {
  return {toolchain.binutils + "/objdump", "--disassemble", "--line-numbers", "--reloc", "--no-show-raw-insn", object};
}

}  // namespace lockstep::build
