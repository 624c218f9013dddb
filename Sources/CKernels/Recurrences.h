// Recurrent cells over whole sequences. A piece of work is some rows of the batch over all steps: the
// state of its rows and the packed kernels stay in the nearest caches, all sums of a unit come out of
// one block, and threads wait for each other once a sequence. Every row is computed in the same order
// whatever the piece it is in.

// Rows of a piece: below, the kernels would be read too often for what is done with them.
enum { CELL_PIECE_ROWS = 16, MOST_CELL_PIECES = 16 };

typedef struct {
  const dh_recurrence *recurrence;
  const dh_context *context;
  cell_layout layout;
  size_t units, batch, steps, inputs, blocks;
  int pieces;
  const float *state_panels, *input_panels;
  const float *candidate_panels;  // where the reset comes before the product
  float *sums;  // of the gradients, for each piece
} recurrent_work;

// sums[rows, some vectors] += a[rows, inner] · panel[inner, as many vectors]
static inline __attribute__((always_inline)) void cell_block(
    const int rows, const int vectors, size_t inner, left_operand a, const float *panel,
    size_t panel_step, float *z, size_t ldz) {
  vf sums[MOST_CELL_ROWS][CELL_VECTORS];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors; j++) sums[i][j] = vload(z + (size_t)i * ldz + j * DH_LANES);
  for (size_t p = 0; p < inner; p++) {
    vf right[CELL_VECTORS];
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors; j++) right[j] = vload(panel + j * DH_LANES);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      vf left = vsplat(a.p[i * a.row]);
#pragma clang loop unroll(full)
      for (int j = 0; j < vectors; j++) sums[i][j] = left * right[j] + sums[i][j];
    }
    a.p += a.inner;
    panel += panel_step;
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors; j++) vstore(z + (size_t)i * ldz + j * DH_LANES, sums[i][j]);
}

// Up to four vectors of the least rows, and up to three of the most.
#define BLOCK(rows, vectors) \
  case rows: cell_block(rows, vectors, inner, a, panel, panel_step, z, ldz); return;
#if DH_LANES == 16
#define BLOCKS_OF_CELLS(vectors)                                                    \
  BLOCK(1, vectors) BLOCK(2, vectors) BLOCK(3, vectors) BLOCK(4, vectors) BLOCK(5, vectors) \
  BLOCK(6, vectors)
#define MORE_BLOCKS_OF_CELLS(vectors) BLOCK(7, vectors) BLOCK(8, vectors)
#else
#define BLOCKS_OF_CELLS(vectors) BLOCK(1, vectors) BLOCK(2, vectors) BLOCK(3, vectors)
#define MORE_BLOCKS_OF_CELLS(vectors) BLOCK(4, vectors)
#endif
static void cell_product(
    size_t rows, size_t vectors, size_t inner, left_operand a, const float *panel,
    size_t panel_step, float *z, size_t ldz) {
  switch (vectors) {
    case 1: switch (rows) { BLOCKS_OF_CELLS(1) MORE_BLOCKS_OF_CELLS(1) } return;
    case 2: switch (rows) { BLOCKS_OF_CELLS(2) MORE_BLOCKS_OF_CELLS(2) } return;
    case 3: switch (rows) { BLOCKS_OF_CELLS(3) MORE_BLOCKS_OF_CELLS(3) } return;
    default: switch (rows) { BLOCKS_OF_CELLS(4) } return;
  }
}
#undef BLOCK
#undef BLOCKS_OF_CELLS
#undef MORE_BLOCKS_OF_CELLS

