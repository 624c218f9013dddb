// The way back through recurrent cells. Besides what flows to the sums of every step, a piece can add up
// the gradients of the kernels and the biases, some steps at a time, while what they are made of is at
// hand; the pieces' sums are added up in a fixed order.

// Rows times steps whose products with the flow are added up at once: the sums, which are in the second
// cache, are then read and written seldom enough.
enum { GATHERED_ROWS = 64 };

static size_t gathered_rows(const recurrent_work *work, size_t rows) {
  if (!work->recurrence->adds_gradients || rows == 0) return rows;
  return (GATHERED_ROWS + rows - 1) / rows * rows;
}

static int resets_before(const recurrent_work *work) {
  return work->recurrence->cell == DH_CELL_GRU_RESET_BEFORE;
}

// Numbers of a row of what is fed to a step: the input, then the output before, then the same reset if
// that comes before the product.
static size_t fed_width(const recurrent_work *work) {
  if (!work->recurrence->adds_gradients) return 0;
  return work->inputs + (resets_before(work) ? 2 : 1) * work->units;
}

// The sums of a piece: for each block its columns, for all that is fed and the bias.
static size_t piece_sums(const recurrent_work *work) {
  return work->recurrence->adds_gradients ? work->blocks * (fed_width(work) + 1) * CELL_WIDTH : 0;
}

// For every four vectors of units, or what is left of them, the rows of the transposed kernel: for each
// block those of some of its vectors.
static void pack_transposed_cells(
    float *packed, const float *kernel, const recurrent_work *work, size_t first_vector,
    size_t count) {
  const cell_layout *l = &work->layout;
  size_t units = work->units, width = l->gates * units;
  for (size_t first = 0; first < units; first += CELL_WIDTH) {
    size_t across = least(CELL_VECTORS, vectors_of(units - first));
    for (size_t block = 0; block < work->blocks; block++) {
      size_t vectors = least(first_vector + count, block_vectors(l, block, units));
      for (size_t v = first_vector; v < vectors; v++, packed += DH_LANES * across * DH_LANES)
        for (size_t j = 0; j < across; j++) {
          size_t row = first + j * DH_LANES, unit = unit_of(l, block, v);
          const float *source = kernel + row * width + l->gate[v] * units + unit;
          vf square[DH_LANES];
          for (size_t i = 0; i < DH_LANES; i++)
            square[i] = row + i < units ? load_some(source + i * width, units - unit) : (vf){};
          vtranspose(square);
          for (size_t i = 0; i < DH_LANES; i++)
            vstore(packed + (i * across + j) * DH_LANES, square[i]);
        }
    }
  }
}

// Of each worker: what flows to the state before the step at hand, [rows, room] each; what flows to the
// sums, [blocks, gathered rows, 4 vectors]; and what was fed, [gathered rows, fed].
static size_t recurrent_back_scratch(const recurrent_work *work, size_t rows) {
  // Fewer rows may gather more of them, but never as many as this.
  size_t gathered = rows + (work->recurrence->adds_gradients ? GATHERED_ROWS : 0);
  return 2 * rows * row_room(work) + gathered * (work->blocks * CELL_WIDTH + fed_width(work));
}

// Keeps what was fed to the rows of a step.
static void keep_fed(const recurrent_work *work, float *fed, size_t step, size_t first, size_t rows) {
  const dh_recurrence *r = work->recurrence;
  size_t units = work->units, inputs = work->inputs;
  const float *input = inputs ? place_in(work->context, r->input) : NULL;
  const float *outputs = place_in(work->context, r->states);
  const float *gates = resets_before(work) ? place_in(work->context, r->gates) : NULL;
  size_t width = fed_width(work);
  for (size_t row = step * work->batch + first; rows-- > 0; row++, fed += width) {
    const float *before = outputs + row * units;
    if (inputs) memcpy(fed, input + row * inputs, inputs * sizeof(float));
    memcpy(fed + inputs, before, units * sizeof(float));
    if (!gates) continue;
    const float *reset = gates + (row * 3 + 1) * units;
    for (size_t unit = 0; unit < units; unit++)
      fed[inputs + units + unit] = reset[unit] * before[unit];
  }
}

