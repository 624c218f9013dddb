// Hash functions over whole blocks, with the processor's own instructions where it has them.
#ifndef CDIGESTS_H
#define CDIGESTS_H
#include <stddef.h>
#include <stdint.h>

// Takes blocks of 64 bytes into the state of SHA-256 (FIPS 180-4).
void dh_sha256_blocks(uint32_t state[8], const uint8_t *bytes, size_t blocks);

// The same without instructions made for it: for other processors, and to be compared with.
void dh_sha256_blocks_portable(uint32_t state[8], const uint8_t *bytes, size_t blocks);

#endif
