// Means, maxima and their ways back, for all channels of a place at once.

// The cells inside of a place: their numbers, and how far they lie from the place's first cell.
typedef struct {
  int64_t number, offset;
} pooling_cell;

static size_t window_scratch(const dh_window *w) {
  return (size_t)product_of(w->window.sizes) * (sizeof(pooling_cell) / sizeof(float));
}

static size_t list_cells(const dh_window *w, const cell_range range[3], pooling_cell *cells) {
  const dh_window_shape *s = &w->window;
  size_t count = 0;
  for (int64_t a = range[0].first; a < range[0].end; a++)
    for (int64_t b = range[1].first; b < range[1].end; b++)
      for (int64_t c = range[2].first; c < range[2].end; c++) {
        int64_t line = a * s->dilations[0] * s->in[1] + b * s->dilations[1];
        cells[count].number = (a * s->sizes[1] + b) * s->sizes[2] + c;
        cells[count].offset = (line * s->in[2] + c * s->dilations[2]) * w->channels;
        count++;
      }
  return count;
}

// Which of the windows' ways back adds to what is there: where windows overlap, an element is in
// several. Where they cover all elements besides, none need be filled with zeros first.
typedef enum { WINDOWS_ALONE, WINDOWS_COVER, WINDOWS_OVERLAP } window_layout;

static window_layout layout_of_windows(const dh_window_shape *w) {
  int is_cover = 1;
  for (int axis = 0; axis < 3; axis++) {
    int64_t span = (w->sizes[axis] - 1) * w->dilations[axis] + 1;
    if (w->strides[axis] < span && w->out[axis] > 1) return WINDOWS_OVERLAP;
    int64_t end = w->out[axis] * w->sizes[axis] - w->low[axis];
    if (w->dilations[axis] != 1 || w->strides[axis] != w->sizes[axis] || end < w->in[axis])
      is_cover = 0;
  }
  return is_cover ? WINDOWS_COVER : WINDOWS_ALONE;
}

#define LOAD(p) (is_whole ? vload(p) : vload_part(p, n))
#define STORE(p, x)                 \
  {                                 \
    if (is_whole) vstore(p, x);     \
    else vstore_part(p, x, n);      \
  }

// The number of the cell with the largest element. Nothing is better than NaN, and NaN is better than
// everything else.
static inline __attribute__((always_inline)) vf position_in_window(
    const pooling_cell *cells, size_t count, const float *source, int is_whole, size_t n) {
  vf best = vsplat(-INFINITY), number = vsplat(count ? (float)cells[0].number : -1);
  if (count) best = LOAD(source + cells[0].offset);
  for (size_t i = 1; i < count; i++) {
    vf x = LOAD(source + cells[i].offset);
    vi better = ((x > best) | (x != x)) & (best == best);
    best = vselect(better, x, best);
    number = vselect(better, vsplat((float)cells[i].number), number);
  }
  return number;
}

// Some channels of one place. `n` of them exist; a whole vector of them if `is_whole`.
static inline __attribute__((always_inline)) void pool(
    int function, const pooling_cell *cells, size_t count, const float *source,
    const float *positions, float *result, int adds, int is_whole, size_t n) {
  switch (function) {
    case DH_WINDOW_MEAN: {
      vf sum = (vf){};
      for (size_t i = 0; i < count; i++) sum += LOAD(source + cells[i].offset);
      STORE(result, sum * vsplat(1.0f / (float)count))
      break;
    }
    case DH_WINDOW_MAXIMUM: {
      vf best = vsplat(-INFINITY);
      for (size_t i = 0; i < count; i++) best = vmax(best, LOAD(source + cells[i].offset));
      STORE(result, best)
      break;
    }
    case DH_WINDOW_POSITION: {
      STORE(result, position_in_window(cells, count, source, is_whole, n))
      break;
    }
    case DH_WINDOW_PICK: {
      vf position = LOAD(positions), found = (vf){};
      for (size_t i = 0; i < count; i++) {
        vi here = position == vsplat((float)cells[i].number);
        found = vselect(here, LOAD(source + cells[i].offset), found);
      }
      STORE(result, found)
      break;
    }
    case DH_WINDOW_SPREAD: {
      vf share = LOAD(source) * vsplat(1.0f / (float)count);
      for (size_t i = 0; i < count; i++) {
        float *target = result + cells[i].offset;
        STORE(target, adds ? LOAD(target) + share : share)
      }
      break;
    }
    case DH_WINDOW_PLACE:
    case DH_WINDOW_PLACE_LARGEST: {
      vf x = LOAD(source);
      vf position = function == DH_WINDOW_PLACE
                        ? LOAD(positions)
                        : position_in_window(cells, count, positions, is_whole, n);
      for (size_t i = 0; i < count; i++) {
        float *target = result + cells[i].offset;
        vf part = (vf)((position == vsplat((float)cells[i].number)) & (vi)x);
        STORE(target, adds ? LOAD(target) + part : part)
      }
      break;
    }
  }
}
#undef LOAD
#undef STORE

