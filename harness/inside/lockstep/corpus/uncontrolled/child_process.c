// expect: inconclusive passed
// The program forks; the child says something over a pipe and is waited for.
#include <assert.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

static void *work(void *unused) { return unused; }

int main(void) {
  int ends[2], status = -1;
  char c = 0;
  pthread_t t;
  assert(pipe(ends) == 0);
  pthread_create(&t, NULL, work, NULL);
  const pid_t child = fork();
  if (child == 0) _exit(write(ends[1], "x", 1) == 1 ? 0 : 1);
  assert(read(ends[0], &c, 1) == 1 && c == 'x');
  assert(waitpid(child, &status, 0) == child && status == 0);
  pthread_join(t, NULL);
  return 0;
}
