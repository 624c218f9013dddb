// Matrix products: small ones read their operands where they are, large ones arrange them first.

// From this many multiplications on (about 80 x 80 x 80) arranging pays.
static const int64_t large_product = 500000;

static dh_scratch product_scratch(const dh_matrix_product *m) {
  int is_large = m->rows * m->inner * m->columns >= large_product;
  return (dh_scratch){
      (size_t)m->inner * BLOCK_COLUMNS, is_large && DH_LANES == 16 ? packed_scratch(m) : 0};
}

static void run_product(const dh_matrix_product *m, const dh_context *context) {
  size_t rows = (size_t)m->rows, inner = (size_t)m->inner, columns = (size_t)m->columns;
  const float *bias = m->has_bias ? place_in(context, m->bias) : NULL;
  int relu = m->activation == DH_ACTIVATION_RELU;
  int is_large = m->rows * m->inner * m->columns >= large_product;
  for (int64_t i = 0; i < m->batch; i++) {
    const float *a = place_in(context, m->left) + i * m->rows * m->inner;
    const float *b = place_in(context, m->right) + i * m->inner * m->columns;
    float *c = place_in(context, m->result) + i * m->rows * m->columns;
    int left = m->transpose_left != 0, right = m->transpose_right != 0;
    if (is_large) {
      large_product_in_pieces(m, a, b, bias, c, context);
      continue;
    }
    left_operand operand = {a, left ? 1 : (ptrdiff_t)inner, left ? (ptrdiff_t)rows : 1};
    if (columns == 1 && !bias && rows > 1) {
      // A column is computed as a row: result' = right' left'.
      left_operand row = {b, 0, 1};
      block_target target = {c, (ptrdiff_t)rows, NULL, relu, 0, 0};
      small_product(1, inner, rows, row, a, !left, target, context->scratch);
    } else {
      // With one inner element there is nothing to transpose.
      block_target target = {c, (ptrdiff_t)columns, bias, relu, 0, 0};
      small_product(
          rows, inner, columns, operand, b, right && inner > 1, target, context->scratch);
    }
  }
}
