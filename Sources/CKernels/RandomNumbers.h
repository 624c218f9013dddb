// Philox 4x32-10: a block cipher of a counter, so any random number can be had without the ones
// before it. J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
//
// Contraction into fused multiply-adds is off: every processor must give the same bits.
#pragma STDC FP_CONTRACT OFF

// Blocks that are worked on side by side, one in each lane of the vectors.
enum { BLOCKS = 16 };

static inline void philox_blocks(
    uint32_t words[4][BLOCKS], uint32_t first, uint64_t seed, uint32_t stream, uint64_t step) {
  uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
  for (int i = 0; i < BLOCKS; i++) {
    words[0][i] = first + (uint32_t)i;
    words[1][i] = stream;
    words[2][i] = (uint32_t)step;
    words[3][i] = (uint32_t)(step >> 32);
  }
  for (int round = 0; round < 10; round++) {
    for (int i = 0; i < BLOCKS; i++) {
      uint64_t p0 = (uint64_t)0xD2511F53u * words[0][i];
      uint64_t p1 = (uint64_t)0xCD9E8D57u * words[2][i];
      uint32_t x0 = (uint32_t)(p1 >> 32) ^ words[1][i] ^ k0;
      uint32_t x2 = (uint32_t)(p0 >> 32) ^ words[3][i] ^ k1;
      words[0][i] = x0;
      words[1][i] = (uint32_t)p1;
      words[2][i] = x2;
      words[3][i] = (uint32_t)p0;
    }
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
}

// Element 4*block + word of a sequence is that word of that block.
static void random_words(
    uint32_t *out, size_t first, size_t count, uint64_t seed, uint32_t stream, uint64_t step) {
  uint32_t words[4][BLOCKS];
  for (size_t start = 0; start < count; start += 4 * BLOCKS) {
    philox_blocks(words, (uint32_t)((first + start) / 4), seed, stream, step);
    size_t n = count - start < 4 * BLOCKS ? count - start : 4 * BLOCKS;
    for (size_t i = 0; i < n; i++) out[start + i] = words[i & 3][i >> 2];
  }
}

// The upper 24 bits as a float in [0, 1): as many as a float can hold.
static inline float unit_interval(uint32_t word) { return (float)(int32_t)(word >> 8) * 0x1p-24f; }

static void random_uniform(
    float *out, size_t count, uint64_t seed, uint32_t stream, uint64_t step) {
  uint32_t words[4][BLOCKS];
  float x[4 * BLOCKS];
  for (size_t start = 0; start < count; start += 4 * BLOCKS) {
    philox_blocks(words, (uint32_t)(start / 4), seed, stream, step);
    for (int i = 0; i < BLOCKS; i++)
      for (int w = 0; w < 4; w++) x[4 * i + w] = unit_interval(words[w][i]);
    size_t n = count - start < 4 * BLOCKS ? count - start : 4 * BLOCKS;
    memcpy(out + start, x, n * sizeof(float));
  }
}

// ln(u) for u in (0, 1], a normal float: exponent and mantissa apart, then the series of
// ln((1+s)/(1-s)) = 2(s + s^3/3 + s^5/5 + ...) with |s| <= 0.172.
static inline float random_log(float u) {
  int32_t bits;
  memcpy(&bits, &u, 4);
  // Moves the mantissa into [sqrt(1/2), sqrt(2)).
  int32_t shifted = bits - 0x3f3504f3;
  float exponent = (float)(shifted >> 23);
  int32_t mantissa = (shifted & 0x007fffff) + 0x3f3504f3;
  float m;
  memcpy(&m, &mantissa, 4);
  float s = (m - 1) / (m + 1), z = s * s;
  float series = 2 + z * (0.66666667f + z * (0.4f + z * (0.28571429f + z * 0.22222222f)));
  return exponent * 0.69314718f + s * series;
}

// sin and cos of 2*pi*u for u in [0, 1): to the nearest quarter turn, then Taylor on [-pi/4, pi/4].
static inline void random_turn(float u, float *sine, float *cosine) {
  int32_t quarter = (int32_t)(u * 4 + 0.5f);
  float a = (u * 4 - (float)quarter) * 1.57079633f, z = a * a;
  float s = a * (1 + z * (-0.16666667f + z * (0.0083333333f + z * -0.00019841270f)));
  float c = 1 + z * (-0.5f + z * (0.041666667f + z * (-0.0013888889f + z * 2.4801587e-5f)));
  float first = quarter & 1 ? c : s, second = quarter & 1 ? s : c;
  *sine = quarter & 2 ? -first : first;
  *cosine = (quarter + 1) & 2 ? -second : second;
}

static void random_normal(
    float *out, size_t count, uint64_t seed, uint32_t stream, uint64_t step) {
  uint32_t words[4][BLOCKS];
  float x[4 * BLOCKS];
  for (size_t start = 0; start < count; start += 4 * BLOCKS) {
    philox_blocks(words, (uint32_t)(start / 4), seed, stream, step);
    for (int pair = 0; pair < 2; pair++)
      for (int i = 0; i < BLOCKS; i++) {
        // 2^-24 more, so that the logarithm never sees 0.
        float radius = __builtin_elementwise_sqrt(
            -2 * random_log(unit_interval(words[2 * pair][i]) + 0x1p-24f));
        float sine, cosine;
        random_turn(unit_interval(words[2 * pair + 1][i]), &sine, &cosine);
        x[4 * i + 2 * pair] = radius * cosine;
        x[4 * i + 2 * pair + 1] = radius * sine;
      }
    size_t n = count - start < 4 * BLOCKS ? count - start : 4 * BLOCKS;
    memcpy(out + start, x, n * sizeof(float));
  }
}

#pragma STDC FP_CONTRACT ON
