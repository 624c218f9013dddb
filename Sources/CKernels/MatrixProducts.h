// Matrix products. Small ones are computed here: blocks of up to six rows and two vectors of columns
// stay in registers while the inner axis runs, so every number read is used several times. Large ones
// go to OpenBLAS, which arranges the operands for the larger caches.

// Rows of a block; with two vectors of columns that makes twelve sums, which with their operands
// just fit into sixteen registers.
enum { BLOCK_ROWS = 6, BLOCK_COLUMNS = 2 * DH_LANES };

// From this many multiplications on OpenBLAS is ahead.
static const int64_t large_product = 500000;

// The left operand as a(i, p) = a[i·row + p·inner].
typedef struct {
  const float *p;
  ptrdiff_t row, inner;
} left_operand;

// Where a block of results goes, and what is done to it on the way.
typedef struct {
  float *result;
  ptrdiff_t row;
  const float *bias;  // at the block's first column, or NULL
  int relu;
  size_t columns;  // of the block's room, those that exist
} block_target;

static inline __attribute__((always_inline)) void product_block(
    const int rows, const int vectors, size_t inner, left_operand a, const float *b, ptrdiff_t ldb,
    block_target target) {
  vf sums[BLOCK_ROWS][2];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors; j++) sums[i][j] = (vf){};
  for (size_t p = 0; p < inner; p++) {
    vf right[2];
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors; j++) right[j] = vload(b + j * DH_LANES);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      vf left = vsplat(a.p[i * a.row]);
#pragma clang loop unroll(full)
      for (int j = 0; j < vectors; j++) sums[i][j] = left * right[j] + sums[i][j];
    }
    a.p += a.inner;
    b += ldb;
  }
#pragma clang loop unroll(full)
  for (int j = 0; j < vectors; j++) {
    size_t start = (size_t)j * DH_LANES;
    size_t left = target.columns - start;
    int is_whole = left >= DH_LANES;
    vf bias = (vf){};
    if (target.bias)
      bias = is_whole ? vload(target.bias + start) : vload_part(target.bias + start, left);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      vf sum = sums[i][j];
      if (target.bias) sum += bias;
      if (target.relu) sum = vrelu(sum);
      float *place = target.result + i * target.row + start;
      if (is_whole) vstore(place, sum);
      else vstore_part(place, sum, left);
    }
  }
}

#define BLOCK(rows) \
  case rows: product_block(rows, vectors, inner, a, b, ldb, target); break;
static inline __attribute__((always_inline)) void product_rows(
    int rows, const int vectors, size_t inner, left_operand a, const float *b, ptrdiff_t ldb,
    block_target target) {
  switch (rows) { BLOCK(1) BLOCK(2) BLOCK(3) BLOCK(4) BLOCK(5) BLOCK(6) }
}
#undef BLOCK

// Columns of the right operand, `width` of them, as rows of BLOCK_COLUMNS filled up with zeros.
static void pack_columns(
    float *packed, const float *b, ptrdiff_t ldb, size_t inner, size_t width) {
  for (size_t p = 0; p < inner; p++) {
    const float *source = b + (ptrdiff_t)p * ldb;
    float *row = packed + p * BLOCK_COLUMNS;
    if (width == BLOCK_COLUMNS) {
      vstore(row, vload(source));
      vstore(row + DH_LANES, vload(source + DH_LANES));
    } else {
      size_t j = 0;
      for (; j < width; j++) row[j] = source[j];
      for (; j < BLOCK_COLUMNS; j++) row[j] = 0;
    }
  }
}

// The same for a right operand that is stored transposed: its columns run along memory.
static void pack_transposed(
    float *packed, const float *b, ptrdiff_t ldb, size_t inner, size_t width) {
  size_t j = 0;
  for (; j + DH_LANES <= width; j += DH_LANES) {
    const float *source = b + (ptrdiff_t)j * ldb;
    float *column = packed + j;
    size_t p = 0;
    for (; p + DH_LANES <= inner; p += DH_LANES) {
      vf square[DH_LANES];
      for (int i = 0; i < DH_LANES; i++) square[i] = vload(source + i * ldb + (ptrdiff_t)p);
      vtranspose(square);
      for (int i = 0; i < DH_LANES; i++)
        vstore(column + (p + (size_t)i) * BLOCK_COLUMNS, square[i]);
    }
    for (; p < inner; p++)
      for (int i = 0; i < DH_LANES; i++)
        column[p * BLOCK_COLUMNS + (size_t)i] = source[i * ldb + (ptrdiff_t)p];
  }
  for (; j < BLOCK_COLUMNS; j++)
    for (size_t p = 0; p < inner; p++)
      packed[p * BLOCK_COLUMNS + j] = j < width ? b[(ptrdiff_t)j * ldb + (ptrdiff_t)p] : 0;
}

