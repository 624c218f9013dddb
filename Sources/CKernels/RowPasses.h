// Rows of tables that are moved only when they are looked up (include/TableRows.h).

// Rows are far apart: those to come are asked for ahead.
enum { ROWS_AHEAD = 6 };

static void rows_find(
    dh_table_rows *t, const float *numbers, int64_t count, int64_t first_link, const float *values,
    int64_t repeats) {
  // Last to first, so that each row's lookups are linked in the order of the batch.
  for (int64_t group = count / repeats - 1; group >= 0; group--)
    for (int64_t i = (group + 1) * repeats - 1; i >= group * repeats; i--) {
      int64_t row = row_named(numbers[i], t->rows);
      if (row < 0) continue;
      int32_t head = t->heads[row];
      if (head < 0) t->found[t->found_count++] = (int32_t)row;
      t->links[first_link + i] = (dh_row_link){values + group * t->width, head};
      t->heads[row] = (int32_t)(first_link + i);
    }
}

static void rows_mark_swept(dh_table_rows *t) {
  for (int64_t row = t->sweep_first; row < t->sweep_end; row++) t->marks[row] = 2 * t->now + 1;
}

static void rows_close(dh_table_rows *t, int is_settled) {
  for (int64_t i = 0; i < t->found_count; i++) {
    int32_t row = t->found[i];
    t->heads[row] = -1;
    t->marks[row] = 2 * t->now + (uint32_t)is_settled;
  }
  t->found_count = 0;
}

static void adam_rows_advance(
    const double *from, double *to, const double *weights, float *factors, int64_t ages,
    int64_t terms, double move, double kept) {
  for (int64_t pending = 0; pending < 2; pending++) {
    for (int64_t term = 0; term <= terms; term++) {
      const double *restrict last = from + (pending * (terms + 1) + term) * ages;
      double *restrict next = to + (pending * (terms + 1) + term) * ages;
      const double *restrict part = term > 0 ? weights + (term - 1) * ages : NULL;
      if (part) {
        next[0] = pending ? move * part[0] : 0;
        for (int64_t age = 1; age < ages; age++)
          next[age] = kept * last[age - 1] + move * part[age];
      } else {
        next[0] = pending ? kept : 1;
        for (int64_t age = 1; age < ages; age++) next[age] = kept * last[age - 1];
      }
      float *restrict result = factors + pending * (terms + 1) + term;
      for (int64_t age = 0; age < ages; age++)
        result[2 * age * (terms + 1)] = (float)next[age];
    }
  }
}

// The weights after the moves that are due.
static inline __attribute__((always_inline)) vf adam_moved(
    vf w, vf m, vf v, const float *f, vf epsilon, int64_t terms, int has_rested) {
  vf one = vsplat(1), root = vsqrt(v), inverse = one / (root + epsilon);
  // Where v is infinite, the step that made it so moves nothing, and the next one makes v NaN: so
  // does √v · inverse, for rows that took steps without a gradient since.
  vf y = has_rested ? root * inverse : one - epsilon * inverse, sum = vsplat(f[terms]);
  for (int64_t term = terms - 1; term >= 1; term--) sum = sum * y + vsplat(f[term]);
  return vsplat(f[0]) * w - m * inverse * sum;
}

static inline vf load_columns(const float *p, size_t part) {
  return part == DH_LANES ? vload(p) : vload_part(p, part);
}

static inline void store_columns(float *p, vf x, size_t part) {
  if (part == DH_LANES) vstore(p, x);
  else vstore_part(p, x, part);
}

static inline void prefetch_row(
    const dh_table_rows *t, int64_t row, int64_t first_column, int64_t end_column,
    int with_weights) {
  for (int64_t j = first_column; j < end_column; j += 16) {
    int64_t place = row * t->width + j;
    if (with_weights) __builtin_prefetch(t->weights + place, 1);
    __builtin_prefetch(t->mean + place, 1);
    __builtin_prefetch(t->spread + place, 1);
  }
}

// Brings the weights of one row up to date, and its slots too if it is to be settled.
static inline __attribute__((always_inline)) void adam_row(
    const dh_table_rows *t, const dh_adam_rows *a, int64_t row, int64_t first_column,
    int64_t end_column, int settles, int64_t terms) {
  // Twice the age, and 1 if the last step's own move is due.
  uint32_t lag = 2 * t->now + 1 - t->marks[row];
  if (lag == 0) return;
  const float *f = a->factors + (int64_t)lag * (terms + 1);
  vf epsilon = vsplat(a->epsilon);
  vf mean_loss = vsplat(a->mean_loss[lag / 2]), spread_loss = vsplat(a->spread_loss[lag / 2]);
  for (int64_t j = first_column; j < end_column; j += DH_LANES) {
    size_t part = (size_t)(end_column - j < DH_LANES ? end_column - j : DH_LANES);
    int64_t place = row * t->width + j;
    vf m = load_columns(t->mean + place, part), v = load_columns(t->spread + place, part);
    vf w = load_columns(t->weights + place, part);
    store_columns(t->weights + place, adam_moved(w, m, v, f, epsilon, terms, lag > 1), part);
    if (settles) {
      store_columns(t->mean + place, m - m * mean_loss, part);
      store_columns(t->spread + place, v - v * spread_loss, part);
    }
  }
}

static inline __attribute__((always_inline)) void adam_rows_pass(
    const dh_table_rows *t, const dh_adam_rows *a, int64_t first_row, int64_t end_row,
    int64_t first_column, int64_t end_column, int64_t terms) {
  for (int64_t row = first_row; row < end_row; row++)
    adam_row(t, a, row, first_column, end_column, 1, terms);
}

