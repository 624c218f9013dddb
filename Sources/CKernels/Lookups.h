// Rows of a table by their numbers, and sums of rows with the same number.

// The row that a number names, -1 if there is none: cut to a whole number, from the end if negative.
static inline int64_t row_named(float number, int64_t rows) {
  // Also false for NaN.
  if (!(number > -(float)rows - 1 && number < (float)rows)) return -1;
  int64_t whole = (int64_t)number;
  int64_t row = whole < 0 ? whole + rows : whole;
  return row >= 0 && row < rows ? row : -1;
}

// Floats that are worth a piece of their own: some ten microseconds.
enum { LOOKUP_PIECE = 32768, LOOKUP_MOST_PIECES = 16 };

typedef struct {
  const dh_lookup *lookup;
  const float *source, *numbers;
  float *result;
  int pieces;
} lookup_work;

// A piece reads some of the rows.
static void gather_piece(const void *argument, int piece, int worker) {
  (void)worker;
  const lookup_work *work = argument;
  const dh_lookup *l = work->lookup;
  size_t width = (size_t)l->width;
  int64_t end = l->count * (piece + 1) / work->pieces;
  for (int64_t i = l->count * piece / work->pieces; i < end; i++) {
    int64_t row = row_named(work->numbers[i], l->rows);
    float *target = work->result + (size_t)i * width;
    if (row >= 0) memcpy(target, work->source + (size_t)row * width, width * sizeof(float));
    else for (size_t j = 0; j < width; j++) target[j] = NAN;
  }
}

// A piece has some rows of the table to itself, and looks through all numbers for them: so rows with
// the same number are always added in the same order.
static void scatter_piece(const void *argument, int piece, int worker) {
  (void)worker;
  const lookup_work *work = argument;
  const dh_lookup *l = work->lookup;
  size_t width = (size_t)l->width;
  int64_t first = l->rows * piece / work->pieces, end = l->rows * (piece + 1) / work->pieces;
  memset(work->result + (size_t)first * width, 0, (size_t)(end - first) * width * sizeof(float));
  for (int64_t i = 0; i < l->count; i++) {
    int64_t row = row_named(work->numbers[i], l->rows);
    if (row < first || row >= end) continue;
    float *restrict target = work->result + (size_t)row * width;
    const float *restrict values = work->source + (size_t)i * width;
    for (size_t j = 0; j < width; j++) target[j] += values[j];
  }
}

static void run_lookup(const dh_lookup *l, const dh_context *context) {
  int64_t pieces = (l->is_scatter ? l->rows : l->count) * l->width / LOOKUP_PIECE;
  if (pieces > LOOKUP_MOST_PIECES) pieces = LOOKUP_MOST_PIECES;
  lookup_work work = {
      l, place_in(context, l->source), place_in(context, l->numbers),
      place_in(context, l->result), pieces < 1 ? 1 : (int)pieces};
  dh_team_work(
      context->team, work.pieces, l->is_scatter ? scatter_piece : gather_piece, &work);
}
