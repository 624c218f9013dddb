// Workers wait for a ticket: spinning at first, since the next piece of a step is often there
// within microseconds, then asleep, since a core that spins is taken from others.
#include "Teams.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

// How often a waiting thread looks before it sleeps: about 50 microseconds.
enum { SPINS = 20000 };
enum { MOST_THREADS = 64 };
// Where other programs hold the cores a worker may lose its core with a piece in hand, and waiting
// for it costs more than it brings. Then the work is done alone for so many calls, twice as many
// each time it happens again.
enum { FIRST_REST = 32, LONGEST_REST = 4096 };
// Waiting this many times as long as working counts as such: a worker that merely began late keeps
// its caller waiting for a single piece, which is at most as long as the caller's own.
static const double WAIT_LIMIT = 1.5;

// Of one of the threads.
typedef struct {
  dh_team *team;
  int number;
} membership;

struct dh_team {
  // The number of pieces in the upper half, the next piece to be taken in the lower. A piece is
  // taken by raising the lower half; the work is read only after that, and cannot change before
  // the piece is done.
  _Atomic uint64_t ticket;
  atomic_int done;
  void (*work)(const void *, int, int);
  const void *argument;

  atomic_flag at_work;
  int rest;         // For how many more calls the work is done alone.
  int rest_length;  // How long the last such time was.
  atomic_int sleepers;
  atomic_bool is_ending;
  pthread_mutex_t mutex;
  pthread_cond_t wake;
  int workers;
  pthread_t threads[MOST_THREADS];
  membership members[MOST_THREADS];
};

static inline void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static int has_pieces(dh_team *team) {
  uint64_t ticket = atomic_load(&team->ticket);
  return (uint32_t)ticket < (uint32_t)(ticket >> 32);
}

// Takes and does pieces until there are none.
static void do_pieces(dh_team *team, int worker) {
  for (;;) {
    uint64_t ticket = atomic_load(&team->ticket);
    uint32_t next = (uint32_t)ticket;
    if (next >= (uint32_t)(ticket >> 32)) return;
    if (!atomic_compare_exchange_weak(&team->ticket, &ticket, ticket + 1)) continue;
    team->work(team->argument, (int)next, worker);
    atomic_fetch_add(&team->done, 1);
  }
}

static void *worker(void *argument) {
  membership *own = argument;
  dh_team *team = own->team;
  for (;;) {
    for (int i = 0; i < SPINS && !has_pieces(team) && !atomic_load(&team->is_ending); i++) relax();
    if (!has_pieces(team)) {
      pthread_mutex_lock(&team->mutex);
      // Counted before the last look, so that whoever hands out work afterwards sees it.
      atomic_fetch_add(&team->sleepers, 1);
      while (!has_pieces(team) && !atomic_load(&team->is_ending))
        pthread_cond_wait(&team->wake, &team->mutex);
      atomic_fetch_sub(&team->sleepers, 1);
      pthread_mutex_unlock(&team->mutex);
    }
    if (atomic_load(&team->is_ending)) return NULL;
    do_pieces(team, own->number);
  }
}

static void wake_sleepers(dh_team *team) {
  if (atomic_load(&team->sleepers) == 0) return;
  pthread_mutex_lock(&team->mutex);
  pthread_cond_broadcast(&team->wake);
  pthread_mutex_unlock(&team->mutex);
}

dh_team *dh_team_create(int threads) {
  dh_team *team = calloc(1, sizeof(dh_team));
  if (!team) return NULL;
  atomic_flag_clear(&team->at_work);
  pthread_mutex_init(&team->mutex, NULL);
  pthread_cond_init(&team->wake, NULL);
  while (team->workers < threads - 1 && team->workers < MOST_THREADS) {
    membership *own = &team->members[team->workers];
    *own = (membership){team, team->workers + 1};
    if (pthread_create(&team->threads[team->workers], NULL, worker, own) != 0) break;
    team->workers++;
  }
  if (team->workers == 0) {
    dh_team_destroy(team);
    return NULL;
  }
  return team;
}

int dh_team_threads(const dh_team *team) { return team ? team->workers + 1 : 1; }

void dh_team_destroy(dh_team *team) {
  if (!team) return;
  atomic_store(&team->is_ending, 1);
  wake_sleepers(team);
  for (int i = 0; i < team->workers; i++) pthread_join(team->threads[i], NULL);
  pthread_cond_destroy(&team->wake);
  pthread_mutex_destroy(&team->mutex);
  free(team);
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void dh_team_work(
    dh_team *team, int pieces, void (*work)(const void *argument, int piece, int worker),
    const void *argument) {
  if (!team || pieces < 2 || atomic_flag_test_and_set(&team->at_work)) {
    for (int piece = 0; piece < pieces; piece++) work(argument, piece, 0);
    return;
  }
  if (team->rest > 0) {
    team->rest--;
    for (int piece = 0; piece < pieces; piece++) work(argument, piece, 0);
    atomic_flag_clear(&team->at_work);
    return;
  }
  double start = seconds();
  team->work = work;
  team->argument = argument;
  atomic_store(&team->done, 0);
  atomic_store(&team->ticket, (uint64_t)pieces << 32);
  wake_sleepers(team);
  do_pieces(team, 0);
  double own_end = seconds();
  // What workers have taken they will finish; the core is theirs if they have none.
  for (int i = 0; atomic_load(&team->done) < pieces; i++) {
    if (i < SPINS) relax();
    else sched_yield();
  }
  if (seconds() - own_end > WAIT_LIMIT * (own_end - start)) {
    int longer = 2 * team->rest_length;
    team->rest_length = longer < FIRST_REST ? FIRST_REST : longer > LONGEST_REST ? LONGEST_REST : longer;
    team->rest = team->rest_length;
  } else {
    team->rest_length /= 2;
  }
  atomic_flag_clear(&team->at_work);
}
