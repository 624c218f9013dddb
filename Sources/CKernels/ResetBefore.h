// What is special about gated units whose reset gate is applied before the product with the kernel: the
// candidate's product needs the reset gates of all units, so a step takes two passes over them.

// Of each worker on the way forward, [rows, room] each: the candidates' sums, the update gates, and the
// outputs before, reset.
enum { RESET_BEFORE_ARRAYS = 3 };

// For every four vectors of units, or what is left of them, the candidates' columns.
static void pack_candidates(float *packed, const float *kernel, size_t units) {
  for (size_t first = 0; first < units; first += CELL_WIDTH)
    for (size_t p = 0; p < units; p++)
      for (size_t unit = first; unit < least(units, first + CELL_WIDTH); unit += DH_LANES) {
        vstore(packed, load_some(kernel + p * 3 * units + 2 * units + unit, units - unit));
        packed += DH_LANES;
      }
}

// The gates of some rows of a block, whose sums are complete but for the candidates'.
static void open_gates(
    const float *sums, const float *before, float *kept, size_t rows, size_t units, size_t count,
    float *candidates, float *updates, float *scaled, size_t room) {
  for (size_t i = 0; i < rows; i++, sums += CELL_WIDTH) {
    vf update = vsigmoid(vload(sums + DH_LANES)), reset = vsigmoid(vload(sums + 2 * DH_LANES));
    vstore(candidates + i * room, vload(sums));
    vstore(updates + i * room, update);
    vstore(scaled + i * room, reset * load_some(before + i * units, count));
    if (!kept) continue;
    store_some(kept + i * 3 * units, update, count);
    store_some(kept + i * 3 * units + units, reset, count);
  }
}

static void reset_before_piece(const void *argument, int piece, int worker) {
  const recurrent_work *work = argument;
  const dh_recurrence *r = work->recurrence;
  const cell_layout l = cell_layout_of(DH_CELL_GRU_RESET_BEFORE);
  size_t units = work->units, batch = work->batch, inputs = work->inputs, first, end;
  const float *projected = inputs ? NULL : place_in(work->context, r->projected);
  const float *input = inputs ? place_in(work->context, r->input) : NULL;
  float *outputs = place_in(work->context, r->states);
  float *all_kept = r->keeps_gates ? place_in(work->context, r->gates) : NULL;
  rows_of_piece(work, piece, &first, &end);
  size_t rows = end - first, parts = (rows + l.rows - 1) / l.rows, room = row_room(work);
  float *candidates = scratch_of(work->context, worker), *updates = candidates + rows * room;
  float *scaled = updates + rows * room;
  float sums[MOST_CELL_ROWS * CELL_WIDTH] __attribute__((aligned(64)));
  memcpy(
      outputs + first * units, place_in(work->context, r->initial) + first * units,
      rows * units * sizeof(float));
  for (size_t step = 0; step < work->steps; step++) {
    for (size_t block = 0; block < work->blocks; block++)
      for (size_t part = 0; part < parts; part++) {
        size_t start = rows * part / parts, height = rows * (part + 1) / parts - start;
        size_t number = step * batch + first + start, unit = block * DH_LANES;
        start_sums(
            DH_CELL_GRU_RESET_BEFORE, work, block, 3,
            projected ? projected + number * 3 * units : NULL, height, sums);
        if (inputs) {
          left_operand own = {input + number * inputs, (ptrdiff_t)inputs, 1};
          cell_product(
              height, 3, inputs, own, work->input_panels + block * inputs * 3 * DH_LANES,
              3 * DH_LANES, sums, CELL_WIDTH);
        }
        left_operand before = {outputs + number * units, (ptrdiff_t)units, 1};
        cell_product(
            height, 2, units, before, work->state_panels + block * units * 2 * DH_LANES,
            2 * DH_LANES, sums + DH_LANES, CELL_WIDTH);
        size_t own = start * room + unit;
        open_gates(
            sums, outputs + number * units + unit,
            all_kept ? all_kept + number * 3 * units + unit : NULL, height, units, units - unit,
            candidates + own, updates + own, scaled + own, room);
      }
    const float *panel = work->candidate_panels, *counts = counts_at(work, step, first);
    for (size_t unit = 0; unit < units; unit += CELL_WIDTH) {
      size_t vectors = least(CELL_VECTORS, vectors_of(units - unit));
      left_operand left = {scaled, (ptrdiff_t)room, 1};
      cell_products(
          rows, vectors, units, left, panel, vectors * DH_LANES, candidates + unit, room);
      panel += units * vectors * DH_LANES;
    }
    for (size_t i = 0; i < rows; i++) {
      size_t number = step * batch + first + i;
      for (size_t unit = 0; unit < units; unit += DH_LANES) {
        size_t count = units - unit, own = i * room + unit;
        vf update = vload(updates + own), candidate = vtanh(vload(candidates + own));
        vf before = load_some(outputs + number * units + unit, count);
        vf h = update * before + (1.0f - update) * candidate;
        store_some(
            outputs + (number + batch) * units + unit, is_hidden(counts, i) ? before : h, count);
        if (all_kept)
          store_some(all_kept + (number * 3 + 2) * units + unit, candidate, count);
      }
    }
  }
}

// The second half of a step back: what flows to the reset gates, and by way of the reset outputs to the
// outputs before. `flow` is at the step's rows in what flows to the sums, blocks being `block_step`
// apart; `of_scaled` [rows, room] is memory for what flows to the reset outputs. Where the bias' gradient
// is added up, a block's part of it is at `of_bias`, blocks being `bias_step` apart.
static void reset_before_back(
    const recurrent_work *work, size_t step, size_t first, size_t rows, float *flow,
    size_t block_step, float *of_output, float *of_scaled, float *result,
    float *of_bias, size_t bias_step) {
  const dh_recurrence *r = work->recurrence;
  size_t units = work->units, room = row_room(work), number = (step - 1) * work->batch + first;
  const float *outputs = place_in(work->context, r->states) + number * units;
  const float *kept = (const float *)place_in(work->context, r->gates) + number * 3 * units;
  const float *panel = work->candidate_panels, *counts = counts_at(work, step - 1, first);
  memset(of_scaled, 0, rows * room * sizeof(float));
  for (size_t unit = 0; unit < units; unit += CELL_WIDTH) {
    size_t across = least(CELL_VECTORS, vectors_of(units - unit));
    for (size_t block = 0; block < work->blocks; block++) {
      left_operand left = {flow + block * block_step, CELL_WIDTH, 1};
      cell_products(
          rows, across, DH_LANES, left, panel, across * DH_LANES, of_scaled + unit, room);
      panel += DH_LANES * across * DH_LANES;
    }
  }
  for (size_t block = 0; block < work->blocks; block++) {
    vf bias = (vf){};
    for (size_t i = 0; i < rows; i++) {
      if (is_hidden(counts, i)) continue;
      size_t unit = block * DH_LANES, count = units - unit, own = i * room + unit;
      vf reset = load_some(kept + (i * 3 + 1) * units + unit, count), of = vload(of_scaled + own);
      vf before = load_some(outputs + i * units + unit, count);
      vf z = of * before * (reset * (1.0f - reset));
      bias += z;
      vstore(of_output + own, vload(of_output + own) + of * reset);
      vstore(flow + block * block_step + i * CELL_WIDTH + 2 * DH_LANES, z);
      if (result)
        store_some(
            result + ((number + work->batch + i) * 3 + 1) * units + unit, z, count);
    }
    if (!of_bias) continue;
    float *to = of_bias + block * bias_step + 2 * DH_LANES;
    vstore(to, vload(to) + bias);
  }
}
