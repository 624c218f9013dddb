// What convolutions and pooling have in common: where a window's cells lie in memory.

// The cells that stand inside along one axis at a place: the first, and one more than the last.
typedef struct {
  int64_t first, end;
} cell_range;

static inline cell_range cells_inside(const dh_window_shape *w, int axis, int64_t place) {
  int64_t start = place * w->strides[axis] - w->low[axis], step = w->dilations[axis];
  int64_t first = start >= 0 ? 0 : (-start + step - 1) / step;
  int64_t room = w->in[axis] - 1 - start;
  int64_t end = room < 0 ? 0 : room / step + 1;
  if (end > w->sizes[axis]) end = w->sizes[axis];
  return (cell_range){first, end < first ? first : end};
}

static inline int64_t product_of(const int64_t x[3]) { return x[0] * x[1] * x[2]; }

// Pieces of equal size that the rows of a batch are worked on in: how many do not depend on the
// number of threads. `cost` is that of one row, in operations of vectors, of which a piece should
// have enough to be worth handing to another thread.
enum { MOST_ROW_PIECES = 16 };
static const double row_piece_cost = 100000;

static inline int row_pieces(int64_t rows, double cost) {
  int64_t pieces = (int64_t)((double)rows * cost / row_piece_cost);
  if (pieces > MOST_ROW_PIECES) pieces = MOST_ROW_PIECES;
  if (pieces > rows) pieces = rows;
  return pieces < 1 ? 1 : (int)pieces;
}

