// The effects of the program, made in one place: process runner, compiler, cache and work folder.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "grader/cli/command.hpp"
#include "grader/cli/work_folder.hpp"
#include "harness/build/build.hpp"
#include "harness/catalog/catalog.hpp"
#include "harness/pipeline/pipeline.hpp"
#include "harness/pipeline/slots.hpp"

namespace lockstep::cli {

// Reads the course that `global` or the current folder names. Throws model::UsageError if there is none. One exercise's mistakes do not stand in
// the way of another: whoever names an exercise hears of that one's, from catalog::find_exercise.
catalog::Course open_course(const GlobalOptions& global);

// The same for a command that is about all of the course: throws model::UsageError with every problem of its manifests at once.
catalog::Course open_whole_course(const GlobalOptions& global);

class Machine {
 public:
  // `level`: refuse to start below this protection level (model::UsageError); empty: whatever there is.
  Machine(const GlobalOptions& global, const catalog::Course& course, const std::string& level = {});
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  // Throws model::UsageError that names the tool and its package if this machine lacks one that the exercise needs.
  void require_tools(const model::Exercise& exercise) const;

  pipeline::Services services(pipeline::Progress progress = {});
  pipeline::SlottedRunner& runner() { return *slots_; }
  build::Builder& builder() { return *builder_; }

 private:
  WorkFolder work_;
  std::unique_ptr<run::ProcessRunner> runner_;
  std::unique_ptr<pipeline::SlottedRunner> slots_;
  std::unique_ptr<build::Builder> builder_;
};

std::filesystem::path cache_folder();

}  // namespace lockstep::cli
