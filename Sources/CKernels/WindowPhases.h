// The places of a result that see a source through the same cells, in the same arrangement. A
// convolution has one such phase. Its transpose has one for each remainder of the strides: the
// elements of the input that the cells of equal remainder reach, and no others; so that no work is
// done on zeros between elements.

typedef struct {
  int64_t counts[3];   // of places along each axis
  int64_t sources[3];  // where the first place looks, margins included
  int64_t targets[3];  // where the first place stands in the result
  size_t segment, segment_count;
  size_t inner;  // floats that a place sees of one group
  size_t panel;  // rows of panels before the phase's own
} window_phase;

typedef struct {
  const dh_convolution *convolution;
  const dh_context *context;
  const float *source;
  float *result;
  int64_t source_channels, result_channels, source_group, result_group;  // in all, and of a group
  int64_t source_extents[3], result_extents[3], source_steps[3], target_steps[3];
  margins margins;
  size_t phase_count, panels_of_group;
  window_phase *phases;
  patch_segment *segments;
  int64_t *cells;  // of each segment before they are joined
  float *panels;
  int pieces;
} phase_walk;

static inline int64_t floor_divide(int64_t a, int64_t b) { return a / b - (a % b < 0); }

static int64_t common_divisor(int64_t a, int64_t b) {
  while (b) {
    int64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

// How many cells on the next one of the same phase is.
static int64_t cell_period(const dh_window_shape *w, int goes_back, int axis) {
  return goes_back ? w->strides[axis] / common_divisor(w->strides[axis], w->dilations[axis]) : 1;
}

static margins phase_margins(const dh_convolution *c) {
  const dh_window_shape *w = &c->window;
  int64_t first[3], last[3];
  for (int axis = 0; axis < 3; axis++) {
    int64_t low = w->low[axis], span = (w->sizes[axis] - 1) * w->dilations[axis];
    if (c->form == DH_INPUT_FORM) {
      first[axis] = floor_divide(low - span, w->strides[axis]);
      last[axis] = floor_divide(w->in[axis] - 1 + low, w->strides[axis]);
    } else {
      first[axis] = -low;
      last[axis] = (w->out[axis] - 1) * w->strides[axis] - low + span;
    }
  }
  return margins_for(c->form == DH_INPUT_FORM ? w->out : w->in, first, last);
}

// Describes one phase, that of the cells from `first` on along each axis.
static window_phase make_phase(phase_walk *walk, const int64_t first[3], size_t segment) {
  const dh_window_shape *w = &walk->convolution->window;
  int goes_back = walk->convolution->form == DH_INPUT_FORM;
  window_phase phase = {.segment = segment};
  int64_t period[3], count[3];
  for (int axis = 0; axis < 3; axis++) {
    int64_t stride = w->strides[axis], low = w->low[axis];
    period[axis] = cell_period(w, goes_back, axis);
    count[axis] = (w->sizes[axis] - first[axis] + period[axis] - 1) / period[axis];
    if (goes_back) {
      int64_t rest = first[axis] * w->dilations[axis] % stride;
      int64_t start = ((rest - low) % stride + stride) % stride;
      phase.targets[axis] = start;
      phase.counts[axis] = start < w->in[axis] ? (w->in[axis] - start + stride - 1) / stride : 0;
      phase.sources[axis] = (start + low - rest) / stride + walk->margins.low[axis];
    } else {
      phase.counts[axis] = w->out[axis];
      phase.sources[axis] = walk->margins.low[axis] - low;
    }
  }
  int64_t cell[3], offset[3], number[3];
  patch_segment *segments = walk->segments + segment;
  // Going back, higher cells look at lower elements; from low to high they lie in order.
#define EACH(axis)                                                                              \
  for (int64_t i##axis = 0; i##axis < count[axis]; i##axis++)                                   \
    if (number[axis] = goes_back ? count[axis] - 1 - i##axis : i##axis,                         \
        cell[axis] = first[axis] + number[axis] * period[axis],                                 \
        offset[axis] = goes_back                                                                \
            ? -((cell[axis] * w->dilations[axis] -                                              \
                 first[axis] * w->dilations[axis] % w->strides[axis]) / w->strides[axis])       \
            : cell[axis] * w->dilations[axis],                                                  \
        1)
  EACH(0) EACH(1) EACH(2) {
    int64_t line = offset[0] * walk->margins.extents[1] + offset[1];
    ptrdiff_t place = (ptrdiff_t)((line * walk->margins.extents[2] + offset[2]) *
                                  walk->source_channels);
    walk->cells[segment + phase.segment_count] =
        (cell[0] * w->sizes[1] + cell[1]) * w->sizes[2] + cell[2];
    segments[phase.segment_count++] = (patch_segment){place, (ptrdiff_t)walk->source_group};
  }
#undef EACH
  phase.inner = phase.segment_count * (size_t)walk->source_group;
  return phase;
}

// Cells whose elements follow each other in memory become one segment.
static void join_segments(phase_walk *walk, window_phase *phase) {
  patch_segment *segments = walk->segments + phase->segment;
  size_t count = 1;
  for (size_t i = 1; i < phase->segment_count; i++) {
    patch_segment *last = &segments[count - 1];
    if (last->offset + last->length == segments[i].offset) last->length += segments[i].length;
    else segments[count++] = segments[i];
  }
  phase->segment_count = count;
}

static int64_t cell_count(const dh_convolution *c) { return product_of(c->window.sizes); }

static int is_depthwise(const dh_convolution *c) {
  return c->groups > 1 && c->in_channels == c->groups;
}

// A depthwise convolution is worked on with as many channels in as out.
static int64_t source_repeats(const dh_convolution *c) {
  return is_depthwise(c) && c->form != DH_INPUT_FORM ? c->out_channels / c->in_channels : 1;
}

// Floats of one row of the batch with its margins.
static size_t margin_floats(const dh_convolution *c, const margins *m) {
  if (!m->is_needed && source_repeats(c) == 1) return 0;
  int64_t channels = c->form == DH_INPUT_FORM || is_depthwise(c) ? c->out_channels : c->in_channels;
  return (size_t)(product_of(m->extents) * channels);
}

static phase_walk start_walk(const dh_convolution *c, const dh_context *context) {
  int goes_back = c->form == DH_INPUT_FORM, deep = is_depthwise(c);
  const dh_window_shape *w = &c->window;
  phase_walk walk = {.convolution = c, .context = context, .margins = phase_margins(c)};
  walk.source = place_in(context, goes_back ? c->output : c->input);
  walk.result = place_in(context, goes_back ? c->input : c->output);
  walk.source_channels = goes_back || deep ? c->out_channels : c->in_channels;
  walk.result_channels = goes_back && !deep ? c->in_channels : c->out_channels;
  walk.source_group = deep ? walk.source_channels : walk.source_channels / c->groups;
  walk.result_group = deep ? walk.result_channels : walk.result_channels / c->groups;
  for (int axis = 0; axis < 3; axis++) {
    walk.source_extents[axis] = goes_back ? w->out[axis] : w->in[axis];
    walk.result_extents[axis] = goes_back ? w->in[axis] : w->out[axis];
    walk.source_steps[axis] = goes_back ? 1 : w->strides[axis];
    walk.target_steps[axis] = goes_back ? w->strides[axis] : 1;
  }
  size_t cells = (size_t)cell_count(c);
  walk.phases = (window_phase *)context->scratch;
  walk.segments = (patch_segment *)(walk.phases + cells);
  walk.cells = (int64_t *)(walk.segments + cells);
  walk.panels = (float *)(walk.cells + cells);
  walk.panels_of_group =
      ((size_t)walk.result_group + BLOCK_COLUMNS - 1) / BLOCK_COLUMNS;
  size_t segment = 0;
  int64_t first[3], ends[3];
  for (int axis = 0; axis < 3; axis++) {
    int64_t period = goes_back ? cell_period(w, 1, axis) : 1;
    ends[axis] = period < w->sizes[axis] ? period : w->sizes[axis];
  }
  for (first[0] = 0; first[0] < ends[0]; first[0]++)
    for (first[1] = 0; first[1] < ends[1]; first[1]++)
      for (first[2] = 0; first[2] < ends[2]; first[2]++) {
        window_phase phase = make_phase(&walk, first, segment);
        segment += phase.segment_count;
        walk.phases[walk.phase_count++] = phase;
      }
  return walk;
}

// The row of the batch that a piece works on, in its margins if it needs any.
static const float *source_row(const phase_walk *walk, int64_t row, float *own) {
  int64_t repeats = source_repeats(walk->convolution);
  int64_t channels = walk->source_channels / repeats;
  const float *source = walk->source + row * product_of(walk->source_extents) * channels;
  if (!walk->margins.is_needed && repeats == 1) return source;
  copy_into_margins(own, source, &walk->margins, walk->source_extents, channels, repeats);
  return own;
}

static float *clear_margins(const phase_walk *walk, int worker) {
  float *own = scratch_of(walk->context, worker);
  size_t count = margin_floats(walk->convolution, &walk->margins);
  if (walk->margins.is_needed) memset(own, 0, count * sizeof(float));
  return own;
}

// Sources and targets of the places of a phase from `start` on, at most `most` of them, for a row
// of the batch; gives back how many there are.
static size_t places_of_phase(
    const phase_walk *walk, const window_phase *phase, const float *source, float *target,
    int64_t start, size_t most, const float **sources, float **targets) {
  const int64_t *counts = phase->counts, *step = walk->source_steps, *jump = walk->target_steps;
  int64_t left = counts[0] * counts[1] * counts[2] - start;
  size_t count = left < (int64_t)most ? (size_t)left : most;
  int64_t x = start % counts[2], y = start / counts[2] % counts[1];
  int64_t z = start / counts[2] / counts[1];
  size_t i = 0;
  while (i < count) {
    int64_t from = (phase->sources[0] + z * step[0]) * walk->margins.extents[1] +
                   phase->sources[1] + y * step[1];
    const float *line = source + (from * walk->margins.extents[2] + phase->sources[2] +
                                  x * step[2]) * walk->source_channels;
    int64_t to = (phase->targets[0] + z * jump[0]) * walk->result_extents[1] +
                 phase->targets[1] + y * jump[1];
    float *place = target + (to * walk->result_extents[2] + phase->targets[2] + x * jump[2]) *
                                walk->result_channels;
    for (; x < counts[2] && i < count; x++, i++) {
      sources[i] = line;
      targets[i] = place;
      line += step[2] * walk->source_channels;
      place += jump[2] * walk->result_channels;
    }
    x = 0;
    if (++y == counts[1]) y = 0, z++;
  }
  return count;
}
