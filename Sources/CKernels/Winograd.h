// Convolutions of 3x3 cells by way of transforms (WinogradTransforms.h): the result, or the
// gradient of the input, which is a convolution with the kernel turned around.

// Squares that are worked on together: a multiple of the rows of a block. Their parts, some hundred
// kilobytes, stay in the second cache.
enum { WINOGRAD_SQUARES = 48 };

// Floats from one part to the next, for so many floats of each square. A line of the cache more
// than they take: else all parts of a square would lie in the same few places of the cache.
static size_t winograd_step(size_t squares, size_t floats) { return squares * floats + 16; }

// Squares of 2x2 places that cover a plane, and the elements that they look at.
typedef struct {
  int64_t down, across;        // squares of a plane
  int64_t places[2];           // of a plane
  int64_t elements[2], low[2];
  size_t channels;  // of the elements
} winograd_plane;

// How many multiplications fewer there must be than in the direct form: transforms take time, too,
// and on planes of 3x3 places nothing would be gained. The transformed kernel must be used for so
// many squares that it pays: below, with hundreds of channels, fetching it takes longer than using
// it.
static const double winograd_gain = 1.5;
enum { WINOGRAD_LEAST_SQUARES = 32 };
// Channels must fill vectors, and blocks of the products; those of the shortest vectors are the
// least.
enum { WINOGRAD_LEAST_CHANNELS = 4 };

// Whether any kind of kernels takes this way; how much scratch memory there is must not depend on
// the kind.
static int may_be_winograd(const dh_convolution *c) {
  const dh_window_shape *w = &c->window;
  if (c->groups != 1 || c->in_channels < WINOGRAD_LEAST_CHANNELS ||
      c->out_channels < WINOGRAD_LEAST_CHANNELS)
    return 0;
  for (int axis = 0; axis < 3; axis++) {
    int64_t size = axis == 0 ? 1 : 3;
    if (w->sizes[axis] != size || w->strides[axis] != 1 || w->dilations[axis] != 1) return 0;
    // The window never stands outside altogether.
    if (w->low[axis] < 0 || w->low[axis] >= size) return 0;
  }
  if (w->in[0] != 1 || w->out[0] != 1) return 0;
  const int64_t *places = c->form == DH_INPUT_FORM ? w->in : w->out;
  double squares = (double)((places[1] + 1) / 2 * ((places[2] + 1) / 2));
  return 9.0 * (double)(places[1] * places[2]) >= winograd_gain * WINOGRAD_PARTS * squares &&
         squares * (double)c->batch >= WINOGRAD_LEAST_SQUARES;
}

static int is_winograd(const dh_convolution *c) {
  return c->in_channels >= DH_LANES && c->out_channels >= DH_LANES &&
         c->in_channels * c->out_channels >= BLOCK_COLUMNS * BLOCK_COLUMNS && may_be_winograd(c);
}

static winograd_plane make_winograd_plane(const dh_convolution *c) {
  const dh_window_shape *w = &c->window;
  int goes_back = c->form == DH_INPUT_FORM;
  winograd_plane plane = {.channels = (size_t)(goes_back ? c->out_channels : c->in_channels)};
  for (int axis = 0; axis < 2; axis++) {
    plane.places[axis] = goes_back ? w->in[axis + 1] : w->out[axis + 1];
    plane.elements[axis] = goes_back ? w->out[axis + 1] : w->in[axis + 1];
    plane.low[axis] = goes_back ? 2 - w->low[axis + 1] : w->low[axis + 1];
  }
  plane.down = (plane.places[0] + 1) / 2;
  plane.across = (plane.places[1] + 1) / 2;
  return plane;
}

static size_t whole_vectors(size_t floats) {
  return (floats + DH_LANES - 1) / DH_LANES * DH_LANES;
}

static size_t winograd_panels(size_t channels) {
  return (channels + BLOCK_COLUMNS - 1) / BLOCK_COLUMNS;
}

// Where a square of a row of the batch begins.
typedef struct {
  int64_t row, y, x;
} winograd_start;

static inline winograd_start start_of_square(const winograd_plane *plane, int64_t number) {
  int64_t x = number % plane->across, line = number / plane->across;
  return (winograd_start){line / plane->down, 2 * (line % plane->down), 2 * x};
}

