// expect: wrong_answer line 26 27 30
// The auditor locks the accounts one after the other, and a transfer between the two looks makes the sum wrong.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock_a = PTHREAD_MUTEX_INITIALIZER, lock_b = PTHREAD_MUTEX_INITIALIZER;
static int a = 10, b = 10;

static void *transfer(void *unused) {
  (void)unused;
  pthread_mutex_lock(&lock_a);
  pthread_mutex_lock(&lock_b);
  a -= 5;
  b += 5;
  pthread_mutex_unlock(&lock_b);
  pthread_mutex_unlock(&lock_a);
  return NULL;
}

int main(void) {
  pthread_t t;
  pthread_create(&t, NULL, transfer, NULL);
  pthread_mutex_lock(&lock_a);
  int sum = a;
  pthread_mutex_unlock(&lock_a);
  pthread_mutex_lock(&lock_b);
  sum += b;
  pthread_mutex_unlock(&lock_b);
  assert(sum == 20);
  pthread_join(t, NULL);
  return 0;
}
