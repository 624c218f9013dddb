// The way back through a long short-term memory. Besides what flows to the sums of every step, a piece
// can add up the gradients of the kernels and the bias, some steps at a time, while what they are made
// of is at hand; the pieces' sums are added up in a fixed order.

// Rows times steps whose products with the flow are added up at once: the sums, which are in the second
// cache, are then read and written seldom enough.
enum { LSTM_GATHERED_ROWS = 64 };

static size_t lstm_gathered(const lstm_work *work, size_t rows) {
  if (!work->lstm->adds_gradients || rows == 0) return rows;
  return (LSTM_GATHERED_ROWS + rows - 1) / rows * rows;
}

// Numbers of a row of what is fed to a step: the input, then the output before.
static size_t lstm_fed(const lstm_work *work) {
  return work->lstm->adds_gradients ? work->inputs + work->units : 0;
}

// The sums of a piece: for each vector of units its gates' columns, for all that is fed and the bias.
static size_t lstm_piece_sums(const lstm_work *work) {
  return work->lstm->adds_gradients ? lstm_vectors(work) * (lstm_fed(work) + 1) * LSTM_WIDTH : 0;
}

// A multiple of a block's width, so that no vector needs to be cut.
static size_t lstm_room(const lstm_work *work) {
  return (work->units + LSTM_WIDTH - 1) / LSTM_WIDTH * LSTM_WIDTH;
}

// For every four vectors of units the rows of the transposed kernel: for each vector of columns' units
// those of its four gates.
static void pack_transposed_gates(float *packed, const float *kernel, size_t units) {
  for (size_t first = 0; first < units; first += LSTM_WIDTH)
    for (size_t unit = 0; unit < units; unit += DH_LANES)
      for (size_t gate = 0; gate < LSTM_GATES; gate++, packed += DH_LANES * LSTM_WIDTH)
        for (size_t j = 0; j < LSTM_GATES; j++) {
          size_t row = first + j * DH_LANES;
          const float *source = kernel + row * 4 * units + gate * units + unit;
          vf square[DH_LANES];
          for (size_t i = 0; i < DH_LANES; i++)
            square[i] = row + i < units ? load_some(source + i * 4 * units, units - unit) : (vf){};
          vtranspose(square);
          for (size_t i = 0; i < DH_LANES; i++)
            vstore(packed + i * LSTM_WIDTH + j * DH_LANES, square[i]);
        }
}

// Of each worker: what flows to the state before the step at hand, [rows, room] each; what flows to the
// sums, [vectors, gathered rows, 4 vectors]; and what was fed, [gathered rows, fed].
static size_t lstm_back_scratch(const lstm_work *work, size_t rows) {
  // Fewer rows may gather more of them, but never as many as this.
  size_t gathered = rows + (work->lstm->adds_gradients ? LSTM_GATHERED_ROWS : 0);
  return 2 * rows * lstm_room(work) +
         gathered * (lstm_vectors(work) * LSTM_WIDTH + lstm_fed(work));
}

// Keeps what was fed to the rows of a step.
static void lstm_keep_fed(
    const lstm_work *work, float *fed, size_t step, size_t first, size_t rows) {
  const dh_lstm *l = work->lstm;
  size_t units = work->units, inputs = work->inputs;
  const float *input = inputs ? place_in(work->context, l->input) : NULL;
  const float *outputs = place_in(work->context, l->states);
  for (size_t row = step * work->batch + first; rows-- > 0; row++, fed += inputs + units) {
    if (inputs) memcpy(fed, input + row * inputs, inputs * sizeof(float));
    memcpy(fed + inputs, outputs + row * units, units * sizeof(float));
  }
}

