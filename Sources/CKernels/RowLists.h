// Numbers of rows, and which of them belong to a part of a table (include/TableRows.h).

// The row that a number names, -1 if there is none: cut to a whole number, from the end if negative.
static inline int64_t row_named(float number, int64_t rows) {
  // Also false for NaN.
  if (!(number > -(float)rows - 1 && number < (float)rows)) return -1;
  int64_t whole = (int64_t)number;
  int64_t row = whole < 0 ? whole + rows : whole;
  return row >= 0 && row < rows ? row : -1;
}

static inline vi rows_named(vf numbers, int64_t rows) {
  vf limit = vsplat((float)rows);
  vi inside = (numbers > -limit - vsplat(1)) & (numbers < limit);
  vi whole = __builtin_convertvector(numbers, vi);
  vi row = whole + ((whole < 0) & (int32_t)rows);
  inside &= (row >= 0) & (row < (int32_t)rows);
  return (row & inside) | ~inside;
}

// The part that a row belongs to; what names no row belongs to the first.
static inline int64_t part_of_row(int64_t row, int64_t parts) {
  return row < 0 ? 0 : row / DH_ROWS_IN_BLOCK & (parts - 1);
}

// Lists are written by whole vectors: they need room for one more.
enum { LIST_ROOM = DH_LANES };

// Lists the rows of a part that some numbers name, in their order, -1 for those that name none, and
// where they are among the numbers if `places` is not NULL. Returns how many there are.
static inline __attribute__((always_inline)) int64_t list_rows(
    const float *numbers, int64_t count, int64_t rows, int64_t parts, int64_t part, int32_t *list,
    int32_t *places) {
  int64_t listed = 0;
  vi lanes;
  for (int k = 0; k < DH_LANES; k++) lanes[k] = k;
  for (int64_t i = 0; i < count; i += DH_LANES) {
    size_t left = (size_t)(count - i);
    vi row = rows_named(load_some(numbers + i, left), rows), missing = row < 0;
    vi owner = (row >> __builtin_ctz(DH_ROWS_IN_BLOCK)) & (int32_t)(parts - 1) & ~missing;
    vi is_own = (owner == (int32_t)part) & (lanes < (int32_t)least(left, DH_LANES));
#if defined(DH_AVX512)
    __mmask16 own = _mm512_movepi32_mask((__m512i)is_own);
    _mm512_storeu_si512(list + listed, _mm512_maskz_compress_epi32(own, (__m512i)row));
    if (places)
      _mm512_storeu_si512(
          places + listed, _mm512_maskz_compress_epi32(own, (__m512i)(lanes + (int32_t)i)));
    listed += __builtin_popcount(own);
#else
    for (int k = 0; k < DH_LANES; k++) {
      list[listed] = row[k];
      if (places) places[listed] = (int32_t)i + k;
      listed -= is_own[k];
    }
#endif
  }
  return listed;
}
