// Convolutions of 3x3 cells with 2.25 times fewer multiplications (Winograd 1980; Lavin and Gray,
// "Fast Algorithms for Convolutional Neural Networks", 2015: F(2x2, 3x3)). A square of 2x2 places
// sees a patch of 4x4 elements. Both, and the kernel, are transformed such that sixteen products
// with the transformed kernel, one for each of sixteen parts, take the place of 4·9:
//   result = A'·((G·kernel·G') ∘ (B'·patch·B))·A, where ∘ multiplies part by part,
//       | 1  0 -1  0 |        | 1   0   0  |
//   B' =| 0  1  1  0 |    G = | ½   ½   ½  |    A' = | 1  1  1  0 |
//       | 0 -1  1  0 |        | ½  -½   ½  |         | 0  1 -1 -1 |
//       | 0  1  0 -1 |        | 0   0   1  |
// The products are linear in each of the three, so that the gradient of the kernel needs no more:
//   G'·((A·gradient·A') ∘ (B'·patch·B))·G.
// Each number of a result is put together from the elements that its own window sees, and from no
// other, so zeros stay zeros. But an infinity can become NaN on the way, and sums can overflow that
// the direct form does not take: whoever finds a result that is not finite computes in that form.
//
// Against sums in double precision, over normal numbers with mean 0 and 3, with 17 to 512 channels:
// results and gradients of the input are off by 0.8e-7 to 7e-7 of their size (root of the mean
// square), 0.4 to 0.7 times what the direct form is off by, since sums are shorter; gradients of a
// kernel by 0.8e-7 to 3.4e-7, 0.3 to 2 times as much.

enum { WINOGRAD_PARTS = 16 };

// Four vectors, `step` apart, by B'.
static inline __attribute__((always_inline)) void winograd_patch_line(vf *x, int step) {
  vf a = x[0], b = x[step], c = x[2 * step], d = x[3 * step];
  x[0] = a - c;
  x[step] = b + c;
  x[2 * step] = c - b;
  x[3 * step] = b - d;
}

// B'·patch·B of some channels, the parts `plane` floats apart. Where channels end within a vector,
// the rest of it is written, too.
static inline __attribute__((always_inline)) void winograd_patch(
    const float *const cells[WINOGRAD_PARTS], size_t channels, float *parts, size_t plane) {
  for (size_t c = 0; c < channels; c += DH_LANES) {
    vf x[WINOGRAD_PARTS];
    size_t left = channels - c;
#pragma clang loop unroll(full)
    for (int i = 0; i < WINOGRAD_PARTS; i++)
      x[i] = left >= DH_LANES ? vload(cells[i] + c) : vload_part(cells[i] + c, left);
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) winograd_patch_line(x + i, 4);
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) winograd_patch_line(x + 4 * i, 1);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < WINOGRAD_PARTS; i++) vstore(parts + i * plane + c, x[i]);
  }
}

// Three vectors by G.
static inline __attribute__((always_inline)) void winograd_kernel_line(
    vf *result, int step, vf a, vf b, vf c) {
  vf outer = (a + c) * 0.5f, middle = b * 0.5f;
  result[0] = a;
  result[step] = outer + middle;
  result[2 * step] = outer - middle;
  result[3 * step] = c;
}

// G·kernel·G' of a vector of numbers of each of nine cells.
static inline __attribute__((always_inline)) void winograd_kernel(
    const vf cells[9], vf parts[WINOGRAD_PARTS]) {
  vf half[12];
#pragma clang loop unroll(full)
  for (int j = 0; j < 3; j++)
    winograd_kernel_line(half + j, 3, cells[j], cells[3 + j], cells[6 + j]);
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++)
    winograd_kernel_line(parts + 4 * i, 1, half[3 * i], half[3 * i + 1], half[3 * i + 2]);
}

// A'·parts·A: from sixteen parts, `plane` floats apart, a square of four.
static inline __attribute__((always_inline)) void winograd_square(
    const float *parts, size_t plane, vf square[4]) {
  vf half[8];
#pragma clang loop unroll(full)
  for (size_t j = 0; j < 4; j++) {
    vf a = vload(parts + j * plane), b = vload(parts + (4 + j) * plane);
    vf c = vload(parts + (8 + j) * plane), d = vload(parts + (12 + j) * plane);
    half[j] = a + b + c;
    half[4 + j] = b - c - d;
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 2; i++) {
    const vf *x = half + 4 * i;
    square[2 * i] = x[0] + x[1] + x[2];
    square[2 * i + 1] = x[1] - x[2] - x[3];
  }
}

// A·square·A': the way back, the parts `plane` floats apart.
static inline __attribute__((always_inline)) void winograd_square_back(
    const vf square[4], float *parts, size_t plane) {
  vf half[8];
#pragma clang loop unroll(full)
  for (int j = 0; j < 2; j++) {
    vf a = square[j], b = square[2 + j];
    half[j] = a;
    half[2 + j] = a + b;
    half[4 + j] = a - b;
    half[6 + j] = -b;
  }
#pragma clang loop unroll(full)
  for (size_t i = 0; i < 4; i++) {
    vf a = half[2 * i], b = half[2 * i + 1];
    vstore(parts + (4 * i) * plane, a);
    vstore(parts + (4 * i + 1) * plane, a + b);
    vstore(parts + (4 * i + 2) * plane, a - b);
    vstore(parts + (4 * i + 3) * plane, -b);
  }
}

// G'·parts·G: from sixteen parts the nine cells of a kernel's gradient.
static inline __attribute__((always_inline)) void winograd_kernel_back(
    const vf parts[WINOGRAD_PARTS], vf cells[9]) {
  vf half[12];
#pragma clang loop unroll(full)
  for (int j = 0; j < 4; j++) {
    vf sum = parts[4 + j] + parts[8 + j], difference = parts[4 + j] - parts[8 + j];
    half[j] = parts[j] + sum * 0.5f;
    half[4 + j] = difference * 0.5f;
    half[8 + j] = parts[12 + j] + sum * 0.5f;
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 3; i++) {
    const vf *x = half + 4 * i;
    vf sum = x[1] + x[2], difference = x[1] - x[2];
    cells[3 * i] = x[0] + sum * 0.5f;
    cells[3 * i + 1] = difference * 0.5f;
    cells[3 * i + 2] = x[3] + sum * 0.5f;
  }
}
