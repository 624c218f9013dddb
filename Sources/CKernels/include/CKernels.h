// The vector kernels of the engine. Every function here chooses at run time between the code for
// processors with AVX-512, for those with AVX2 and FMA, and a portable one.
#ifndef DOWNHILL_CKERNELS_H
#define DOWNHILL_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "Instructions.h"
#include "TableRows.h"
#include "Teams.h"

// ---- Random numbers: Philox 4x32-10 (Salmon et al. 2011), the same bits on every processor.

// Fills with random words. The key is the seed; the 128-bit counter is {block, stream, step}.
// The words from the one numbered first on, which is a multiple of 4.
void dh_random_words(
    uint32_t *words, size_t first, size_t count, uint64_t seed, uint32_t stream, uint64_t step);
// Evenly spread over [0, 1), in steps of 2^-24.
void dh_random_uniform(float *x, size_t count, uint64_t seed, uint32_t stream, uint64_t step);
// Mean 0, standard deviation 1 (Box and Muller).
void dh_random_normal(float *x, size_t count, uint64_t seed, uint32_t stream, uint64_t step);

// ---- Optimizer passes over one range of the arena; the formulas are those of Keras 3.

void dh_sgd(float *w, const float *g, size_t count, float rate);
// m = momentum*m - rate*g; w += m, or with nesterov w += momentum*m - rate*g.
void dh_sgd_momentum(
    float *w, const float *g, float *m, size_t count, float rate, float momentum, int nesterov);
// v = rho*v + (1-rho)*g^2; w -= rate*g/sqrt(v - mean^2 + epsilon), by way of the momentum buffer.
// `mean` is NULL unless centered, `m` is NULL without momentum.
void dh_rmsprop(
    float *w, const float *g, float *v, float *mean, float *m, size_t count, float rate, float rho,
    float one_minus_rho, float momentum, float epsilon);
// m += (g-m)*(1-beta1); v += (g^2-v)*(1-beta2); w -= alpha*m/(sqrt(v)+epsilon) with
// alpha = rate*sqrt(1-beta2^t)/(1-beta1^t) from the caller. `largest` is NULL unless amsgrad.
void dh_adam(
    float *w, const float *g, float *m, float *v, float *largest, size_t count, float alpha,
    float one_minus_beta1, float one_minus_beta2, float epsilon);
// The sum of squares in double precision.
double dh_sum_of_squares(const float *x, size_t count);
// x *= factor
void dh_scale(float *x, size_t count, float factor);
// x = min(max(x, -limit), limit), NaN kept
void dh_clip(float *x, size_t count, float limit);
// How many elements are NaN or infinite.
size_t dh_count_not_finite(const float *x, size_t count);

#endif
