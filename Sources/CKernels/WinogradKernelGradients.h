// The gradient of a kernel of 3x3 cells by way of transforms (WinogradTransforms.h): for each of
// the sixteen parts a product of what squares look at with what flows back to them, summed over all
// squares and only then transformed back.

// Squares that are worked on together: more than for a result, since the sums, which are as large
// as the transformed kernel, are read and written for each such group.
enum { WINOGRAD_GRADIENT_SQUARES = 96 };
// Channels of the output that are worth a piece: each transforms what the squares look at anew.
enum { WINOGRAD_COLUMNS = 64 };

typedef struct {
  const dh_convolution *convolution;
  const dh_context *context;
  winograd_plane plane;
  const float *input, *output;
  float *kernel;
  size_t out_channels;
  // For each part of the batch: [panel][part][channel][BLOCK_COLUMNS].
  float *sums;
  size_t all_sums;
  int row_parts, column_parts, end_pieces;
  int *is_lost;
} winograd_gradient;

static size_t winograd_sums(const dh_convolution *c) {
  return winograd_panels((size_t)c->out_channels) * WINOGRAD_PARTS * (size_t)c->in_channels *
         BLOCK_COLUMNS;
}

// How many parts the channels of the output are worked on in, and the batch.
static void winograd_gradient_parts(const dh_convolution *c, int *row_parts, int *column_parts) {
  winograd_plane plane = make_winograd_plane(c);
  double cost = winograd_cost(c, &plane) * (double)c->batch / KERNEL_PIECES;
  int pieces = row_pieces(KERNEL_PIECES, cost);
  int64_t columns = c->out_channels / WINOGRAD_COLUMNS;
  if (columns > pieces) columns = pieces;
  *column_parts = columns < 1 ? 1 : (int)columns;
  // The sums of a part are as large as the transformed kernel.
  int64_t groups = c->batch * plane.down * plane.across / WINOGRAD_GRADIENT_SQUARES;
  int64_t rows = pieces / *column_parts;
  if (rows > groups) rows = groups;
  if (rows > c->batch) rows = c->batch;
  *row_parts = rows < 1 ? 1 : (int)rows;
}

static dh_scratch winograd_gradient_scratch(const dh_convolution *c) {
  size_t stride = whole_vectors((size_t)c->in_channels);
  // Kinds of kernels with other vectors have other parts, of the batch no more than pieces.
  int64_t columns = c->out_channels / WINOGRAD_COLUMNS;
  size_t row_parts = (size_t)(KERNEL_PIECES / (columns < 1 ? 1 : columns));
  return (dh_scratch){
      (row_parts < 1 ? 1 : row_parts) * winograd_sums(c),
      stride + WINOGRAD_PARTS * (winograd_step(WINOGRAD_GRADIENT_SQUARES, stride) +
                                 winograd_step(WINOGRAD_GRADIENT_SQUARES, BLOCK_COLUMNS))};
}

// Takes the gradient of squares apart, for a panel of channels.
static void take_winograd_squares(
    const winograd_gradient *work, size_t count, const winograd_start *starts, size_t column,
    float *parts) {
  const winograd_plane *plane = &work->plane;
  size_t channels = work->out_channels;
  for (size_t i = 0; i < count; i++) {
    winograd_start at = starts[i];
    size_t place = (size_t)((at.row * plane->places[0] + at.y) * plane->places[1] + at.x);
    const float *corner = work->output + place * channels + column;
    for (size_t j = 0; j < BLOCK_COLUMNS; j += DH_LANES) {
      vf square[4];
#pragma clang loop unroll(full)
      for (int k = 0; k < 4; k++) {
        const float *from = corner + (size_t)(k / 2 * plane->places[1] + k % 2) * channels + j;
        if (at.y + k / 2 >= plane->places[0] || at.x + k % 2 >= plane->places[1] ||
            column + j >= channels)
          square[k] = (vf){};
        else
          square[k] = column + j + DH_LANES <= channels ? vload(from)
                                                        : vload_part(from, channels - column - j);
      }
      winograd_square_back(
          square, parts + i * BLOCK_COLUMNS + j,
          winograd_step(WINOGRAD_GRADIENT_SQUARES, BLOCK_COLUMNS));
    }
  }
}

