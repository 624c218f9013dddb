// Recurrent cells: how the columns of their kernels are dealt out to blocks of sums, and what is
// computed of a block, on the way forward and on the way back. Everything that belongs to a unit is in
// the same lane of one block, so that nothing else is needed for it but the sums.

// Vectors of a block of sums, which are in registers at once.
enum { CELL_VECTORS = 4, CELL_WIDTH = CELL_VECTORS * DH_LANES };
// Rows of a block: its sums and their operands just fit into the registers.
#if DH_LANES == 16
enum { LEAST_CELL_ROWS = 6, MOST_CELL_ROWS = 8 };
#else
enum { LEAST_CELL_ROWS = 3, MOST_CELL_ROWS = 4 };
#endif

typedef struct {
  size_t gates;   // blocks of columns in a kernel
  size_t states;  // arrays that the state has
  size_t spread;  // vectors of units that stand side by side in a block
  size_t rows;    // of a block
  // The vectors of a block that the input adds to, and those that the state adds to.
  size_t input_first, input_count, state_first, state_count;
  size_t gate[CELL_VECTORS];  // of each vector
  size_t kept;                // numbers of a unit that the way back needs besides the states
} cell_layout;

static inline __attribute__((always_inline)) cell_layout cell_layout_of(const int64_t cell) {
  switch (cell) {
    case DH_CELL_LSTM:
      return (cell_layout){4, 2, 1, LEAST_CELL_ROWS, 0, 4, 0, 4, {0, 1, 2, 3}, 5};
    // The candidate's sum over the input, update, reset, the candidate's sum over the state.
    case DH_CELL_GRU:
      return (cell_layout){3, 1, 1, MOST_CELL_ROWS, 0, 3, 1, 3, {2, 0, 1, 2}, 4};
    // The candidate's sum over the input, update and reset; the candidate's product comes later.
    case DH_CELL_GRU_RESET_BEFORE:
      return (cell_layout){3, 1, 1, MOST_CELL_ROWS, 0, 3, 1, 2, {2, 0, 1}, 3};
    default:
      return (cell_layout){1, 1, CELL_VECTORS, LEAST_CELL_ROWS, 0, 4, 0, 4, {0}, 0};
  }
}

// Units, or rows, as vectors, the last of which may be filled up.
static inline size_t vectors_of(size_t count) { return (count + DH_LANES - 1) / DH_LANES; }

// The units of a block, the blocks, and the vectors of a block that exist.
static inline size_t block_units(const cell_layout *l) { return l->spread * DH_LANES; }
static inline size_t block_count(const cell_layout *l, size_t units) {
  return (units + block_units(l) - 1) / block_units(l);
}
static inline size_t block_vectors(const cell_layout *l, size_t block, size_t units) {
  if (l->spread == 1) return CELL_VECTORS;
  return least(CELL_VECTORS, vectors_of(units - block * block_units(l)));
}
// The first unit of a vector of a block.
static inline size_t unit_of(const cell_layout *l, size_t block, size_t vector) {
  return block * block_units(l) + (l->spread > 1 ? vector * DH_LANES : 0);
}

// What a block of rows is computed from and where the results go: at the block's first unit, rows being
// `units` apart. `kept` may be NULL; `counts`, if not, says which rows count at this step.
typedef struct {
  float *sums;
  const float *before, *memory_before, *counts;
  float *output, *memory, *kept;
  size_t units, count;  // all units, and those from the first one of the block
} cell_rows_at;

static inline int is_hidden(const float *counts, size_t row) { return counts && counts[row] == 0; }

// In two passes: one row after the other would wait for the memory's tanh each time.
static inline __attribute__((always_inline)) void lstm_forward(cell_rows_at at, size_t rows) {
  size_t units = at.units, count = at.count;
  for (size_t i = 0; i < rows; i++) {
    float *sums = at.sums + i * CELL_WIDTH;
    vf opened = vsigmoid(vload(sums)), forget = vsigmoid(vload(sums + DH_LANES));
    vf candidate = vtanh(vload(sums + 2 * DH_LANES));
    vf output = vsigmoid(vload(sums + 3 * DH_LANES));
    vf before = load_some(at.memory_before + i * units, count);
    vf memory = forget * before + opened * candidate;
    store_some(at.memory + i * units, is_hidden(at.counts, i) ? before : memory, count);
    vstore(sums, memory);
    vstore(sums + DH_LANES, output);
    if (!at.kept) continue;
    float *kept = at.kept + i * 5 * units;
    store_some(kept, opened, count);
    store_some(kept + units, forget, count);
    store_some(kept + 2 * units, candidate, count);
    store_some(kept + 3 * units, output, count);
  }
  for (size_t i = 0; i < rows; i++) {
    const float *sums = at.sums + i * CELL_WIDTH;
    vf activated = vtanh(vload(sums)), h = vload(sums + DH_LANES) * activated;
    if (is_hidden(at.counts, i)) h = load_some(at.before + i * units, count);
    store_some(at.output + i * units, h, count);
    if (at.kept) store_some(at.kept + (i * 5 + 4) * units, activated, count);
  }
}

