// The main of a program under exploration; the program's own is called lockstep_program_main by then (objcopy --redefine-sym).
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "harness/inside/channel/channel.hpp"
#include "harness/inside/lockstep/answer.hpp"
#include "harness/inside/lockstep/explorer.hpp"

// A C program's and a C++ program's main have one and the same unmangled name.
extern "C" int lockstep_program_main(int argc, char** argv, char** envp);

namespace {

struct Arguments {
  int count;
  char** values;
  char** environment;
};

int run_program(void* argument) {
  const auto& arguments = *static_cast<Arguments*>(argument);
  return lockstep_program_main(arguments.count, arguments.values, arguments.environment);
}

}  // namespace

int main(int argc, char** argv, char** envp) {
  using namespace lockstep::engine;
  namespace channel = lockstep::channel;
  channel::emit_begin();
  channel::emit_test_begin("main");
  Arguments arguments{argc, argv, envp};
  Exchange* exchange = make_exchange();
  const Plan plan = plan_from_environment();
  if (const char* choices = std::getenv("LOCKSTEP_REPLAY")) {
    Explored explored;
    explored.choices = parse_choices(choices);
    replay(*exchange, run_program, &arguments, plan, explored.choices, &explored.output);
    explored.outcome = exchange->report.outcome;
    explored.replayed = true;
    explored.preemptions = exchange->report.preemptions;
    emit_exploration("main", explored, *exchange);
  } else {
    emit_exploration("main", explore(*exchange, run_program, &arguments, plan), *exchange);
  }
  channel::emit_test_end("main", channel::TestOutcome::passed);
  const std::string test = "main";
  channel::emit_end({&test, 1});
  return EXIT_SUCCESS;
}
