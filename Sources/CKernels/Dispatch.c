// Chooses the kernels for this processor once, and passes every call on to them.
#include "Kernels.h"

// The best kernels up to a kind. Reads words that the start-up code filled; cheap enough to ask at
// every call.
static const dh_kernels *chosen_up_to(int64_t most) {
#if defined(__x86_64__)
  int has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  int has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (has_avx2 && has_avx512 && most >= DH_BEST_KERNELS) return &dh_kernels_avx512;
  if (has_avx2 && most >= DH_AVX2_KERNELS) return &dh_kernels_avx2;
#endif
  (void)most;
  return &dh_kernels_portable;
}

static const dh_kernels *chosen(void) { return chosen_up_to(DH_BEST_KERNELS); }

void dh_random_words(
    uint32_t *words, size_t first, size_t count, uint64_t seed, uint32_t stream, uint64_t step) {
  chosen()->random_words(words, first, count, seed, stream, step);
}

void dh_random_uniform(float *x, size_t count, uint64_t seed, uint32_t stream, uint64_t step) {
  chosen()->random_uniform(x, count, seed, stream, step);
}

void dh_random_normal(float *x, size_t count, uint64_t seed, uint32_t stream, uint64_t step) {
  chosen()->random_normal(x, count, seed, stream, step);
}

void dh_sgd(float *w, const float *g, size_t count, float rate) {
  chosen()->sgd(w, g, count, rate);
}

void dh_sgd_momentum(
    float *w, const float *g, float *m, size_t count, float rate, float momentum, int nesterov) {
  chosen()->sgd_momentum(w, g, m, count, rate, momentum, nesterov);
}

void dh_rmsprop(
    float *w, const float *g, float *v, float *mean, float *m, size_t count, float rate, float rho,
    float one_minus_rho, float momentum, float epsilon) {
  chosen()->rmsprop(w, g, v, mean, m, count, rate, rho, one_minus_rho, momentum, epsilon);
}

void dh_adam(
    float *w, const float *g, float *m, float *v, float *largest, size_t count, float alpha,
    float one_minus_beta1, float one_minus_beta2, float epsilon) {
  chosen()->adam(
      w, g, m, v, largest, count, alpha, one_minus_beta1, one_minus_beta2, epsilon);
}

double dh_sum_of_squares(const float *x, size_t count) {
  return chosen()->sum_of_squares(x, count);
}

void dh_scale(float *x, size_t count, float factor) { chosen()->scale(x, count, factor); }

void dh_clip(float *x, size_t count, float limit) { chosen()->clip(x, count, limit); }

size_t dh_count_not_finite(const float *x, size_t count) {
  return chosen()->count_not_finite(x, count);
}

void dh_rows_find(const dh_table_rows *t, int64_t part) { chosen()->rows_find(t, part); }

void dh_adam_rows_advance(
    const double *from, double *to, const double *weights, float *factors, int64_t ages,
    int64_t terms, double move, double kept) {
  chosen()->adam_rows_advance(from, to, weights, factors, ages, terms, move, kept);
}

void dh_adam_rows_open(const dh_table_rows *t, const dh_adam_rows *a, int64_t part) {
  chosen()->adam_rows_open(t, a, part);
}

void dh_adam_rows_settle(const dh_table_rows *t, const dh_adam_rows *a, int64_t part) {
  chosen()->adam_rows_settle(t, a, part);
}

void dh_adam_rows_step(const dh_table_rows *t, const dh_adam_rows *a, int64_t part) {
  chosen()->adam_rows_step(t, a, part);
}

void dh_sgd_rows_step(const dh_table_rows *t, float rate, int64_t part) {
  chosen()->sgd_rows_step(t, rate, part);
}

void dh_run(const dh_instruction *instructions, size_t count, const dh_context *context) {
  chosen_up_to(context->most_kernels)->run(instructions, count, context);
}

dh_scratch dh_scratch_size(const dh_instruction *instruction) {
  return chosen()->scratch_size(instruction);
}
