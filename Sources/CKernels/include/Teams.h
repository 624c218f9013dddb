// Threads that share the large pieces of work of one run.
#ifndef DOWNHILL_TEAMS_H
#define DOWNHILL_TEAMS_H

typedef struct dh_team dh_team;

// A team of so many threads, the caller's among them. NULL if the system gives none.
dh_team *dh_team_create(int threads);
// How many threads there are, the caller's among them; 1 without a team.
int dh_team_threads(const dh_team *team);
// Ends the threads; nothing may be at work.
void dh_team_destroy(dh_team *team);

// Calls work(argument, piece, worker) for all pieces below the count, in any order and side by side, and
// returns when all are done. Without a team, or when the team is at work for another caller, the
// pieces are done one after the other; so what a piece computes must not depend on the others.
// The worker is 0 for the caller and below the number of threads for the others: whoever works
// with memory of the worker has it alone.
void dh_team_work(
    dh_team *team, int pieces, void (*work)(const void *argument, int piece, int worker),
    const void *argument);

#endif