// Adds what the gathered rows give to the gradients of the kernels.
static void add_gathered(
    const recurrent_work *work, const float *all_fed, const float *of_sums, size_t gathered,
    size_t count, float *sums) {
  const cell_layout *l = &work->layout;
  size_t fed = fed_width(work), inputs = work->inputs;
  left_operand input = {all_fed, 1, (ptrdiff_t)fed}, state = {all_fed + inputs, 1, (ptrdiff_t)fed};
  for (size_t block = 0; block < work->blocks; block++) {
    const float *z = of_sums + block * gathered * CELL_WIDTH;
    float *own = sums + block * (fed + 1) * CELL_WIDTH;
    size_t vectors = block_vectors(l, block, work->units);
    if (l->input_count == CELL_VECTORS) {
      cell_products(fed, vectors, count, input, z, CELL_WIDTH, own, CELL_WIDTH);
      continue;
    }
    cell_products(
        inputs, l->input_count, count, input, z + l->input_first * DH_LANES, CELL_WIDTH,
        own + l->input_first * DH_LANES, CELL_WIDTH);
    cell_products(
        work->units, l->state_count, count, state, z + l->state_first * DH_LANES, CELL_WIDTH,
        own + inputs * CELL_WIDTH + l->state_first * DH_LANES, CELL_WIDTH);
    if (!resets_before(work)) continue;
    left_operand reset = {all_fed + inputs + work->units, 1, (ptrdiff_t)fed};
    cell_products(
        work->units, 1, count, reset, z, CELL_WIDTH, own + (inputs + work->units) * CELL_WIDTH,
        CELL_WIDTH);
  }
}

// Puts some of a block's vectors into a row of [rows, gates · units], at the block's first unit.
static inline __attribute__((always_inline)) void store_cells(
    const cell_layout *l, float *row, const vf *z, size_t first, size_t count, size_t units,
    size_t left) {
  for (size_t j = first; j < first + count; j++)
    store_some(row + l->gate[j] * units, z[j], left);
}

