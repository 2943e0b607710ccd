#include "harness/build/submission.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "harness/build/addr2line_text.hpp"
#include "harness/build/diagnostics.hpp"
#include "harness/build/digest.hpp"
#include "harness/build/facilities.hpp"
#include "harness/build/preprocessed.hpp"
#include "harness/build/references.hpp"
#include "harness/build/symbol_names.hpp"
#include "harness/build/tools.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::build {
namespace {

namespace fs = std::filesystem;

bool is_source(const std::string& name) { return name.ends_with(".cpp") || name.ends_with(".cc") || name.ends_with(".cxx"); }

// What a box wrote, if it is a plain file: nothing there is followed or trusted by its name.
std::string read_product(const Path& file) {
  const std::optional<std::string> bytes = fs::is_regular_file(fs::symlink_status(file)) ? read_file(file) : std::nullopt;
  if (!bytes) throw model::Fault("a tool in the box ended well but wrote no " + file.filename().string());
  return *bytes;
}

}  // namespace

BuildFolder make_build_folder(const Workspace& workspace, const std::string& name) {
  static std::atomic<unsigned> counter{0};
  const Path root = workspace.folder / ".build" / (name + "-" + std::to_string(counter++));
  const BuildFolder folder{root / "objects", root / "programs"};
  fs::create_directories(folder.objects);
  fs::create_directories(folder.executables);
  for (const Path& above : {root, root.parent_path()}) fs::permissions(above, fs::perms(0755));
  fs::permissions(folder.objects, fs::perms::all);  // the box works as another user, whatever the umask is
  fs::permissions(folder.executables, fs::perms::all);
  return folder;
}

ObjectFile read_object(const Path& object) { return parse_object(read_product(object)); }

bool Submission::edits_headers() const { return std::any_of(workspace_.edit.begin(), workspace_.edit.end(), [](const std::string& name) { return !is_source(name); }); }

std::vector<std::string> Submission::sources() const {
  std::vector<std::string> names;
  std::copy_if(workspace_.edit.begin(), workspace_.edit.end(), std::back_inserter(names), is_source);
  return names;
}

std::string Submission::source_line(const std::string& file, int line) const {
  std::istringstream text(read_file(workspace_.folder / file).value_or(""));
  std::string row;
  for (int i = 0; i < line && std::getline(text, row); ++i) {}
  const std::size_t begin = row.find_first_not_of(" \t");
  return line <= 0 || begin == std::string::npos ? std::string() : row.substr(begin, 200);
}

Refusal Submission::does_not_build(const std::string& message, const std::string& file, int line) const {
  Refusal refusal;
  refusal.verdict = model::Verdict::does_not_build;
  const std::string where = file.empty() ? std::string() : line > 0 ? file + ":" + std::to_string(line) + ": " : file + ": ";
  refusal.finding.what = where + message;
  refusal.finding.why = "Nothing can be tested before the file compiles and links.";
  if (!file.empty() && line > 0) {
    refusal.finding.traces.push_back({"the compiler stops here", {{"", file, line, true, false}}});
    refusal.finding.output = source_line(file, line);
  }
  return refusal;
}

Refusal Submission::refuse_offence(const Offence& offence, const std::string& file) const {
  Refusal refusal;
  refusal.verdict = model::Verdict::forbidden;
  refusal.finding.what = file + (offence.line > 0 ? ", line " + std::to_string(offence.line) : "") + ", " + offence.what + ".";
  refusal.finding.why = "No submission may do that: " + offence.why + ".";
  if (offence.line > 0) {
    refusal.finding.traces.push_back({offence.what, {{"", file, offence.line, true, false}}});
    refusal.finding.output = source_line(file, offence.line);
  }
  return refusal;
}

std::optional<Refusal> Submission::screen_tokens() const {
  for (const std::string& file : workspace_.edit) {
    const std::vector<Token> tokens = tokenize(read_file(workspace_.folder / file).value_or(""));
    if (const auto offence = audit_tokens(tokens)) return refuse_offence(*offence, file);
    for (const model::Forbidden& forbidden : exercise_.forbid)
      for (const std::string& name : facility_named(forbidden.facility).tokens)
        if (const int line = line_of_identifier(tokens, name); line > 0) {
          Refusal refusal = refuse_offence({"uses " + forbidden.facility, "", line}, file);
          refusal.finding.why = "This exercise excludes it: " + forbidden.because + ".";
          return refusal;
        }
  }
  return std::nullopt;
}

