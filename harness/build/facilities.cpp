#include "harness/build/facilities.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "harness/build/symbol_names.hpp"

namespace lockstep::build {
namespace {

struct Row {
  std::string_view name;
  std::vector<std::string_view> symbols;
  std::vector<std::string_view> except;
};

// What a name means beyond itself: other ways to the same thing, and where the library hides it.
const std::vector<Row>& table() {
  static const std::vector<Row> rows{
      {"sleep",
       {"sleep", "usleep", "nanosleep", "clock_nanosleep", "thrd_sleep", "std::this_thread::sleep_for", "std::this_thread::sleep_until",
        "std::this_thread::__sleep_for"},
       {}},
      {"std::this_thread::sleep_for", {"std::this_thread::sleep_for", "std::this_thread::__sleep_for"}, {}},
      {"yield", {"std::this_thread::yield", "sched_yield", "pthread_yield", "thrd_yield"}, {}},
      {"std::this_thread::yield", {"std::this_thread::yield", "sched_yield", "pthread_yield", "thrd_yield"}, {}},
      {"detach", {"std::thread::detach", "std::jthread::detach", "pthread_detach", "thrd_detach"}, {}},
      {"std::thread::detach", {"std::thread::detach", "std::jthread::detach", "pthread_detach", "thrd_detach"}, {}},
      {"std::thread", {"std::thread"}, {"std::thread::id", "std::thread::hardware_concurrency", "std::thread::native_handle"}},
      {"std::jthread", {"std::jthread"}, {"std::jthread::hardware_concurrency"}},
      {"threads",
       {"std::thread", "std::jthread", "std::async", "pthread_create", "thrd_create"},
       {"std::thread::id", "std::thread::hardware_concurrency", "std::jthread::hardware_concurrency"}},
      {"std::atomic::wait",
       {"std::atomic::wait", "std::__atomic_base::wait", "std::atomic_flag::wait", "std::__atomic_float::wait", "std::atomic_wait",
        "std::atomic_wait_explicit", "std::atomic_ref::wait"},
       {}},
      {"std::counting_semaphore", {"std::counting_semaphore"}, {}},
      {"std::binary_semaphore", {"std::counting_semaphore"}, {}},
      {"std::condition_variable", {"std::condition_variable"}, {}},
      {"std::ifstream", {"std::basic_ifstream", "std::ifstream"}, {}},
      {"std::ofstream", {"std::basic_ofstream", "std::ofstream"}, {}},
      {"std::fstream", {"std::basic_fstream", "std::fstream"}, {}},
      {"files",
       {"open", "open64", "openat", "openat64", "creat", "creat64", "fopen", "fopen64", "freopen", "freopen64", "tmpfile", "tmpfile64", "mkstemp",
        "mkstemp64", "mkostemp", "mkfifo", "std::basic_ifstream", "std::basic_ofstream", "std::basic_fstream", "std::basic_filebuf"},
       {}},
      {"fopen", {"fopen", "fopen64"}, {}},
      {"open", {"open", "open64", "openat", "openat64", "creat", "creat64"}, {}},
      {"tmpfile", {"tmpfile", "tmpfile64"}, {}},
      {"mkstemp", {"mkstemp", "mkstemp64", "mkostemp", "mkostemp64"}, {}},
      {"shared memory", {"shm_open", "shmget", "shmat", "memfd_create"}, {}},
      {"exec", {"execl", "execle", "execlp", "execv", "execve", "execvp", "execvpe", "fexecve", "execveat", "posix_spawn", "posix_spawnp"}, {}},
      {"polling", {"poll", "ppoll", "select", "pselect", "epoll_wait"}, {}},
      {"MPI_COMM_WORLD", {"ompi_mpi_comm_world"}, {}},
      {"MPI_COMM_SELF", {"ompi_mpi_comm_self"}, {}},
  };
  return rows;
}

bool all_capitals(const std::string& name) {
  return std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isupper(c) || std::isdigit(c) || c == '_'; });
}

}  // namespace

Facility facility_named(const std::string& given) {
  std::string name = given;
  if (name.ends_with("()")) name.resize(name.size() - 2);
  Facility facility;
  for (const Row& row : table()) {
    if (row.name != name) continue;
    facility.symbols.assign(row.symbols.begin(), row.symbols.end());
    facility.except.assign(row.except.begin(), row.except.end());
    return facility;
  }
  if (all_capitals(name)) {
    facility.tokens = {name};
    return facility;
  }
  facility.symbols = {name};
  if (name.starts_with("MPI_")) facility.symbols.push_back("P" + name);
  // <cstdlib> and its kin only lend their names to namespace std.
  if (name.starts_with("std::") && name.find("::", 5) == std::string::npos) facility.symbols.push_back(name.substr(5));
  return facility;
}

bool uses(const Facility& facility, const std::string& symbol) {
  const std::string readable = demangle(symbol);
  const bool mangled = symbol.starts_with("_Z");
  const auto matches = [&](const std::string& text, const std::string& pattern) {
    if (pattern.find("::") == std::string::npos) return !mangled && build::names(text, pattern) && text.find("::") == std::string::npos;
    return mangled && build::names(text, pattern);
  };
  std::string text = readable;
  for (const std::string& exception : facility.except)  // leave out what is allowed, then look again
    for (std::size_t at = text.find(exception); at != std::string::npos; at = text.find(exception, at)) text.erase(at, exception.size());
  return std::any_of(facility.symbols.begin(), facility.symbols.end(), [&](const std::string& pattern) { return matches(text, pattern); });
}

}  // namespace lockstep::build
