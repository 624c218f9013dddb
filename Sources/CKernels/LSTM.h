// Long short-term memory over whole sequences. A piece of work is some rows of the batch over all
// steps: the state of its rows and the packed kernel stay in the nearest caches, the four gates of a
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
  const float *panels;
  int pieces;
} lstm_work;

// sums[rows, 4 vectors] += a[rows, inner] · panel[inner, 4 vectors]
static inline __attribute__((always_inline)) void lstm_block(
    const int rows, size_t inner, const float *a, size_t lda, const float *panel, float *z,
    size_t ldz) {
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
      vf left = vsplat(a[(size_t)i * lda + p]);
#pragma clang loop unroll(full)
      for (int j = 0; j < LSTM_GATES; j++) sums[i][j] = left * right[j] + sums[i][j];
    }
    panel += LSTM_WIDTH;
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < LSTM_GATES; j++) vstore(z + (size_t)i * ldz + j * DH_LANES, sums[i][j]);
}

#define BLOCK(rows) \
  case rows: lstm_block(rows, inner, a, lda, panel, z, ldz); break;
static void lstm_rows(
    size_t rows, size_t inner, const float *a, size_t lda, const float *panel, float *z,
    size_t ldz) {
  switch (rows) { LSTM_BLOCKS }
}
#undef BLOCK

static inline vf load_some(const float *p, size_t count) {
  return count >= DH_LANES ? vload(p) : vload_part(p, count);
}
static inline void store_some(float *p, vf x, size_t count) {
  if (count >= DH_LANES) vstore(p, x);
  else vstore_part(p, x, count);
}
static inline size_t least(size_t a, size_t b) { return a < b ? a : b; }

static void lstm_rows_of(const lstm_work *work, int piece, size_t *first, size_t *end) {
  size_t batch = (size_t)work->lstm->batch, pieces = (size_t)work->pieces;
  *first = batch * (size_t)piece / pieces;
  *end = batch * ((size_t)piece + 1) / pieces;
}

// ---- The way forward

// For each vector of units the columns of its four gates, one below the other.
static void pack_gates(float *packed, const float *kernel, size_t units) {
  for (size_t unit = 0; unit < units; unit += DH_LANES)
    for (size_t p = 0; p < units; p++)
      for (size_t gate = 0; gate < LSTM_GATES; gate++, packed += DH_LANES)
        vstore(packed, load_some(kernel + p * 4 * units + gate * units + unit, units - unit));
}

static void lstm_piece(const void *argument, int piece, int worker) {
  (void)worker;
  const lstm_work *work = argument;
  const dh_lstm *l = work->lstm;
  size_t units = (size_t)l->units, batch = (size_t)l->batch, steps = (size_t)l->steps;
  const float *projected = place_in(work->context, l->projected);
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
      size_t count = units - unit;
      for (size_t block = 0; block < blocks; block++) {
        size_t row = first + rows * block / blocks, next = first + rows * (block + 1) / blocks;
        const float *x = projected + (step * batch + row) * 4 * units + unit;
        for (size_t i = 0; i < next - row; i++)
          for (size_t gate = 0; gate < LSTM_GATES; gate++)
            vstore(
                z + i * LSTM_WIDTH + gate * DH_LANES,
                load_some(x + i * 4 * units + gate * units, count));
        const float *before = outputs + (step * batch + row) * units;
        lstm_rows(next - row, units, before, units, panel, z, LSTM_WIDTH);
        for (const float *sums = z; row < next; row++, sums += LSTM_WIDTH) {
          size_t place = (step * batch + row) * units + unit;
          vf input = vsigmoid(vload(sums)), forget = vsigmoid(vload(sums + DH_LANES));
          vf candidate = vtanh(vload(sums + 2 * DH_LANES));
          vf output = vsigmoid(vload(sums + 3 * DH_LANES));
          vf memory = forget * load_some(memories + place, count) + input * candidate;
          vf activated = vtanh(memory);
          store_some(memories + place + size, memory, count);
          store_some(outputs + place + size, output * activated, count);
          if (!kept) continue;
          float *gates = kept + (step * batch + row) * 5 * units + unit;
          store_some(gates, input, count);
          store_some(gates + units, forget, count);
          store_some(gates + 2 * units, candidate, count);
          store_some(gates + 3 * units, output, count);
          store_some(gates + 4 * units, activated, count);
        }
      }
    }
}

// ---- The way back

// For every four vectors of units the rows of the transposed kernel.
static void pack_transposed_gates(float *packed, const float *kernel, size_t units) {
  for (size_t unit = 0; unit < units; unit += LSTM_WIDTH)
    for (size_t p = 0; p < 4 * units; p++, packed += LSTM_WIDTH)
      for (size_t j = 0; j < LSTM_WIDTH; j++)
        packed[j] = unit + j < units ? kernel[(unit + j) * 4 * units + p] : 0;
}

