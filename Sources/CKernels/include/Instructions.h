// What the processor's backend runs: a flat list of instructions, each with its own details.
#ifndef DOWNHILL_INSTRUCTIONS_H
#define DOWNHILL_INSTRUCTIONS_H

#include <stddef.h>
#include <stdint.h>

#include "Teams.h"

// Where an array begins: a memory that is known only when the program runs, and an offset in
// floats.
enum { DH_ARENA, DH_PARAMETERS, DH_GRADIENTS, DH_BASES };
typedef struct {
  int64_t base;
  int64_t offset;
} dh_place;

// Element by element over [rows, columns]. Registers are numbered: operands first, then constants,
// then results, then temporaries.
enum dh_mode {
  DH_FULL,    // one element for each element of the result
  DH_SCALAR,  // one element for all
  DH_ROW,     // one element for each column
  DH_COLUMN,  // one element for each row
};
typedef struct {
  dh_place place;
  int64_t mode;
} dh_tile_operand;
typedef struct {
  uint8_t operation, result, a, b, c;
} dh_micro;
// The sums of a register over all rows, one for each column.
typedef struct {
  dh_place result;
  int64_t source;
} dh_tile_sum;
typedef struct {
  int64_t rows, columns;
  int64_t operand_count, constant_count, result_count, temporary_count, micro_count, sum_count;
  const dh_tile_operand *operands;
  const float *constants;
  const dh_place *results;
  const dh_micro *micros;
  const dh_tile_sum *sums;
} dh_tile;

enum dh_operation {
  DH_COPY,
  DH_NEGATE, DH_ABSOLUTE, DH_SIGN, DH_SQUARE, DH_SQUARE_ROOT, DH_RECIPROCAL_SQUARE_ROOT,
  DH_RECIPROCAL, DH_EXPONENTIAL, DH_LOGARITHM, DH_LOGARITHM_ONE_PLUS, DH_EXPONENTIAL_MINUS_ONE,
  DH_SINE, DH_COSINE, DH_HYPERBOLIC_TANGENT, DH_SIGMOID, DH_SOFTPLUS, DH_ERROR_FUNCTION, DH_RELU,
  DH_FLOOR, DH_ROUND, DH_IS_NOT_FINITE,
  DH_ADD, DH_SUBTRACT, DH_MULTIPLY, DH_DIVIDE, DH_POWER, DH_MAXIMUM, DH_MINIMUM, DH_EQUAL,
  DH_GREATER, DH_GREATER_OR_EQUAL,
  DH_SELECT,
};

// result[m, n] = f(op(left) op(right) + bias), repeated over a batch of matrices.
enum dh_activation { DH_LINEAR, DH_ACTIVATION_RELU };
typedef struct {
  dh_place left, right, result, bias;
  int64_t batch, rows, inner, columns;
  int64_t transpose_left, transpose_right, has_bias, activation;
} dh_matrix_product;

// Combines the middle axis of [outer, middle, inner].
enum dh_reduction { DH_SUM, DH_LARGEST, DH_POSITION_OF_LARGEST };
typedef struct {
  dh_place source, result;
  int64_t reduction, outer, middle, inner;
} dh_reduce;

// result[i·result_strides] = source[i·source_strides] for all i below the extents.
typedef struct {
  dh_place source, result;
  int64_t rank;
  const int64_t *extents, *source_strides, *result_strides;
} dh_move;

// result[i, source[i]] = 1, everything else 0.
typedef struct {
  dh_place source, result;
  int64_t count, classes;
} dh_one_hot;

// A window over [batch, in[0], in[1], in[2], channels], with leading axes of extent 1 where it moves
// over fewer: cell k of place p stands on the element p·strides + k·dilations - low.
typedef struct {
  int64_t in[3], out[3], sizes[3], strides[3], dilations[3], low[3];
} dh_window_shape;

