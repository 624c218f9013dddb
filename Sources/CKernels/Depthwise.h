// Depthwise convolutions: every channel by itself, whole vectors of channels side by side. Where an
// input's channel has several in the output, it is repeated first, so that both have as many.

// Places that share a load of the kernel.
enum { DEPTH_BLOCK = 4 };
// Cells whose sums stay in registers while the places run.
enum { DEPTH_CELLS = 8 };

static dh_scratch depthwise_scratch(const dh_convolution *c, size_t lists, size_t row) {
  size_t channels = (size_t)c->out_channels;
  if (c->form == DH_KERNEL_FORM) return (dh_scratch){lists, row};
  // The kernel in the order of the phases; sums before those of one channel come together.
  return (dh_scratch){
      lists + (size_t)cell_count(c) * channels, row + DEPTH_BLOCK * channels + BLOCK_COLUMNS};
}

// Some channels of up to four places.
static inline __attribute__((always_inline)) void depth_block(
    const int rows, const float *const *sources, const patch_segment *segments, size_t cells,
    const float *kernel, size_t channels, float *const *targets, const float *bias, int relu) {
  for (size_t j = 0; j < channels; j += DH_LANES) {
    size_t left = channels - j;
    int is_whole = left >= DH_LANES;
#define LOAD(p) (is_whole ? vload(p) : vload_part(p, left))
    vf sums[DEPTH_BLOCK];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) sums[i] = bias ? LOAD(bias + j) : (vf){};
    const float *weights = kernel + j;
    for (size_t s = 0; s < cells; s++) {
      vf weight = LOAD(weights);
      ptrdiff_t offset = segments[s].offset + (ptrdiff_t)j;
#pragma clang loop unroll(full)
      for (int i = 0; i < rows; i++) sums[i] = LOAD(sources[i] + offset) * weight + sums[i];
      weights += channels;
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      vf sum = relu ? vrelu(sums[i]) : sums[i];
      if (is_whole) vstore(targets[i] + j, sum);
      else vstore_part(targets[i] + j, sum, left);
    }
#undef LOAD
  }
}

static void depth_places(
    size_t count, const float *const *sources, const patch_segment *segments, size_t cells,
    const float *kernel, size_t channels, float *const *targets, const float *bias, int relu) {
  size_t i = 0;
  for (; i + DEPTH_BLOCK <= count; i += DEPTH_BLOCK)
    depth_block(
        DEPTH_BLOCK, sources + i, segments, cells, kernel, channels, targets + i, bias, relu);
  for (; i < count; i++)
    depth_block(1, sources + i, segments, cells, kernel, channels, targets + i, bias, relu);
}

static void depthwise_piece(const void *argument, int piece, int worker) {
  const phase_walk *walk = argument;
  const dh_convolution *c = walk->convolution;
  float *own = clear_margins(walk, worker);
  float *sums = own + margin_floats(c, &walk->margins);
  const float *bias = c->has_bias ? place_in(walk->context, c->bias) : NULL;
  int relu = c->activation == DH_ACTIVATION_RELU;
  size_t channels = (size_t)c->out_channels, in = (size_t)c->in_channels;
  size_t repeats = c->form == DH_INPUT_FORM ? channels / in : 1;
  size_t result_row = (size_t)(product_of(walk->result_extents) * walk->result_channels);
  const float *sources[PATCH_ROWS];
  float *targets[PATCH_ROWS], *aside[DEPTH_BLOCK];
  for (size_t i = 0; i < DEPTH_BLOCK; i++) aside[i] = sums + i * channels;
  int64_t end_row = c->batch * (piece + 1) / walk->pieces;
  for (int64_t row = c->batch * piece / walk->pieces; row < end_row; row++) {
    const float *source = source_row(walk, row, own);
    float *result = walk->result + (size_t)row * result_row;
    if (c->form == DH_INPUT_FORM) memset(result, 0, result_row * sizeof(float));
    for (size_t p = 0; p < walk->phase_count; p++) {
      const window_phase *phase = &walk->phases[p];
      const patch_segment *segments = walk->segments + phase->segment;
      const float *kernel = walk->panels + phase->panel;
      int64_t places = product_of(phase->counts);
      for (int64_t start = 0; start < places; start += PATCH_ROWS) {
        size_t count = places_of_phase(
            walk, phase, source, result, start, PATCH_ROWS, sources, targets);
        if (repeats == 1) {
          depth_places(
              count, sources, segments, phase->segment_count, kernel, channels, targets, bias,
              relu);
          continue;
        }
        for (size_t i = 0; i < count; i += DEPTH_BLOCK) {
          size_t block = count - i < DEPTH_BLOCK ? count - i : DEPTH_BLOCK;
          depth_places(
              block, sources + i, segments, phase->segment_count, kernel, channels, aside, NULL,
              0);
          for (size_t k = 0; k < block; k++)
            for (size_t j = 0; j < in; j++) {
              float sum = 0;
              for (size_t r = 0; r < repeats; r++) sum += aside[k][j * repeats + r];
              targets[i + k][j] = sum;
            }
        }
      }
    }
  }
}

