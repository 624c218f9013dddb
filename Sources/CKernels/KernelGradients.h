// The gradient of a convolution's kernel: for each cell and channel of the input, and each channel
// of the output, a sum over all places of all rows of the batch.

// Places at a time: their part of the gradient of the output is packed into panels, and each block
// of the result takes in the sum over them at once.
enum { KERNEL_PLACES = 256 };
// Pieces at most, since each copies the margins and packs its panels anew; and rows of the kernel
// that are worth a piece.
enum { KERNEL_PIECES = 8, KERNEL_ROWS = 48 };

typedef struct {
  const dh_convolution *convolution;
  const dh_context *context;
  const float *input, *output;
  float *kernel;
  margins margins;
  int64_t in_group, out_group, rows;  // rows of the kernel of one group
  size_t panels_of_group;
  int unit_parts, row_parts;
} kernel_work;

static size_t kernel_panel_floats(const dh_convolution *c) {
  size_t width = (size_t)(c->out_channels / c->groups);
  size_t panels = (width + BLOCK_COLUMNS - 1) / BLOCK_COLUMNS * (size_t)c->groups;
  // And segments, one for each line of places.
  return panels * KERNEL_PLACES * BLOCK_COLUMNS +
         KERNEL_PLACES * sizeof(patch_segment) / sizeof(float);
}

// Where a row of the kernel, (cell, channel), looks from the first cell's first channel.
static ptrdiff_t kernel_row_offset(const kernel_work *work, int64_t row) {
  const dh_window_shape *w = &work->convolution->window;
  int64_t channel = row % work->in_group, cell = row / work->in_group;
  int64_t c = cell % w->sizes[2] * w->dilations[2];
  int64_t b = cell / w->sizes[2] % w->sizes[1] * w->dilations[1];
  int64_t a = cell / w->sizes[2] / w->sizes[1] * w->dilations[0];
  const int64_t *extents = work->margins.extents;
  return (ptrdiff_t)(((a * extents[1] + b) * extents[2] + c) * work->convolution->in_channels +
                     channel);
}

// Adds what some lines of places of one row of the batch contribute to a part of the kernel.
static void kernel_chunk(
    const kernel_work *work, const float *source, const float *gradient, const patch *lines,
    size_t places, size_t first_unit, size_t end_unit, int64_t first_row, int64_t end_row,
    float *panels) {
  const dh_convolution *c = work->convolution;
  size_t out = (size_t)c->out_channels;
  float *panel = panels;
  for (size_t unit = first_unit; unit < end_unit; unit++) {
    size_t group = unit / work->panels_of_group;
    size_t j = unit % work->panels_of_group * BLOCK_COLUMNS;
    size_t width = (size_t)work->out_group - j;
    if (width > BLOCK_COLUMNS) width = BLOCK_COLUMNS;
    const float *columns = gradient + group * (size_t)work->out_group + j;
    pack_columns(panel, columns, (ptrdiff_t)out, places, width);
    panel += KERNEL_PLACES * BLOCK_COLUMNS;
  }
  const float *sources[PATCH_ROWS];
  float *targets[PATCH_ROWS];
  for (int64_t row = first_row; row < end_row; row += PATCH_ROWS) {
    size_t count = end_row - row < PATCH_ROWS ? (size_t)(end_row - row) : PATCH_ROWS;
    for (size_t i = 0; i < count; i++) {
      sources[i] = source + kernel_row_offset(work, row + (int64_t)i);
      targets[i] = work->kernel + ((size_t)row + i) * out;
    }
    panel = panels;
    for (size_t unit = first_unit; unit < end_unit; unit++) {
      size_t group = unit / work->panels_of_group;
      size_t j = unit % work->panels_of_group * BLOCK_COLUMNS;
      size_t width = (size_t)work->out_group - j;
      patch patch = *lines;
      patch.shift = (ptrdiff_t)group * (ptrdiff_t)work->in_group;
      patch_end end = {
          1, NULL, 0, (ptrdiff_t)(group * (size_t)work->out_group + j),
          width < BLOCK_COLUMNS ? width : BLOCK_COLUMNS};
      patch_product(count, sources, &patch, panel, targets, &end);
      panel += KERNEL_PLACES * BLOCK_COLUMNS;
    }
  }
}

