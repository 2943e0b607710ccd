// expect: data_race line 15 16 25
// Two C11 threads: one writes a struct member under the mutex, the other one copies the struct without.
#include <stddef.h>
#include <threads.h>

struct point {
  int x, y;
};
static struct point where;
static mtx_t m;

static int move(void *unused) {
  (void)unused;
  mtx_lock(&m);
  where.x += 1;
  where.y += 1;
  mtx_unlock(&m);
  return 0;
}

int main(void) {
  thrd_t t;
  mtx_init(&m, mtx_plain);
  thrd_create(&t, move, NULL);
  struct point seen = where;
  thrd_join(t, NULL);
  return seen.x > 1;
}
