// Copies between arrays of any strides, one-hot rows, and random numbers.

static void move_axis(
    const dh_move *m, int64_t axis, const float *source, float *result) {
  int64_t extent = m->extents[axis];
  int64_t from = m->source_strides[axis], to = m->result_strides[axis];
  if (axis + 1 < m->rank) {
    for (int64_t i = 0; i < extent; i++)
      move_axis(m, axis + 1, source + i * from, result + i * to);
  } else if (from == 1 && to == 1) {
    memcpy(result, source, (size_t)extent * sizeof(float));
  } else {
    for (int64_t i = 0; i < extent; i++) result[i * to] = source[i * from];
  }
}

static void run_move(const dh_move *m, const dh_context *context) {
  move_axis(m, 0, place_in(context, m->source), place_in(context, m->result));
}

static void run_one_hot(const dh_one_hot *o, const dh_context *context) {
  const float *source = place_in(context, o->source);
  float *result = place_in(context, o->result);
  memset(result, 0, (size_t)(o->count * o->classes) * sizeof(float));
  for (int64_t i = 0; i < o->count; i++) {
    float label = source[i];
    // Also false for NaN; and only whole numbers have a place.
    if (label >= 0 && label < (float)o->classes && label == (float)(int64_t)label)
      result[i * o->classes + (int64_t)label] = 1;
  }
}

static void run_random(const dh_random *r, const dh_context *context) {
  float *result = place_in(context, r->result);
  if (r->distribution == DH_UNIFORM)
    random_uniform(result, (size_t)r->count, context->seed, (uint32_t)r->stream, context->step);
  else
    random_normal(result, (size_t)r->count, context->seed, (uint32_t)r->stream, context->step);
}
