// Long short-term memory over whole sequences. A piece of work is some rows of the batch over all
// steps: the state of its rows and the packed kernels stay in the nearest caches, the four gates of a
// unit come out of one block of sums, and threads wait for each other once a sequence. Every row is
// computed in the same order whatever the piece it is in.

// Rows whose sums are in registers at once, with four vectors of columns.
#if DH_LANES == 16
enum { LSTM_ROWS = 6 };
#define LSTM_BLOCKS BLOCK(1) BLOCK(2) BLOCK(3) BLOCK(4) BLOCK(5) BLOCK(6)
#else
enum { LSTM_ROWS = 3 };
#define LSTM_BLOCKS BLOCK(1) BLOCK(2) BLOCK(3)
#endif
enum { LSTM_GATES = 4, LSTM_WIDTH = LSTM_GATES * DH_LANES };
// Rows of a piece: below, the kernel would be read too often for what is done with it.
enum { LSTM_PIECE_ROWS = 16, LSTM_MOST_PIECES = 16 };

typedef struct {
  const dh_lstm *lstm;
  const dh_context *context;
  size_t units, batch, steps, inputs;
  int pieces;
  const float *panels, *input_panels;
  float *sums;  // of the gradients, for each piece
} lstm_work;

// sums[rows, 4 vectors] += a[rows, inner] · panel[inner, 4 vectors]
static inline __attribute__((always_inline)) void lstm_block(
    const int rows, size_t inner, left_operand a, const float *panel, float *z, size_t ldz) {
  vf sums[LSTM_ROWS][LSTM_GATES];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < LSTM_GATES; j++) sums[i][j] = vload(z + (size_t)i * ldz + j * DH_LANES);
  for (size_t p = 0; p < inner; p++) {
    vf right[LSTM_GATES];
#pragma clang loop unroll(full)
    for (int j = 0; j < LSTM_GATES; j++) right[j] = vload(panel + j * DH_LANES);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      vf left = vsplat(a.p[i * a.row]);
#pragma clang loop unroll(full)
      for (int j = 0; j < LSTM_GATES; j++) sums[i][j] = left * right[j] + sums[i][j];
    }
    a.p += a.inner;
    panel += LSTM_WIDTH;
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < LSTM_GATES; j++) vstore(z + (size_t)i * ldz + j * DH_LANES, sums[i][j]);
}

#define BLOCK(rows) \
  case rows: lstm_block(rows, inner, a, panel, z, ldz); break;
static void lstm_rows(
    size_t rows, size_t inner, left_operand a, const float *panel, float *z, size_t ldz) {
  switch (rows) { LSTM_BLOCKS }
}
#undef BLOCK

// The same for any number of rows, in blocks of nearly equal height.
static void lstm_all_rows(
    size_t rows, size_t inner, left_operand a, const float *panel, float *z, size_t ldz) {
  size_t blocks = (rows + LSTM_ROWS - 1) / LSTM_ROWS;
  for (size_t block = 0; block < blocks; block++) {
    size_t row = rows * block / blocks, next = rows * (block + 1) / blocks;
    left_operand part = {a.p + (ptrdiff_t)row * a.row, a.row, a.inner};
    lstm_rows(next - row, inner, part, panel, z + row * ldz, ldz);
  }
}

static inline vf load_some(const float *p, size_t count) {
  return count >= DH_LANES ? vload(p) : vload_part(p, count);
}
static inline void store_some(float *p, vf x, size_t count) {
  if (count >= DH_LANES) vstore(p, x);
  else vstore_part(p, x, count);
}
static inline size_t least(size_t a, size_t b) { return a < b ? a : b; }

static lstm_work lstm_work_of(const dh_lstm *l, const dh_context *context) {
  int64_t pieces = (l->batch + LSTM_PIECE_ROWS / 2) / LSTM_PIECE_ROWS;
  if (pieces > LSTM_MOST_PIECES) pieces = LSTM_MOST_PIECES;
  return (lstm_work){
      .lstm = l, .context = context, .units = (size_t)l->units, .batch = (size_t)l->batch,
      .steps = (size_t)l->steps, .inputs = (size_t)l->inputs,
      .pieces = pieces < 1 ? 1 : (int)pieces};
}

static void lstm_rows_of(const lstm_work *work, int piece, size_t *first, size_t *end) {
  size_t batch = work->batch, pieces = (size_t)work->pieces;
  *first = batch * (size_t)piece / pieces;
  *end = batch * ((size_t)piece + 1) / pieces;
}

// Units as vectors, the last of which may be filled up.
static size_t lstm_vectors(const lstm_work *work) {
  return (work->units + DH_LANES - 1) / DH_LANES;
}

