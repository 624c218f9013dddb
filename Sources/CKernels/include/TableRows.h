// Tables of which a batch looks up few rows: only these are moved by a step. The others lag behind and
// are brought up to date when they are next looked up.
#ifndef DOWNHILL_TABLE_ROWS_H
#define DOWNHILL_TABLE_ROWS_H

#include <stddef.h>
#include <stdint.h>

// The rows of a table are dealt out to parts in blocks, so that several threads share the work and
// each finds its rows, and all that belongs to them, in its own cache. Common words have low numbers:
// blocks deal them out evenly. 16 marks fill a line of the cache.
enum { DH_ROWS_IN_BLOCK = 16 };

// How many parts there are, a power of two: one for each two megabytes of the table, since every part
// reads all numbers of a batch. Sums over rows go by part, so their number must not depend on the
// threads that there are.
static inline int64_t dh_row_parts(int64_t rows, int64_t width) {
  int64_t parts = 1;
  while (parts < 16 && rows * width >= (parts << 19)) parts *= 2;
  return parts;
}

// Where what flows back to one lookup begins, in floats, and the next lookup of the same row: itself
// if there is none.
typedef struct {
  uint32_t values, next;
} dh_row_link;

// What is known of a row: its mark, and its first lookup in the batch that it was last looked up by.
typedef struct {
  uint32_t mark, head;
} dh_row_state;

// A row that the batch looks up, and what was known of it before.
typedef struct {
  int32_t row;
  dh_row_state state;
} dh_found_row;

// One part of a table.
typedef struct {
  dh_found_row *found;  // the rows that the batch looks up, each once
  int64_t found_count;
  dh_row_link *links;  // a ring: lookup i lies at i & link_mask
  uint32_t link_mask, link_end;
  int32_t *rows, *places;  // the lookups of the batch in this part: rows, and which of the batch's
  int64_t turn;            // the row of the part that is settled next
  int64_t padding[9];      // to two lines of the cache, which the part's thread has alone
} dh_row_part;

// Some lookups of a batch: numbers as `dh_lookup` reads them, and where what flows back to them
// begins, `repeats` lookups for each row of values.
typedef struct {
  const float *numbers;
  int64_t count, repeats;
  uint32_t values;
} dh_row_lookups;

// A table and what is known of its rows.
//
// A row's mark is 2·step, or 2·step + 1 if it is settled. A settled row is as after that step. One that
// is not was looked up in that step, and is as before it: its weights are still to be moved. Its
// slots have taken the gradient, unless gradients wait: then they too are as before.
typedef struct {
  float *weights, *mean, *spread;  // [rows, width]; slots that the optimizer lacks are NULL
  int64_t rows, width, part_count;
  dh_row_part *parts;
  dh_row_state *states;  // of each row
  const float *values;   // what flowed back
  int64_t gradients_wait;
  uint32_t now;          // how many steps were taken
  int64_t swept;         // how many rows of each part are settled with each step, in turn
  const dh_row_lookups *lookups;  // of the batch
  int64_t lookup_count;
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
  // β₁^age and β₂^age.
  const float *mean_kept, *spread_kept;
  float epsilon, one_minus_beta1, one_minus_beta2;
} dh_adam_rows;

// Finds the rows of a part that the batch looks up.
void dh_rows_find(const dh_table_rows *t, int64_t part);

// The tables for the next step from those for the last one, [2, 1 + terms, ages]; `weights` are
// β₁^age·δ^p, [terms, ages]. The move is α of the step, `kept` what its decay leaves of the weights.
void dh_adam_rows_advance(
    const double *from, double *to, const double *weights, float *factors, int64_t ages,
    int64_t terms, double move, double kept);
// Settles the rows of a part whose turn it is, finds those that the batch looks up, and brings them up
// to date.
void dh_adam_rows_open(const dh_table_rows *t, const dh_adam_rows *a, int64_t part);
// Settles all rows of a part.
void dh_adam_rows_settle(const dh_table_rows *t, const dh_adam_rows *a, int64_t part);
// Takes the gradients of the batch's rows of a part into their slots; their move is still due.
void dh_adam_rows_step(const dh_table_rows *t, const dh_adam_rows *a, int64_t part);
// w −= rate·g for the batch's rows of a part.
void dh_sgd_rows_step(const dh_table_rows *t, float rate, int64_t part);

#endif
