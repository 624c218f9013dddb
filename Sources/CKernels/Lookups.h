// Rows of a table by their numbers, and sums of rows with the same number.

// The row that a number names, -1 if there is none: cut to a whole number, from the end if negative.
static inline int64_t row_named(float number, int64_t rows) {
  // Also false for NaN.
  if (!(number > -(float)rows - 1 && number < (float)rows)) return -1;
  int64_t whole = (int64_t)number;
  int64_t row = whole < 0 ? whole + rows : whole;
  return row >= 0 && row < rows ? row : -1;
}

typedef struct {
  const dh_lookup *lookup;
  const float *source;
  const int32_t *rows;
  float *result;
  int64_t pieces;
} sum_work;

// Lookups that are worth a piece, in elements: some ten microseconds.
static const int64_t sum_piece_size = 32768;
// Columns of a piece at least: two lines of the cache.
enum { SUM_PIECE_COLUMNS = 32 };

// Some vectors of the columns of one result, the last one perhaps cut short.
static inline __attribute__((always_inline)) void sum_rows(
    const sum_work *work, const int32_t *rows, int64_t column, float *result, size_t vectors,
    size_t last) {
  int64_t summed = work->lookup->summed, width = work->lookup->width;
  vf sum[4];
  for (size_t k = 0; k < vectors; k++) sum[k] = vsplat(0);
  for (int64_t i = 0; i < summed; i++) {
    if (rows[i] < 0) {
      for (size_t k = 0; k < vectors; k++) sum[k] += vsplat(NAN);
      continue;
    }
    const float *row = work->source + rows[i] * width + column;
    for (size_t k = 0; k + 1 < vectors; k++) sum[k] += vload(row + k * DH_LANES);
    row += (vectors - 1) * DH_LANES;
    sum[vectors - 1] += last == DH_LANES ? vload(row) : vload_part(row, last);
  }
  for (size_t k = 0; k + 1 < vectors; k++) vstore(result + k * DH_LANES, sum[k]);
  result += (vectors - 1) * DH_LANES;
  if (last == DH_LANES) vstore(result, sum[vectors - 1]);
  else vstore_part(result, sum[vectors - 1], last);
}

// A piece is some columns of all results: those of the table that a thread has in its own cache.
static void sum_piece(const void *argument, int piece, int worker) {
  (void)worker;
  const sum_work *work = argument;
  int64_t width = work->lookup->width, summed = work->lookup->summed;
  int64_t bounds[2];
  for (int k = 0; k < 2; k++)
    bounds[k] = piece + k == work->pieces ? width : width * (piece + k) / work->pieces / 16 * 16;
  for (int64_t i = 0; i < work->lookup->count / summed; i++) {
    const int32_t *rows = work->rows + i * summed;
    float *result = work->result + i * width;
    int64_t j = bounds[0];
    for (; j + 4 * DH_LANES <= bounds[1]; j += 4 * DH_LANES)
      sum_rows(work, rows, j, result + j, 4, DH_LANES);
    for (; j + 2 * DH_LANES <= bounds[1]; j += 2 * DH_LANES)
      sum_rows(work, rows, j, result + j, 2, DH_LANES);
    for (; j < bounds[1]; j += DH_LANES)
      sum_rows(
          work, rows, j, result + j, 1,
          (size_t)(bounds[1] - j < DH_LANES ? bounds[1] - j : DH_LANES));
  }
}

static size_t lookup_scratch(const dh_lookup *l) {
  return l->summed > 1 ? (size_t)l->count : 0;
}

static void run_lookup(const dh_lookup *l, const dh_context *context) {
  const float *source = place_in(context, l->source), *numbers = place_in(context, l->numbers);
  float *result = place_in(context, l->result);
  size_t width = (size_t)l->width;
  if (l->summed > 1) {
    // Numbers of 32 bits, each in the place of a float.
    int32_t *rows = (int32_t *)(void *)context->scratch;
    for (int64_t i = 0; i < l->count; i++) rows[i] = (int32_t)row_named(numbers[i], l->rows);
    int64_t pieces = l->count * l->width / sum_piece_size, most = l->width / SUM_PIECE_COLUMNS;
    if (pieces > most) pieces = most;
    sum_work work = {l, source, rows, result, pieces > 1 ? pieces : 1};
    dh_team_work(context->team, (int)work.pieces, sum_piece, &work);
    return;
  }
  if (!l->is_scatter) {
    for (int64_t i = 0; i < l->count; i++) {
      int64_t row = row_named(numbers[i], l->rows);
      float *target = result + (size_t)i * width;
      if (row >= 0) memcpy(target, source + (size_t)row * width, width * sizeof(float));
      else for (size_t j = 0; j < width; j++) target[j] = NAN;
    }
    return;
  }
  memset(result, 0, (size_t)l->rows * width * sizeof(float));
  // One after the other: rows with the same number are always added in the same order.
  for (int64_t i = 0; i < l->count; i++) {
    int64_t row = row_named(numbers[i], l->rows);
    if (row < 0) continue;
    float *restrict target = result + (size_t)row * width;
    const float *restrict values = source + (size_t)i * width;
    for (size_t j = 0; j < width; j++) target[j] += values[j];
  }
}
