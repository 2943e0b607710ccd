// expect: inconclusive passed
// A futex is waited for by a system call that is written in assembly, past every function of the library.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_int ready;

static long futex(atomic_int *word, long operation, long value) {
  long result = 202;
#if defined(__x86_64__)
  register long limit __asm__("r10") = 0;
  __asm__ volatile("syscall" : "+a"(result) : "D"(word), "S"(operation), "d"(value), "r"(limit) : "rcx", "r11", "memory");
#else
  (void)word, (void)operation, (void)value;
#endif
  return result;
}

static void *set(void *unused) {
  atomic_store(&ready, 1);
  futex(&ready, 1, 1);
  return unused;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, set, NULL);
  while (atomic_load(&ready) == 0) futex(&ready, 0, 0);
  pthread_join(t, NULL);
  return 0;
}
