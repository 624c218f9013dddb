// Vectors of floats as the compiler's own types, so that one text serves every processor.
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(DH_AVX512)
#define DH_LANES 16
#elif defined(DH_AVX2)
#define DH_LANES 8
#else
#define DH_LANES 4
#endif

typedef float vf __attribute__((vector_size(4 * DH_LANES)));
typedef int32_t vi __attribute__((vector_size(4 * DH_LANES)));
typedef float vf_unaligned __attribute__((vector_size(4 * DH_LANES), aligned(4)));

static inline vf vload(const float *p) { return *(const vf_unaligned *)p; }
static inline void vstore(float *p, vf x) { *(vf_unaligned *)p = x; }
// A splat that the compiler folds into a broadcast (unlike `zero + x`, which must keep -0).
static inline vf vsplat(float x) { return x - (vf){}; }
static inline vf vselect(vi mask, vf yes, vf no) {
  return (vf)((mask & (vi)yes) | (~mask & (vi)no));
}
static inline vf vabs(vf x) { return (vf)((vi)x & 0x7fffffff); }
// The lesser of two numbers; b if either is NaN. One instruction where there is one.
static inline vf vlesser(vf a, vf b) {
#if defined(DH_AVX512)
  return (vf)_mm512_min_ps((__m512)a, (__m512)b);
#elif defined(DH_AVX2)
  return (vf)__builtin_ia32_minps256(a, b);
#else
  return vselect(a < b, a, b);
#endif
}
static inline vf vsqrt(vf x) { return __builtin_elementwise_sqrt(x); }

// The first `count` lanes, less than a whole vector; the others are 0, or left alone in memory.
#if defined(DH_AVX512)
static inline __mmask16 vmask(size_t count) { return (__mmask16)((1u << count) - 1); }
static inline vf vload_part(const float *p, size_t count) {
  return (vf)_mm512_maskz_loadu_ps(vmask(count), p);
}
static inline void vstore_part(float *p, vf x, size_t count) {
  _mm512_mask_storeu_ps(p, vmask(count), (__m512)x);
}
#elif defined(DH_AVX2)
static const int32_t dh_lane_masks[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
static inline vi vmask(size_t count) {
  typedef int32_t vi_unaligned __attribute__((vector_size(32), aligned(4)));
  return *(const vi_unaligned *)(dh_lane_masks + 8 - count);
}
static inline vf vload_part(const float *p, size_t count) {
  return (vf)__builtin_ia32_maskloadps256((const vf *)p, vmask(count));
}
static inline void vstore_part(float *p, vf x, size_t count) {
  __builtin_ia32_maskstoreps256((vf *)p, vmask(count), x);
}
#else
static inline vf vload_part(const float *p, size_t count) {
  vf x = {0};
  for (size_t i = 0; i < count; i++) x[i] = p[i];
  return x;
}
static inline void vstore_part(float *p, vf x, size_t count) {
  for (size_t i = 0; i < count; i++) p[i] = x[i];
}
#endif

static inline size_t least(size_t a, size_t b) { return a < b ? a : b; }
// A whole vector, or the lanes that are left of one.
static inline vf load_some(const float *p, size_t count) {
  return count >= DH_LANES ? vload(p) : vload_part(p, count);
}
static inline void store_some(float *p, vf x, size_t count) {
  if (count >= DH_LANES) vstore(p, x);
  else vstore_part(p, x, count);
}

static inline float vsum(vf x) {
  float sum = 0;
#if DH_LANES == 16
  for (int width = 8; width > 1; width /= 2)
    for (int i = 0; i < width; i++) x[i] += x[i + width];
  sum = x[0] + x[1];
#elif DH_LANES == 8
  sum = ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
#else
  sum = (x[0] + x[2]) + (x[1] + x[3]);
#endif
  return sum;
}

// Turns rows into columns: lane j of vector i becomes lane i of vector j.
static inline void vtranspose(vf x[DH_LANES]) {
  vf t[DH_LANES];
#if DH_LANES == 16
  // Pairs of numbers, then pairs of those, within each quarter of a vector; then the quarters.
  vf u[16];
  for (int i = 0; i < 16; i += 2) {
    t[i] = (vf)_mm512_unpacklo_ps((__m512)x[i], (__m512)x[i + 1]);
    t[i + 1] = (vf)_mm512_unpackhi_ps((__m512)x[i], (__m512)x[i + 1]);
  }
  for (int i = 0; i < 16; i += 4)
    for (int j = 0; j < 2; j++) {
      u[i + 2 * j] = (vf)_mm512_unpacklo_pd((__m512d)t[i + j], (__m512d)t[i + j + 2]);
      u[i + 2 * j + 1] = (vf)_mm512_unpackhi_pd((__m512d)t[i + j], (__m512d)t[i + j + 2]);
    }
  for (int i = 0; i < 4; i++) {
    __m512 a = (__m512)u[i], b = (__m512)u[i + 4], c = (__m512)u[i + 8], d = (__m512)u[i + 12];
    __m512 ab = _mm512_shuffle_f32x4(a, b, 0x44), cd = _mm512_shuffle_f32x4(c, d, 0x44);
    x[i] = (vf)_mm512_shuffle_f32x4(ab, cd, 0x88);
    x[i + 4] = (vf)_mm512_shuffle_f32x4(ab, cd, 0xdd);
    ab = _mm512_shuffle_f32x4(a, b, 0xee), cd = _mm512_shuffle_f32x4(c, d, 0xee);
    x[i + 8] = (vf)_mm512_shuffle_f32x4(ab, cd, 0x88);
    x[i + 12] = (vf)_mm512_shuffle_f32x4(ab, cd, 0xdd);
  }
#elif DH_LANES == 8
  vf u[8];
  for (int i = 0; i < 8; i += 2) {
    t[i] = __builtin_shufflevector(x[i], x[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    t[i + 1] = __builtin_shufflevector(x[i], x[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
  for (int i = 0; i < 8; i += 4)
    for (int j = 0; j < 2; j++) {
      u[i + 2 * j] = __builtin_shufflevector(t[i + j], t[i + j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      u[i + 2 * j + 1] =
          __builtin_shufflevector(t[i + j], t[i + j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  for (int i = 0; i < 4; i++) {
    x[i] = __builtin_shufflevector(u[i], u[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    x[i + 4] = __builtin_shufflevector(u[i], u[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
#else
  for (int i = 0; i < 4; i += 2) {
    t[i] = __builtin_shufflevector(x[i], x[i + 1], 0, 4, 1, 5);
    t[i + 1] = __builtin_shufflevector(x[i], x[i + 1], 2, 6, 3, 7);
  }
  for (int i = 0; i < 2; i++) {
    x[2 * i] = __builtin_shufflevector(t[i], t[i + 2], 0, 1, 4, 5);
    x[2 * i + 1] = __builtin_shufflevector(t[i], t[i + 2], 2, 3, 6, 7);
  }
#endif
}
