// Double-checked creation with an atomic pointer and a C11 mutex.
#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <threads.h>

static _Atomic(int *) table;
static mtx_t m;
static int created;

static int use(void *unused) {
  (void)unused;
  int *it = atomic_load_explicit(&table, memory_order_acquire);
  if (it == NULL) {
    mtx_lock(&m);
    it = atomic_load_explicit(&table, memory_order_relaxed);
    if (it == NULL) {
      it = malloc(sizeof *it);
      *it = 7;
      ++created;
      atomic_store_explicit(&table, it, memory_order_release);
    }
    mtx_unlock(&m);
  }
  assert(*it == 7);
  return 0;
}

int main(void) {
  thrd_t a, b;
  mtx_init(&m, mtx_plain);
  thrd_create(&a, use, NULL);
  thrd_create(&b, use, NULL);
  thrd_join(a, NULL);
  thrd_join(b, NULL);
  assert(created == 1);
  free(atomic_load(&table));
  return 0;
}
