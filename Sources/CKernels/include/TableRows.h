// Tables of which a batch looks up few rows: only these are moved by a step. The others lag behind and
// are brought up to date when they are next looked up.
#ifndef DOWNHILL_TABLE_ROWS_H
#define DOWNHILL_TABLE_ROWS_H

#include <stddef.h>
#include <stdint.h>

// What flows back to one lookup, and the number of the next lookup of the same row, or -1.
typedef struct {
  const float *values;
  int64_t next;
} dh_row_link;

// A table and what is known of its rows.
//
// A row's mark is 2·step, or 2·step + 1 if it is settled. A settled row is as after that step. In one
// that is not, the slots are as after the step, and the weights as before: the step's own move is
// still due.
typedef struct {
  float *weights, *mean, *spread;  // [rows, width]; slots that the optimizer lacks are NULL
  int64_t rows, width;
  uint32_t *marks;  // of each row
  int32_t *heads;   // the first lookup of each row in the batch, or -1
  int32_t *found;   // the rows that the batch looks up, each once
  int64_t found_count;
  dh_row_link *links;  // of each lookup
  uint32_t now;        // how many steps were taken
  int64_t sweep_first, sweep_end;  // the rows whose turn it is to be settled
} dh_table_rows;

// What Adam needs to move rows over several steps at once.
//
// Between gradients m and v only shrink, and the moves of `age` steps add up to
//   m / (√v + ε) · Σp yᵖ·Dp,  y = √v / (√v + ε),  Dp = Σj αj·β₁ʲ·δjᵖ,  δj = 1 − β₂^(j/2),
// since 1 / (√v·(1 − δ) + ε) = 1 / (√v + ε) · Σp (y·δ)ᵖ. As δ is small, few terms are enough, whatever
// v and ε. With decoupled decay the weights are multiplied by what all steps leave of them.
typedef struct {
  // For each age first of settled rows, then of others: what is left of the weights, D0, D1, …
  const float *factors;
  int64_t terms;
  // 1 − β₁^age and 1 − β₂^age.
  const float *mean_loss, *spread_loss;
  float epsilon, one_minus_beta1, one_minus_beta2;
} dh_adam_rows;

// Adds lookups to those of the batch: numbers as `dh_lookup` reads them, and what will flow back to
// them, `repeats` lookups for each row of `values`. Lookups are added last to first.
void dh_rows_find(
    dh_table_rows *t, const float *numbers, int64_t count, int64_t first_link, const float *values,
    int64_t repeats);
// Marks the swept rows as settled.
void dh_rows_mark_swept(dh_table_rows *t);
// Marks the rows of the batch as moved by the step `now`, and forgets the batch.
void dh_rows_close(dh_table_rows *t, int is_settled);

// The tables for the next step from those for the last one, [2, 1 + terms, ages]; `weights` are
// β₁^age·δ^p, [terms, ages]. The move is α of the step, `kept` what its decay leaves of the weights.
void dh_adam_rows_advance(
    const double *from, double *to, const double *weights, float *factors, int64_t ages,
    int64_t terms, double move, double kept);
// Settles the swept rows, and brings the weights of the batch's up to date.
void dh_adam_rows_catch_up(
    const dh_table_rows *t, const dh_adam_rows *a, int64_t first_column, int64_t end_column);
// Settles rows.
void dh_adam_rows_settle(
    const dh_table_rows *t, const dh_adam_rows *a, int64_t first_row, int64_t end_row,
    int64_t first_column, int64_t end_column);
// Takes the gradients of the batch's rows into their slots; their move is still due.
void dh_adam_rows_step(
    const dh_table_rows *t, const dh_adam_rows *a, int64_t first_column, int64_t end_column);
// w −= rate·g for the batch's rows.
void dh_sgd_rows_step(
    const dh_table_rows *t, float rate, int64_t first_column, int64_t end_column);

#endif
