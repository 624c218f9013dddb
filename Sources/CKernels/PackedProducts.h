// Large matrix products by our own kernel: parts of both operands are copied into the order in which
// the blocks of the small products read them. Where there is AVX-512 this is ahead of OpenBLAS, which
// does not know every such processor and then falls back to half the width.

// The inner axis is worked on in parts of at most so many: a panel of the right operand then takes
// 64 KiB of the second cache.
enum { INNER_PART = 512 };
// Rows that are worked on with one packing of the right operand: their part of the left one stays in
// the second cache.
enum { ROWS_PART = 20 * BLOCK_ROWS };

// A part of a matrix product.
typedef struct {
  size_t first_row, end_row, first_column, end_column;
} product_part;

// A transposed left operand is packed, too: its blocks as `inner` columns of `height` floats.
static size_t packed_scratch(const dh_matrix_product *m) {
  size_t inner = (size_t)m->inner < INNER_PART ? (size_t)m->inner : INNER_PART;
  return inner * BLOCK_COLUMNS + (m->transpose_left ? inner * ROWS_PART : 0);
}

// Where block number `block` of `blocks` of nearly equal height begins.
static inline size_t block_start(size_t rows, size_t blocks, size_t block) {
  return rows * block / blocks;
}

static void pack_left(
    float *packed, const float *a, ptrdiff_t lda, size_t inner, size_t rows, size_t blocks) {
  for (size_t block = 0; block < blocks; block++) {
    size_t start = block_start(rows, blocks, block);
    size_t height = block_start(rows, blocks, block + 1) - start;
    const float *source = a + start;
    for (size_t p = 0; p < inner; p++, source += lda, packed += height)
      for (size_t i = 0; i < height; i++) packed[i] = source[i];
  }
}

static void packed_product(
    const dh_matrix_product *m, const float *a, const float *b, const float *bias, float *c,
    product_part part, float *scratch) {
  size_t all_inner = (size_t)m->inner, columns = (size_t)m->columns;
  ptrdiff_t lda = (ptrdiff_t)(m->transpose_left ? m->rows : m->inner);
  ptrdiff_t ldb = (ptrdiff_t)(m->transpose_right ? m->inner : m->columns);
  size_t inner_parts = (all_inner + INNER_PART - 1) / INNER_PART;
  size_t longest = all_inner < INNER_PART ? all_inner : INNER_PART;
  float *panel = scratch, *left = scratch + longest * BLOCK_COLUMNS;
  for (size_t row = part.first_row; row < part.end_row; row += ROWS_PART) {
    size_t rows = part.end_row - row < ROWS_PART ? part.end_row - row : ROWS_PART;
    size_t blocks = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
    for (size_t k = 0; k < inner_parts; k++) {
      size_t first = block_start(all_inner, inner_parts, k);
      size_t inner = block_start(all_inner, inner_parts, k + 1) - first;
      int is_last = k + 1 == inner_parts;
      if (m->transpose_left)
        pack_left(left, a + (ptrdiff_t)first * lda + row, lda, inner, rows, blocks);
      for (size_t j = part.first_column; j < part.end_column; j += BLOCK_COLUMNS) {
        size_t width = part.end_column - j < BLOCK_COLUMNS ? part.end_column - j : BLOCK_COLUMNS;
        if (m->transpose_right)
          pack_transposed(panel, b + (ptrdiff_t)j * ldb + first, ldb, inner, width);
        else
          pack_columns(panel, b + (ptrdiff_t)first * ldb + j, ldb, inner, width);
        for (size_t block = 0; block < blocks; block++) {
          size_t start = block_start(rows, blocks, block);
          size_t height = block_start(rows, blocks, block + 1) - start;
          left_operand operand = {a + (ptrdiff_t)(row + start) * lda + first, lda, 1};
          if (m->transpose_left)
            operand = (left_operand){left + start * inner, 1, (ptrdiff_t)height};
          block_target target = {
              c + (row + start) * columns + j, (ptrdiff_t)columns,
              bias && is_last ? bias + j : NULL,
              is_last && m->activation == DH_ACTIVATION_RELU, width, k > 0};
          if (width > DH_LANES)
            product_rows((int)height, 2, inner, operand, panel, BLOCK_COLUMNS, target);
          else
            product_rows((int)height, 1, inner, operand, panel, BLOCK_COLUMNS, target);
        }
      }
    }
  }
}
