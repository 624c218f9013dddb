// Chains of element-wise operations, worked on in tiles that stay in the first-level cache.
//
// A register is a pointer and a step: the step is 0 where one vector holds the same number in every
// lane. Operands and results that lie in memory element for element are used where they are.

// Elements of a tile: sixteen registers of it fill half of a first-level cache of 64 KiB.
enum { TILE = 1024 };
// Rows from this length on are worked on one by one; below, several make a tile.
enum { LONG_ROW = 256 };
enum { REGISTERS = 256 };

typedef struct {
  float *p;
  ptrdiff_t step;
} tile_register;

#define MAP(expression)                                                    \
  {                                                                        \
    const float *pa = a.p, *pb = b.p, *pc = c.p;                           \
    size_t i = 0;                                                          \
    for (; i + DH_LANES <= n; i += DH_LANES) {                             \
      vf x = vload(pa);                                                    \
      vstore(d + i, expression);                                           \
      pa += a.step, pb += b.step, pc += c.step;                            \
    }                                                                      \
    if (i < n) {                                                           \
      size_t rest = n - i;                                                 \
      vf x = a.step ? vload_part(pa, rest) : vload(pa);                    \
      vstore_part(d + i, expression, rest);                                \
    }                                                                      \
    break;                                                                 \
  }
// The second and third operand, also in the part of a vector at the end.
#define Y (i + DH_LANES <= n || !b.step ? vload(pb) : vload_part(pb, n - i))
#define Z (i + DH_LANES <= n || !c.step ? vload(pc) : vload_part(pc, n - i))

static void tile_micro(
    int operation, float *d, tile_register a, tile_register b, tile_register c, size_t n) {
  switch (operation) {
    case DH_COPY: MAP(x)
    case DH_NEGATE: MAP(-x)
    case DH_ABSOLUTE: MAP(vabs(x))
    case DH_SIGN: MAP(vsign(x))
    case DH_SQUARE: MAP(x * x)
    case DH_SQUARE_ROOT: MAP(vsqrt(x))
    case DH_RECIPROCAL_SQUARE_ROOT: MAP(1.0f / vsqrt(x))
    case DH_RECIPROCAL: MAP(1.0f / x)
    case DH_EXPONENTIAL: MAP(vexp(x))
    case DH_LOGARITHM: MAP(vlog(x))
    case DH_LOGARITHM_ONE_PLUS: MAP(vlog1p(x))
    case DH_EXPONENTIAL_MINUS_ONE: MAP(vexpm1(x))
    case DH_SINE: MAP(vsin(x))
    case DH_COSINE: MAP(vcos(x))
    case DH_HYPERBOLIC_TANGENT: MAP(vtanh(x))
    case DH_SIGMOID: MAP(vsigmoid(x))
    case DH_SOFTPLUS: MAP(vsoftplus(x))
    case DH_ERROR_FUNCTION: MAP(verf(x))
    case DH_RELU: MAP(vrelu(x))
    case DH_FLOOR: MAP(__builtin_elementwise_floor(x))
    case DH_ROUND: MAP(vround(x))
    case DH_IS_NOT_FINITE: MAP(vnot_finite(x))
    case DH_ADD: MAP(x + Y)
    case DH_SUBTRACT: MAP(x - Y)
    case DH_MULTIPLY: MAP(x * Y)
    case DH_DIVIDE: MAP(x / Y)
    case DH_POWER: MAP(vpow(x, Y))
    case DH_MAXIMUM: MAP(vmax(x, Y))
    case DH_MINIMUM: MAP(vmin(x, Y))
    case DH_EQUAL: MAP(vtruth(x == Y))
    case DH_GREATER: MAP(vtruth(x > Y))
    case DH_GREATER_OR_EQUAL: MAP(vtruth(x >= Y))
    case DH_SELECT: MAP(vselect(x != 0.0f, Y, Z))
  }
}

#undef MAP
#undef Y
#undef Z

static inline float *place_in(const dh_context *context, dh_place place) {
  return context->bases[place.base] + place.offset;
}

static inline float *scratch_of(const dh_context *context, int worker) {
  return context->own_scratch + (size_t)worker * context->own_scratch_size;
}

