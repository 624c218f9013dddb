// Elementary functions of vectors of floats, accurate to a few units in the last place, and exact
// at the ends: exp(89) = inf, log(0) = -inf, log(-1) = NaN, and NaN stays NaN everywhere. What
// turns a loss to NaN is found by following such values, so they must arise here as they do
// anywhere else.

static inline vf vround(vf x) { return __builtin_elementwise_roundeven(x); }
static inline vf vmultiply_add(vf a, vf b, vf c) { return a * b + c; }

// The nearer end where x lies outside. NaN stays.
static inline vf vclamp(vf x, float low, float high) {
#if defined(DH_AVX512)
  // Either is its second operand where that is NaN.
  __m512 below = _mm512_min_ps((__m512)vsplat(high), (__m512)x);
  return (vf)_mm512_max_ps((__m512)vsplat(low), below);
#else
  return vselect(x > high, vsplat(high), vselect(x < low, vsplat(low), x));
#endif
}

// x 2^n for whole numbers n, which may lie outside the exponents of normal floats.
static inline vf vscaled(vf x, vf n) {
#if defined(DH_AVX512)
  return (vf)_mm512_scalef_ps((__m512)x, (__m512)n);
#else
  // As a product of two. The vector of a NaN is nonsense, but x is NaN then.
  vf finite = vselect(n == n, n, vsplat(0));
  vi whole = __builtin_convertvector(finite, vi);
  vi half = whole >> 1;
  vf first = (vf)((half + 127) << 23), second = (vf)((whole - half + 127) << 23);
  return x * first * second;
#endif
}

// 1 / x: an estimate of 14 bits and a step of Newton's, where a division takes longer than that.
static inline vf vreciprocal(vf x) {
#if defined(DH_AVX512)
  __m512 r = _mm512_rcp14_ps((__m512)x);
  __m512 rest = _mm512_fnmadd_ps((__m512)x, r, (__m512)vsplat(1));
  // For 0, infinities and what is too near to them the estimate is the result, and the rest NaN.
  return (vf)_mm512_mask_fmadd_ps(r, _mm512_cmp_ps_mask(rest, rest, _CMP_ORD_Q), rest, r);
#else
  return 1.0f / x;
#endif
}

// a / b, for b neither 0 nor infinite.
static inline vf vquotient(vf a, vf b) {
#if defined(DH_AVX512)
  __m512 r = _mm512_rcp14_ps((__m512)b);
  r = _mm512_fmadd_ps(r, _mm512_fnmadd_ps((__m512)b, r, (__m512)vsplat(1)), r);
  __m512 q = _mm512_mul_ps((__m512)a, r);
  return (vf)_mm512_fmadd_ps(r, _mm512_fnmadd_ps(q, (__m512)b, (__m512)a), q);
#else
  return a / b;
#endif
}

// y = n ln(2) + r with |r| <= ln(2) / 2, and exp(r) - 1 by the Taylor series of degree 7, which is off
// by 5e-9.
static inline vf vexpm1_part(vf y, vf *n) {
  *n = vround(y * 1.44269504f);
  // ln(2) in two parts, so that n times the first is exact.
  vf r = vmultiply_add(*n, vsplat(-0.693359375f), y);
  r = vmultiply_add(*n, vsplat(2.12194440e-4f), r);
  vf p = vsplat(1.0f / 5040);
  p = vmultiply_add(p, r, vsplat(1.0f / 720));
  p = vmultiply_add(p, r, vsplat(1.0f / 120));
  p = vmultiply_add(p, r, vsplat(1.0f / 24));
  p = vmultiply_add(p, r, vsplat(1.0f / 6));
  p = vmultiply_add(p, r, vsplat(0.5f));
  return vmultiply_add(p, r * r, r);
}

// exp(x) = 2^n exp(r)
static inline vf vexp(vf x) {
  // Beyond these the result is inf and 0 anyway. NaN passes both.
  vf n, p = vexpm1_part(vclamp(x, -105.0f, 90.0f), &n);
  return vscaled(p + 1.0f, n);
}

// log(x) = e ln(2) + log(1 + f), with s = f / (2 + f) and the series of log((1+s)/(1-s)).
static inline vf vlog(vf x) {
  // Numbers below the normal ones are scaled by 2^23 first.
  vi tiny = x < 0x1p-126f;
  vf y = vselect(tiny, x * 0x1p23f, x);
  vi shifted = (vi)y - 0x3f3504f3;
  vf e = __builtin_convertvector(shifted >> 23, vf) - vselect(tiny, vsplat(23), vsplat(0));
  vf m = (vf)((shifted & 0x007fffff) + 0x3f3504f3);
  vf f = m - 1.0f;
  vf s = f / (f + 2.0f), z = s * s;
  vf series = vsplat(2.0f / 11);
  series = vmultiply_add(series, z, vsplat(2.0f / 9));
  series = vmultiply_add(series, z, vsplat(2.0f / 7));
  series = vmultiply_add(series, z, vsplat(2.0f / 5));
  series = vmultiply_add(series, z, vsplat(2.0f / 3));
  series = series * z;
  vf half = f * f * 0.5f;
  vf tail = vmultiply_add(s, half + series, e * -2.12194440e-4f);
  vf result = vmultiply_add(e, vsplat(0.693359375f), f - (half - tail));
  result = vselect(x == 0.0f, vsplat(-INFINITY), result);
  result = vselect(x == INFINITY, x, result);
  // Below zero, and NaN itself.
  return vselect(x >= 0.0f, result, vsplat(NAN));
}