// The same for any number of rows, in blocks of nearly equal height.
static void cell_products(
    size_t rows, size_t vectors, size_t inner, left_operand a, const float *panel,
    size_t panel_step, float *z, size_t ldz) {
  size_t height = vectors < CELL_VECTORS ? MOST_CELL_ROWS : LEAST_CELL_ROWS;
  size_t blocks = (rows + height - 1) / height;
  for (size_t block = 0; block < blocks; block++) {
    size_t row = rows * block / blocks, next = rows * (block + 1) / blocks;
    left_operand part = {a.p + (ptrdiff_t)row * a.row, a.row, a.inner};
    cell_product(next - row, vectors, inner, part, panel, panel_step, z + row * ldz, ldz);
  }
}

static recurrent_work recurrent_work_of(const dh_recurrence *r, const dh_context *context) {
  int64_t pieces = (r->batch + CELL_PIECE_ROWS / 2) / CELL_PIECE_ROWS;
  if (pieces > MOST_CELL_PIECES) pieces = MOST_CELL_PIECES;
  recurrent_work work = {
      .recurrence = r, .context = context, .layout = cell_layout_of(r->cell),
      .units = (size_t)r->units, .batch = (size_t)r->batch, .steps = (size_t)r->steps,
      .inputs = (size_t)r->inputs, .pieces = pieces < 1 ? 1 : (int)pieces};
  work.blocks = block_count(&work.layout, work.units);
  return work;
}

static void rows_of_piece(const recurrent_work *work, int piece, size_t *first, size_t *end) {
  size_t batch = work->batch, pieces = (size_t)work->pieces;
  *first = batch * (size_t)piece / pieces;
  *end = batch * ((size_t)piece + 1) / pieces;
}

// Floats of a row of units: a multiple of a block's width, so that no vector needs to be cut.
static size_t row_room(const recurrent_work *work) {
  return (work->units + CELL_WIDTH - 1) / CELL_WIDTH * CELL_WIDTH;
}

// Which rows count at a step, from the first of a piece; NULL: all.
static const float *counts_at(const recurrent_work *work, size_t step, size_t first) {
  const dh_recurrence *r = work->recurrence;
  return r->has_counts ? place_in(work->context, r->counts) + step * work->batch + first : NULL;
}

// ---- The way forward

// For each block the columns of some of its vectors, side by side.
static void pack_cells(
    float *packed, const float *kernel, size_t rows, const recurrent_work *work, size_t first,
    size_t count) {
  const cell_layout *l = &work->layout;
  size_t units = work->units, width = l->gates * units;
  for (size_t block = 0; block < work->blocks; block++) {
    size_t vectors = least(first + count, block_vectors(l, block, units));
    for (size_t p = 0; p < rows; p++)
      for (size_t j = first; j < vectors; j++, packed += DH_LANES) {
        size_t unit = unit_of(l, block, j);
        vstore(packed, load_some(kernel + p * width + l->gate[j] * units + unit, units - unit));
      }
  }
}

// What a block's sums start from: for each row what is projected, or the bias.
static inline __attribute__((always_inline)) void start_sums(
    const int64_t cell, const recurrent_work *work, size_t block, size_t vectors,
    const float *projected, size_t rows, float *sums) {
  const dh_recurrence *r = work->recurrence;
  const cell_layout l = cell_layout_of(cell);
  size_t units = work->units, width = l.gates * units;
  const float *bias = work->inputs && r->has_bias ? place_in(work->context, r->bias) : NULL;
  const float *state_bias = cell == DH_CELL_GRU ? place_in(work->context, r->state_bias) : NULL;
  for (size_t j = 0; j < vectors; j++) {
    size_t unit = unit_of(&l, block, j), column = l.gate[j] * units + unit, count = units - unit;
    int is_input = j >= l.input_first && j < l.input_first + l.input_count;
    vf start = (vf){};
    if (state_bias && j >= l.state_first) start = load_some(state_bias + column, count);
    if (bias && is_input) start = load_some(bias + column, count) + start;
    float *to = sums + j * DH_LANES;
    if (!projected || !is_input) {
      for (size_t i = 0; i < rows; i++) vstore(to + i * CELL_WIDTH, start);
      continue;
    }
    const float *x = projected + column;
    for (size_t i = 0; i < rows; i++) {
      vf sum = load_some(x + i * width, count);
      vstore(to + i * CELL_WIDTH, state_bias ? sum + start : sum);
    }
  }
}

