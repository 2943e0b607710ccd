// Records of every kind of grading, as the judge words them: what the reports' golden files are rendered from.
#pragma once

#include <string>
#include <vector>

#include "harness/model/record.hpp"

namespace lockstep::report::samples {

using model::CheckResult;
using model::Engine;
using model::Finding;
using model::Frame;
using model::Record;
using model::Trace;
using model::Verdict;

inline const char* const bank_source = R"(#include "bank.hpp"

#include <mutex>

namespace pdc {

Bank::Bank(std::size_t accounts, long balance) : balances_(accounts, balance) {}

bool Bank::transfer(std::size_t from, std::size_t to, long amount) {
  std::scoped_lock lock(mutex_);
  if (balances_[from] < amount) return false;
  balances_[from] -= amount;
  balances_[to] += amount;
  return true;
}

// Reading alone needs no lock, does it?
long Bank::total() const {
  long sum = 0;
  for (const long balance : balances_) sum += balance;
  return sum;
}

}  // namespace pdc
)";

inline const char* const two_locks_source = R"(#include "bank.hpp"

namespace pdc {

bool Bank::transfer(std::size_t from, std::size_t to, long amount) {
  std::lock_guard first(accounts_[from].mutex);
  std::lock_guard second(accounts_[to].mutex);
  if (accounts_[from].balance < amount) return false;
  accounts_[from].balance -= amount;
  accounts_[to].balance += amount;
  return true;
}

}  // namespace pdc
)";

inline const char* const exchange_source = R"(#include "exchange.hpp"

namespace pdc {

std::vector<double> exchange(const std::vector<double>& mine, int partner, MPI_Comm comm) {
  unsigned long theirs = 0;
  const unsigned long length = mine.size();
  MPI_Recv(&theirs, 1, MPI_UNSIGNED_LONG, partner, 0, comm, MPI_STATUS_IGNORE);
  MPI_Send(&length, 1, MPI_UNSIGNED_LONG, partner, 0, comm);
  std::vector<double> result(theirs);
  MPI_Sendrecv(mine.data(), static_cast<int>(length), MPI_DOUBLE, partner, 1, result.data(), static_cast<int>(theirs), MPI_DOUBLE, partner, 1, comm,
               MPI_STATUS_IGNORE);
  return result;
}

}  // namespace pdc
)";

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
    {"mpi_hang", mpi_hang}, {"crash", crash}, {"hidden_checks", hidden_checks}, {"infra_error", infra_error},     {"hostile", hostile}};

}  // namespace lockstep::report::samples
