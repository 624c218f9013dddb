// Rows of a table by their numbers, and sums of rows with the same number.

// The row that a number names, -1 if there is none: cut to a whole number, from the end if negative.
static inline int64_t row_named(float number, int64_t rows) {
  // Also false for NaN.
  if (!(number > -(float)rows - 1 && number < (float)rows)) return -1;
  int64_t whole = (int64_t)number;
  int64_t row = whole < 0 ? whole + rows : whole;
  return row >= 0 && row < rows ? row : -1;
}

static void run_lookup(const dh_lookup *l, const dh_context *context) {
  const float *source = place_in(context, l->source), *numbers = place_in(context, l->numbers);
  float *result = place_in(context, l->result);
  size_t width = (size_t)l->width;
  if (!l->is_scatter) {
    for (int64_t i = 0; i < l->count; i++) {
      int64_t row = row_named(numbers[i], l->rows);
      float *target = result + (size_t)i * width;
      if (row >= 0) memcpy(target, source + (size_t)row * width, width * sizeof(float));
      else for (size_t j = 0; j < width; j++) target[j] = NAN;
    }
    return;
  }
  memset(result, 0, (size_t)l->rows * width * sizeof(float));
  // One after the other: rows with the same number are always added in the same order.
  for (int64_t i = 0; i < l->count; i++) {
    int64_t row = row_named(numbers[i], l->rows);
    if (row < 0) continue;
    float *restrict target = result + (size_t)row * width;
    const float *restrict values = source + (size_t)i * width;
    for (size_t j = 0; j < width; j++) target[j] += values[j];
  }
}
