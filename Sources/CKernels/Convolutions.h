// Convolutions without im2col: what a place sees of one line of the source lies in one piece of
// memory, so that the kernels of matrix products run over the source as it is.

static dh_scratch larger_scratch(dh_scratch a, dh_scratch b) {
  return (dh_scratch){
      a.shared > b.shared ? a.shared : b.shared, a.own > b.own ? a.own : b.own};
}

static dh_scratch direct_scratch(const dh_convolution *c) {
  margins m = phase_margins(c);
  size_t cells = (size_t)cell_count(c), row = margin_floats(c, &m);
  size_t lists = cells * (sizeof(window_phase) + sizeof(patch_segment) + sizeof(int64_t)) /
                 sizeof(float);
  if (is_depthwise(c)) return depthwise_scratch(c, lists, row);
  if (c->form == DH_KERNEL_FORM) return (dh_scratch){0, row + kernel_panel_floats(c)};
  int goes_back = c->form == DH_INPUT_FORM;
  size_t inner = (size_t)(goes_back ? c->out_channels : c->in_channels);
  size_t width = (size_t)((goes_back ? c->in_channels : c->out_channels) / c->groups);
  size_t panels = (width + BLOCK_COLUMNS - 1) / BLOCK_COLUMNS;
  return (dh_scratch){lists + cells * inner * panels * BLOCK_COLUMNS, row};
}

// Whatever the kernels that run in the end, and for the direct form as well, which has the last word
// where results are not finite.
static dh_scratch convolution_scratch(const dh_convolution *c) {
  dh_scratch direct = direct_scratch(c);
  if (!may_be_winograd(c)) return direct;
  return larger_scratch(
      direct,
      c->form == DH_KERNEL_FORM ? winograd_gradient_scratch(c) : winograd_scratch(c));
}

// The kernel as panels, in the order in which each phase comes to its cells.
static void pack_kernel(phase_walk *walk) {
  const dh_convolution *c = walk->convolution;
  const float *kernel = place_in(walk->context, c->kernel);
  int goes_back = c->form == DH_INPUT_FORM;
  size_t in = (size_t)(c->in_channels / c->groups), out = (size_t)c->out_channels;
  size_t out_group = out / (size_t)c->groups;
  float *panel = walk->panels;
  size_t rows = 0;
  for (size_t p = 0; p < walk->phase_count; p++) {
    window_phase *phase = &walk->phases[p];
    phase->panel = rows;
    for (size_t group = 0; group < (size_t)c->groups; group++)
      for (size_t j = 0; j < (size_t)walk->result_group; j += BLOCK_COLUMNS) {
        size_t width = (size_t)walk->result_group - j;
        if (width > BLOCK_COLUMNS) width = BLOCK_COLUMNS;
        for (size_t i = 0; i < phase->segment_count; i++) {
          const float *cell = kernel + (size_t)walk->cells[phase->segment + i] * in * out +
                              group * out_group;
          if (goes_back)
            pack_transposed(panel, cell + j * out, (ptrdiff_t)out, out_group, width);
          else
            pack_columns(panel, cell + j, (ptrdiff_t)out, in, width);
          panel += (size_t)walk->source_group * BLOCK_COLUMNS;
        }
        rows += phase->inner;
      }
    join_segments(walk, phase);
  }
}

static void patch_convolution_piece(const void *argument, int piece, int worker) {
  const phase_walk *walk = argument;
  const dh_convolution *c = walk->convolution;
  float *own = clear_margins(walk, worker);
  const float *bias = c->has_bias ? place_in(walk->context, c->bias) : NULL;
  size_t result_row = (size_t)(product_of(walk->result_extents) * walk->result_channels);
  const float *sources[PATCH_ROWS];
  float *targets[PATCH_ROWS];
  int64_t end_row = c->batch * (piece + 1) / walk->pieces;
  for (int64_t row = c->batch * piece / walk->pieces; row < end_row; row++) {
    const float *source = source_row(walk, row, own);
    float *result = walk->result + (size_t)row * result_row;
    // Elements that no cell reaches.
    if (c->form == DH_INPUT_FORM) memset(result, 0, result_row * sizeof(float));
    for (size_t p = 0; p < walk->phase_count; p++) {
      const window_phase *phase = &walk->phases[p];
      int64_t places = product_of(phase->counts);
      for (int64_t start = 0; start < places; start += PATCH_ROWS) {
        size_t count = places_of_phase(
            walk, phase, source, result, start, PATCH_ROWS, sources, targets);
        const float *panel = walk->panels + phase->panel * BLOCK_COLUMNS;
        for (int64_t group = 0; group < c->groups; group++) {
          patch patch = {
              walk->segments + phase->segment, phase->segment_count,
              (ptrdiff_t)(group * walk->source_group), 1};
          for (size_t j = 0; j < (size_t)walk->result_group; j += BLOCK_COLUMNS) {
            size_t column = (size_t)(group * walk->result_group) + j;
            size_t width = (size_t)walk->result_group - j;
            patch_end end = {
                0, bias ? bias + column : NULL, c->activation == DH_ACTIVATION_RELU,
                (ptrdiff_t)column, width < BLOCK_COLUMNS ? width : BLOCK_COLUMNS};
            patch_product(count, sources, &patch, panel, targets, &end);
            panel += phase->inner * BLOCK_COLUMNS;
          }
        }
      }
    }
  }
}

// Multiplications of vectors for one row of the batch.
static double convolution_cost(const dh_convolution *c) {
  return (double)product_of(c->window.out) * (double)cell_count(c) * (double)c->out_channels *
         (double)(c->in_channels / c->groups) / DH_LANES;
}

static void run_patch_convolution(const dh_convolution *c, const dh_context *context) {
  phase_walk walk = start_walk(c, context);
  pack_kernel(&walk);
  walk.pieces = row_pieces(c->batch, convolution_cost(c));
  dh_team_work(context->team, walk.pieces, patch_convolution_piece, &walk);
}

static void run_convolution(const dh_convolution *c, const dh_context *context) {
  if (is_depthwise(c)) run_depthwise(c, context);
  else if (c->form == DH_KERNEL_FORM) {
    if (!is_winograd(c) || !run_winograd_gradient(c, context)) run_kernel_gradient(c, context);
  } else if (!is_winograd(c) || !run_winograd(c, context)) {
    run_patch_convolution(c, context);
  }
}