std::optional<Refusal> Submission::screen_preprocessed(const std::string& text, bool edited) const {
  std::vector<std::string> names;
  for (const std::string& file : workspace_.edit) names.push_back("/" + (workspace_.folder.filename() / file).string());
  const Preprocessed seen = tell_apart(text, edited, names);
  if (const auto offence = audit_tokens(seen.own)) return refuse_offence(*offence, main_file());
  // The headers of tests have such attributes of their own.
  if (const auto offence = edited ? audit_headers(seen.headers) : std::nullopt) return refuse_offence(*offence, main_file());
  return std::nullopt;
}

std::optional<Refusal> Submission::audit(const Path& object, bool holds_tests) const {
  if (const auto offence = audit_symbols(read_object(object), holds_tests)) return refuse_offence(*offence, main_file());
  return std::nullopt;
}

std::variant<Refusal, Path> Submission::compile(CompileTask task, const Profile& profile, const std::vector<Path>& readable, const BuildFolder& folder) const {
  // Macros may make what no eye sees in the file, so it is looked at as these very options make it. What fails to preprocess fails to compile, with
  // a better message.
  const model::ProcessEnd seen = run_boxed(runner_, plan_preprocess(task, profile, toolchain_), readable, {});
  if (succeeded(seen)) {
    if (seen.out.size() >= boxed_output_bytes) return does_not_build("its macros stand for more text than the grader reads", main_file(), 0);
    const bool edited = task.source.string().starts_with(workspace_.folder.string() + "/");
    if (auto refusal = screen_preprocessed(seen.out, edited)) return *refusal;
  }
  const model::ProcessEnd end = run_boxed(runner_, plan_compile(task, profile, toolchain_), readable, folder.objects);
  if (succeeded(end) && !succeeded(seen)) throw model::Fault("a file compiles that cannot be preprocessed: " + seen.err.substr(0, 500));
  if (succeeded(end)) return task.object;
  if (const std::string limit = exceeded_limit(end); !limit.empty())
    return does_not_build("the compiler needed more than " + limit + " and was stopped", main_file(), 0);
  const Diagnosis first = first_error(end.err, workspace_.folder, workspace_.edit);
  if (first.message.empty()) return does_not_build("the compiler itself broke down on this file", main_file(), 0);
  return does_not_build(first.message, first.file.empty() ? main_file() : first.file, first.line);
}

Path Submission::merge(const std::vector<Path>& objects, const Path& merged, const BuildFolder& folder) const {
  const model::ProcessEnd end = run_boxed(runner_, plan_merge(objects, merged, toolchain_), {}, folder.objects);
  if (!succeeded(end)) throw model::Fault("the student's objects could not be merged: " + end.err.substr(0, 500));
  return merged;
}

std::variant<Refusal, Path> Submission::compile_sources(const Profile& profile, const BuildFolder& folder) const {
  const Path prelude = course_.prelude(profile);
  std::vector<Path> readable = course_.readable_by_box(), objects;
  readable.push_back(workspace_.folder);
  readable.push_back(toolchain_.family == "gcc" ? Path(prelude.string() + ".gch") : prelude);
  for (const std::string& name : sources()) {
    CompileTask task;
    task.source = workspace_.folder / name;
    task.object = folder.objects / (name + ".o");
    task.prelude = prelude;
    task.include = {workspace_.folder, course_.files().exercises};
    task.names = {{workspace_.folder, ""}, {course_.files().exercises / "pdc", "pdc"}};
    fs::create_directories(task.object.parent_path());
    std::variant<Refusal, Path> compiled = compile(task, profile, readable, folder);
    if (std::holds_alternative<Refusal>(compiled)) return compiled;
    objects.push_back(task.object);
  }
  const Path merged = merge(objects, folder.objects / "merged.o", folder);
  if (auto refusal = audit(merged, false)) return *refusal;
  return merged;
}

