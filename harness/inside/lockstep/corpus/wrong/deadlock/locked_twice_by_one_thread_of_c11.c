// expect: deadlock line 15
// A plain C11 mutex is locked again by the thread that has it, on a path that is rarely taken.
#include <stdatomic.h>
#include <stddef.h>
#include <threads.h>

static mtx_t m;
static atomic_int arrived;

static int work(void *unused) {
  (void)unused;
  const int before = atomic_load(&arrived);
  mtx_lock(&m);
  if (atomic_fetch_add(&arrived, 1) != before) {
    mtx_lock(&m);
    mtx_unlock(&m);
  }
  mtx_unlock(&m);
  return 0;
}

int main(void) {
  thrd_t a, b;
  mtx_init(&m, mtx_plain);
  thrd_create(&a, work, NULL);
  thrd_create(&b, work, NULL);
  thrd_join(a, NULL);
  thrd_join(b, NULL);
  return 0;
}