static inline __attribute__((always_inline)) void backward_steps(
    const int64_t cell, const recurrent_work *work, int piece, int worker) {
  const dh_recurrence *r = work->recurrence;
  const cell_layout l = cell_layout_of(cell);
  size_t units = work->units, batch = work->batch, steps = work->steps, fed = fed_width(work);
  size_t size = batch * units, room = row_room(work), width = l.gates * units;
  const float *flow = place_in(work->context, r->flow);
  const float *outputs = place_in(work->context, r->states);
  const float *memories = outputs + (steps + 1) * size;
  const float *all_kept = l.kept ? place_in(work->context, r->gates) : NULL;
  float *result = r->keeps_flow ? place_in(work->context, r->projected) : NULL;
  float *state_result = r->keeps_state_flow ? place_in(work->context, r->state_flow) : NULL;
  size_t first_flow = (size_t)r->first_flow, end_flow = first_flow + (size_t)r->flow_count;
  size_t first, end;
  rows_of_piece(work, piece, &first, &end);
  size_t rows = end - first, gathered = gathered_rows(work, rows), slot = 0;
  float *of_output = scratch_of(work->context, worker), *of_memory = of_output + rows * room;
  float *of_sums = of_memory + rows * room;
  float *all_fed = of_sums + work->blocks * gathered * CELL_WIDTH;
  float *sums = work->sums + (size_t)piece * piece_sums(work);
  memset(sums, 0, piece_sums(work) * sizeof(float));
  memset(of_output, 0, 2 * rows * room * sizeof(float));
  for (size_t step = steps + 1; step-- > 0;) {
    if (step == 0 && !result) break;
    // What flows in from outside at the state after this step.
    const float *outside = step >= first_flow && step < end_flow
                               ? flow + (step - first_flow) * size : NULL;
    const float *outside_memory = r->flow_has_memory ? flow + (steps + 1 + step) * size : NULL;
    const float *counts = step > 0 ? counts_at(work, step - 1, first) : NULL;
    for (size_t block = 0; block < work->blocks; block++) {
      size_t vectors = l.spread > 1 ? block_vectors(&l, block, units) : 1;
      float *of_bias = sums + (block * (fed + 1) + fed) * CELL_WIDTH;
      for (size_t v = 0; v < vectors; v++) {
        size_t unit = unit_of(&l, block, v), count = units - unit;
        vf bias[CELL_VECTORS] = {};
        for (size_t i = 0; i < rows; i++) {
          size_t own = i * room + unit, place = (first + i) * units + unit;
          size_t number = (step - 1) * batch + first + i;  // of the row in the step
          vf h = vload(of_output + own), c = vload(of_memory + own);
          if (outside) h += load_some(outside + place, count);
          if (cell == DH_CELL_LSTM && outside_memory) c += load_some(outside_memory + place, count);
          if (step == 0) {
            float *to = result + (first + i) * width + unit;
            store_some(to, h, count);
            for (size_t gate = 1; gate < l.gates; gate++)
              store_some(to + gate * units, gate < l.states ? c : (vf){}, count);
            continue;
          }
          vf z[CELL_VECTORS] = {};
          if (!is_hidden(counts, i)) {
            const float *kept = all_kept + number * l.kept * units + unit;
            vf before = load_some(
                (cell == DH_CELL_LSTM ? memories : outputs) + (step - 1) * size + place, count);
            if (cell == DH_CELL_LSTM) {
              lstm_backward(&h, &c, before, kept, units, count, z);
            } else if (cell == DH_CELL_GRU) {
              gru_backward(&h, before, kept, units, count, z);
            } else if (cell == DH_CELL_GRU_RESET_BEFORE) {
              gru_reset_before_backward(&h, before, kept, units, count, z);
            } else {
              vf after = load_some(outputs + step * size + place, count);
              z[0] = h * (1.0f - after * after);
              h = (vf){};
            }
          }
          vstore(of_output + own, h);
          if (cell == DH_CELL_LSTM) vstore(of_memory + own, c);
          float *to = of_sums + (block * gathered + slot + i) * CELL_WIDTH + v * DH_LANES;
          for (size_t j = 0; j < CELL_VECTORS / l.spread; j++) {
            vstore(to + j * DH_LANES, z[j]);
            bias[j] += z[j];
          }
          if (result)
            store_cells(
                &l, result + (step * batch + first + i) * width + unit, z, l.input_first,
                l.input_count / l.spread, units, count);
          if (state_result)
            store_cells(
                &l, state_result + (step * batch + first + i) * width + unit, z, l.state_first,
                l.state_count / l.spread, units, count);
        }
        if (!fed || step == 0) continue;
        for (size_t j = v; j < v + CELL_VECTORS / l.spread; j++)
          vstore(of_bias + j * DH_LANES, vload(of_bias + j * DH_LANES) + bias[j - v]);
      }
    }
    if (step == 0) break;
    if (cell == DH_CELL_GRU_RESET_BEFORE)
      reset_before_back(
          work, step, first, rows, of_sums + slot * CELL_WIDTH, gathered * CELL_WIDTH, of_output,
          of_memory, result, fed ? sums + fed * CELL_WIDTH : NULL, (fed + 1) * CELL_WIDTH);
    // Some rows of the transposed kernel at a time, so that they stay in the first cache.
    const float *panel = work->state_panels;
    for (size_t unit = 0; unit < units; unit += CELL_WIDTH) {
      size_t across = least(CELL_VECTORS, vectors_of(units - unit));
      for (size_t block = 0; block < work->blocks; block++) {
        size_t inner = least(l.state_count, block_vectors(&l, block, units)) * DH_LANES;
        const float *z =
            of_sums + (block * gathered + slot) * CELL_WIDTH + l.state_first * DH_LANES;
        left_operand left = {z, CELL_WIDTH, 1};
        cell_products(
            rows, across, inner, left, panel, across * DH_LANES, of_output + unit, room);
        panel += inner * across * DH_LANES;
      }
    }
    if (!fed) continue;
    keep_fed(work, all_fed + slot * fed, step - 1, first, rows);
    slot += rows;
    if (slot < gathered && step > 1) continue;
    add_gathered(work, all_fed, of_sums, gathered, slot, sums);
    slot = 0;
  }
}

static void recurrent_piece_back(const void *argument, int piece, int worker) {
  const recurrent_work *work = argument;
  switch (work->recurrence->cell) {
    case DH_CELL_LSTM: backward_steps(DH_CELL_LSTM, work, piece, worker); break;
    case DH_CELL_GRU: backward_steps(DH_CELL_GRU, work, piece, worker); break;
    case DH_CELL_GRU_RESET_BEFORE:
      backward_steps(DH_CELL_GRU_RESET_BEFORE, work, piece, worker);
      break;
    default: backward_steps(DH_CELL_SIMPLE, work, piece, worker);
  }
}