std::variant<Refusal, Path> Submission::compile_test(const std::string& program, const Profile& profile, const BuildFolder& folder) const {
  CompileTask task = course_.test_task(exercise_, program, workspace_.folder);
  task.object = folder.objects / (program + ".test.o");
  std::vector<Path> readable = course_.readable_by_box();
  // The program's own source must be there, and nothing else of the hidden tests.
  readable.insert(readable.end(), {workspace_.folder, course_.files().harness_root / "harness/inside", task.source});
  std::variant<Refusal, Path> compiled = compile(task, profile, readable, folder);
  if (std::holds_alternative<Refusal>(compiled)) return compiled;
  const Path merged = merge({task.object}, folder.objects / (program + ".merged.o"), folder);
  if (auto refusal = audit(merged, true)) return *refusal;
  return merged;
}

std::optional<Refusal> Submission::screen_object(const Path& object) const {
  const ObjectFile parsed = read_object(object);
  std::map<std::string, const model::Forbidden*> suspects;  // symbol -> what excludes it
  for (const model::Forbidden& forbidden : exercise_.forbid) {
    const Facility facility = facility_named(forbidden.facility);
    for (const Symbol& symbol : parsed.symbols)
      if (symbol.binding != Binding::local && uses(facility, symbol.name)) suspects.emplace(symbol.name, &forbidden);
  }
  if (suspects.empty()) return std::nullopt;
  // Somebody uses it. Only the student's own functions count: the library may well use it inside something that is allowed.
  const model::ProcessEnd end = run_boxed(runner_, plan_disassemble(object, toolchain_), {object}, {});
  if (const std::string limit = succeeded(end) ? "" : exceeded_limit(end); !limit.empty())
    return does_not_build("reading its code needed more than " + limit, main_file(), 0);
  if (!succeeded(end)) throw model::Fault("the student's object could not be disassembled: " + end.err.substr(0, 500));
  const std::vector<std::string>& edit = workspace_.edit;
  const auto students = [&](const std::string& file) { return std::find(edit.begin(), edit.end(), course_path(file)) != edit.end(); };
  std::optional<Refusal> first;
  int first_line = 0;
  for (const Reference& reference : parse_references(end.out)) {
    const auto suspect = suspects.find(reference.symbol);
    if (suspect == suspects.end() || !students(reference.owner)) continue;
    // A line of the library within a function of the student's: code that is always inlined. The nearest line of the file itself is not known then.
    const int line = students(reference.file) ? reference.line : 0;
    if (first && (line == 0 || (first_line != 0 && first_line <= line))) continue;
    first = refuse_offence({"uses " + suspect->second->facility, "", line}, course_path(reference.owner));
    first->finding.why = "This exercise excludes it: " + suspect->second->because + ".";
    first_line = line;
  }
  return first;
}

Path Submission::localise(const Path& object, const std::set<std::string>& keep, const std::map<std::string, std::string>& redirections,
                          const BuildFolder& folder) const {
  const std::string stem = object.stem();
  const Path result = folder.objects / (stem + ".local.o"), keep_list = folder.objects / (stem + ".keep"), redirect_list = folder.objects / (stem + ".redirect");
  std::ofstream kept(keep_list);
  kept << "lockstep_nothing\n";  // an empty list would mean: keep all
  for (const std::string& symbol : keep) kept << symbol << "\n";
  kept.close();
  std::ofstream redirected(redirect_list);
  for (const auto& [from, to] : redirections) redirected << from << " " << to << "\n";
  redirected.close();
  if (!kept || !redirected) throw model::Fault("the workspace " + workspace_.folder.string() + " cannot be written");
  for (const Path& list : {keep_list, redirect_list}) fs::permissions(list, fs::perms(0644));
  const Argv argv = plan_localise(object, result, keep_list, redirections.empty() ? Path() : redirect_list, toolchain_);
  const model::ProcessEnd end = run_boxed(runner_, argv, {object}, folder.objects);
  if (!succeeded(end)) throw model::Fault("the student's symbols could not be made local: " + end.err.substr(0, 500));
  return result;
}

}  // namespace lockstep::build
