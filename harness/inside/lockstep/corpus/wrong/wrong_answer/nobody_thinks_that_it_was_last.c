// expect: wrong_answer line 12 23
// Who finds one other user still there leaves the cleaning to it, and so do both.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_int users = 2, cleaned;

static void *leave(void *unused) {
  (void)unused;
  if (atomic_load(&users) == 1) atomic_store(&cleaned, 1);
  atomic_fetch_sub(&users, 1);
  return NULL;
}

int main(void) {
  pthread_t a, b;
  pthread_create(&a, NULL, leave, NULL);
  pthread_create(&b, NULL, leave, NULL);
  pthread_join(a, NULL);
  pthread_join(b, NULL);
  assert(atomic_load(&cleaned) == 1);
  return 0;
}