// log(1 + x): the rounding error of u = 1 + x cancels in log(u) x / (u - 1).
static inline vf vlog1p(vf x) {
  vf u = x + 1.0f, d = u - 1.0f;
  vf result = vlog(u) * (x / d);
  result = vselect(d == 0.0f, x, result);
  return vselect(x == INFINITY, x, result);
}

// exp(x) - 1: near zero by its Taylor series, where the difference would lose its digits.
static inline vf vexpm1(vf x) {
  vf p = vsplat(1.0f / 40320);
  p = vmultiply_add(p, x, vsplat(1.0f / 5040));
  p = vmultiply_add(p, x, vsplat(1.0f / 720));
  p = vmultiply_add(p, x, vsplat(1.0f / 120));
  p = vmultiply_add(p, x, vsplat(1.0f / 24));
  p = vmultiply_add(p, x, vsplat(1.0f / 6));
  p = vmultiply_add(p, x, vsplat(0.5f));
  p = vmultiply_add(p, x * x, x);
  return vselect(vabs(x) < 0.5f, p, vexp(x) - 1.0f);
}

// 1 / (1 + exp(-x))
static inline vf vsigmoid(vf x) { return vreciprocal(1.0f + vexp(-x)); }

// m / (m + 2) with m = exp(2|x|) - 1 = 2^n (exp(r) - 1) + (2^n - 1), which keeps its digits near zero.
static inline vf vtanh(vf x) {
  // From here on the result is 1.
  vf n, p = vexpm1_part(vclamp(2.0f * vabs(x), 0, 20.0f), &n);
  vf power = vscaled(vsplat(1), n);
  vf m = vmultiply_add(p, power, power - 1.0f);
  return (vf)((vi)vquotient(m, m + 2.0f) | ((vi)x & (int32_t)0x80000000));
}

// max(x, 0) + log(1 + exp(-|x|)), which does not overflow.
static inline vf vsoftplus(vf x) {
  return vselect(x < 0.0f, vsplat(0), x) + vlog1p(vexp(-vabs(x)));
}

// Up to 1 the Taylor series; beyond, 1 - exp(-x^2) g(x) with g fitted as a polynomial in 1/(x+2)
// by least squares on [1, 4] (off by 1e-10 there; from 4 on the result is 1).
static inline vf verf(vf x) {
  static const float taylor[] = {
      1.0f / 76204800, -1.0f / 6894720, 1.0f / 685440, -1.0f / 75600, 1.0f / 9360,
      -1.0f / 1320, 1.0f / 216, -1.0f / 42, 1.0f / 10, -1.0f / 3, 1.0f};
  vf z = x * x, a = vabs(x);
  vf p = vsplat(taylor[0]);
  for (int i = 1; i < 11; i++) p = vmultiply_add(p, z, vsplat(taylor[i]));
  vf small = p * x * 1.12837917f;
  vf t = vselect(a > 4.0f, vsplat(4.0f), a);
  vf u = 1.0f / (t + 2.0f);
  vf g = vsplat(-7.38350773f);
  g = vmultiply_add(g, u, vsplat(10.1837368f));
  g = vmultiply_add(g, u, vsplat(-0.513848543f));
  g = vmultiply_add(g, u, vsplat(1.58667362f));
  g = vmultiply_add(g, u, vsplat(0.519478798f));
  g = vmultiply_add(g, u, vsplat(0.00181799557f));
  vf large = 1.0f - vexp(-t * t) * g;
  large = (vf)((vi)large | ((vi)x & (int32_t)0x80000000));
  return vselect(a < 1.0f, small, large);
}

static inline vf vrelu(vf x) { return (vf)(~(vi)(x < 0.0f) & (vi)x); }

static inline vf vsign(vf x) {
  return vselect(x > 0.0f, vsplat(1), vselect(x < 0.0f, vsplat(-1), x));
}

// The larger one; NaN if either is.
static inline vf vmax(vf a, vf b) { return vselect(a != a, a, vselect(a > b, a, b)); }
static inline vf vmin(vf a, vf b) { return vselect(a != a, a, vselect(a < b, a, b)); }

static inline vf vtruth(vi mask) { return (vf)(mask & (vi)vsplat(1)); }

static inline vf vnot_finite(vf x) { return vtruth(((vi)x & 0x7f800000) == 0x7f800000); }

// Seldom used: the library's functions, one lane after the other.
static inline vf vsin(vf x) {
  for (int i = 0; i < DH_LANES; i++) x[i] = sinf(x[i]);
  return x;
}
static inline vf vcos(vf x) {
  for (int i = 0; i < DH_LANES; i++) x[i] = cosf(x[i]);
  return x;
}
static inline vf vpow(vf a, vf b) {
  for (int i = 0; i < DH_LANES; i++) a[i] = powf(a[i], b[i]);
  return a;
}
