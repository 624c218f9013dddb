// Large matrix products on pieces that threads can share: by our own kernel where there is AVX-512,
// else by OpenBLAS, which arranges the operands for the larger caches.
#include <cblas.h>

// A product is cut into pieces of whole columns, or of rows if there are more of them. How it is
// cut depends on its size alone, so that any number of threads computes the same bits.
typedef struct {
  const dh_matrix_product *product;
  const float *left, *right, *bias;
  float *result;
  const dh_context *context;
  int by_columns, pieces;
} large_work;

// Multiplications that are worth a piece of their own: some tens of microseconds for the first pieces,
// without which threads would wait, and a sixth of a millisecond for more of them, against the few
// microseconds that handing one to another thread takes.
static const int64_t first_piece_size = 2000000, piece_size = 8000000;
enum { FIRST_PIECES = 4, MOST_PIECES = 16 };
// Pieces begin at multiples of this many rows or columns, which suits the blocks of any kernel.
enum { PIECE_GRAIN = 32 };

static void large_piece(const void *argument, int piece, int worker) {
  const large_work *work = argument;
  const dh_matrix_product *m = work->product;
  int rows = (int)m->rows, inner = (int)m->inner, columns = (int)m->columns;
  int extent = work->by_columns ? columns : rows;
  int grains = (extent + PIECE_GRAIN - 1) / PIECE_GRAIN;
  int start = grains * piece / work->pieces * PIECE_GRAIN;
  int end = grains * (piece + 1) / work->pieces * PIECE_GRAIN;
  if (end > extent) end = extent;
#if DH_LANES == 16
  product_part part = {0, (size_t)rows, 0, (size_t)columns};
  if (work->by_columns) part.first_column = (size_t)start, part.end_column = (size_t)end;
  else part.first_row = (size_t)start, part.end_row = (size_t)end;
  packed_product(
      m, work->left, work->right, work->bias, work->result, part,
      scratch_of(work->context, worker));
#else
  (void)worker;
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
#endif
}

static void large_product_in_pieces(
    const dh_matrix_product *m, const float *a, const float *b, const float *bias, float *c,
    const dh_context *context) {
  int64_t size = m->rows * m->inner * m->columns;
  int by_columns = m->columns > m->rows;
  int64_t grains = ((by_columns ? m->columns : m->rows) + PIECE_GRAIN - 1) / PIECE_GRAIN;
  int pieces = 1;
  while (2 * pieces <= MOST_PIECES && 2 * pieces <= grains &&
         size >= 2 * pieces * (2 * pieces <= FIRST_PIECES ? first_piece_size : piece_size))
    pieces *= 2;
  large_work work = {m, a, b, bias, c, context, by_columns, pieces};
  dh_team_work(context->team, pieces, large_piece, &work);
}
