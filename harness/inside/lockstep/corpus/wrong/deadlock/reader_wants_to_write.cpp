// expect: deadlock line 12 14
// A reader keeps its read lock while it waits for the right to write, and who has that right waits for all readers to go.
#include <pthread.h>

#include <thread>

pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
pthread_mutex_t upgrade = PTHREAD_MUTEX_INITIALIZER;

void read_then_write() {
  pthread_rwlock_rdlock(&rw);
  pthread_mutex_lock(&upgrade);
  pthread_rwlock_unlock(&rw);
  pthread_rwlock_wrlock(&rw);
  pthread_mutex_unlock(&upgrade);
  pthread_rwlock_unlock(&rw);
}

int main() {
  std::thread a(read_then_write), b(read_then_write);
  a.join();
  b.join();
}
