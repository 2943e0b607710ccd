// expect: data_race line 10 18
// One thread clears an array with memset while another reads an element.
#include <pthread.h>
#include <stddef.h>
#include <string.h>

static int values[4] = {1, 2, 3, 4};

static void *clear(void *size) {
  memset(values, 0, *(const size_t *)size);
  return NULL;
}

int main(void) {
  pthread_t t;
  size_t size = sizeof values;
  pthread_create(&t, NULL, clear, &size);
  const int seen = values[2];
  pthread_join(t, NULL);
  return seen > 3;
}