static inline __attribute__((always_inline)) void adam_found_pass(
    const dh_table_rows *t, const dh_adam_rows *a, int64_t first_column, int64_t end_column,
    int64_t terms) {
  for (int64_t i = 0; i < t->found_count; i++) {
    int64_t row = t->found[i];
    if (i + ROWS_AHEAD < t->found_count)
      prefetch_row(t, t->found[i + ROWS_AHEAD], first_column, end_column, 1);
    // Just settled, although its mark does not say so yet.
    if (row >= t->sweep_first && row < t->sweep_end) continue;
    adam_row(t, a, row, first_column, end_column, 0, terms);
  }
}

// The usual numbers of terms are known when the loop is compiled.
static void adam_rows_settle(
    const dh_table_rows *t, const dh_adam_rows *a, int64_t first_row, int64_t end_row,
    int64_t first_column, int64_t end_column) {
  if (a->terms == 4) adam_rows_pass(t, a, first_row, end_row, first_column, end_column, 4);
  else adam_rows_pass(t, a, first_row, end_row, first_column, end_column, a->terms);
}

static void adam_rows_catch_up(
    const dh_table_rows *t, const dh_adam_rows *a, int64_t first_column, int64_t end_column) {
  adam_rows_settle(t, a, t->sweep_first, t->sweep_end, first_column, end_column);
  if (a->terms == 4) adam_found_pass(t, a, first_column, end_column, 4);
  else adam_found_pass(t, a, first_column, end_column, a->terms);
}

// The gradient of a row's columns from `column` on, some vectors of them, the last one perhaps cut short:
// what flows back to its lookups, in the order of the batch.
static inline __attribute__((always_inline)) void row_gradient(
    const dh_table_rows *t, int64_t head, int64_t column, size_t vectors, size_t last, vf *sum) {
  for (size_t k = 0; k < vectors; k++) sum[k] = vsplat(0);
  for (int64_t link = head; link >= 0; link = t->links[link].next) {
    const float *values = t->links[link].values + column;
    for (size_t k = 0; k + 1 < vectors; k++) sum[k] += vload(values + k * DH_LANES);
    sum[vectors - 1] += load_columns(values + (vectors - 1) * DH_LANES, last);
  }
}

// Some vectors of a row's columns: their gradient is summed up in one walk over the lookups.
enum { ROW_VECTORS = 4 };

// Calls BODY(place, part, g) for all vectors of a range of columns of a row.
#define FOR_ROW_GRADIENT(t, row, first_column, end_column, BODY)                             \
  do {                                                                                       \
    int64_t head = (t)->heads[row], j = first_column, step = ROW_VECTORS * DH_LANES;         \
    vf g[ROW_VECTORS];                                                                       \
    for (; j + step <= end_column; j += step) {                                              \
      row_gradient(t, head, j, ROW_VECTORS, DH_LANES, g);                                    \
      for (int64_t k = 0; k < ROW_VECTORS; k++)                                              \
        BODY((row) * (t)->width + j + k * DH_LANES, DH_LANES, g[k]);                         \
    }                                                                                        \
    for (; j < end_column; j += DH_LANES) {                                                  \
      size_t part = (size_t)(end_column - j < DH_LANES ? end_column - j : DH_LANES);         \
      row_gradient(t, head, j, 1, part, g);                                                  \
      BODY((row) * (t)->width + j, part, g[0]);                                              \
    }                                                                                        \
  } while (0)

static inline __attribute__((always_inline)) void adam_slots(
    const dh_table_rows *t, int64_t place, size_t part, vf g, vf fresh1, vf fresh2, vf mean_loss,
    vf spread_loss) {
  vf m = load_columns(t->mean + place, part), v = load_columns(t->spread + place, part);
  store_columns(t->mean + place, m + (g * fresh1 - m * mean_loss), part);
  store_columns(t->spread + place, v + (g * g * fresh2 - v * spread_loss), part);
}

static void adam_rows_step(
    const dh_table_rows *t, const dh_adam_rows *a, int64_t first_column, int64_t end_column) {
  vf fresh1 = vsplat(a->one_minus_beta1), fresh2 = vsplat(a->one_minus_beta2);
  for (int64_t i = 0; i < t->found_count; i++) {
    int64_t row = t->found[i];
    if (i + ROWS_AHEAD < t->found_count)
      prefetch_row(t, t->found[i + ROWS_AHEAD], first_column, end_column, 0);
    uint32_t age = (2 * t->now + 1 - t->marks[row]) / 2;
    vf mean_loss = vsplat(a->mean_loss[age]), spread_loss = vsplat(a->spread_loss[age]);
#define BODY(place, part, g) \
  adam_slots(t, place, part, g, fresh1, fresh2, mean_loss, spread_loss)
    FOR_ROW_GRADIENT(t, row, first_column, end_column, BODY);
#undef BODY
  }
}

static void sgd_rows_step(
    const dh_table_rows *t, float rate, int64_t first_column, int64_t end_column) {
  vf factor = vsplat(rate);
  for (int64_t i = 0; i < t->found_count; i++) {
    int64_t row = t->found[i];
#define BODY(place, part, g) \
  store_columns(                                                          \
      t->weights + (place), load_columns(t->weights + (place), part) - factor * (g), part)
    FOR_ROW_GRADIENT(t, row, first_column, end_column, BODY);
#undef BODY
  }
}
