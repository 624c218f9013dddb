// Runs a list of instructions.

static void run(const dh_instruction *instructions, size_t count, const dh_context *context) {
  for (size_t i = 0; i < count; i++) {
    const void *details = instructions[i].details;
    switch (instructions[i].kind) {
      case DH_KIND_TILE: run_tile(details, context); break;
      case DH_KIND_MATRIX_PRODUCT: run_product(details, context); break;
      case DH_KIND_REDUCE: run_reduce(details, context); break;
      case DH_KIND_MOVE: run_move(details, context); break;
      case DH_KIND_ONE_HOT: run_one_hot(details, context); break;
      case DH_KIND_RANDOM: run_random(details, context); break;
      case DH_KIND_CONVOLUTION: run_convolution(details, context); break;
      case DH_KIND_WINDOW: run_window(details, context); break;
      case DH_KIND_LOOKUP: run_lookup(details, context); break;
      case DH_KIND_RECURRENCE: run_recurrence(details, context); break;
    }
  }
}

static dh_scratch scratch_size(const dh_instruction *instruction) {
  switch (instruction->kind) {
    case DH_KIND_TILE: return tile_scratch(instruction->details);
    case DH_KIND_MATRIX_PRODUCT: return product_scratch(instruction->details);
    case DH_KIND_REDUCE: return (dh_scratch){reduce_scratch(instruction->details), 0};
    case DH_KIND_CONVOLUTION: return convolution_scratch(instruction->details);
    case DH_KIND_WINDOW: return (dh_scratch){0, window_scratch(instruction->details)};
    case DH_KIND_LOOKUP: return (dh_scratch){lookup_scratch(instruction->details), 0};
    case DH_KIND_RECURRENCE: return recurrence_scratch(instruction->details);
    default: return (dh_scratch){0, 0};
  }
}