static void lstm_gradient_piece(const void *argument, int piece, int worker) {
  const lstm_work *work = argument;
  const dh_lstm *l = work->lstm;
  size_t units = work->units, batch = work->batch, steps = work->steps, fed = lstm_fed(work);
  size_t size = batch * units, room = lstm_room(work), vectors = lstm_vectors(work);
  const float *flow = place_in(work->context, l->flow);
  const float *memories = place_in(work->context, l->states) + (steps + 1) * size;
  const float *kept = place_in(work->context, l->gates);
  float *result = l->keeps_flow ? place_in(work->context, l->projected) : NULL;
  size_t first_flow = (size_t)l->first_flow, end_flow = first_flow + (size_t)l->flow_count;
  size_t first, end;
  lstm_rows_of(work, piece, &first, &end);
  size_t rows = end - first, gathered = lstm_gathered(work, rows), slot = 0;
  float *of_output = scratch_of(work->context, worker), *of_memory = of_output + rows * room;
  float *of_sums = of_memory + rows * room, *all_fed = of_sums + vectors * gathered * LSTM_WIDTH;
  float *sums = work->sums + (size_t)piece * lstm_piece_sums(work);
  memset(sums, 0, lstm_piece_sums(work) * sizeof(float));
  memset(of_output, 0, 2 * rows * room * sizeof(float));
  for (size_t step = steps + 1; step-- > 0;) {
    if (step == 0 && !result) break;
    // What flows in from outside at the state after this step.
    const float *outside = step >= first_flow && step < end_flow
                               ? flow + (step - first_flow) * size : NULL;
    for (size_t vector = 0; vector < vectors; vector++) {
      size_t unit = vector * DH_LANES, count = units - unit;
      vf bias[LSTM_GATES] = {};
      for (size_t row = first; row < end; row++) {
        size_t own = (row - first) * room + unit, place = row * units + unit;
        vf h = load_some(of_output + own, count), c = load_some(of_memory + own, count);
        if (outside) h += load_some(outside + place, count);
        if (l->flow_has_memory)
          c += load_some(flow + (steps + 1 + step) * size + place, count);
        vf z[LSTM_GATES] = {h, c};
        if (step > 0) {
          const float *gates = kept + ((step - 1) * batch + row) * 5 * units + unit;
          vf input = load_some(gates, count), forget = load_some(gates + units, count);
          vf candidate = load_some(gates + 2 * units, count);
          vf output = load_some(gates + 3 * units, count);
          vf activated = load_some(gates + 4 * units, count);
          c += h * output * (1.0f - activated * activated);
          vf before = load_some(memories + (step - 1) * size + place, count);
          z[0] = c * candidate * (input * (1.0f - input));
          z[1] = c * before * (forget * (1.0f - forget));
          z[2] = c * input * (1.0f - candidate * candidate);
          z[3] = h * activated * (output * (1.0f - output));
          vstore(of_memory + own, c * forget);
          vstore(of_output + own, (vf){});
          float *to = of_sums + (vector * gathered + slot + row - first) * LSTM_WIDTH;
          for (size_t gate = 0; gate < LSTM_GATES; gate++) {
            vstore(to + gate * DH_LANES, z[gate]);
            bias[gate] += z[gate];
          }
        }
        if (!result) continue;
        float *to = result + (step * batch + row) * 4 * units + unit;
        for (size_t gate = 0; gate < LSTM_GATES; gate++)
          store_some(to + gate * units, z[gate], count);
      }
      if (!fed || step == 0) continue;
      float *of_bias = sums + (vector * (fed + 1) + fed) * LSTM_WIDTH;
      for (size_t gate = 0; gate < LSTM_GATES; gate++)
        vstore(of_bias + gate * DH_LANES, vload(of_bias + gate * DH_LANES) + bias[gate]);
    }
    if (step == 0) break;
    // Some rows of the transposed kernel at a time, so that they stay in the first cache.
    const float *panel = work->panels;
    for (size_t unit = 0; unit < units; unit += LSTM_WIDTH)
      for (size_t vector = 0; vector < vectors; vector++, panel += LSTM_WIDTH * LSTM_WIDTH) {
        const float *z = of_sums + (vector * gathered + slot) * LSTM_WIDTH;
        left_operand left = {z, LSTM_WIDTH, 1};
        lstm_all_rows(rows, LSTM_WIDTH, left, panel, of_output + unit, room);
      }
    if (!fed) continue;
    lstm_keep_fed(work, all_fed + slot * fed, step - 1, first, rows);
    slot += rows;
    if (slot < gathered && step > 1) continue;
    left_operand left = {all_fed, 1, (ptrdiff_t)fed};
    for (size_t vector = 0; vector < vectors; vector++)
      lstm_all_rows(
          fed, slot, left, of_sums + vector * gathered * LSTM_WIDTH,
          sums + vector * (fed + 1) * LSTM_WIDTH, LSTM_WIDTH);
    slot = 0;
  }
}

// Adds up what the pieces found for some rows of what is fed, always in the same order.
static void lstm_join_sums(const lstm_work *work, size_t first, size_t rows, dh_place gradient) {
  size_t units = work->units, fed = lstm_fed(work), step = lstm_piece_sums(work);
  float *result = place_in(work->context, gradient);
  for (size_t vector = 0; vector < lstm_vectors(work); vector++)
    for (size_t row = 0; row < rows; row++)
      for (size_t gate = 0; gate < LSTM_GATES; gate++) {
        const float *part = work->sums + (vector * (fed + 1) + first + row) * LSTM_WIDTH;
        part += gate * DH_LANES;
        vf sum = vload(part);
        for (int piece = 1; piece < work->pieces; piece++) sum += vload(part + piece * step);
        size_t unit = vector * DH_LANES;
        store_some(result + (row * LSTM_GATES + gate) * units + unit, sum, units - unit);
      }
}

static void run_lstm_backward(lstm_work *work) {
  const dh_lstm *l = work->lstm;
  float *panels = work->context->scratch;
  work->panels = panels;
  pack_transposed_gates(panels, place_in(work->context, l->kernel), work->units);
  work->sums = panels + lstm_room(work) * lstm_vectors(work) * LSTM_WIDTH;
  dh_team_work(work->context->team, work->pieces, lstm_gradient_piece, work);
  if (!l->adds_gradients) return;
  if (work->inputs) lstm_join_sums(work, 0, work->inputs, l->input_kernel_gradient);
  lstm_join_sums(work, work->inputs, work->units, l->kernel_gradient);
  if (l->has_bias) lstm_join_sums(work, lstm_fed(work), 1, l->bias_gradient);
}

// ---- Both

static dh_scratch lstm_scratch(const dh_lstm *l) {
  lstm_work work = lstm_work_of(l, NULL);
  if (!l->is_gradient)
    return (dh_scratch){lstm_vectors(&work) * (work.units + work.inputs) * LSTM_WIDTH, 0};
  // A piece has all rows where there are few, and no more than a piece's share where there are many.
  size_t most = least(work.batch, work.batch / LSTM_MOST_PIECES + 2 * LSTM_PIECE_ROWS);
  return (dh_scratch){
      lstm_room(&work) * lstm_vectors(&work) * LSTM_WIDTH +
          (size_t)work.pieces * lstm_piece_sums(&work),
      lstm_back_scratch(&work, most)};
}

static void run_lstm(const dh_lstm *l, const dh_context *context) {
  lstm_work work = lstm_work_of(l, context);
  if (l->is_gradient) run_lstm_backward(&work);
  else run_lstm_forward(&work);
}