// In two passes for the same reason.
static inline __attribute__((always_inline)) void gru_forward(cell_rows_at at, size_t rows) {
  size_t units = at.units, count = at.count;
  for (size_t i = 0; i < rows; i++) {
    float *sums = at.sums + i * CELL_WIDTH;
    vf update = vsigmoid(vload(sums + DH_LANES)), reset = vsigmoid(vload(sums + 2 * DH_LANES));
    vf inner = vload(sums + 3 * DH_LANES);
    vstore(sums, vload(sums) + reset * inner);
    vstore(sums + DH_LANES, update);
    if (!at.kept) continue;
    float *kept = at.kept + i * 4 * units;
    store_some(kept, update, count);
    store_some(kept + units, reset, count);
    store_some(kept + 3 * units, inner, count);
  }
  for (size_t i = 0; i < rows; i++) {
    const float *sums = at.sums + i * CELL_WIDTH;
    vf candidate = vtanh(vload(sums)), update = vload(sums + DH_LANES);
    vf before = load_some(at.before + i * units, count);
    vf h = update * before + (1.0f - update) * candidate;
    store_some(at.output + i * units, is_hidden(at.counts, i) ? before : h, count);
    if (at.kept) store_some(at.kept + (i * 4 + 2) * units, candidate, count);
  }
}

static inline __attribute__((always_inline)) void simple_forward(cell_rows_at at, size_t rows) {
  for (size_t i = 0; i < rows; i++)
    for (size_t unit = 0; unit < least(CELL_WIDTH, at.count); unit += DH_LANES) {
      size_t place = i * at.units + unit, count = at.count - unit;
      vf h = vtanh(vload(at.sums + i * CELL_WIDTH + unit));
      if (is_hidden(at.counts, i)) h = load_some(at.before + place, count);
      store_some(at.output + place, h, count);
    }
}

// What flows back to the sums of one row of a block, from what flows to the state after the step, h and c;
// `h` and `c` become what flows to the state before it, but for the product with the kernel.
static inline __attribute__((always_inline)) void lstm_backward(
    vf *h, vf *c, vf before, const float *kept, size_t units, size_t count, vf z[CELL_VECTORS]) {
  vf input = load_some(kept, count), forget = load_some(kept + units, count);
  vf candidate = load_some(kept + 2 * units, count);
  vf output = load_some(kept + 3 * units, count);
  vf activated = load_some(kept + 4 * units, count);
  vf memory = *c + *h * output * (1.0f - activated * activated);
  z[0] = memory * candidate * (input * (1.0f - input));
  z[1] = memory * before * (forget * (1.0f - forget));
  z[2] = memory * input * (1.0f - candidate * candidate);
  z[3] = *h * activated * (output * (1.0f - output));
  *c = memory * forget;
  *h = (vf){};
}

// The gradient of the reset gate comes later, since it takes a product.
static inline __attribute__((always_inline)) void gru_reset_before_backward(
    vf *h, vf before, const float *kept, size_t units, size_t count, vf z[CELL_VECTORS]) {
  vf update = load_some(kept, count), candidate = load_some(kept + 2 * units, count);
  z[0] = *h * (1.0f - update) * (1.0f - candidate * candidate);
  z[1] = *h * (before - candidate) * (update * (1.0f - update));
  *h = *h * update;
}

static inline __attribute__((always_inline)) void gru_backward(
    vf *h, vf before, const float *kept, size_t units, size_t count, vf z[CELL_VECTORS]) {
  vf update = load_some(kept, count), reset = load_some(kept + units, count);
  vf candidate = load_some(kept + 2 * units, count), inner = load_some(kept + 3 * units, count);
  z[0] = *h * (1.0f - update) * (1.0f - candidate * candidate);
  z[1] = *h * (before - candidate) * (update * (1.0f - update));
  z[2] = z[0] * inner * (reset * (1.0f - reset));
  z[3] = z[0] * reset;
  *h = *h * update;
}
