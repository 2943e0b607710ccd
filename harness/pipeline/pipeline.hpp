// From a submission to a record: the stages in order.
//
//   overlay -> build (per engine) -> plan runs -> run -> observe -> judge -> record
//
// Engines are built and run side by side; a test's run starts as soon as its engine is linked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "harness/build/build.hpp"
#include "harness/catalog/catalog.hpp"
#include "harness/model/record.hpp"
#include "harness/pipeline/slots.hpp"

namespace lockstep::pipeline {

// Told whenever a piece of work is known or done, from any thread: `what` names it, for a person.
struct Progress {
  std::function<void(int pieces)> expect = [](int) {};
  std::function<void(const std::string& what)> done = [](const std::string&) {};
};

struct Services {
  SlottedRunner& runner;
  build::Builder& builder;
  std::filesystem::path work;  // an existing private folder; each grading makes and removes a folder of its own in it
  Progress progress;
};

struct Request {
  const model::Exercise* exercise = nullptr;
  std::filesystem::path submission;
  std::uint64_t seed = 1;
  std::vector<std::string> only;  // ids of checks; empty: all
  std::string student_path;       // for annotations, see model::Record
};

// A submission that is laid over its exercise and built for every engine it needs: what can be run again and again.
class Prepared {
 public:
  Prepared(Request request, const Services& services);
  ~Prepared();
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;

  // Runs and judges under `seed`. The first call builds, overlapping with the runs; later ones only run. `only` narrows the request's checks for
  // this call.
  model::Record grade(std::uint64_t seed, const std::vector<std::string>& only = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Prepares and grades once. Throws model::UsageError for a submission folder that cannot be read; every other failure is inside the record.
model::Record grade(const Request& request, const Services& services);

}  // namespace lockstep::pipeline