// The index space of an instruction, and how it is cut into tiles.
typedef struct {
  size_t rows, columns, tile_rows, tile_columns;
} tile_space;

static tile_space cut_tiles(const dh_tile *t) {
  size_t rows = (size_t)t->rows, columns = (size_t)t->columns;
  int flat = t->sum_count == 0;
  for (int64_t i = 0; i < t->operand_count; i++)
    if (t->operands[i].mode == DH_ROW || t->operands[i].mode == DH_COLUMN) flat = 0;
  if (flat) return (tile_space){1, rows * columns, 1, TILE};
  if (columns >= LONG_ROW) return (tile_space){rows, columns, 1, TILE};
  size_t together = columns ? TILE / columns : 1;
  return (tile_space){rows, columns, together < rows ? together : rows, columns};
}

// Splats and repeated rows may be written up to a vector beyond their end.
enum { TILE_ROOM = TILE + 16 };

// Elements times operations that are worth a piece: some tens of microseconds.
static const size_t tile_piece_size = 200000;
enum { MOST_TILE_PIECES = 16 };

// Floats between the sums of one register and those of the next.
static size_t tile_sum_step(const dh_tile *t) { return ((size_t)t->columns + 15) / 16 * 16; }

static dh_scratch tile_scratch(const dh_tile *t) {
  return (dh_scratch){
      (size_t)t->sum_count * MOST_TILE_PIECES * tile_sum_step(t),
      (size_t)(t->operand_count + t->temporary_count) * TILE_ROOM +
          (size_t)t->constant_count * 16};
}

// Adds the rows of a tile up: sums[j] += x[i, j]. Those of a tile are added to each other first, which
// rounds less than adding one after the other to what has grown large.
static void add_rows(float *sums, const float *x, size_t rows, size_t width) {
  size_t j = 0;
  for (; j + DH_LANES <= width; j += DH_LANES) {
    // Two at a time, neither of which waits for the other.
    vf even = (vf){}, odd = even;
    size_t i = 0;
    for (; i + 2 <= rows; i += 2) {
      even += vload(x + i * width + j);
      odd += vload(x + (i + 1) * width + j);
    }
    if (i < rows) even += vload(x + i * width + j);
    vstore(sums + j, vload(sums + j) + (even + odd));
  }
  for (; j < width; j++) {
    float sum = 0;
    for (size_t i = 0; i < rows; i++) sum += x[i * width + j];
    sums[j] += sum;
  }
}

static inline void splat(float *p, float value) {
  for (int i = 0; i < 16; i += DH_LANES) vstore(p + i, vsplat(value));
}

// Writes a value into the next `count` places, and perhaps into some more.
static inline void fill_over(float *p, float value, size_t count) {
  for (size_t i = 0; i < count; i += DH_LANES) vstore(p + i, vsplat(value));
}

typedef struct {
  const dh_tile *tile;
  const dh_context *context;
  size_t tiles;
  int pieces;
} tile_work;

