// Elementary functions of vectors of floats, accurate to a few units in the last place, and exact
// at the ends: exp(89) = inf, log(0) = -inf, log(-1) = NaN, and NaN stays NaN everywhere. What
// turns a loss to NaN is found by following such values, so they must arise here as they do
// anywhere else.

static inline vf vround(vf x) { return __builtin_elementwise_roundeven(x); }
static inline vf vmultiply_add(vf a, vf b, vf c) { return a * b + c; }

// exp(x) = 2^n exp(r) with |r| <= ln(2)/2, where the Taylor series of degree 7 is off by 5e-9.
static inline vf vexp(vf x) {
  // Beyond these the result is inf and 0 anyway, and n stays a valid exponent. NaN passes both.
  vf y = vselect(x > 90.0f, vsplat(90.0f), vselect(x < -105.0f, vsplat(-105.0f), x));
  vf n = vround(y * 1.44269504f);
  // ln(2) in two parts, so that n times the first is exact.
  vf r = vmultiply_add(n, vsplat(-0.693359375f), y);
  r = vmultiply_add(n, vsplat(2.12194440e-4f), r);
  vf p = vsplat(1.0f / 5040);
  p = vmultiply_add(p, r, vsplat(1.0f / 720));
  p = vmultiply_add(p, r, vsplat(1.0f / 120));
  p = vmultiply_add(p, r, vsplat(1.0f / 24));
  p = vmultiply_add(p, r, vsplat(1.0f / 6));
  p = vmultiply_add(p, r, vsplat(0.5f));
  p = vmultiply_add(p, r * r, r) + 1.0f;
  // 2^n as a product of two, since n may lie outside the exponents of normal floats. The vector
  // n of a NaN is nonsense, but p is NaN then.
  vf finite = vselect(n == n, n, vsplat(0));
  vi whole = __builtin_convertvector(finite, vi);
  vi half = whole >> 1;
  vf first = (vf)((half + 127) << 23), second = (vf)((whole - half + 127) << 23);
  return p * first * second;
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
static inline vf vsigmoid(vf x) { return 1.0f / (1.0f + vexp(-x)); }

// Near zero Lambert's continued fraction to its fifth level, else 1 - 2 / (exp(2|x|) + 1).
static inline vf vtanh(vf x) {
  vf z = x * x, a = vabs(x);
  vf small = x * (945.0f + z * (105.0f + z)) / (945.0f + z * (420.0f + z * 15.0f));
  vf large = 1.0f - 2.0f / (vexp(a + a) + 1.0f);
  large = (vf)((vi)large | ((vi)x & (int32_t)0x80000000));
  return vselect(a < 0.625f, small, large);
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
