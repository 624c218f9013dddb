// Small matrix products: blocks of some rows and two vectors of columns stay in registers while the
// inner axis runs, so that every number that is read is used several times.

// Rows of a block: with two vectors of columns the sums and their operands just fit into the
// registers, of which there are thirty-two with AVX-512, else sixteen.
#if DH_LANES == 16
enum { BLOCK_ROWS = 12 };
#define BLOCKS_OF_ROWS                                                             \
  BLOCK(1) BLOCK(2) BLOCK(3) BLOCK(4) BLOCK(5) BLOCK(6) BLOCK(7) BLOCK(8) BLOCK(9) \
  BLOCK(10) BLOCK(11) BLOCK(12)
#else
enum { BLOCK_ROWS = 6 };
#define BLOCKS_OF_ROWS BLOCK(1) BLOCK(2) BLOCK(3) BLOCK(4) BLOCK(5) BLOCK(6)
#endif
enum { BLOCK_COLUMNS = 2 * DH_LANES };

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
  int adds;        // to what is there already
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
      float *place = target.result + i * target.row + start;
      if (target.adds) sum += is_whole ? vload(place) : vload_part(place, left);
      if (target.bias) sum += bias;
      if (target.relu) sum = vrelu(sum);
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
  switch (rows) { BLOCKS_OF_ROWS }
}
#undef BLOCK

// How many rows ahead of those that are packed are fetched.
enum { PACK_AHEAD = 12 };

// Columns of the right operand, `width` of them, as rows of BLOCK_COLUMNS filled up with zeros.
static void pack_columns(
    float *packed, const float *b, ptrdiff_t ldb, size_t inner, size_t width) {
  for (size_t p = 0; p < inner; p++) {
    const float *source = b + (ptrdiff_t)p * ldb;
    float *row = packed + p * BLOCK_COLUMNS;
    if (width == BLOCK_COLUMNS) {
      // Rows lie too far apart for the processor to foresee them.
      __builtin_prefetch(source + PACK_AHEAD * ldb);
      __builtin_prefetch(source + PACK_AHEAD * ldb + DH_LANES);
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
    // Blocks of nearly equal height: 32 rows are 6 6 5 5 5 5 or 11 11 10, not 6 6 6 6 6 2.
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