// ---- The way forward

// For each vector of units the columns of its four gates, one below the other.
static void pack_gates(float *packed, const float *kernel, size_t rows, size_t units) {
  for (size_t unit = 0; unit < units; unit += DH_LANES)
    for (size_t p = 0; p < rows; p++)
      for (size_t gate = 0; gate < LSTM_GATES; gate++, packed += DH_LANES)
        vstore(packed, load_some(kernel + p * 4 * units + gate * units + unit, units - unit));
}

static void lstm_piece(const void *argument, int piece, int worker) {
  (void)worker;
  const lstm_work *work = argument;
  const dh_lstm *l = work->lstm;
  size_t units = work->units, batch = work->batch, steps = work->steps, inputs = work->inputs;
  const float *projected = inputs ? NULL : place_in(work->context, l->projected);
  const float *input = inputs ? place_in(work->context, l->input) : NULL;
  const float *bias = inputs && l->has_bias ? place_in(work->context, l->bias) : NULL;
  const float *initial = place_in(work->context, l->initial);
  float *outputs = place_in(work->context, l->states);
  float *memories = outputs + (steps + 1) * batch * units;
  float *kept = l->keeps_gates ? place_in(work->context, l->gates) : NULL;
  size_t first, end, size = batch * units;
  lstm_rows_of(work, piece, &first, &end);
  size_t rows = end - first, blocks = (rows + LSTM_ROWS - 1) / LSTM_ROWS;
  memcpy(outputs + first * units, initial + first * units, rows * units * sizeof(float));
  memcpy(memories + first * units, initial + size + first * units, rows * units * sizeof(float));
  float z[LSTM_ROWS * LSTM_WIDTH] __attribute__((aligned(64)));
  for (size_t step = 0; step < steps; step++)
    for (size_t unit = 0; unit < units; unit += DH_LANES) {
      const float *panel = work->panels + unit * units * LSTM_GATES;
      const float *input_panel = work->input_panels + unit * inputs * LSTM_GATES;
      size_t count = units - unit;
      vf start[LSTM_GATES] = {};
      if (bias)
        for (size_t gate = 0; gate < LSTM_GATES; gate++)
          start[gate] = load_some(bias + gate * units + unit, count);
      for (size_t block = 0; block < blocks; block++) {
        size_t row = first + rows * block / blocks, next = first + rows * (block + 1) / blocks;
        const float *x = projected ? projected + (step * batch + row) * 4 * units + unit : NULL;
        for (size_t i = 0; i < next - row; i++)
          for (size_t gate = 0; gate < LSTM_GATES; gate++)
            vstore(
                z + i * LSTM_WIDTH + gate * DH_LANES,
                x ? load_some(x + i * 4 * units + gate * units, count) : start[gate]);
        if (inputs) {
          left_operand own = {input + (step * batch + row) * inputs, (ptrdiff_t)inputs, 1};
          lstm_rows(next - row, inputs, own, input_panel, z, LSTM_WIDTH);
        }
        left_operand before = {outputs + (step * batch + row) * units, (ptrdiff_t)units, 1};
        lstm_rows(next - row, units, before, panel, z, LSTM_WIDTH);
        for (const float *sums = z; row < next; row++, sums += LSTM_WIDTH) {
          size_t place = (step * batch + row) * units + unit;
          vf opened = vsigmoid(vload(sums)), forget = vsigmoid(vload(sums + DH_LANES));
          vf candidate = vtanh(vload(sums + 2 * DH_LANES));
          vf output = vsigmoid(vload(sums + 3 * DH_LANES));
          vf memory = forget * load_some(memories + place, count) + opened * candidate;
          vf activated = vtanh(memory);
          store_some(memories + place + size, memory, count);
          store_some(outputs + place + size, output * activated, count);
          if (!kept) continue;
          float *gates = kept + (step * batch + row) * 5 * units + unit;
          store_some(gates, opened, count);
          store_some(gates + units, forget, count);
          store_some(gates + 2 * units, candidate, count);
          store_some(gates + 3 * units, output, count);
          store_some(gates + 4 * units, activated, count);
        }
      }
    }
}

static void run_lstm_forward(lstm_work *work) {
  const dh_lstm *l = work->lstm;
  float *panels = work->context->scratch;
  work->panels = panels;
  pack_gates(panels, place_in(work->context, l->kernel), work->units, work->units);
  panels += lstm_vectors(work) * work->units * LSTM_WIDTH;
  work->input_panels = panels;
  if (work->inputs)
    pack_gates(panels, place_in(work->context, l->input_kernel), work->inputs, work->units);
  dh_team_work(work->context->team, work->pieces, lstm_piece, work);
}
