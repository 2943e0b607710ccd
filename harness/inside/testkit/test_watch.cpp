#include "harness/inside/testkit/test_watch.hpp"

namespace lockstep::testkit {
namespace {

// Initialised before any constructor runs, so that the order of static objects does not matter.
constinit const TestWatch* first = nullptr;
constinit const TestWatch** last = &first;

}  // namespace

TestWatch::TestWatch(TestCallbacks callbacks) : callbacks_(callbacks) {
  *last = this;
  last = &next_;
}

void TestWatch::run_before(const char* test) {
  for (const TestWatch* watch = first; watch != nullptr; watch = watch->next_)
    if (watch->callbacks_.before) watch->callbacks_.before(test);
}

void TestWatch::run_after(const char* test) {
  for (const TestWatch* watch = first; watch != nullptr; watch = watch->next_)
    if (watch->callbacks_.after) watch->callbacks_.after(test);
}

}  // namespace lockstep::testkit