// Adds up what the pieces found in some vectors for some rows of what is fed, always in the same order.
static void join_sums(
    const recurrent_work *work, size_t start, size_t rows, size_t first, size_t count,
    dh_place gradient) {
  const cell_layout *l = &work->layout;
  size_t units = work->units, width = l->gates * units, fed = fed_width(work);
  size_t step = piece_sums(work);
  float *result = place_in(work->context, gradient);
  for (size_t block = 0; block < work->blocks; block++) {
    size_t vectors = least(first + count, block_vectors(l, block, units));
    for (size_t row = 0; row < rows; row++)
      for (size_t j = first; j < vectors; j++) {
        const float *part = work->sums + (block * (fed + 1) + start + row) * CELL_WIDTH;
        part += j * DH_LANES;
        vf sum = vload(part);
        for (int piece = 1; piece < work->pieces; piece++) sum += vload(part + piece * step);
        size_t unit = unit_of(l, block, j);
        store_some(result + row * width + l->gate[j] * units + unit, sum, units - unit);
      }
  }
}

static void run_recurrence_backward(recurrent_work *work) {
  const dh_recurrence *r = work->recurrence;
  const cell_layout *l = &work->layout;
  float *panels = work->context->scratch;
  work->state_panels = panels;
  const float *kernel = place_in(work->context, r->kernel);
  pack_transposed_cells(panels, kernel, work, l->state_first, l->state_count);
  panels += row_room(work) * work->blocks * l->state_count * DH_LANES;
  if (r->cell == DH_CELL_GRU_RESET_BEFORE) {
    work->candidate_panels = panels;
    pack_transposed_cells(panels, kernel, work, 0, 1);
    panels += row_room(work) * work->blocks * DH_LANES;
  }
  work->sums = panels;
  dh_team_work(work->context->team, work->pieces, recurrent_piece_back, work);
  if (!r->adds_gradients) return;
  size_t inputs = work->inputs, fed = fed_width(work);
  if (inputs)
    join_sums(work, 0, inputs, l->input_first, l->input_count, r->input_kernel_gradient);
  join_sums(work, inputs, work->units, l->state_first, l->state_count, r->kernel_gradient);
  if (resets_before(work))
    join_sums(work, inputs + work->units, work->units, 0, 1, r->kernel_gradient);
  if (r->has_bias) join_sums(work, fed, 1, l->input_first, l->input_count, r->bias_gradient);
  if (r->adds_state_bias)
    join_sums(work, fed, 1, l->state_first, l->state_count, r->state_bias_gradient);
}

// ---- Both

static void run_recurrence_forward(recurrent_work *work) {
  const dh_recurrence *r = work->recurrence;
  const cell_layout *l = &work->layout;
  float *panels = work->context->scratch;
  work->state_panels = panels;
  pack_cells(
      panels, place_in(work->context, r->kernel), work->units, work, l->state_first,
      l->state_count);
  panels += work->blocks * work->units * l->state_count * DH_LANES;
  work->input_panels = panels;
  if (work->inputs)
    pack_cells(
        panels, place_in(work->context, r->input_kernel), work->inputs, work, l->input_first,
        l->input_count);
  if (work->recurrence->cell != DH_CELL_GRU_RESET_BEFORE) {
    dh_team_work(work->context->team, work->pieces, recurrent_piece, work);
    return;
  }
  float *candidates = panels + work->blocks * work->inputs * l->input_count * DH_LANES;
  work->candidate_panels = candidates;
  pack_candidates(candidates, place_in(work->context, r->kernel), work->units);
  dh_team_work(work->context->team, work->pieces, reset_before_piece, work);
}

static dh_scratch recurrence_scratch(const dh_recurrence *r) {
  recurrent_work work = recurrent_work_of(r, NULL);
  // A piece has all rows where there are few, and no more than a piece's share where there are many.
  size_t most = least(work.batch, work.batch / MOST_CELL_PIECES + 2 * CELL_PIECE_ROWS);
  if (!r->is_gradient) {
    int is_before = r->cell == DH_CELL_GRU_RESET_BEFORE;
    return (dh_scratch){
        work.blocks * (work.units + work.inputs) * CELL_WIDTH,
        is_before ? RESET_BEFORE_ARRAYS * most * row_room(&work) : 0};
  }
  return (dh_scratch){
      row_room(&work) * work.blocks * CELL_WIDTH + (size_t)work.pieces * piece_sums(&work),
      recurrent_back_scratch(&work, most)};
}

static void run_recurrence(const dh_recurrence *r, const dh_context *context) {
  recurrent_work work = recurrent_work_of(r, context);
  if (r->is_gradient) run_recurrence_backward(&work);
  else run_recurrence_forward(&work);
}
