// Files of this target hold one concept each.
