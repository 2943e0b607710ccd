// Records of every kind of grading, as the judge words them: what the reports' golden files are rendered from.
#pragma once

#include <string>
#include <vector>

#include "grader/report/samples/sample_sources.hpp"
#include "harness/model/record.hpp"

namespace lockstep::report::samples {

using model::CheckResult;
using model::Engine;
using model::Finding;
using model::Frame;
using model::Record;
using model::Trace;
using model::Verdict;

inline Frame own(const char* function, const char* file, int line) { return {function, file, line, true, false}; }

inline CheckResult check(const char* id, const char* says, Engine engine, int points, Verdict verdict, std::vector<Finding> findings = {}) {
  CheckResult result;
  result.id = id;
  result.says = says;
  result.engine = engine;
  result.points = points;
  result.verdict = verdict;
  result.findings = std::move(findings);
  return result;
}

inline CheckResult blocked(const char* id, const char* says, Engine engine, int points, const char* by) {
  CheckResult result = check(id, says, engine, points, Verdict::blocked);
  result.blocked_by = by;
  return result;
}

inline CheckResult hidden(CheckResult result) {
  result.hidden = true;
  return result;
}

inline Record a_bank(const char* source) {
  Record record;
  record.exercise = "02_threads/lock";
  record.title = "A bank without lost money";
  record.exercise_version = "b1946ac92492d2347c6235b4d2611184aa1bf9f8d8f7b6b0d4b1c1a9e9d1c0de";
  record.submission_sha256 = "591785b794601e212b260e25925636fd3d2f7ed1f6a0d3ac1d7bbd0c2e4a1a77";
  record.seed = 7;
  record.toolchain = "gcc 12.2.0, ThreadSanitizer of LLVM 19";
  record.submitter = "submission_17";
  record.student_path = "02_threads/lock";
  record.files = {{"bank.cpp", "591785b7", source}};
  record.protections = {{"own process tree", true, "bubblewrap, pid namespace"},
                        {"no network", true, "network namespace"},
                        {"memory limit", true, "cgroup v2"},
                        {"separate user", true, "uid 60017"}};
  record.protection_level = "full";
  record.host = {{"cpus", "2"}, {"kernel", "Linux 6.1.0"}};
  record.stages = {
      {"compile native", 1210}, {"compile tsan", 1840.5}, {"run native", 320}, {"run tsan", 905.25}, {"processes, summed", 4275.75}};
  record.checks = {
      check("total_is_kept", "the sum of all accounts never changes", Engine::native, 30, Verdict::passed),
      check("refuses_overdraft", "a transfer that would overdraw an account is refused and changes nothing", Engine::native, 20,
            Verdict::passed),
      check("no_data_race", "every access to a balance is ordered with every other", Engine::tsan, 30, Verdict::passed),
      hidden(check("no_deadlock", "transfers in opposite directions never wait for each other for ever", Engine::native, 20, Verdict::passed))};
  return record;
}

inline Record passed() {
  Record record = a_bank(bank_source);
  return record;
}

inline Record race() {
  Record record = a_bank(bank_source);
  record.checks[2].verdict = Verdict::data_race;
  record.checks[2].findings = {
      {"Thread T1 writes 8 bytes at bank.cpp:12, then the main thread reads 8 bytes at bank.cpp:20, and nothing orders the two. The memory is a "
       "heap block of 64 "
       "bytes allocated at bank.cpp:7.",
       "This time they came in that order; the next time they may overlap or come the other way round. No lock that both hold, no atomic, no "
       "join makes one happen "
       "before the other, so the program has no defined meaning ([intro.races]): it may lose updates, see half a value, or work until the day "
       "it matters.",
       {{"first, thread T1 writes 8 bytes", {own("pdc::Bank::transfer(unsigned long, unsigned long, long)", "bank.cpp", 12)}},
        {"then the main thread reads 8 bytes", {own("pdc::Bank::total() const", "bank.cpp", 20)}}},
       "Bank.TotalWhileBusy",
       ""}};
  return record;
}

inline Record deadlock() {
  Record record = a_bank(two_locks_source);
  const std::vector<Frame> stack{own("pdc::Bank::transfer(unsigned long, unsigned long, long)", "bank.cpp", 7)};
  record.checks[0].verdict = Verdict::deadlock;
  record.checks[0].findings = {
      {"Nobody can go on: all of these wait, none of them with a time limit, and nobody is left who could end a wait.",
       "Who waits for a mutex needs its holder to let go, and here the holder waits too. Take several mutexes in the same order everywhere, or "
       "together with "
       "std::scoped_lock, and call no foreign code while you hold one.\nThis was proven by looking at every waiting task, not by a timeout.",
       {{"thread 1 waits for a mutex that is held", stack},
        {"thread 2 waits for a mutex that is held", stack},
        {"main thread waits for another thread to end", {{"Bank_OppositeTransfers_Test::TestBody()", "tests/behaviour.cpp", 63, false, false}}}},
       "Bank.OppositeTransfers",
       ""}};
  record.checks[2] = blocked("no_data_race", "every access to a balance is ordered with every other", Engine::tsan, 30, "total_is_kept");
  record.checks[3] =
      hidden(blocked("no_deadlock", "transfers in opposite directions never wait for each other for ever", Engine::native, 20, "total_is_kept"));
  return record;
}

// Who is notified finds that another was faster, and does not look again.
inline Record schedule() {
  Record record = a_bank(waiting_source);
  const char* const test = "tests/schedules.cpp";
  Finding stolen{"Expected: (bank.balance()) >= (0), actual: -5 vs 0",
                 "In this order of the threads' steps the task's promise does not hold. The schedule below shows the order.",
                 {{"the expectation", {{"Schedules.TakersWaitForMoney", test, 31, false, false}}}},
                 "Schedules.TakersWaitForMoney",
                 "",
                 {}};
  stolen.schedule = {{"main thread", "thread 1 (early)", "thread 2 (late)"},
                     {{0, "starts thread 1 (early)", test, 24, ""},
                      {0, "starts thread 2 (late)", test, 25, ""},
                      {1, "begins", "", 0, "the main thread is interrupted"},
                      {1, "locks mutex A", "bank.cpp", 19, ""},
                      {1, "unlocks mutex A and waits on condition B", "bank.cpp", 20, ""},
                      {0, "locks mutex A", "bank.cpp", 13, "thread 1 (early) waits"},
                      {2, "begins", "", 0, "the main thread is interrupted"},
                      {0, "notifies one on condition B: thread 1 (early) may go on", "bank.cpp", 15, "thread 2 (late) waits for the mutex"},
                      {0, "unlocks mutex A", "bank.cpp", 16, ""},
                      {2, "locks mutex A", "bank.cpp", 19, "the main thread is interrupted"},
                      {2, "unlocks mutex A", "bank.cpp", 22, ""},
                      {2, "ends", "", 0, ""},
                      {1, "wakes up from condition B, with mutex A locked again", "bank.cpp", 20, ""},
                      {1, "unlocks mutex A", "bank.cpp", 22, ""},
                      {1, "ends", "", 0, ""},
                      {0, "has waited for thread 1 (early)", test, 28, ""},
                      {0, "has waited for thread 2 (late)", test, 29, ""},
                      {0, "what the test expects does not hold", test, 31, "", true}},
                     "2:1,6:2",
                     {{1, "waits", "", 4, 7},
                      {1, "waits", "", 7, 8},
                      {1, "waits", "", 9, 10},
                      {2, "waits", "", 6, 8},
                      {0, "waits", "", 8, 14},
                      {1, "holds", "mutex A", 3, 4},
                      {0, "holds", "mutex A", 5, 8},
                      {2, "holds", "mutex A", 9, 10},
                      {1, "holds", "mutex A", 12, 13},
                      {0, "exists", "", 0, 18},
                      {1, "exists", "", 0, 14},
                      {2, "exists", "", 1, 11}},
                     {{0, 1, "starts"}, {1, 2, "starts"}, {7, 1, "wakes"}, {8, 1, "wakes"}, {8, 2, "wakes"}, {10, 1, "wakes"}, {14, 0, "wakes"}}};
  Finding circle{"Thread 1 waits to lock mutex B, which thread 2 holds at bank.cpp:7; thread 2 waits to lock mutex A, which thread 1 holds at bank.cpp:7: these wait for each "
                 "other in a circle.",
                 "This was proven, not timed: no thread can take another step, and no time limit will end a wait.",
                 {{"thread 1 waits to lock mutex B, which thread 2 holds", {own("pdc::Bank::transfer(pdc::Account&, pdc::Account&, long)", "bank.cpp", 7)}},
                  {"thread 2 waits to lock mutex A, which thread 1 holds", {own("pdc::Bank::transfer(pdc::Account&, pdc::Account&, long)", "bank.cpp", 7)}}},
                 "Schedules.OppositeTransfers",
                 "",
                 {}};
  circle.schedule = {{"main thread", "thread 1", "thread 2"},
                     {{0, "starts thread 1", test, 11, ""},
                      {0, "starts thread 2", test, 12, ""},
                      {1, "begins", "", 0, "the main thread waits"},
                      {1, "locks mutex A", "bank.cpp", 6, ""},
                      {2, "begins", "", 0, "thread 1 is interrupted"},
                      {2, "locks mutex B", "bank.cpp", 6, ""},
                      {0, "waits for thread 1 to end, for ever", test, 13, "", true},
                      {1, "waits to lock mutex B, which thread 2 holds, for ever", "bank.cpp", 7, "", true},
                      {2, "waits to lock mutex A, which thread 1 holds, for ever", "bank.cpp", 7, "", true}},
                     "4:2",
                     {{0, "waits", "", 1, 9},
                      {1, "waits", "", 5, 9},
                      {2, "waits", "", 5, 9},
                      {1, "holds", "mutex A", 3, 9},
                      {2, "holds", "mutex B", 5, 9},
                      {0, "exists", "", 0, 9},
                      {1, "exists", "", 0, 9},
                      {2, "exists", "", 1, 9}},
                     {{0, 1, "starts"}, {1, 2, "starts"}, {6, 1, "waits for"}, {7, 2, "waits for"}, {8, 1, "waits for"}}};
  Finding theft = stolen;
  theft.test = "Hidden.Theft";
  record.checks[0] = check("takers_wait", "whoever takes waits until there is enough", Engine::lockstep, 30, Verdict::wrong_answer, {stolen});
  record.checks[2] = check("no_circle", "transfers in opposite directions never wait for each other for ever", Engine::lockstep, 30, Verdict::deadlock, {circle});
  record.checks[3] = hidden(check("no_theft", "no money is taken twice", Engine::lockstep, 20, Verdict::wrong_answer, {theft}));
  return record;
}

inline Record compile_error() {
  Record record = a_bank(
      "#include \"bank.hpp\"\n\nbool pdc::Bank::transfer(std::size_t from, std::size_t to, long amount) {\n  balances_[from] -= amout;\n  "
      "return true;\n}\n");
  const Finding finding{"bank.cpp:4: 'amout' was not declared in this scope; did you mean 'amount'?",
                        "Nothing can be tested before the file compiles and links.",
                        {{"the compiler stops here", {own("", "bank.cpp", 4)}}},
                        "",
                        "  balances_[from] -= amout;"};
  for (CheckResult& each : record.checks) {
    each.verdict = Verdict::does_not_build;
    each.findings = {finding};
  }
  record.stages = {{"compile native", 812.5}};
  return record;
}

inline Record leak() {
  Record record = a_bank(bank_source);
  record.checks[1].verdict = Verdict::wrong_answer;
  record.checks[1].findings = {
      {"Expected equality of these values:\n  bank.total()\n    Which is: 1990\n  2000\nmoney was lost between account 0 and account 1",
       "The task promises something else. Its README states what must hold; the test shows what was tried.",
       {{"the expectation", {{"Bank.RefusesOverdraft", "tests/behaviour.cpp", 52, false, false}}}},
       "Bank.RefusesOverdraft",
       ""}};
  record.checks[3].verdict = Verdict::leak;
  record.checks[3].findings = {{"A thread was still running when the test ended.",
                                "Join every thread that you start, on every way out; std::jthread does it in its destructor.",
                                {},
                                "Bank.LeavesNothing",
                                "depositing\nwithdrawing\n"}};
  record.notes = {"not built by clang: the newest clang on this machine is 14"};
  record.ignored = {"`tests/behaviour.cpp` is ignored: it was changed, and the exercise's own was used"};
  record.protections[3] = {"separate user", false, "not run as root"};
  record.protection_level = "namespaces";
  return record;
}

inline Record mpi_hang() {
  Record record = a_bank(exchange_source);
  record.exercise = record.student_path = "04_message_passing/deadlock_avoid";
  record.title = "Safe exchange";
  record.files[0].name = "exchange.cpp";
  record.toolchain = "gcc 12.2.0, Open MPI 4.1.4";
  Finding finding{"No rank can go on: each waits for a message or a call that no other rank will make.",
                  "All of these ranks receive, and none of them is left to send.\nA receive needs a message with its source, tag and "
                  "communicator.\nThis was proven by "
                  "looking at every waiting task, not by a timeout.",
                  {},
                  "Exchange.Pairs",
                  ""};
  for (int rank = 0; rank < 4; ++rank)
    finding.traces.push_back(
        {"rank " + std::to_string(rank) + " of 4 waits in MPI_Recv(1 x MPI_UNSIGNED_LONG, source=" + std::to_string(rank ^ 1) + ", tag=0)",
         {own("pdc::exchange(std::vector<double> const&, int, ompi_communicator_t*)", "exchange.cpp", 8)}});
  finding.schedule.parallel = true;
  for (const int from : {0, 2, 1, 3}) {  // what the test itself has exchanged before
    const int to = from ^ 3;
    finding.schedule.arrows.push_back({static_cast<int>(finding.schedule.rows.size()), to, "sends"});
    finding.schedule.rows.push_back({from, "sends tag 9 to rank " + std::to_string(to) + ", received at line 31", "tests/pairs.cpp", 30, ""});
  }
  for (int rank = 0; rank < 4; ++rank) {
    const std::string partner = std::to_string(rank ^ 1);
    finding.schedule.lanes.push_back("rank " + std::to_string(rank));
    finding.schedule.rows.push_back({rank, "waits for rank " + partner + " in MPI_Recv, for ever", "exchange.cpp", 8, "", true});
    finding.schedule.spans.push_back({rank, "exists", "", 0, 8});
    finding.schedule.spans.push_back({rank, "waits", "", 4 + rank, 8});
    finding.schedule.arrows.push_back({4 + rank, rank ^ 1, "waits for"});
  }
  record.checks = {check("partners_swap", "both partners hold the other's data afterwards", Engine::mpi, 40, Verdict::deadlock, {finding}),
                   blocked("any_length", "blocks of different lengths, also empty ones, arrive whole", Engine::mpi, 20, "partners_swap"),
                   hidden(check("safe_sends", "no send relies on the buffer of the MPI library", Engine::mpi, 40, Verdict::unavailable))};
  return record;
}

inline Record crash() {
  Record record = a_bank(bank_source);
  record.checks[0].verdict = Verdict::crash;
  record.checks[0].findings = {
      {"The program was ended by SIGSEGV: it used memory that is not its own.",
       "Look for a null or dangling pointer, an index out of range, or a recursion without an end.",
       {{"happened here",
         {own("pdc::Bank::transfer(unsigned long, unsigned long, long)", "bank.cpp", 11), own("pdc::Bank::total() const", "bank.cpp", 21)}}},
       "Bank.ManyAccounts",
       "account 0\naccount 1\naccount 18446744073709551615\n"},
      {"Heap-buffer-overflow at bank.cpp:13.",
       "Memory is used outside of its bounds or its lifetime. It may seem to work, and breaks elsewhere.",
       {{"happened here", {own("pdc::Bank::transfer(unsigned long, unsigned long, long)", "bank.cpp", 13)}}},
       "Bank.ManyAccounts",
       ""}};
  record.checks[2] = blocked("no_data_race", "every access to a balance is ordered with every other", Engine::tsan, 30, "total_is_kept");
  return record;
}

inline Record hidden_checks() {
  Record record = a_bank(bank_source);
  record.checks[2] =
      hidden(check("no_data_race", "every access to a balance is ordered with every other", Engine::tsan, 30, Verdict::unavailable));
  record.checks[3].verdict = Verdict::unavailable;
  return record;
}

inline Record infra_error() {
  Record record = a_bank(bank_source);
  record.checks[2].verdict = Verdict::infra_error;
  record.checks[2].findings = {{"The grader could not judge this: ThreadSanitizer did not start (unexpected memory mapping).",
                                "This is not your fault and costs you nothing. Tell your instructor.",
                                {},
                                "",
                                ""}};
  record.checks[3] =
      hidden(blocked("no_deadlock", "transfers in opposite directions never wait for each other for ever", Engine::native, 20, "no_data_race"));
  return record;
}

// What a submission can put into a record, it puts everywhere.
inline Record hostile() {
  const std::string attack =
      "]]></system-out> </script><script>alert(1)</script> {{title}} {{{style}}} \n::error::forged\r\n##[error]forged\n```\n~~~~\n| a | b |\n"
      "[click](http://example.com) ![x](http://example.com/x.png) @everyone #1 www.example.com <img src=x onerror=alert(1)> &amp; %0A%25\n"
      "\x1B[31mred\x1B[0m \x1B[2J\x1B]0;title\x07 \b\b \x7F nul:" +
      std::string(1, '\0') +
      " bad:\xFF\xC0\xAF\xED\xA0\x80 \xEF\xBF\xBE rtl:\xE2\x80\xAE"
      "drowssap\xE2\x80\xAC emoji: \xF0\x9F\xA6\x80 wide: \xE6\xBC\xA2\xE5\xAD\x97 \"quotes' `ticks` ``two`` $x \\n, a:b";
  const std::string long_line(10000, 'x');
  Record record = a_bank(("// " + attack + "\nint f();  // " + long_line + "\n\tint g();\n").c_str());
  record.files[0].text = "// " + attack + "\nint f();  // " + long_line + "\n\tint g();\n";
  record.files.push_back({"we,ird:na%me\n::error::.cpp", "00", "int h();\n"});
  record.submitter = record.title = attack;
  record.toolchain = attack;
  record.student_path = "ex\n::warning::forged,line=1";
  record.notes = {attack, long_line};
  record.ignored = {attack};
  record.host["kernel"] = attack;
  record.protections[0].how = attack;
  const Finding finding{attack + long_line,
                        attack,
                        {{attack, {own(attack.c_str(), "bank.cpp", 2), own("f", record.files[1].name.c_str(), 1)}}, {long_line, {}}},
                        attack,
                        attack + "\n" + long_line + "\n" + attack};
  record.checks[0].verdict = Verdict::wrong_answer;
  record.checks[0].findings = {finding};
  record.checks[1].says = attack;
  record.checks[2].verdict = Verdict::data_race;
  record.checks[2].findings = {finding, finding, finding, finding, finding};
  record.checks[2].id = "no|data`race<b>";
  return record;
}

struct Sample {
  const char* name;
  Record (*record)();
};

inline constexpr Sample all[] = {
    {"passed", passed},     {"race", race},   {"deadlock", deadlock},           {"compile_error", compile_error}, {"leak", leak},
    {"schedule", schedule}, {"mpi_hang", mpi_hang}, {"crash", crash}, {"hidden_checks", hidden_checks}, {"infra_error", infra_error},     {"hostile", hostile}};

}  // namespace lockstep::report::samples
