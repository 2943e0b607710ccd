#include "harness/inside/mpiwatch/shared_state.hpp"

#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <ctime>
#include <system_error>

namespace lockstep::mpiwatch {
namespace {

Shared before_init;  // for what a program does before MPI_Init: nobody else sees it
Shared* page = &before_init;

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

}  // namespace

void map_shared_state(int world_rank, void (*broadcast)(char* name, int size), void (*meet)()) {
  char name[64] = "";
  int object = -1;
  if (world_rank == 0) {
    std::snprintf(name, sizeof name, "/lockstep-ranks-%d", static_cast<int>(::getpid()));
    object = ::shm_open(name, O_CREAT | O_EXCL | O_RDWR, 0600);
    if (object < 0 || ::ftruncate(object, sizeof(Shared)) != 0) fail("shared memory of the ranks");
  }
  broadcast(name, sizeof name);
  if (world_rank != 0) object = ::shm_open(name, O_RDWR, 0600);
  if (object < 0) fail("shared memory of the ranks");
  void* memory = ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED, object, 0);
  if (memory == MAP_FAILED) fail("shared memory of the ranks");
  ::close(object);
  page = static_cast<Shared*>(memory);  // fresh pages are zero, and zero is empty; so only what is used takes memory
  meet();
  if (world_rank == 0) ::shm_unlink(name);
}

Shared& shared() { return *page; }

// Held for microseconds, never while the student's code or the library runs; who waits steps aside, since ranks share processors.
LockedWorld::LockedWorld() {
  for (std::uint32_t free = 0; !page->lock.compare_exchange_weak(free, 1, std::memory_order_acquire); free = 0) ::sched_yield();
}
LockedWorld::~LockedWorld() { page->lock.store(0, std::memory_order_release); }
World* LockedWorld::operator->() const { return &page->world; }
World& LockedWorld::operator*() const { return page->world; }

void sleep_while(std::atomic<std::uint32_t>& word, std::uint32_t value) {
  const timespec longest{0, 20'000'000};
  ::syscall(SYS_futex, &word, FUTEX_WAIT, value, &longest, nullptr, 0);
}

void wake_all(std::atomic<std::uint32_t>& word) { ::syscall(SYS_futex, &word, FUTEX_WAKE, most_ranks, nullptr, nullptr, 0); }

}  // namespace lockstep::mpiwatch
