// The kernels for x86-64 processors with AVX2 and FMA (x86-64-v3).
#if defined(__x86_64__)
#define DH_TABLE dh_kernels_avx2
#define DH_AVX2 1
#include "Kernels.h"
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2"))), apply_to = function)
#include "KernelTable.h"
#pragma clang attribute pop
#endif
