// The kernels for x86-64 processors with AVX-512 (x86-64-v4).
#if defined(__x86_64__)
#define DH_TABLE dh_kernels_avx512
#define DH_AVX512 1
#include <immintrin.h>

#include "Kernels.h"
#pragma clang attribute push(                                                     \
    __attribute__((target("avx2,fma,bmi,bmi2,avx512f,avx512bw,avx512dq,avx512vl,prfchw"))), \
    apply_to = function)
#include "KernelTable.h"
#pragma clang attribute pop
#endif