static void kernel_piece(const void *argument, int piece, int worker) {
  const kernel_work *work = argument;
  const dh_convolution *c = work->convolution;
  const dh_window_shape *w = &c->window;
  const margins *m = &work->margins;
  int unit_part = piece / work->row_parts, row_part = piece % work->row_parts;
  size_t units = work->panels_of_group * (size_t)c->groups;
  size_t first_unit = units * (size_t)unit_part / (size_t)work->unit_parts;
  size_t end_unit = units * (size_t)(unit_part + 1) / (size_t)work->unit_parts;
  int64_t first_row = work->rows * row_part / work->row_parts;
  int64_t end_row = work->rows * (row_part + 1) / work->row_parts;
  float *own = scratch_of(work->context, worker);
  patch_segment *segments = (patch_segment *)own;
  float *panels = own + KERNEL_PLACES * sizeof(patch_segment) / sizeof(float);
  float *room = own + kernel_panel_floats(c);
  if (m->is_needed) memset(room, 0, margin_floats(c, m) * sizeof(float));
  size_t out = (size_t)c->out_channels, places = (size_t)product_of(w->out);
  size_t input_row = (size_t)(product_of(w->in) * c->in_channels);
  int64_t lines = w->out[0] * w->out[1], length = w->out[2];
  // A long line is cut; of short ones several go together.
  int64_t part = length < KERNEL_PLACES ? length : KERNEL_PLACES;
  int64_t together = part < length ? 1 : KERNEL_PLACES / part;
  for (int64_t row = 0; row < c->batch; row++) {
    const float *source = work->input + (size_t)row * input_row;
    if (m->is_needed) {
      copy_into_margins(room, source, m, w->in, c->in_channels, 1);
      source = room;
    }
    const float *gradient = work->output + (size_t)row * places * out;
    for (int64_t line = 0; line < lines; line += together) {
      for (int64_t x = 0; x < length; x += part) {
        size_t count = 0;
        int64_t width = length - x < part ? length - x : part;
        for (; count < (size_t)together && line + (int64_t)count < lines; count++) {
          int64_t a = (line + (int64_t)count) / w->out[1], b = (line + (int64_t)count) % w->out[1];
          int64_t z = a * w->strides[0] - w->low[0] + m->low[0];
          int64_t y = b * w->strides[1] - w->low[1] + m->low[1];
          int64_t start = x * w->strides[2] - w->low[2] + m->low[2];
          segments[count].offset =
              (ptrdiff_t)(((z * m->extents[1] + y) * m->extents[2] + start) * c->in_channels);
          segments[count].length = (ptrdiff_t)width;
        }
        patch patch = {segments, count, 0, (ptrdiff_t)(w->strides[2] * c->in_channels)};
        kernel_chunk(
            work, source, gradient + (size_t)(line * length + x) * out, &patch,
            count * (size_t)width, first_unit, end_unit, first_row, end_row, panels);
      }
    }
  }
}

static double convolution_cost(const dh_convolution *c);

static void run_kernel_gradient(const dh_convolution *c, const dh_context *context) {
  kernel_work work = {
      .convolution = c, .context = context, .margins = phase_margins(c),
      .input = place_in(context, c->input), .output = place_in(context, c->output),
      .kernel = place_in(context, c->kernel)};
  work.in_group = c->in_channels / c->groups;
  work.out_group = c->out_channels / c->groups;
  work.rows = cell_count(c) * work.in_group;
  work.panels_of_group = ((size_t)work.out_group + BLOCK_COLUMNS - 1) / BLOCK_COLUMNS;
  memset(work.kernel, 0, (size_t)(work.rows * c->out_channels) * sizeof(float));
  int64_t units = (int64_t)work.panels_of_group * c->groups;
  int64_t pieces = row_pieces(KERNEL_PIECES, convolution_cost(c) * (double)c->batch / KERNEL_PIECES);
  work.unit_parts = (int)(units < pieces ? units : pieces);
  int64_t row_parts = work.rows / KERNEL_ROWS, wanted = pieces / work.unit_parts;
  if (row_parts > wanted) row_parts = wanted;
  work.row_parts = row_parts < 1 ? 1 : (int)row_parts;
  dh_team_work(context->team, work.unit_parts * work.row_parts, kernel_piece, &work);
}