static void lstm_gradient_piece(const void *argument, int piece, int worker) {
  const lstm_work *work = argument;
  const dh_lstm *l = work->lstm;
  size_t units = (size_t)l->units, batch = (size_t)l->batch, steps = (size_t)l->steps;
  size_t size = batch * units, room = (units + LSTM_WIDTH - 1) / LSTM_WIDTH * LSTM_WIDTH;
  const float *flow = place_in(work->context, l->flow);
  const float *memories = place_in(work->context, l->states) + (steps + 1) * size;
  const float *kept = place_in(work->context, l->gates);
  float *result = place_in(work->context, l->projected);
  size_t first_flow = (size_t)l->first_flow, end_flow = first_flow + (size_t)l->flow_count;
  size_t first, end;
  lstm_rows_of(work, piece, &first, &end);
  size_t rows = end - first, blocks = (rows + LSTM_ROWS - 1) / LSTM_ROWS;
  float *of_output = scratch_of(work->context, worker), *of_memory = of_output + rows * room;
  memset(of_output, 0, 2 * rows * room * sizeof(float));
  for (size_t step = steps + 1; step-- > 0;) {
    // What flows in from outside at the state after this step.
    const float *outside = step >= first_flow && step < end_flow
                               ? flow + (step - first_flow) * size : NULL;
    for (size_t row = first; row < end; row++)
      for (size_t unit = 0; unit < units; unit += DH_LANES) {
        size_t count = units - unit, own = (row - first) * room + unit, place = row * units + unit;
        vf h = vload(of_output + own), c = vload(of_memory + own);
        if (outside) h += load_some(outside + place, count);
        if (l->flow_has_memory)
          c += load_some(flow + (steps + 1 + step) * size + place, count);
        float *z = result + (step * batch + row) * 4 * units + unit;
        if (step == 0) {
          store_some(z, h, count);
          store_some(z + units, c, count);
          store_some(z + 2 * units, (vf){}, count);
          store_some(z + 3 * units, (vf){}, count);
          continue;
        }
        const float *gates = kept + ((step - 1) * batch + row) * 5 * units + unit;
        vf input = load_some(gates, count), forget = load_some(gates + units, count);
        vf candidate = load_some(gates + 2 * units, count);
        vf output = load_some(gates + 3 * units, count);
        vf activated = load_some(gates + 4 * units, count);
        c += h * output * (1.0f - activated * activated);
        vf before = load_some(memories + (step - 1) * size + place, count);
        store_some(z, c * candidate * (input * (1.0f - input)), count);
        store_some(z + units, c * before * (forget * (1.0f - forget)), count);
        store_some(z + 2 * units, c * input * (1.0f - candidate * candidate), count);
        store_some(z + 3 * units, h * activated * (output * (1.0f - output)), count);
        vstore(of_memory + own, c * forget);
      }
    if (step == 0) break;
    memset(of_output, 0, rows * room * sizeof(float));
    // Gate by gate, so that a panel stays in the first cache.
    for (size_t unit = 0; unit < units; unit += LSTM_WIDTH)
      for (size_t gate = 0; gate < LSTM_GATES; gate++) {
        const float *panel = work->panels + (unit * 4 + gate * LSTM_WIDTH) * units;
        for (size_t block = 0; block < blocks; block++) {
          size_t row = rows * block / blocks, next = rows * (block + 1) / blocks;
          const float *z = result + (step * batch + first + row) * 4 * units + gate * units;
          lstm_rows(next - row, units, z, 4 * units, panel, of_output + row * room + unit, room);
        }
      }
  }
}

// ---- Both

static dh_scratch lstm_scratch(const dh_lstm *l) {
  size_t units = (size_t)l->units;
  size_t room = (units + LSTM_WIDTH - 1) / LSTM_WIDTH * LSTM_WIDTH;
  // A piece has all rows where there are few, and no more than a piece's share where there are many.
  size_t most = (size_t)l->batch / LSTM_MOST_PIECES + 2 * LSTM_PIECE_ROWS;
  return (dh_scratch){room * units * 4, l->is_gradient ? 2 * least(most, (size_t)l->batch) * room : 0};
}

static void run_lstm(const dh_lstm *l, const dh_context *context) {
  const float *kernel = place_in(context, l->kernel);
  size_t units = (size_t)l->units;
  if (l->is_gradient) pack_transposed_gates(context->scratch, kernel, units);
  else pack_gates(context->scratch, kernel, units);
  int64_t pieces = (l->batch + LSTM_PIECE_ROWS / 2) / LSTM_PIECE_ROWS;
  if (pieces > LSTM_MOST_PIECES) pieces = LSTM_MOST_PIECES;
  lstm_work work = {l, context, context->scratch, pieces < 1 ? 1 : (int)pieces};
  dh_team_work(
      context->team, work.pieces, l->is_gradient ? lstm_gradient_piece : lstm_piece, &work);
}