// Finds what a square looks at; outside of the plane those are zeros.
static inline void winograd_cells(
    const winograd_plane *plane, const float *source, winograd_start start, const float *zeros,
    const float *cells[WINOGRAD_PARTS]) {
  int64_t height = plane->elements[0], width = plane->elements[1];
  int64_t y = start.y - plane->low[0], x = start.x - plane->low[1];
  ptrdiff_t channels = (ptrdiff_t)plane->channels;
  const float *corner = source + ((start.row * height + y) * width + x) * channels;
  int is_inside = y >= 0 && x >= 0 && y + 4 <= height && x + 4 <= width;
  for (int64_t i = 0; i < 4; i++)
    for (int64_t j = 0; j < 4; j++) {
      int here = is_inside || (y + i >= 0 && y + i < height && x + j >= 0 && x + j < width);
      cells[4 * i + j] = here ? corner + (i * width + j) * channels : zeros;
    }
}

typedef struct {
  const dh_convolution *convolution;
  const dh_context *context;
  winograd_plane plane;
  const float *source, *bias;
  float *result;
  size_t result_channels;
  float *panels;  // [panel][part][channel][BLOCK_COLUMNS]
  int pieces;
  int *is_lost;  // for each piece, whether it met a result that is not finite
} winograd_walk;

static dh_scratch winograd_scratch(const dh_convolution *c) {
  size_t inner = make_winograd_plane(c).channels, stride = whole_vectors(inner);
  size_t panels = winograd_panels((size_t)(c->in_channels + c->out_channels) - inner);
  return (dh_scratch){
      (WINOGRAD_PARTS * panels + 9) * inner * BLOCK_COLUMNS,
      stride + WINOGRAD_PARTS * (winograd_step(WINOGRAD_SQUARES, stride) +
                                 winograd_step(WINOGRAD_SQUARES, BLOCK_COLUMNS))};
}

// Multiplications of vectors for one row of the batch.
static double winograd_cost(const dh_convolution *c, const winograd_plane *plane) {
  return (double)(plane->down * plane->across) * WINOGRAD_PARTS *
         (double)(c->in_channels * c->out_channels) / DH_LANES;
}

// The transformed kernel.
static void pack_winograd_kernel(const winograd_walk *walk, float *room) {
  const dh_convolution *c = walk->convolution;
  const float *kernel = place_in(walk->context, c->kernel);
  int goes_back = c->form == DH_INPUT_FORM;
  size_t out = (size_t)c->out_channels, cell_size = (size_t)c->in_channels * out;
  size_t inner = walk->plane.channels, plane = inner * BLOCK_COLUMNS;
  float *panel = walk->panels;
  for (size_t j = 0; j < walk->result_channels; j += BLOCK_COLUMNS) {
    size_t width = walk->result_channels - j;
    if (width > BLOCK_COLUMNS) width = BLOCK_COLUMNS;
    for (size_t cell = 0; cell < 9; cell++) {
      const float *from = kernel + (goes_back ? 8 - cell : cell) * cell_size;
      if (goes_back)
        pack_transposed(room + cell * plane, from + j * out, (ptrdiff_t)out, inner, width);
      else pack_columns(room + cell * plane, from + j, (ptrdiff_t)out, inner, width);
    }
    for (size_t i = 0; i < plane; i += DH_LANES) {
      vf cells[9], parts[WINOGRAD_PARTS];
      for (size_t cell = 0; cell < 9; cell++) cells[cell] = vload(room + cell * plane + i);
      winograd_kernel(cells, parts);
      for (size_t part = 0; part < WINOGRAD_PARTS; part++)
        vstore(panel + part * plane + i, parts[part]);
    }
    panel += WINOGRAD_PARTS * plane;
  }
}

// Rows of one part with a panel of the transformed kernel.
static __attribute__((noinline)) void winograd_product(
    size_t rows, size_t inner, left_operand a, const float *panel, float *result, int adds) {
  size_t blocks = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
  for (size_t block = 0; block < blocks; block++) {
    size_t row = block_start(rows, blocks, block);
    size_t height = block_start(rows, blocks, block + 1) - row;
    left_operand here = {a.p + (ptrdiff_t)row * a.row, a.row, a.inner};
    block_target target = {
        result + row * BLOCK_COLUMNS, BLOCK_COLUMNS, NULL, 0, BLOCK_COLUMNS, adds};
    product_rows((int)height, 2, inner, here, panel, BLOCK_COLUMNS, target);
  }
}

