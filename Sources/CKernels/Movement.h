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

// Floats that are worth a piece of their own: some ten microseconds.
enum { MOVE_PIECE = 32768, MOVE_MOST_PIECES = 16, MOVE_MOST_RANK = 16 };

typedef struct {
  const dh_move *move;
  const float *source;
  float *result;
  int pieces;
} move_work;

// A piece is a part of the outermost axis.
static void move_piece(const void *argument, int piece, int worker) {
  (void)worker;
  const move_work *work = argument;
  int64_t extents[MOVE_MOST_RANK];
  dh_move part = *work->move;
  int64_t first = part.extents[0] * piece / work->pieces;
  for (int64_t axis = 1; axis < part.rank; axis++) extents[axis] = part.extents[axis];
  extents[0] = part.extents[0] * (piece + 1) / work->pieces - first;
  part.extents = extents;
  move_axis(
      &part, 0, work->source + first * part.source_strides[0],
      work->result + first * part.result_strides[0]);
}

static void run_move(const dh_move *m, const dh_context *context) {
  int64_t size = 1;
  for (int64_t axis = 0; axis < m->rank; axis++) size *= m->extents[axis];
  int64_t pieces = size / MOVE_PIECE;
  if (pieces > MOVE_MOST_PIECES) pieces = MOVE_MOST_PIECES;
  if (pieces > m->extents[0]) pieces = m->extents[0];
  const float *source = place_in(context, m->source);
  float *result = place_in(context, m->result);
  if (pieces < 2 || m->rank > MOVE_MOST_RANK) {
    move_axis(m, 0, source, result);
    return;
  }
  move_work work = {m, source, result, (int)pieces};
  dh_team_work(context->team, work.pieces, move_piece, &work);
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
