// Rows of tables that are moved only when they are looked up (include/TableRows.h).

// Rows are far apart: those to come are asked for ahead, and so is what flowed back to them, once it
// is known where that is.
enum { ROWS_AHEAD = 6, LINKS_AHEAD = 12, STATES_AHEAD = 12 };

static void rows_find(const dh_table_rows *t, int64_t part) {
  dh_row_part *p = t->parts + part;
  dh_row_state *restrict states = t->states;
  dh_found_row *restrict found = p->found;
  dh_row_link *restrict links = p->links;
  uint32_t next_mark = 2 * (t->now + 1), end = p->link_end, mask = p->link_mask;
  int64_t found_count = 0;
  // Last to first, so that each row's lookups are linked in the order of the batch.
  for (int64_t k = t->lookup_count - 1; k >= 0; k--) {
    const dh_row_lookups *l = t->lookups + k;
    int32_t *restrict rows = p->rows, *restrict places = p->places;
    int64_t count = list_rows(l->numbers, l->count, t->rows, t->part_count, part, rows, places);
    int64_t repeats = l->repeats, first = l->count;
    uint32_t width = (uint32_t)t->width, values = l->values + (uint32_t)(first / repeats) * width;
    for (int64_t i = count - 1; i >= 0; i--) {
      if (i >= STATES_AHEAD && rows[i - STATES_AHEAD] >= 0)
        __builtin_prefetch(states + rows[i - STATES_AHEAD], 1);
      int32_t row = rows[i];
      if (row < 0) continue;
      for (; places[i] < first; first -= repeats) values -= width;
      dh_row_state state = states[row];
      int is_new = state.mark != next_mark;
      found[found_count] = (dh_found_row){row, state};
      found_count += is_new;
      links[end & mask] = (dh_row_link){values, is_new ? end : state.head};
      states[row] = (dh_row_state){next_mark, end++};
    }
  }
  p->link_end = end;
  p->found_count = found_count;
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
//
// Where v is infinite, the step that made it so moves nothing, and the next one makes v NaN. So does
// √v / (√v + ε), for rows that took steps without a gradient since; for others √v has a finite limit.
static inline __attribute__((always_inline)) vf adam_moved(
    vf w, vf m, vf v, const float *f, vf epsilon, int64_t terms, vf most) {
  vf root = vsqrt(v), inverse = vsplat(1) / (root + epsilon);
  vf y = vlesser(most, root) * inverse, sum = vsplat(f[terms]);
  for (int64_t term = terms - 1; term >= 1; term--) sum = sum * y + vsplat(f[term]);
  return vsplat(f[0]) * w - m * inverse * sum;
}

static inline void prefetch_row(const dh_table_rows *t, int64_t row, int with_weights) {
  for (int64_t place = row * t->width; place < (row + 1) * t->width; place += 16) {
    if (with_weights) __builtin_prefetch(t->weights + place, 1);
    __builtin_prefetch(t->mean + place, 1);
    __builtin_prefetch(t->spread + place, 1);
  }
}

// Asks for what flowed back to the first lookup of a row.
static inline void prefetch_gradient(
    const dh_table_rows *t, const dh_row_part *p, dh_row_state state) {
  const float *values = t->values + p->links[state.head & p->link_mask].values;
  for (int64_t j = 0; j < t->width; j += 16) __builtin_prefetch(values + j);
}

// The gradient of a row's columns from `column` on, some vectors of them, the last one perhaps cut short:
// what flows back to its lookups, in the order of the batch.
static inline __attribute__((always_inline)) void row_gradient(
    const dh_table_rows *t, const dh_row_part *p, uint32_t head, int64_t column, size_t vectors,
    size_t last, vf *sum) {
  for (size_t k = 0; k < vectors; k++) sum[k] = vsplat(0);
  for (;;) {
    dh_row_link link = p->links[head & p->link_mask];
    const float *values = t->values + link.values + column;
    for (size_t k = 0; k + 1 < vectors; k++) sum[k] += vload(values + k * DH_LANES);
    sum[vectors - 1] += load_some(values + (vectors - 1) * DH_LANES, last);
    if (link.next == head) return;
    head = link.next;
  }
}

// Some vectors of a row's columns: their gradient is summed up in one walk over the lookups.
enum { ROW_VECTORS = 4 };

// Calls BODY(place, part, g) for all vectors of a row; the part is what is left of the vector or of the
// row. Without a gradient g is not to be read.
#define FOR_ROW(t, p, row, head, has_gradient, BODY)                                         \
  do {                                                                                       \
    int64_t j = 0, first = (row) * (t)->width, step = ROW_VECTORS * DH_LANES;                \
    vf g[ROW_VECTORS];                                                                       \
    for (; j + step <= (t)->width; j += step) {                                              \
      if (has_gradient) row_gradient(t, p, head, j, ROW_VECTORS, DH_LANES, g);               \
      _Pragma("clang loop unroll(full)")                                                     \
      for (int64_t k = 0; k < ROW_VECTORS; k++) BODY(first + j + k * DH_LANES, DH_LANES, g[k]); \
    }                                                                                        \
    for (; j < (t)->width; j += DH_LANES) {                                                  \
      size_t left = (size_t)((t)->width - j);                                                \
      if (has_gradient) row_gradient(t, p, head, j, 1, left, g);                             \
      BODY(first + j, left, g[0]);                                                           \
    }                                                                                        \
  } while (0)

static inline vf adam_mean(const dh_adam_rows *a, vf m, vf g) {
  return m + (g - m) * vsplat(a->one_minus_beta1);
}

static inline vf adam_spread(const dh_adam_rows *a, vf v, vf g) {
  return v + (g * g - v) * vsplat(a->one_minus_beta2);
}

// Brings a row up to date that was as the mark says.
static inline __attribute__((always_inline)) void adam_row(
    const dh_table_rows *t, const dh_adam_rows *a, const dh_row_part *p, dh_found_row r,
    int64_t terms) {
  // Twice the age, and 1 if the move of the step that looked the row up is due.
  uint32_t lag = 2 * t->now + 1 - r.state.mark;
  if (lag == 0) return;
  const float *f = a->factors + (int64_t)lag * (terms + 1);
  vf epsilon = vsplat(a->epsilon);
  vf mean_kept = vsplat(a->mean_kept[lag / 2]), spread_kept = vsplat(a->spread_kept[lag / 2]);
  vf most = vsplat(lag > 1 ? INFINITY : FLT_MAX);
#define MOVE(place, part, m, v)                                                              \
  do {                                                                                       \
    vf w = load_some(t->weights + (place), part);                                            \
    store_some(                                                                              \
        t->weights + (place), adam_moved(w, m, v, f, epsilon, terms, most), part);           \
    store_some(t->mean + (place), m * mean_kept, part);                                      \
    store_some(t->spread + (place), v * spread_kept, part);                                  \
  } while (0)
#define WITH_GRADIENT(place, part, g)                                                        \
  do {                                                                                       \
    vf m = adam_mean(a, load_some(t->mean + (place), part), g);                              \
    vf v = adam_spread(a, load_some(t->spread + (place), part), g);                          \
    MOVE(place, part, m, v);                                                                 \
  } while (0)
#define WITHOUT_GRADIENT(place, part, g)                                                     \
  do {                                                                                       \
    vf m = load_some(t->mean + (place), part), v = load_some(t->spread + (place), part);     \
    MOVE(place, part, m, v);                                                                 \
  } while (0)
  if (t->gradients_wait && lag % 2) FOR_ROW(t, p, r.row, r.state.head, 1, WITH_GRADIENT);
  else FOR_ROW(t, p, r.row, 0, 0, WITHOUT_GRADIENT);
#undef WITHOUT_GRADIENT
#undef WITH_GRADIENT
#undef MOVE
}

// Settles some rows of a part, counted within the part.
static inline __attribute__((always_inline)) void adam_settle_rows(
    const dh_table_rows *t, const dh_adam_rows *a, int64_t part, int64_t first, int64_t end,
    int64_t terms) {
  for (int64_t i = first; i < end; i++) {
    int64_t block = i / DH_ROWS_IN_BLOCK * t->part_count + part;
    int64_t row = block * DH_ROWS_IN_BLOCK + i % DH_ROWS_IN_BLOCK;
    if (row >= t->rows) continue;
    adam_row(t, a, t->parts + part, (dh_found_row){(int32_t)row, t->states[row]}, terms);
    t->states[row].mark = 2 * t->now + 1;
  }
}

// The rows of a part, some of its last block perhaps beyond the table.
static inline int64_t rows_in_part(const dh_table_rows *t, int64_t part) {
  int64_t blocks = (t->rows + DH_ROWS_IN_BLOCK - 1) / DH_ROWS_IN_BLOCK;
  return (blocks - part + t->part_count - 1) / t->part_count * DH_ROWS_IN_BLOCK;
}

static inline __attribute__((always_inline)) void adam_open_part(
    const dh_table_rows *t, const dh_adam_rows *a, int64_t part, int64_t terms) {
  dh_row_part *p = t->parts + part;
  int64_t rows = rows_in_part(t, part), first = p->turn, end = first + t->swept;
  adam_settle_rows(t, a, part, first, end < rows ? end : rows, terms);
  p->turn = end < rows ? end : 0;
  rows_find(t, part);
  // Copies, which no store can be thought to change.
  const dh_table_rows table = *t;
  const dh_adam_rows adam = *a;
  const dh_row_part own = *p;
  for (int64_t i = 0; i < own.found_count; i++) {
    if (table.gradients_wait && i + LINKS_AHEAD < own.found_count)
      __builtin_prefetch(own.links + (own.found[i + LINKS_AHEAD].state.head & own.link_mask));
    if (i + ROWS_AHEAD < own.found_count) {
      prefetch_row(&table, own.found[i + ROWS_AHEAD].row, 1);
      if (table.gradients_wait)
        prefetch_gradient(&table, &own, own.found[i + ROWS_AHEAD].state);
    }
    adam_row(&table, &adam, &own, own.found[i], terms);
  }
}

// The usual numbers of terms are known when the loop is compiled.
static void adam_rows_open(const dh_table_rows *t, const dh_adam_rows *a, int64_t part) {
  if (a->terms == 4) adam_open_part(t, a, part, 4);
  else adam_open_part(t, a, part, a->terms);
}

static void adam_rows_settle(const dh_table_rows *t, const dh_adam_rows *a, int64_t part) {
  adam_settle_rows(t, a, part, 0, rows_in_part(t, part), a->terms);
}

static void adam_rows_step(const dh_table_rows *t, const dh_adam_rows *a, int64_t part) {
  const dh_row_part *p = t->parts + part;
#define BODY(place, part, g)                                                                 \
  do {                                                                                       \
    vf m = load_some(t->mean + (place), part), v = load_some(t->spread + (place), part);     \
    store_some(t->mean + (place), adam_mean(a, m, g), part);                                 \
    store_some(t->spread + (place), adam_spread(a, v, g), part);                             \
  } while (0)
  for (int64_t i = 0; i < p->found_count; i++) {
    if (i + ROWS_AHEAD < p->found_count) prefetch_row(t, p->found[i + ROWS_AHEAD].row, 0);
    int64_t row = p->found[i].row;
    FOR_ROW(t, p, row, t->states[row].head, 1, BODY);
  }
#undef BODY
}

static void sgd_rows_step(const dh_table_rows *t, float rate, int64_t part) {
  const dh_row_part *p = t->parts + part;
  vf factor = vsplat(rate);
#define BODY(place, part, g)                                                                 \
  store_some(                                                                                \
      t->weights + (place), load_some(t->weights + (place), part) - factor * (g), part)
  for (int64_t i = 0; i < p->found_count; i++) {
    int64_t row = p->found[i].row;
    FOR_ROW(t, p, row, t->states[row].head, 1, BODY);
  }
#undef BODY
}