static void tile_piece(const void *argument, int piece, int worker) {
  const tile_work *work = argument;
  const dh_tile *t = work->tile;
  const dh_context *context = work->context;
  tile_register registers[REGISTERS];
  float *scratch = scratch_of(context, worker);
  size_t operands = (size_t)t->operand_count, constants = (size_t)t->constant_count;
  size_t results = (size_t)t->result_count, temporaries = (size_t)t->temporary_count;
  tile_space space = cut_tiles(t);
  size_t rows = space.rows, columns = space.columns;
  int whole_rows = space.tile_columns == columns;
  const float *sources[REGISTERS];

  for (size_t i = 0; i < operands; i++) {
    const dh_tile_operand *operand = &t->operands[i];
    sources[i] = place_in(context, operand->place);
    registers[i] = (tile_register){scratch, DH_LANES};
    if (operand->mode == DH_FULL) continue;
    if (operand->mode == DH_SCALAR) {
      splat(scratch, sources[i][0]);
      registers[i].step = 0;
    } else if (operand->mode == DH_ROW && whole_rows) {
      for (size_t row = 0; row < space.tile_rows; row++)
        memcpy(scratch + row * columns, sources[i], columns * sizeof(float));
    }
    scratch += TILE_ROOM;
  }
  for (size_t i = 0; i < constants; i++) {
    splat(scratch, t->constants[i]);
    registers[operands + i] = (tile_register){scratch, 0};
    scratch += 16;
  }
  size_t first_result = operands + constants;
  float *targets[REGISTERS];
  for (size_t i = 0; i < results; i++) {
    targets[i] = place_in(context, t->results[i]);
    registers[first_result + i].step = DH_LANES;
  }
  for (size_t i = 0; i < temporaries; i++) {
    registers[first_result + results + i] = (tile_register){scratch, DH_LANES};
    scratch += TILE_ROOM;
  }

  size_t sum_step = tile_sum_step(t);
  float *sums = context->scratch + (size_t)(piece * t->sum_count) * sum_step;
  if (t->sum_count) memset(sums, 0, (size_t)t->sum_count * sum_step * sizeof(float));

  size_t across = (columns + space.tile_columns - 1) / space.tile_columns;
  size_t last = work->tiles * (size_t)(piece + 1) / (size_t)work->pieces;
  for (size_t tile = work->tiles * (size_t)piece / (size_t)work->pieces; tile < last; tile++) {
    size_t row = tile / across * space.tile_rows, column = tile % across * space.tile_columns;
    size_t tile_rows = rows - row < space.tile_rows ? rows - row : space.tile_rows;
    size_t width = columns - column;
    if (width > space.tile_columns) width = space.tile_columns;
    size_t start = row * columns + column, n = tile_rows * width;
    for (size_t i = 0; i < operands; i++) {
      switch (t->operands[i].mode) {
        case DH_FULL: registers[i].p = (float *)sources[i] + start; break;
        case DH_ROW:
          if (!whole_rows) registers[i].p = (float *)sources[i] + column;
          break;
        case DH_COLUMN:
          if (space.tile_rows == 1) {
            splat(registers[i].p, sources[i][row]);
            registers[i].step = 0;
          } else {
            for (size_t r = 0; r < tile_rows; r++)
              fill_over(registers[i].p + r * columns, sources[i][row + r], columns);
          }
          break;
      }
    }
    for (size_t i = 0; i < results; i++) registers[first_result + i].p = targets[i] + start;
    for (int64_t i = 0; i < t->micro_count; i++) {
      dh_micro micro = t->micros[i];
      tile_micro(
          micro.operation, registers[micro.result].p, registers[micro.a], registers[micro.b],
          registers[micro.c], n);
    }
    for (int64_t i = 0; i < t->sum_count; i++)
      add_rows(
          sums + (size_t)i * sum_step + column, registers[t->sums[i].source].p, tile_rows, width);
  }
}

// Adds up what the pieces found, in their order.
static void finish_tile_sums(const tile_work *work) {
  const dh_tile *t = work->tile;
  size_t step = tile_sum_step(t);
  for (int64_t i = 0; i < t->sum_count; i++) {
    float *result = place_in(work->context, t->sums[i].result);
    const float *sums = work->context->scratch + (size_t)i * step;
    for (size_t j = 0; j < (size_t)t->columns; j++) {
      float sum = 0;
      for (size_t piece = 0; piece < (size_t)work->pieces; piece++)
        sum += sums[piece * (size_t)t->sum_count * step + j];
      result[j] = sum;
    }
  }
}

static void run_tile(const dh_tile *t, const dh_context *context) {
  if (t->rows == 0 || t->columns == 0) return;
  tile_space space = cut_tiles(t);
  size_t across = (space.columns + space.tile_columns - 1) / space.tile_columns;
  size_t tiles = (space.rows + space.tile_rows - 1) / space.tile_rows * across;
  size_t size = space.rows * space.columns * (size_t)(t->micro_count + t->operand_count);
  size_t pieces = size / tile_piece_size;
  if (pieces > MOST_TILE_PIECES) pieces = MOST_TILE_PIECES;
  if (pieces > tiles) pieces = tiles;
  tile_work work = {t, context, tiles, pieces < 1 ? 1 : (int)pieces};
  if (work.pieces == 1) tile_piece(&work, 0, 0);
  else dh_team_work(context->team, work.pieces, tile_piece, &work);
  finish_tile_sums(&work);
}
