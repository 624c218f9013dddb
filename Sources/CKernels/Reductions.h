// Sums, maxima and positions of maxima along the middle axis of [outer, middle, inner]. The order
// of the additions depends on the extents alone.

static inline vf reduce_step(int is_sum, vf a, vf b) { return is_sum ? a + b : vmax(a, b); }

static inline float reduce_one(int is_sum, float a, float b) {
  if (is_sum) return a + b;
  return a != a ? a : a > b ? a : b;
}

// One contiguous row to one number, through four vectors.
static inline __attribute__((always_inline)) float reduce_row(
    int is_sum, const float *x, size_t n) {
  float start = is_sum ? 0 : -INFINITY;
  vf s0 = vsplat(start), s1 = s0, s2 = s0, s3 = s0;
  size_t i = 0;
  for (; i + 4 * DH_LANES <= n; i += 4 * DH_LANES) {
    s0 = reduce_step(is_sum, s0, vload(x + i));
    s1 = reduce_step(is_sum, s1, vload(x + i + DH_LANES));
    s2 = reduce_step(is_sum, s2, vload(x + i + 2 * DH_LANES));
    s3 = reduce_step(is_sum, s3, vload(x + i + 3 * DH_LANES));
  }
  for (; i + DH_LANES <= n; i += DH_LANES) s0 = reduce_step(is_sum, s0, vload(x + i));
  vf all = reduce_step(is_sum, reduce_step(is_sum, s0, s1), reduce_step(is_sum, s2, s3));
  float result = is_sum ? vsum(all) : all[0];
  if (!is_sum)
    for (int lane = 1; lane < DH_LANES; lane++) result = reduce_one(0, result, all[lane]);
  for (; i < n; i++) result = reduce_one(is_sum, result, x[i]);
  return result;
}

// Many rows to one row, some columns at a time.
static inline __attribute__((always_inline)) void reduce_columns(
    int is_sum, const float *x, float *result, size_t rows, size_t columns) {
  float start = is_sum ? 0 : -INFINITY;
  size_t j = 0;
  for (; j + 4 * DH_LANES <= columns; j += 4 * DH_LANES) {
    vf s0 = vsplat(start), s1 = s0, s2 = s0, s3 = s0;
    for (size_t i = 0; i < rows; i++) {
      const float *p = x + i * columns + j;
      s0 = reduce_step(is_sum, s0, vload(p));
      s1 = reduce_step(is_sum, s1, vload(p + DH_LANES));
      s2 = reduce_step(is_sum, s2, vload(p + 2 * DH_LANES));
      s3 = reduce_step(is_sum, s3, vload(p + 3 * DH_LANES));
    }
    vstore(result + j, s0);
    vstore(result + j + DH_LANES, s1);
    vstore(result + j + 2 * DH_LANES, s2);
    vstore(result + j + 3 * DH_LANES, s3);
  }
  for (; j < columns; j += DH_LANES) {
    size_t part = columns - j < DH_LANES ? columns - j : DH_LANES;
    vf s = vsplat(start);
    if (part == DH_LANES) {
      for (size_t i = 0; i < rows; i++) s = reduce_step(is_sum, s, vload(x + i * columns + j));
      vstore(result + j, s);
    } else {
      for (size_t i = 0; i < rows; i++)
        s = reduce_step(is_sum, s, vload_part(x + i * columns + j, part));
      vstore_part(result + j, s, part);
    }
  }
}

static inline __attribute__((always_inline)) void reduce_all(
    int is_sum, const dh_reduce *r, const float *source, float *result) {
  size_t outer = (size_t)r->outer, middle = (size_t)r->middle, inner = (size_t)r->inner;
  if (inner == 1) {
    for (size_t i = 0; i < outer; i++) result[i] = reduce_row(is_sum, source + i * middle, middle);
  } else {
    for (size_t i = 0; i < outer; i++)
      reduce_columns(is_sum, source + i * middle * inner, result + i * inner, middle, inner);
  }
}

// The first of the largest; a NaN counts as the largest.
static void position_of_largest(const dh_reduce *r, const float *source, float *result) {
  size_t middle = (size_t)r->middle, inner = (size_t)r->inner;
  for (size_t i = 0; i < (size_t)r->outer; i++)
    for (size_t j = 0; j < inner; j++) {
      const float *x = source + i * middle * inner + j;
      size_t best = 0;
      for (size_t k = 1; k < middle && x[best * inner] == x[best * inner]; k++)
        if (!(x[k * inner] <= x[best * inner])) best = k;
      result[i * inner + j] = (float)best;
    }
}

// Many elements are reduced in pieces: either whole results, or, for a single one, parts that are
// put together at the end. How they are cut depends on the extents alone.
enum { MOST_REDUCE_PIECES = 16 };
// Elements that are worth a piece: some ten microseconds.
static const size_t reduce_piece_size = 65536;

typedef struct {
  const dh_reduce *reduce;
  const float *source;
  float *result;
  size_t pieces;
} reduce_work;

static int is_cut_inside(const dh_reduce *r) {
  return r->outer == 1 && r->inner > 1 && r->reduction != DH_POSITION_OF_LARGEST;
}

static size_t reduce_scratch(const dh_reduce *r) {
  return is_cut_inside(r) ? (size_t)r->inner * MOST_REDUCE_PIECES : 0;
}

static void reduce_range(const dh_reduce *r, const float *source, float *result) {
  switch (r->reduction) {
    case DH_SUM: reduce_all(1, r, source, result); break;
    case DH_LARGEST: reduce_all(0, r, source, result); break;
    case DH_POSITION_OF_LARGEST: position_of_largest(r, source, result); break;
  }
}

static void reduce_piece(const void *argument, int piece, int worker) {
  (void)worker;
  const reduce_work *work = argument;
  dh_reduce part = *work->reduce;
  int inside = is_cut_inside(&part);
  size_t extent = (size_t)(inside ? part.middle : part.outer);
  size_t first = extent * (size_t)piece / work->pieces;
  size_t end = extent * ((size_t)piece + 1) / work->pieces;
  size_t inner = (size_t)part.inner;
  if (inside) {
    part.middle = (int64_t)(end - first);
    reduce_range(&part, work->source + first * inner, work->result + (size_t)piece * inner);
  } else {
    part.outer = (int64_t)(end - first);
    reduce_range(
        &part, work->source + first * (size_t)part.middle * inner, work->result + first * inner);
  }
}

static void run_reduce(const dh_reduce *r, const dh_context *context) {
  const float *source = place_in(context, r->source);
  float *result = place_in(context, r->result);
  size_t pieces = (size_t)(r->outer * r->middle * r->inner) / reduce_piece_size;
  size_t most = (size_t)(is_cut_inside(r) ? r->middle : r->outer);
  if (pieces > MOST_REDUCE_PIECES) pieces = MOST_REDUCE_PIECES;
  if (pieces > most) pieces = most;
  if (pieces <= 1) {
    reduce_range(r, source, result);
    return;
  }
  int inside = is_cut_inside(r);
  reduce_work work = {r, source, inside ? context->scratch : result, pieces};
  dh_team_work(context->team, (int)pieces, reduce_piece, &work);
  if (!inside) return;
  dh_reduce whole = *r;
  whole.middle = (int64_t)pieces;
  reduce_range(&whole, context->scratch, result);
}