// One of the three arrays of a convolution from the other two; only the output takes in a bias and
// an activation.
enum dh_convolution_form { DH_OUTPUT_FORM, DH_INPUT_FORM, DH_KERNEL_FORM };
typedef struct {
  dh_place input, kernel, output, bias;
  dh_window_shape window;
  int64_t form, batch, groups, in_channels, out_channels, has_bias, activation;
} dh_convolution;

// Something made of what a window sees, or the way back. DH_WINDOW_PLACE_LARGEST places each element of
// the source where the largest is that its window sees: `positions` is then what the window looks at.
enum dh_window_function {
  DH_WINDOW_MEAN, DH_WINDOW_SPREAD, DH_WINDOW_MAXIMUM, DH_WINDOW_POSITION, DH_WINDOW_PICK,
  DH_WINDOW_PLACE, DH_WINDOW_PLACE_LARGEST,
};
typedef struct {
  dh_place source, positions, result;
  dh_window_shape window;
  int64_t function, batch, channels;
} dh_window;

// result[i, :] = Σ table[numbers[i, k], :] over `summed` numbers (1 for the row itself), or
// result[numbers[i], :] += source[i, :] from zeros.
typedef struct {
  dh_place source, numbers, result;
  int64_t is_scatter, count, summed, rows, width;
} dh_lookup;

// All steps of a recurrent cell, or the way back through them.
enum dh_cell { DH_CELL_SIMPLE, DH_CELL_LSTM, DH_CELL_GRU, DH_CELL_GRU_RESET_BEFORE };
typedef struct {
  // [steps, batch, gates · units]; on the way back the result, [steps + 1, batch, gates · units].
  dh_place projected;
  // What is projected within the steps if there are `inputs`: [steps, batch, inputs].
  dh_place input, input_kernel, bias;
  int64_t inputs, has_bias;
  dh_place kernel, initial, states, gates;
  dh_place state_bias;  // of gated units: what is added to the product of the state, [gates · units]
  dh_place counts;      // which rows have a step that counts: [steps, batch]
  int64_t has_counts;
  // What flows in: for some of the states h alone, or for all states, and then also for c.
  dh_place flow;
  int64_t first_flow, flow_count, flow_has_memory;
  // What flows to the product of the state, where it is not what flows to the projection.
  dh_place state_flow;
  // What is summed up on the way back: the last three if they are asked for.
  dh_place kernel_gradient, input_kernel_gradient, bias_gradient, state_bias_gradient;
  int64_t adds_gradients, adds_state_bias, keeps_flow, keeps_state_flow;
  int64_t cell, steps, batch, units, keeps_gates, is_gradient;
} dh_recurrence;

enum dh_distribution { DH_UNIFORM, DH_NORMAL };
typedef struct {
  dh_place result;
  int64_t count, distribution, stream;
} dh_random;

enum dh_kind {
  DH_KIND_TILE, DH_KIND_MATRIX_PRODUCT, DH_KIND_REDUCE, DH_KIND_MOVE, DH_KIND_ONE_HOT,
  DH_KIND_RANDOM, DH_KIND_CONVOLUTION, DH_KIND_WINDOW, DH_KIND_LOOKUP,
  DH_KIND_RECURRENCE,
};
typedef struct {
  int64_t kind;
  const void *details;
} dh_instruction;

// Kinds of kernels, each better than the one before.
enum { DH_PORTABLE_KERNELS, DH_AVX2_KERNELS, DH_BEST_KERNELS };

typedef struct {
  float *bases[DH_BASES];
  float *scratch;  // of the run
  float *own_scratch;  // of each thread, one after the other
  size_t own_scratch_size;
  uint64_t seed, step;
  dh_team *team;  // or NULL
  int64_t most_kernels;  // the best kernels to use, of those that the processor can run
} dh_context;

// Runs the instructions in order.
void dh_run(const dh_instruction *instructions, size_t count, const dh_context *context);

// How many floats of scratch memory an instruction needs: together, and for each thread besides.
// Both are aligned to 64 bytes.
typedef struct {
  size_t shared, own;
} dh_scratch;
dh_scratch dh_scratch_size(const dh_instruction *instruction);

#endif