// Some cells of the kernel's gradient, for some channels of one row of the batch.
static inline __attribute__((always_inline)) void depth_kernel_block(
    const int cells, const phase_walk *walk, const float *source, const float *gradient,
    const patch_segment *segments, const int64_t *numbers, size_t j, size_t left) {
  const dh_window_shape *w = &walk->convolution->window;
  size_t channels = (size_t)walk->convolution->out_channels;
  const margins *m = &walk->margins;
  int is_whole = left >= DH_LANES;
#define LOAD(p) (is_whole ? vload(p) : vload_part(p, left))
  vf sums[DEPTH_CELLS];
#pragma clang loop unroll(full)
  for (int k = 0; k < cells; k++) sums[k] = (vf){};
  const float *g = gradient + j;
  for (int64_t a = 0; a < w->out[0]; a++)
    for (int64_t b = 0; b < w->out[1]; b++) {
      int64_t z = a * w->strides[0] - w->low[0] + m->low[0];
      int64_t y = b * w->strides[1] - w->low[1] + m->low[1];
      int64_t start = (z * m->extents[1] + y) * m->extents[2] - w->low[2] + m->low[2];
      const float *line = source + start * (int64_t)channels + j;
      for (int64_t x = 0; x < w->out[2]; x++) {
        vf here = LOAD(g);
#pragma clang loop unroll(full)
        for (int k = 0; k < cells; k++)
          sums[k] = LOAD(line + segments[k].offset) * here + sums[k];
        g += channels;
        line += w->strides[2] * (int64_t)channels;
      }
    }
#pragma clang loop unroll(full)
  for (int k = 0; k < cells; k++) {
    float *target = walk->result + (size_t)numbers[k] * channels + j;
    if (is_whole) vstore(target, vload(target) + sums[k]);
    else vstore_part(target, vload_part(target, left) + sums[k], left);
  }
#undef LOAD
}

static void depth_kernel_piece(const void *argument, int piece, int worker) {
  const phase_walk *walk = argument;
  const dh_convolution *c = walk->convolution;
  float *own = clear_margins(walk, worker);
  size_t channels = (size_t)c->out_channels, cells = (size_t)cell_count(c);
  size_t vectors = (channels + DH_LANES - 1) / DH_LANES;
  size_t first = vectors * (size_t)piece / (size_t)walk->pieces;
  size_t end = vectors * (size_t)(piece + 1) / (size_t)walk->pieces;
  const float *output = place_in(walk->context, c->output);
  size_t output_row = (size_t)product_of(c->window.out) * channels;
  for (int64_t row = 0; row < c->batch; row++) {
    const float *source = source_row(walk, row, own);
    const float *gradient = output + (size_t)row * output_row;
    for (size_t v = first; v < end; v++) {
      size_t j = v * DH_LANES, left = channels - j;
      for (size_t k = 0; k < cells; k += DEPTH_CELLS) {
        const patch_segment *segments = walk->segments + k;
        const int64_t *numbers = walk->cells + k;
#define CELLS(count)                                                                    \
  case count:                                                                           \
    depth_kernel_block(count, walk, source, gradient, segments, numbers, j, left);      \
    break;
        switch (cells - k) {
          CELLS(1) CELLS(2) CELLS(3) CELLS(4) CELLS(5) CELLS(6) CELLS(7)
          default:
            depth_kernel_block(8, walk, source, gradient, segments, numbers, j, left);
        }
#undef CELLS
      }
    }
  }
}

static double convolution_cost(const dh_convolution *c);

static void run_depthwise(const dh_convolution *c, const dh_context *context) {
  phase_walk walk = start_walk(c, context);
  size_t channels = (size_t)c->out_channels;
  const float *kernel = place_in(context, c->kernel);
  if (c->form == DH_KERNEL_FORM) {
    walk.result = place_in(context, c->kernel);
    memset(walk.result, 0, (size_t)cell_count(c) * channels * sizeof(float));
    int most = (int)((channels + DH_LANES - 1) / DH_LANES);
    if (most > KERNEL_PIECES) most = KERNEL_PIECES;
    walk.pieces = row_pieces(most, convolution_cost(c) * (double)c->batch / most);
    dh_team_work(context->team, walk.pieces, depth_kernel_piece, &walk);
    return;
  }
  size_t cells = 0;
  for (size_t p = 0; p < walk.phase_count; p++) {
    walk.phases[p].panel = cells * channels;
    for (size_t i = 0; i < walk.phases[p].segment_count; i++, cells++)
      memcpy(
          walk.panels + cells * channels,
          kernel + (size_t)walk.cells[walk.phases[p].segment + i] * channels,
          channels * sizeof(float));
  }
  if (c->form == DH_INPUT_FORM) walk.result_channels = c->in_channels;
  walk.pieces = row_pieces(c->batch, convolution_cost(c));
  dh_team_work(context->team, walk.pieces, depthwise_piece, &walk);
}