// All channels of one place.
static inline __attribute__((always_inline)) void pool_channels(
    int function, const pooling_cell *cells, size_t count, const float *source,
    const float *positions, float *result, int adds, size_t channels) {
  size_t j = 0;
  for (; j + DH_LANES <= channels; j += DH_LANES)
    pool(function, cells, count, source + j, positions + j, result + j, adds, 1, DH_LANES);
  if (j < channels)
    pool(function, cells, count, source + j, positions + j, result + j, adds, 0, channels - j);
}

// The cells of windows of 2x2, which most are: known in number, they are worked on without a loop.
enum { FEW_CELLS = 4 };

static inline __attribute__((always_inline)) void pool_rows(
    int function, const dh_window *w, int64_t first, int64_t end, const float *source,
    const float *positions, float *result, pooling_cell *cells) {
  const dh_window_shape *s = &w->window;
  int looks = function == DH_WINDOW_PLACE_LARGEST;
  int goes_back = function == DH_WINDOW_SPREAD || function == DH_WINDOW_PLACE || looks;
  window_layout layout = layout_of_windows(s);
  int adds = layout == WINDOWS_OVERLAP;
  size_t channels = (size_t)w->channels;
  size_t inside = (size_t)product_of(s->in) * channels, places = (size_t)product_of(s->out);
  cell_range range[3] = {{0, 0}, {0, 0}, {0, 0}};
  size_t count = list_cells(w, range, cells);
  int64_t place[3], start[3], span = (s->sizes[2] - 1) * s->dilations[2];
  for (int64_t row = first; row < end; row++) {
    const float *from = source + (size_t)row * (goes_back ? places * channels : inside);
    float *to = result + (size_t)row * (goes_back ? inside : places * channels);
    const float *named = from;
    if (positions) named = positions + (size_t)row * (looks ? inside : places * channels);
    if (goes_back && layout != WINDOWS_COVER) memset(to, 0, inside * sizeof(float));
    for (place[0] = 0; place[0] < s->out[0]; place[0]++)
      for (place[1] = 0; place[1] < s->out[1]; place[1]++) {
        cell_range now[3];
        for (int axis = 0; axis < 2; axis++) {
          now[axis] = cells_inside(s, axis, place[axis]);
          start[axis] = place[axis] * s->strides[axis] - s->low[axis];
        }
        for (place[2] = 0; place[2] < s->out[2]; place[2]++) {
          start[2] = place[2] * s->strides[2] - s->low[2];
          if (start[2] >= 0 && start[2] + span < s->in[2]) now[2] = (cell_range){0, s->sizes[2]};
          else now[2] = cells_inside(s, 2, place[2]);
          // Away from the edges the list is always the same.
          if (memcmp(now, range, sizeof(range)) != 0) {
            memcpy(range, now, sizeof(range));
            count = list_cells(w, range, cells);
          }
          ptrdiff_t base =
              (ptrdiff_t)(((start[0] * s->in[1] + start[1]) * s->in[2] + start[2]) * w->channels);
          const float *here = goes_back ? from : from + base;
          const float *other = looks ? named + base : named;
          float *there = goes_back ? to + base : to;
          if (count == FEW_CELLS)
            pool_channels(function, cells, FEW_CELLS, here, other, there, adds, channels);
          else
            pool_channels(function, cells, count, here, other, there, adds, channels);
          if (!looks) named += channels;
          if (goes_back) from += channels;
          else to += channels;
        }
      }
  }
}

typedef struct {
  const dh_window *window;
  const dh_context *context;
  int pieces;
} window_work;

static void window_piece(const void *argument, int piece, int worker) {
  const window_work *work = argument;
  const dh_window *w = work->window;
  const float *source = place_in(work->context, w->source);
  int has_positions = w->function == DH_WINDOW_PICK || w->function == DH_WINDOW_PLACE ||
                      w->function == DH_WINDOW_PLACE_LARGEST;
  const float *positions = has_positions ? place_in(work->context, w->positions) : NULL;
  float *result = place_in(work->context, w->result);
  pooling_cell *cells = (pooling_cell *)scratch_of(work->context, worker);
  int64_t first = w->batch * piece / work->pieces, end = w->batch * (piece + 1) / work->pieces;
#define CASE(function) \
  case function: pool_rows(function, w, first, end, source, positions, result, cells); break;
  switch (w->function) {
    CASE(DH_WINDOW_MEAN)
    CASE(DH_WINDOW_SPREAD)
    CASE(DH_WINDOW_MAXIMUM)
    CASE(DH_WINDOW_POSITION)
    CASE(DH_WINDOW_PICK)
    CASE(DH_WINDOW_PLACE)
    CASE(DH_WINDOW_PLACE_LARGEST)
  }
#undef CASE
}

static void run_window(const dh_window *w, const dh_context *context) {
  double vectors = (double)(w->channels / DH_LANES + 1);
  double cost = (double)product_of(w->window.out) * (double)product_of(w->window.sizes) * vectors;
  window_work work = {w, context, row_pieces(w->batch, cost)};
  dh_team_work(context->team, work.pieces, window_piece, &work);
}
