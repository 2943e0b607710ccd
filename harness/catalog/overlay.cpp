#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

#include "harness/catalog/catalog.hpp"
#include "harness/catalog/digest.hpp"
#include "harness/catalog/ignored.hpp"
#include "harness/catalog/names.hpp"
#include "harness/catalog/nearest.hpp"
#include "harness/catalog/source_file.hpp"
#include "harness/model/fault.hpp"

namespace lockstep::catalog {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_shown_bytes = 256 * 1024;  // of a file's text in the record

// Where the edit files are: a folder, and for each edit file the name it has there.
struct Source {
  Folder folder;
  std::optional<std::string> only_file;  // the submission is this one file, whatever it is called
};

Source open_source(const model::Exercise& exercise, const fs::path& submission) {
  std::error_code error;
  const fs::path path = submission.has_filename() ? submission : submission.parent_path();  // "dir/" and "dir" alike
  const fs::file_status status = fs::symlink_status(path, error);
  if (status.type() == fs::file_type::not_found) throw model::UsageError("there is no submission at " + in_quotes(path.string()));
  Folder folder = Folder::open(path);
  if (folder.is_open()) {
    if (::faccessat(folder.descriptor(), ".", R_OK | X_OK, AT_EACCESS) == 0) return {std::move(folder), std::nullopt};
    throw model::UsageError("the submission " + in_quotes(path.string()) + " cannot be read: " + std::strerror(errno));
  }
  if (folder.error() != ENOTDIR)
    throw model::UsageError("the submission " + in_quotes(path.string()) + " cannot be read: " + std::strerror(folder.error()));
  if (exercise.edit.size() != 1)
    throw model::UsageError("the exercise " + exercise.id + " has " + std::to_string(exercise.edit.size()) +
                            " files to edit: name the folder that holds them, not " + in_quotes(path.string()));
  Folder parent = Folder::open(path.has_parent_path() ? path.parent_path() : fs::path("."));
  if (!parent.is_open())
    throw model::UsageError("the folder of " + in_quotes(path.string()) + " cannot be read: " + std::strerror(parent.error()));
  return {std::move(parent), path.filename().string()};
}

// Readable for the uid that compiles it in the sandbox, whatever the umask is.
void write_public_file(const fs::path& path, const std::string& bytes) {
  fs::create_directories(path.parent_path());
  for (fs::path folder = path.parent_path(); folder.filename() == "tests"; folder = folder.parent_path())
    fs::permissions(folder,
                    fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec | fs::perms::others_read | fs::perms::others_exec);
  std::ofstream out(path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) throw model::Fault("cannot write " + path.string() + ": " + std::strerror(errno));
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read | fs::perms::others_read);
}

void copy_canonical_files(const model::Exercise& exercise, const fs::path& workspace) {
  const Folder canonical = Folder::open(exercise.folder);
  for (const std::string& name : canonical_files(exercise)) {
    const fs::path path(name);
    std::optional<Folder> below;
    if (path.has_parent_path()) below.emplace(canonical.open_below(path.parent_path().string()));
    const Contents contents = read_file(below ? *below : canonical, path.filename().string());
    if (!contents.bytes) throw model::Fault("the exercise's own file " + (exercise.folder / path).string() + " " + contents.defect);
    write_public_file(workspace / path, *contents.bytes);
  }
}

std::string shown_text(const std::string& bytes) {
  if (bytes.size() <= most_shown_bytes) return bytes;
  const std::size_t line_end = bytes.rfind('\n', most_shown_bytes - 1);
  if (line_end != std::string::npos) return bytes.substr(0, line_end + 1);
  std::size_t cut = most_shown_bytes;
  while (cut > 0 && (static_cast<unsigned char>(bytes[cut]) & 0xC0) == 0x80) --cut;  // not inside of a character
  return bytes.substr(0, cut);
}

// A file of nearly the same name is the usual reason for a missing one.
std::string missing_hint(const Folder& folder, const std::string& name) {
  std::vector<std::string> names;
  for (const Folder::Entry& entry : folder.entries(500)) names.push_back(entry.name);
  const std::vector<std::string> near = nearest_words(name, names, 1);
  return near.empty() ? "" : " (there is " + in_quotes(near.front()) + "; the name must be exactly " + in_quotes(name) + ")";
}

model::Finding refusal(const std::vector<std::string>& defects) {
  model::Finding finding;
  for (const std::string& defect : defects) finding.what += (finding.what.empty() ? "" : " ") + defect;
  finding.why = "What you hand in must be the exercise's own file: a regular file, not empty, of at most " +
                std::to_string(most_source_bytes / 1024) + " KiB, stored as UTF-8. Nothing was compiled.";
  return finding;
}

}  // namespace

Overlay make_overlay(const model::Exercise& exercise, const fs::path& submission, const fs::path& workspace_folder) {
  const Source source = open_source(exercise, submission);
  Overlay overlay;
  overlay.workspace = {workspace_folder, exercise.edit};
  try {
    fs::create_directories(workspace_folder);
    fs::permissions(workspace_folder, fs::perms(0755));
    if (!fs::is_empty(workspace_folder)) throw model::Fault("the workspace " + workspace_folder.string() + " is not empty");
    copy_canonical_files(exercise, workspace_folder);

    Digest digest;
    std::vector<std::string> defects;
    for (const std::string& name : exercise.edit) {
      const std::string given = source.only_file.value_or(name);
      Contents contents = read_file(source.folder, given);
      if (contents.bytes) contents.defect = defect_of_source(*contents.bytes);
      digest.add(name).add(contents.bytes.value_or("")).add(contents.bytes ? "" : contents.defect);
      model::SubmittedFile file{name, contents.bytes ? sha256_of(*contents.bytes) : "", ""};
      if (contents.defect.empty()) {
        write_public_file(workspace_folder / name, *contents.bytes);
        file.text = shown_text(*contents.bytes);
      } else {
        const std::string hint = contents.defect == "is missing" ? missing_hint(source.folder, name) : "";
        defects.push_back("The file " + in_quotes(given) + " " + contents.defect + hint + ".");
      }
      overlay.files.push_back(std::move(file));
    }
    overlay.sha256 = digest.hex();
    if (!defects.empty()) overlay.refused = refusal(defects);
    if (!source.only_file) overlay.ignored = list_ignored(exercise, source.folder);
  } catch (const fs::filesystem_error& error) {
    throw model::Fault(std::string("the workspace cannot be made: ") + error.what());
  }
  return overlay;
}

}  // namespace lockstep::catalog