// Rows of the left operand with rows of a right operand that is stored transposed: both run along
// memory, so each result is a sum over vectors. For few rows this spares the packing.
static void product_of_rows(
    size_t rows, size_t inner, size_t columns, const float *a, ptrdiff_t lda, const float *b,
    ptrdiff_t ldb, block_target target) {
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++) {
      const float *x = a + (ptrdiff_t)i * lda, *y = b + (ptrdiff_t)j * ldb;
      vf s0 = (vf){}, s1 = s0;
      size_t p = 0;
      for (; p + 2 * DH_LANES <= inner; p += 2 * DH_LANES) {
        s0 = vload(x + p) * vload(y + p) + s0;
        s1 = vload(x + p + DH_LANES) * vload(y + p + DH_LANES) + s1;
      }
      for (; p + DH_LANES <= inner; p += DH_LANES) s0 = vload(x + p) * vload(y + p) + s0;
      if (p < inner) s1 = vload_part(x + p, inner - p) * vload_part(y + p, inner - p) + s1;
      float sum = vsum(s0 + s1);
      if (target.bias) sum += target.bias[(ptrdiff_t)j];
      if (target.relu) sum = sum < 0 ? 0 : sum;
      target.result[(ptrdiff_t)i * target.row + (ptrdiff_t)j] = sum;
    }
}

// Few enough rows that packing the right operand would cost more than it saves.
enum { FEW_ROWS = 3 };
// A right operand of at most this many floats is read where it lies: it stays in the first cache.
enum { NEAR_FLOATS = 8192 };

static void small_product(
    size_t rows, size_t inner, size_t columns, left_operand a, const float *b, int is_transposed,
    block_target target, float *scratch) {
  ptrdiff_t ldb = is_transposed ? (ptrdiff_t)inner : (ptrdiff_t)columns;
  if (is_transposed && rows <= FEW_ROWS && a.inner == 1) {
    product_of_rows(rows, inner, columns, a.p, a.row, b, ldb, target);
    return;
  }
  size_t blocks = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
  for (size_t j = 0; j < columns; j += BLOCK_COLUMNS) {
    size_t width = columns - j < BLOCK_COLUMNS ? columns - j : BLOCK_COLUMNS;
    const float *panel = is_transposed ? b + j * inner : b + j;
    ptrdiff_t step = ldb;
    int is_far = inner * columns > NEAR_FLOATS && rows > BLOCK_ROWS;
    // A part of a vector may not be read past its end.
    if (is_transposed || is_far || width % DH_LANES != 0) {
      if (is_transposed) pack_transposed(scratch, panel, ldb, inner, width);
      else pack_columns(scratch, panel, ldb, inner, width);
      panel = scratch;
      step = BLOCK_COLUMNS;
    }
    block_target here = target;
    here.columns = width;
    if (here.bias) here.bias += j;
    // Blocks of nearly equal height: 32 rows are 6 6 5 5 5 5, not 6 6 6 6 6 2.
    size_t row = 0;
    for (size_t block = 0; block < blocks; block++) {
      size_t next = rows * (block + 1) / blocks;
      left_operand part = a;
      part.p += (ptrdiff_t)row * a.row;
      here.result = target.result + (ptrdiff_t)row * target.row + j;
      if (width > DH_LANES) product_rows((int)(next - row), 2, inner, part, panel, step, here);
      else product_rows((int)(next - row), 1, inner, part, panel, step, here);
      row = next;
    }
  }
}

// A large product in pieces of whole columns, or of rows if there are more of them. How it is cut
// depends on its size alone, so that any number of threads computes the same bits.
typedef struct {
  const dh_matrix_product *product;
  const float *left, *right, *bias;
  float *result;
  int by_columns, pieces;
} large_work;