static void winograd_gradient_piece(const void *argument, int piece, int worker) {
  const winograd_gradient *work = argument;
  const winograd_plane *plane = &work->plane;
  size_t in = plane->channels, stride = whole_vectors(in);
  size_t source_step = winograd_step(WINOGRAD_GRADIENT_SQUARES, stride);
  size_t square_step = winograd_step(WINOGRAD_GRADIENT_SQUARES, BLOCK_COLUMNS);
  float *zeros = scratch_of(work->context, worker);
  float *sources = zeros + stride, *squares = sources + WINOGRAD_PARTS * source_step;
  memset(zeros, 0, stride * sizeof(float));
  int row_part = piece % work->row_parts, column_part = piece / work->row_parts;
  int64_t batch = work->convolution->batch, of_row = plane->down * plane->across;
  int64_t start = batch * row_part / work->row_parts * of_row;
  int64_t end = batch * (row_part + 1) / work->row_parts * of_row;
  size_t panels = winograd_panels(work->out_channels);
  size_t first_panel = block_start(panels, (size_t)work->column_parts, (size_t)column_part);
  size_t end_panel = block_start(panels, (size_t)work->column_parts, (size_t)column_part + 1);
  for (int64_t first = start; first < end; first += WINOGRAD_GRADIENT_SQUARES) {
    size_t count = WINOGRAD_GRADIENT_SQUARES;
    if (end - first < WINOGRAD_GRADIENT_SQUARES) count = (size_t)(end - first);
    winograd_start starts[WINOGRAD_GRADIENT_SQUARES];
    for (size_t i = 0; i < count; i++) {
      const float *cells[WINOGRAD_PARTS];
      starts[i] = start_of_square(plane, first + (int64_t)i);
      winograd_cells(plane, work->input, starts[i], zeros, cells);
      winograd_patch(cells, in, sources + i * stride, source_step);
    }
    float *sums = work->sums + (size_t)row_part * work->all_sums +
                  first_panel * WINOGRAD_PARTS * in * BLOCK_COLUMNS;
    for (size_t panel = first_panel; panel < end_panel; panel++) {
      take_winograd_squares(work, count, starts, panel * BLOCK_COLUMNS, squares);
      for (size_t part = 0; part < WINOGRAD_PARTS; part++) {
        left_operand a = {sources + part * source_step, 1, (ptrdiff_t)stride};
        winograd_product(in, count, a, squares + part * square_step, sums, first > start);
        sums += in * BLOCK_COLUMNS;
      }
    }
  }
}

// Some channels of the input: the sums over all parts of the batch, in order, transformed back.
static void winograd_gradient_end(const void *argument, int piece, int worker) {
  (void)worker;
  const winograd_gradient *work = argument;
  size_t in = work->plane.channels, out = work->out_channels;
  size_t first = in * (size_t)piece / (size_t)work->end_pieces;
  size_t end = in * (size_t)(piece + 1) / (size_t)work->end_pieces;
  vf all = (vf){};
  for (size_t j = 0; j < out; j += DH_LANES) {
    size_t left = out - j;
    const float *panel = work->sums + j / BLOCK_COLUMNS * WINOGRAD_PARTS * in * BLOCK_COLUMNS +
                         j % BLOCK_COLUMNS;
    for (size_t i = first; i < end; i++) {
      vf parts[WINOGRAD_PARTS], cells[9];
      for (size_t part = 0; part < WINOGRAD_PARTS; part++) {
        const float *from = panel + (part * in + i) * BLOCK_COLUMNS;
        parts[part] = vload(from);
        for (size_t k = 1; k < (size_t)work->row_parts; k++)
          parts[part] += vload(from + k * work->all_sums);
      }
      winograd_kernel_back(parts, cells);
      for (size_t cell = 0; cell < 9; cell++) {
        float *place = work->kernel + (cell * in + i) * out + j;
        all = cells[cell] * 0.0f + all;
        if (left >= DH_LANES) vstore(place, cells[cell]);
        else vstore_part(place, cells[cell], left);
      }
    }
  }
  work->is_lost[piece] = !(vsum(all) == 0);
}

// Returns whether all results are finite; else they are as good as not computed.
static int run_winograd_gradient(const dh_convolution *c, const dh_context *context) {
  int is_lost[KERNEL_PIECES] = {0};
  winograd_gradient work = {
      .convolution = c, .context = context, .plane = make_winograd_plane(c),
      .input = place_in(context, c->input), .output = place_in(context, c->output),
      .kernel = place_in(context, c->kernel), .out_channels = (size_t)c->out_channels,
      .sums = context->scratch, .all_sums = winograd_sums(c), .is_lost = is_lost};
  winograd_gradient_parts(c, &work.row_parts, &work.column_parts);
  dh_team_work(
      context->team, work.row_parts * work.column_parts, winograd_gradient_piece, &work);
  // Vectors that are read.
  double reads = (double)work.row_parts * (double)work.all_sums / DH_LANES;
  work.end_pieces = row_pieces(KERNEL_PIECES, reads / KERNEL_PIECES);
  dh_team_work(context->team, work.end_pieces, winograd_gradient_end, &work);
  int lost = 0;
  for (int piece = 0; piece < work.end_pieces; piece++) lost |= is_lost[piece];
  return !lost;
}
