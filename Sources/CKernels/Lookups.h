// Rows of a table by their numbers, and sums of rows with the same number.

// Sums over rows go by the parts of the table: each piece of work sums up the rows of some parts, which
// are then in its own cache if the same thread moved them, and the parts' sums are added up in a fixed
// order. Where there is one part, or few rows to a sum, a piece is some of the sums instead.
typedef struct {
  const dh_lookup *lookup;
  const float *source, *numbers;
  float *result;
  float *sums;    // [parts, results, width], if there are parts
  int32_t *list;  // the rows of one sum, for each piece
  int64_t parts, pieces;
} sum_work;

// Lookups that are worth a piece, in elements: some ten microseconds.
static const int64_t sum_piece_size = 32768;
// Rows to a sum and part that are worth the parts' sums being written and read again.
enum { ROWS_OF_PART_SUM = 4 };
enum { MOST_SUM_PIECES = 64 };

static int64_t results_of(const dh_lookup *l) { return l->count / l->summed; }

static int64_t sum_parts(const dh_lookup *l) {
  int64_t parts = dh_row_parts(l->rows, l->width);
  return l->summed >= ROWS_OF_PART_SUM * parts ? parts : 1;
}

static int64_t sum_pieces(const dh_lookup *l, int threads) {
  int64_t most = l->count * l->width / sum_piece_size, parts = sum_parts(l);
  int64_t available = parts > 1 ? parts : results_of(l);
  if (threads > MOST_SUM_PIECES) threads = MOST_SUM_PIECES;
  if (parts > 1 && most > threads) most = threads;
  if (most > MOST_SUM_PIECES) most = MOST_SUM_PIECES;
  if (most > available) most = available;
  return most > 1 ? most : 1;
}

// Room for the list of a sum, whole lines of the cache.
static int64_t list_length(const dh_lookup *l) { return (l->summed + LIST_ROOM + 15) / 16 * 16; }

// Some vectors of the columns of one result, the last one perhaps cut short.
static inline __attribute__((always_inline)) void sum_rows(
    const sum_work *work, const int32_t *rows, int64_t count, int64_t column, float *result,
    size_t vectors, size_t last) {
  int64_t width = work->lookup->width;
  vf sum[4];
  for (size_t k = 0; k < vectors; k++) sum[k] = vsplat(0);
  for (int64_t i = 0; i < count; i++) {
    if (rows[i] < 0) {
      for (size_t k = 0; k < vectors; k++) sum[k] += vsplat(NAN);
      continue;
    }
    const float *row = work->source + rows[i] * width + column;
    for (size_t k = 0; k + 1 < vectors; k++) sum[k] += vload(row + k * DH_LANES);
    sum[vectors - 1] += load_some(row + (vectors - 1) * DH_LANES, last);
  }
  for (size_t k = 0; k + 1 < vectors; k++) vstore(result + k * DH_LANES, sum[k]);
  store_some(result + (vectors - 1) * DH_LANES, sum[vectors - 1], last);
}

// One result, or what a part of the table adds to it.
static void sum_result(
    const sum_work *work, int64_t number, int64_t part, int32_t *list, float *result) {
  const dh_lookup *l = work->lookup;
  int64_t width = l->width, j = 0;
  int64_t count = list_rows(
      work->numbers + number * l->summed, l->summed, l->rows, work->parts, part, list, NULL);
  for (; j + 4 * DH_LANES <= width; j += 4 * DH_LANES)
    sum_rows(work, list, count, j, result + j, 4, DH_LANES);
  for (; j + 2 * DH_LANES <= width; j += 2 * DH_LANES)
    sum_rows(work, list, count, j, result + j, 2, DH_LANES);
  for (; j < width; j += DH_LANES)
    sum_rows(work, list, count, j, result + j, 1, (size_t)(width - j));
}

static void sum_piece(const void *argument, int piece, int worker) {
  (void)worker;
  const sum_work *work = argument;
  const dh_lookup *l = work->lookup;
  int64_t results = results_of(l);
  int32_t *list = work->list + piece * list_length(l);
  if (work->parts == 1) {
    for (int64_t i = results * piece / work->pieces; i < results * (piece + 1) / work->pieces; i++)
      sum_result(work, i, 0, list, work->result + i * l->width);
    return;
  }
  for (int64_t part = piece; part < work->parts; part += work->pieces)
    for (int64_t i = 0; i < results; i++)
      sum_result(work, i, part, list, work->sums + (part * results + i) * l->width);
}

// Adds up the parts' sums of some elements.
static void add_parts_piece(const void *argument, int piece, int worker) {
  (void)worker;
  const sum_work *work = argument;
  int64_t count = results_of(work->lookup) * work->lookup->width;
  int64_t first = count * piece / work->pieces, end = count * (piece + 1) / work->pieces;
  for (int64_t i = first; i < end; i += DH_LANES) {
    size_t left = (size_t)(end - i);
    vf sum = load_some(work->sums + i, left);
    for (int64_t k = 1; k < work->parts; k++) sum += load_some(work->sums + k * count + i, left);
    store_some(work->result + i, sum, left);
  }
}

static size_t lookup_scratch(const dh_lookup *l) {
  if (l->summed == 1) return 0;
  // Numbers of 32 bits, each in the place of a float.
  int64_t parts = sum_parts(l), sums = parts > 1 ? parts * results_of(l) * l->width : 0;
  return (size_t)(sums + sum_pieces(l, MOST_SUM_PIECES) * list_length(l));
}

static void run_sums(const dh_lookup *l, const dh_context *context) {
  int64_t parts = sum_parts(l), pieces = sum_pieces(l, dh_team_threads(context->team));
  int32_t *lists = (int32_t *)(void *)context->scratch;
  float *sums = context->scratch + sum_pieces(l, MOST_SUM_PIECES) * list_length(l);
  sum_work work = {
      l, place_in(context, l->source), place_in(context, l->numbers), place_in(context, l->result),
      sums, lists, parts, pieces};
  dh_team_work(context->team, (int)pieces, sum_piece, &work);
  if (parts == 1) return;
  work.pieces = parts * results_of(l) * l->width / sum_piece_size;
  if (work.pieces > MOST_SUM_PIECES) work.pieces = MOST_SUM_PIECES;
  if (work.pieces < 1) work.pieces = 1;
  dh_team_work(context->team, (int)work.pieces, add_parts_piece, &work);
}

static void run_lookup(const dh_lookup *l, const dh_context *context) {
  const float *source = place_in(context, l->source), *numbers = place_in(context, l->numbers);
  float *result = place_in(context, l->result);
  size_t width = (size_t)l->width;
  if (l->summed > 1) return run_sums(l, context);
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
