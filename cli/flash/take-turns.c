/*
 * Lets the two threads of Espruino's Linux build take turns: preloaded into it by bridge.ts, which says why.
 *
 * A thread gives its turn back while it sleeps, which is a select() without descriptors. An interpreter with a timer
 * due within a millisecond does not sleep, but it always looks at the clock, and so lets the reader go first there.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/select.h>
#include <sys/time.h>
#include <time.h>

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static pthread_t interpreter;
static atomic_int is_reader_waiting;
static __thread int is_mine;

static int is_interpreter(void) { return pthread_equal(pthread_self(), interpreter); }

static void take_turn(void) {
  const struct timespec nap = {0, 50 * 1000};
  if (!is_interpreter()) atomic_store(&is_reader_waiting, 1);
  /* A mutex goes to whoever asks first, and that is often the one who has just given it back. */
  else while (atomic_load(&is_reader_waiting)) nanosleep(&nap, 0);
  pthread_mutex_lock(&turn);
  is_mine = 1;
  if (!is_interpreter()) atomic_store(&is_reader_waiting, 0);
}

static void give_turn(void) {
  if (is_mine) pthread_mutex_unlock(&turn);
  is_mine = 0;
}

__attribute__((constructor)) static void start_with_interpreter(void) {
  interpreter = pthread_self();
  take_turn();
}

int select(int count, fd_set *reads, fd_set *writes, fd_set *errors, struct timeval *limit) {
  int (*next)(int, fd_set *, fd_set *, fd_set *, struct timeval *) = dlsym(RTLD_NEXT, "select");
  if (count > 0) {
    if (!is_mine) take_turn(); /* The reader has just been born. */
    return next(count, reads, writes, errors, limit);
  }
  give_turn();
  int result = next(count, reads, writes, errors, limit);
  take_turn();
  return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  int (*next)(struct timeval *, void *) = dlsym(RTLD_NEXT, "gettimeofday");
  if (is_interpreter() && atomic_load(&is_reader_waiting)) {
    give_turn();
    take_turn();
  }
  return next(now, zone);
}

/* At its end the interpreter waits for the reader. */
int pthread_join(pthread_t thread, void **result) {
  int (*next)(pthread_t, void **) = dlsym(RTLD_NEXT, "pthread_join");
  give_turn();
  return next(thread, result);
}
