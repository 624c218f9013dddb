// The kernels' table: one entry for each function that is compiled once for every kind of
// processor.
#ifndef DOWNHILL_KERNELS_H
#define DOWNHILL_KERNELS_H

#include "CKernels.h"
#include "Instructions.h"

typedef struct {
  void (*run)(const dh_instruction *, size_t, const dh_context *);
  dh_scratch (*scratch_size)(const dh_instruction *);
  void (*random_words)(uint32_t *, size_t, size_t, uint64_t, uint32_t, uint64_t);
  void (*random_uniform)(float *, size_t, uint64_t, uint32_t, uint64_t);
  void (*random_normal)(float *, size_t, uint64_t, uint32_t, uint64_t);
  void (*sgd)(float *, const float *, size_t, float);
  void (*sgd_momentum)(float *, const float *, float *, size_t, float, float, int);
  void (*rmsprop)(
      float *, const float *, float *, float *, float *, size_t, float, float, float, float, float);
  void (*adam)(
      float *, const float *, float *, float *, float *, size_t, float, float, float, float);
  double (*sum_of_squares)(const float *, size_t);
  void (*scale)(float *, size_t, float);
  void (*clip)(float *, size_t, float);
  size_t (*count_not_finite)(const float *, size_t);
  void (*rows_find)(const dh_table_rows *, int64_t);
  void (*adam_rows_advance)(
      const double *, double *, const double *, float *, int64_t, int64_t, double, double);
  void (*adam_rows_open)(const dh_table_rows *, const dh_adam_rows *, int64_t);
  void (*adam_rows_settle)(const dh_table_rows *, const dh_adam_rows *, int64_t);
  void (*adam_rows_step)(const dh_table_rows *, const dh_adam_rows *, int64_t);
  void (*sgd_rows_step)(const dh_table_rows *, float, int64_t);
} dh_kernels;

extern const dh_kernels dh_kernels_portable;
#if defined(__x86_64__)
extern const dh_kernels dh_kernels_avx2;
extern const dh_kernels dh_kernels_avx512;
#endif

#endif
