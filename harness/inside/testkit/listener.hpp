// GoogleTest's events as records.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lockstep::testkit {

// The name after "not implemented yet: " in the text of an exception, as GoogleTest quotes it; empty if `message` is about anything else.
// A test program is not compiled against pdc::NotImplemented, so the stub's exception is known by its text (exercises/pdc/prelude.hpp).

class Listener : public ::testing::EmptyTestEventListener {
 public:
  const std::vector<std::string>& tests_that_ran() const { return ran_; }

 private:
  void OnTestStart(const ::testing::TestInfo& test) override;
  void OnTestPartResult(const ::testing::TestPartResult& result) override;
  void OnTestEnd(const ::testing::TestInfo& test) override;

  std::vector<std::string> ran_;
  bool not_implemented_ = false;
};

}  // namespace lockstep::testkit
