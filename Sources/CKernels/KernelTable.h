// The bodies of all kernels, static to the file that includes this, and the table that names them.
// Included once for each kind of processor; `DH_TABLE` is the name of the table.
#include "Kernels.h"
#include "Vectors.h"
#include "VectorMath.h"
#include "RandomNumbers.h"
#include "Tiles.h"
#include "Reductions.h"
#include "Movement.h"
#include "SmallProducts.h"
#include "PackedProducts.h"
#include "LargeProducts.h"
#include "MatrixProducts.h"
#include "Windows.h"
#include "Pooling.h"
#include "PatchProducts.h"
#include "WindowPhases.h"
#include "KernelGradients.h"
#include "Depthwise.h"
#include "WinogradTransforms.h"
#include "Winograd.h"
#include "WinogradKernelGradients.h"
#include "Convolutions.h"
#include "RowLists.h"
#include "Lookups.h"
#include "RecurrentCells.h"
#include "Recurrences.h"
#include "ResetBefore.h"
#include "RecurrenceGradients.h"
#include "Interpreter.h"
#include "Optimizers.h"
#include "RowPasses.h"

const dh_kernels DH_TABLE = {
    .run = run,
    .scratch_size = scratch_size,
    .random_words = random_words,
    .random_uniform = random_uniform,
    .random_normal = random_normal,
    .sgd = sgd,
    .sgd_momentum = sgd_momentum,
    .rmsprop = rmsprop,
    .adam = adam,
    .sum_of_squares = sum_of_squares,
    .scale = scale,
    .clip = clip,
    .count_not_finite = count_not_finite,
    .rows_find = rows_find,
    .adam_rows_advance = adam_rows_advance,
    .adam_rows_open = adam_rows_open,
    .adam_rows_settle = adam_rows_settle,
    .adam_rows_step = adam_rows_step,
    .sgd_rows_step = sgd_rows_step,
};
