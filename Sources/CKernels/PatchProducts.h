// The product at the heart of convolutions: sums over segments of memory, all of which lie alike
// around each row's own source,
//   target_i[j] = sum over segments s and steps p of source_i[offset_s + p·step] · panel[.., j],
// for a block of rows and two vectors of columns, which stay in registers throughout. The panel has
// a row of BLOCK_COLUMNS floats for every step of every segment, in order.

typedef struct {
  ptrdiff_t offset, length;
} patch_segment;

typedef struct {
  const patch_segment *segments;
  size_t count;
  ptrdiff_t shift, step;  // the shift is that of all sources together
} patch;

// What becomes of the sums.
typedef struct {
  int adds;           // to what is there already
  const float *bias;  // at the first column, or NULL
  int relu;
  ptrdiff_t shift;  // of all targets together
  size_t columns;   // of the panel, those that exist
} patch_end;

static inline __attribute__((always_inline)) void patch_block(
    const int rows, const int vectors, const float *const *sources, const patch *patch,
    const float *panel, float *const *targets, const patch_end *end) {
  vf sums[BLOCK_ROWS][2];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors; j++) sums[i][j] = (vf){};
  ptrdiff_t step = patch->step;
  for (size_t s = 0; s < patch->count; s++) {
    const float *x[BLOCK_ROWS];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) x[i] = sources[i] + patch->shift + patch->segments[s].offset;
    ptrdiff_t length = patch->segments[s].length * step;
    for (ptrdiff_t p = 0; p < length; p += step) {
      vf right[2];
#pragma clang loop unroll(full)
      for (int j = 0; j < vectors; j++) right[j] = vload(panel + j * DH_LANES);
#pragma clang loop unroll(full)
      for (int i = 0; i < rows; i++) {
        vf left = vsplat(x[i][p]);
#pragma clang loop unroll(full)
        for (int j = 0; j < vectors; j++) sums[i][j] = left * right[j] + sums[i][j];
      }
      panel += BLOCK_COLUMNS;
    }
  }
#pragma clang loop unroll(full)
  for (int j = 0; j < vectors; j++) {
    size_t start = (size_t)j * DH_LANES;
    size_t left = end->columns - start;
    int is_whole = left >= DH_LANES;
    vf bias = (vf){};
    if (end->bias)
      bias = is_whole ? vload(end->bias + start) : vload_part(end->bias + start, left);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      float *place = targets[i] + end->shift + start;
      vf sum = sums[i][j];
      if (end->adds) sum += is_whole ? vload(place) : vload_part(place, left);
      if (end->bias) sum += bias;
      if (end->relu) sum = vrelu(sum);
      if (is_whole) vstore(place, sum);
      else vstore_part(place, sum, left);
    }
  }
}

#define BLOCK(rows) \
  case rows: patch_block(rows, vectors, sources, patch, panel, targets, end); break;
static inline __attribute__((always_inline)) void patch_rows(
    int rows, const int vectors, const float *const *sources, const patch *patch,
    const float *panel, float *const *targets, const patch_end *end) {
  switch (rows) { BLOCKS_OF_ROWS }
}
#undef BLOCK

// Sources and targets are found for so many rows at a time: their panel is then read from the nearest
// cache for all but the first block.
enum { PATCH_ROWS = 96 };

// Any number of rows, in blocks of nearly equal height.
static void patch_product(
    size_t rows, const float *const *sources, const patch *patch, const float *panel,
    float *const *targets, const patch_end *end) {
  size_t blocks = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS, row = 0;
  for (size_t block = 0; block < blocks; block++) {
    size_t next = rows * (block + 1) / blocks;
    if (end->columns > DH_LANES)
      patch_rows((int)(next - row), 2, sources + row, patch, panel, targets + row, end);
    else
      patch_rows((int)(next - row), 1, sources + row, patch, panel, targets + row, end);
    row = next;
  }
}

// Arrays [batch, extents, channels] with margins of zeros, so that a window never leaves them.
typedef struct {
  int64_t low[3], extents[3];  // with the margins
  int is_needed;
} margins;

// The margins of an array of the given extents, of which elements from first to last are visited.
static margins margins_for(const int64_t extents[3], const int64_t first[3], const int64_t last[3]) {
  margins m = {{0, 0, 0}, {0, 0, 0}, 0};
  for (int axis = 0; axis < 3; axis++) {
    int64_t over = last[axis] - (extents[axis] - 1);
    m.low[axis] = first[axis] < 0 ? -first[axis] : 0;
    m.extents[axis] = extents[axis] + m.low[axis] + (over > 0 ? over : 0);
    if (m.extents[axis] != extents[axis]) m.is_needed = 1;
  }
  return m;
}

// One row of the batch into the middle of its margins, each channel repeated so many times.
static void copy_into_margins(
    float *result, const float *source, const margins *m, const int64_t extents[3],
    int64_t channels, int64_t repeats) {
  int64_t width = channels * repeats;
  for (int64_t a = 0; a < extents[0]; a++)
    for (int64_t b = 0; b < extents[1]; b++) {
      int64_t line = (a + m->low[0]) * m->extents[1] + b + m->low[1];
      float *target = result + (line * m->extents[2] + m->low[2]) * width;
      const float *from = source + (a * extents[1] + b) * extents[2] * channels;
      if (repeats == 1) {
        memcpy(target, from, (size_t)(extents[2] * channels) * sizeof(float));
      } else {
        for (int64_t i = 0; i < extents[2] * channels; i++)
          for (int64_t k = 0; k < repeats; k++) target[i * repeats + k] = from[i];
      }
    }
}
