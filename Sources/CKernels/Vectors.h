// Vectors of floats as the compiler's own types, so that one text serves every processor.
#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(DH_AVX2)
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
static inline vf vsqrt(vf x) { return __builtin_elementwise_sqrt(x); }
