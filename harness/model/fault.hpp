// The two kinds of exceptions of the project. Outcomes of a student are values, never exceptions.
#pragma once

#include <stdexcept>
#include <string>

namespace lockstep::model {

// The harness, the toolchain or the machine failed. Caught once per check, where it becomes `infra_error`.
struct Fault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The user of the command gave something that cannot be used. Caught in `main`: one message, exit code 2.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace lockstep::model