static inline __attribute__((always_inline)) void forward_steps(
    const int64_t cell, const recurrent_work *work, int piece) {
  const dh_recurrence *r = work->recurrence;
  const cell_layout l = cell_layout_of(cell);
  size_t units = work->units, batch = work->batch, steps = work->steps, inputs = work->inputs;
  const float *projected = inputs ? NULL : place_in(work->context, r->projected);
  const float *input = inputs ? place_in(work->context, r->input) : NULL;
  const float *initial = place_in(work->context, r->initial);
  float *outputs = place_in(work->context, r->states);
  float *all_kept = r->keeps_gates ? place_in(work->context, r->gates) : NULL;
  size_t first, end, size = batch * units;
  rows_of_piece(work, piece, &first, &end);
  size_t rows = end - first, parts = (rows + l.rows - 1) / l.rows;
  for (size_t state = 0; state < l.states; state++)
    memcpy(
        outputs + state * (steps + 1) * size + first * units,
        initial + state * size + first * units, rows * units * sizeof(float));
  float sums[MOST_CELL_ROWS * CELL_WIDTH] __attribute__((aligned(64)));
  for (size_t step = 0; step < steps; step++) {
    const float *counts = counts_at(work, step, 0);
    for (size_t block = 0; block < work->blocks; block++) {
      size_t vectors = l.spread > 1 ? block_vectors(&l, block, units) : CELL_VECTORS;
      size_t of_input = least(l.input_count, vectors), of_state = least(l.state_count, vectors);
      const float *state_panel = work->state_panels + block * units * l.state_count * DH_LANES;
      const float *input_panel = work->input_panels + block * inputs * l.input_count * DH_LANES;
      size_t unit = unit_of(&l, block, 0);
      for (size_t part = 0; part < parts; part++) {
        size_t row = first + rows * part / parts, height = first + rows * (part + 1) / parts - row;
        size_t number = step * batch + row, place = number * units + unit;
        start_sums(
            cell, work, block, vectors, projected ? projected + number * l.gates * units : NULL,
            height, sums);
        if (inputs) {
          left_operand own = {input + number * inputs, (ptrdiff_t)inputs, 1};
          cell_product(
              height, of_input, inputs, own, input_panel, of_input * DH_LANES,
              sums + l.input_first * DH_LANES, CELL_WIDTH);
        }
        left_operand before = {outputs + number * units, (ptrdiff_t)units, 1};
        cell_product(
            height, of_state, units, before, state_panel, of_state * DH_LANES,
            sums + l.state_first * DH_LANES, CELL_WIDTH);
        float *memories = outputs + (steps + 1) * size;
        cell_rows_at at = {
            .sums = sums, .before = outputs + place, .memory_before = memories + place,
            .counts = counts ? counts + row : NULL, .output = outputs + place + size,
            .memory = memories + place + size,
            .kept = all_kept ? all_kept + number * l.kept * units + unit : NULL,
            .units = units, .count = units - unit};
        switch (cell) {
          case DH_CELL_LSTM: lstm_forward(at, height); break;
          case DH_CELL_GRU: gru_forward(at, height); break;
          default: simple_forward(at, height);
        }
      }
    }
  }
}

static void recurrent_piece(const void *argument, int piece, int worker) {
  (void)worker;
  const recurrent_work *work = argument;
  switch (work->recurrence->cell) {
    case DH_CELL_LSTM: forward_steps(DH_CELL_LSTM, work, piece); break;
    case DH_CELL_GRU: forward_steps(DH_CELL_GRU, work, piece); break;
    default: forward_steps(DH_CELL_SIMPLE, work, piece);
  }
}