// Multiplications that are worth a piece of their own: a sixth of a millisecond, against the few
// microseconds that handing it to another thread takes.
static const int64_t piece_size = 8000000;
enum { MOST_PIECES = 16 };
// Pieces begin at multiples of this many rows or columns, which suits the blocks of any kernel.
enum { PIECE_GRAIN = 32 };

static void large_piece(const void *argument, int piece) {
  const large_work *work = argument;
  const dh_matrix_product *m = work->product;
  int rows = (int)m->rows, inner = (int)m->inner, columns = (int)m->columns;
  int extent = work->by_columns ? columns : rows;
  int grains = (extent + PIECE_GRAIN - 1) / PIECE_GRAIN;
  int start = grains * piece / work->pieces * PIECE_GRAIN;
  int end = grains * (piece + 1) / work->pieces * PIECE_GRAIN;
  if (end > extent) end = extent;
  const float *a = work->left, *b = work->right, *bias = work->bias;
  float *c = work->result;
  int part_rows = rows, part_columns = columns;
  if (work->by_columns) {
    b += m->transpose_right ? (size_t)start * (size_t)inner : (size_t)start;
    c += start;
    if (bias) bias += start;
    part_columns = end - start;
  } else {
    a += m->transpose_left ? (size_t)start : (size_t)start * (size_t)inner;
    c += (size_t)start * (size_t)columns;
    part_rows = end - start;
  }
  cblas_sgemm(
      CblasRowMajor, m->transpose_left ? CblasTrans : CblasNoTrans,
      m->transpose_right ? CblasTrans : CblasNoTrans, part_rows, part_columns, inner, 1, a,
      m->transpose_left ? rows : inner, b, m->transpose_right ? inner : columns, 0, c, columns);
  int relu = m->activation == DH_ACTIVATION_RELU;
  if (!bias && !relu) return;
  for (int i = 0; i < part_rows; i++) {
    float *row = c + (size_t)i * (size_t)columns;
    for (int j = 0; j < part_columns; j++) {
      float sum = bias ? row[j] + bias[j] : row[j];
      row[j] = relu && sum < 0 ? 0 : sum;
    }
  }
}

static void large_product_in_pieces(
    const dh_matrix_product *m, const float *a, const float *b, const float *bias, float *c,
    dh_team *team) {
  int64_t size = m->rows * m->inner * m->columns;
  int by_columns = m->columns > m->rows;
  int64_t grains = ((by_columns ? m->columns : m->rows) + PIECE_GRAIN - 1) / PIECE_GRAIN;
  int pieces = 1;
  while (2 * pieces <= MOST_PIECES && 2 * pieces <= grains && size >= 2 * pieces * piece_size)
    pieces *= 2;
  large_work work = {m, a, b, bias, c, by_columns, pieces};
  dh_team_work(team, pieces, large_piece, &work);
}

static size_t product_scratch(const dh_matrix_product *m) {
  return (size_t)m->inner * BLOCK_COLUMNS;
}

static void run_product(const dh_matrix_product *m, const dh_context *context) {
  size_t rows = (size_t)m->rows, inner = (size_t)m->inner, columns = (size_t)m->columns;
  const float *bias = m->has_bias ? place_in(context, m->bias) : NULL;
  int relu = m->activation == DH_ACTIVATION_RELU;
  int is_large = m->rows * m->inner * m->columns >= large_product;
  for (int64_t i = 0; i < m->batch; i++) {
    const float *a = place_in(context, m->left) + i * m->rows * m->inner;
    const float *b = place_in(context, m->right) + i * m->inner * m->columns;
    float *c = place_in(context, m->result) + i * m->rows * m->columns;
    int left = m->transpose_left != 0, right = m->transpose_right != 0;
    if (is_large) {
      large_product_in_pieces(m, a, b, bias, c, context->team);
      continue;
    }
    left_operand operand = {a, left ? 1 : (ptrdiff_t)inner, left ? (ptrdiff_t)rows : 1};
    if (columns == 1 && !bias && rows > 1) {
      // A column is computed as a row: result' = right' left'.
      left_operand row = {b, 0, 1};
      block_target target = {c, (ptrdiff_t)rows, NULL, relu, 0};
      small_product(1, inner, rows, row, a, !left, target, context->scratch);
    } else {
      // With one inner element there is nothing to transpose.
      block_target target = {c, (ptrdiff_t)columns, bias, relu, 0};
      small_product(
          rows, inner, columns, operand, b, right && inner > 1, target, context->scratch);
    }
  }
}