// Puts the squares of some channels together; returns whether all are finite.
static int put_winograd_squares(
    const winograd_walk *walk, size_t count, const winograd_start *starts, const float *parts,
    size_t column) {
  const winograd_plane *plane = &walk->plane;
  size_t channels = walk->result_channels, width = channels - column;
  if (width > BLOCK_COLUMNS) width = BLOCK_COLUMNS;
  size_t product_step = winograd_step(WINOGRAD_SQUARES, BLOCK_COLUMNS);
  int has_relu = walk->convolution->activation == DH_ACTIVATION_RELU;
  vf all = (vf){};
  for (size_t j = 0; j < width; j += DH_LANES) {
    size_t left = width - j;
    vf bias = (vf){};
    if (walk->bias) {
      const float *from = walk->bias + column + j;
      bias = left >= DH_LANES ? vload(from) : vload_part(from, left);
    }
    for (size_t i = 0; i < count; i++) {
      vf square[4];
      winograd_square(parts + i * BLOCK_COLUMNS + j, product_step, square);
      winograd_start at = starts[i];
      float *corner = walk->result + column + j +
                      (size_t)((at.row * plane->places[0] + at.y) * plane->places[1] + at.x) *
                          channels;
#pragma clang loop unroll(full)
      for (int k = 0; k < 4; k++) {
        vf x = square[k] + bias;
        // NaN from the first that is not finite on.
        all = x * 0.0f + all;
        if (has_relu) x = vrelu(x);
        if (at.y + k / 2 >= plane->places[0] || at.x + k % 2 >= plane->places[1]) continue;
        float *place = corner + (size_t)(k / 2 * plane->places[1] + k % 2) * channels;
        if (left >= DH_LANES) vstore(place, x);
        else vstore_part(place, x, left);
      }
    }
  }
  return vsum(all) == 0;
}

static void winograd_piece(const void *argument, int piece, int worker) {
  const winograd_walk *walk = argument;
  const winograd_plane *plane = &walk->plane;
  size_t inner = plane->channels, stride = whole_vectors(inner);
  size_t source_step = winograd_step(WINOGRAD_SQUARES, stride);
  size_t product_step = winograd_step(WINOGRAD_SQUARES, BLOCK_COLUMNS);
  float *zeros = scratch_of(walk->context, worker);
  float *sources = zeros + stride, *products = sources + WINOGRAD_PARTS * source_step;
  memset(zeros, 0, stride * sizeof(float));
  int64_t batch = walk->convolution->batch, of_row = plane->down * plane->across;
  int64_t end = batch * (piece + 1) / walk->pieces * of_row;
  int is_finite = 1;
  for (int64_t first = batch * piece / walk->pieces * of_row; first < end;
       first += WINOGRAD_SQUARES) {
    size_t count = end - first < WINOGRAD_SQUARES ? (size_t)(end - first) : WINOGRAD_SQUARES;
    winograd_start starts[WINOGRAD_SQUARES];
    for (size_t i = 0; i < count; i++) {
      const float *cells[WINOGRAD_PARTS];
      starts[i] = start_of_square(plane, first + (int64_t)i);
      winograd_cells(plane, walk->source, starts[i], zeros, cells);
      winograd_patch(cells, inner, sources + i * stride, source_step);
    }
    const float *panel = walk->panels;
    for (size_t j = 0; j < walk->result_channels; j += BLOCK_COLUMNS) {
      for (size_t part = 0; part < WINOGRAD_PARTS; part++) {
        left_operand a = {sources + part * source_step, (ptrdiff_t)stride, 1};
        winograd_product(count, inner, a, panel, products + part * product_step, 0);
        panel += inner * BLOCK_COLUMNS;
      }
      is_finite &= put_winograd_squares(walk, count, starts, products, j);
    }
  }
  walk->is_lost[piece] = !is_finite;
}

// Returns whether all results are finite; else they are as good as not computed.
static int run_winograd(const dh_convolution *c, const dh_context *context) {
  int goes_back = c->form == DH_INPUT_FORM;
  int is_lost[MOST_ROW_PIECES] = {0};
  winograd_walk walk = {
      .convolution = c, .context = context, .plane = make_winograd_plane(c),
      .source = place_in(context, goes_back ? c->output : c->input),
      .bias = c->has_bias ? place_in(context, c->bias) : NULL,
      .result = place_in(context, goes_back ? c->input : c->output),
      .result_channels = (size_t)(goes_back ? c->in_channels : c->out_channels),
      .is_lost = is_lost};
  size_t kernel_room = 9 * walk.plane.channels * BLOCK_COLUMNS;
  walk.panels = context->scratch + kernel_room;
  pack_winograd_kernel(&walk, context->scratch);
  walk.pieces = row_pieces(c->batch, winograd_cost(c, &walk.plane));
  dh_team_work(context->team, walk.pieces, winograd_piece, &walk);
  int lost = 0;
  for (int piece = 0; piece < walk.pieces; piece++) lost |= is_lost[piece];
  return !lost;
}
