// One pass of an optimizer over a range of the arena of parameters. The loops are plain: the
// compiler turns them into vector code, since a square root here never sets errno.

static void sgd(float *restrict w, const float *restrict g, size_t count, float rate) {
  for (size_t i = 0; i < count; i++) w[i] -= rate * g[i];
}

static void sgd_momentum(
    float *restrict w, const float *restrict g, float *restrict m, size_t count, float rate,
    float momentum, int nesterov) {
  if (nesterov) {
    for (size_t i = 0; i < count; i++) {
      float step = momentum * m[i] - rate * g[i];
      m[i] = step;
      w[i] += momentum * step - rate * g[i];
    }
  } else {
    for (size_t i = 0; i < count; i++) {
      float step = momentum * m[i] - rate * g[i];
      m[i] = step;
      w[i] += step;
    }
  }
}

// The four kinds differ in what is known when the loop is compiled.
static inline __attribute__((always_inline)) void rmsprop_loop(
    float *restrict w, const float *restrict g, float *restrict v, float *restrict mean,
    float *restrict m, size_t count, float rate, float rho, float one_minus_rho, float momentum,
    float epsilon,
    int is_centered, int has_momentum) {
  for (size_t i = 0; i < count; i++) {
    float spread = rho * v[i] + one_minus_rho * (g[i] * g[i]);
    v[i] = spread;
    if (is_centered) {
      float average = rho * mean[i] + one_minus_rho * g[i];
      mean[i] = average;
      spread -= average * average;
    }
    float step = rate * g[i] / __builtin_elementwise_sqrt(spread + epsilon);
    if (has_momentum) {
      step += momentum * m[i];
      m[i] = step;
    }
    w[i] -= step;
  }
}

static void rmsprop(
    float *w, const float *g, float *v, float *mean, float *m, size_t count, float rate, float rho,
    float one_minus_rho, float momentum, float epsilon) {
#define LOOP(is_centered, has_momentum)                                             \
  rmsprop_loop(                                                                    \
      w, g, v, mean, m, count, rate, rho, one_minus_rho, momentum, epsilon,        \
      is_centered, has_momentum)
  if (mean && m) LOOP(1, 1);
  else if (mean) LOOP(1, 0);
  else if (m) LOOP(0, 1);
  else LOOP(0, 0);
#undef LOOP
}

static void adam(
    float *restrict w, const float *restrict g, float *restrict m, float *restrict v,
    float *restrict largest, size_t count, float alpha, float one_minus_beta1,
    float one_minus_beta2, float epsilon) {
  if (largest) {
    for (size_t i = 0; i < count; i++) {
      float mean = m[i] + (g[i] - m[i]) * one_minus_beta1;
      float spread = v[i] + (g[i] * g[i] - v[i]) * one_minus_beta2;
      m[i] = mean;
      v[i] = spread;
      // Written so that a NaN of either side stays.
      float top = largest[i] >= spread || largest[i] != largest[i] ? largest[i] : spread;
      largest[i] = top;
      w[i] -= alpha * mean / (__builtin_elementwise_sqrt(top) + epsilon);
    }
  } else {
    for (size_t i = 0; i < count; i++) {
      float mean = m[i] + (g[i] - m[i]) * one_minus_beta1;
      float spread = v[i] + (g[i] * g[i] - v[i]) * one_minus_beta2;
      m[i] = mean;
      v[i] = spread;
      w[i] -= alpha * mean / (__builtin_elementwise_sqrt(spread) + epsilon);
    }
  }
}

// Eight sums side by side in double precision: the squares of floats cannot overflow there.
static double sum_of_squares(const float *x, size_t count) {
  double sums[8] = {0};
  size_t i = 0;
  for (; i + 8 <= count; i += 8)
    for (int lane = 0; lane < 8; lane++) {
      double value = x[i + (size_t)lane];
      sums[lane] += value * value;
    }
  for (; i < count; i++) sums[0] += (double)x[i] * x[i];
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

static void scale(float *x, size_t count, float factor) {
  for (size_t i = 0; i < count; i++) x[i] *= factor;
}

static void clip(float *x, size_t count, float limit) {
  for (size_t i = 0; i < count; i++) {
    float value = x[i] > limit ? limit : x[i];
    x[i] = value < -limit ? -limit : value;
  }
}

static size_t count_not_finite(const float *x, size_t count) {
  size_t total = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t bits;
    memcpy(&bits, x + i, 4);
    total += (bits & 0x7f800000u) == 0x7f800000u;
  }
  return total;
}
