// The kernels for any processor: vectors of four floats, which map to SSE2 and NEON.
#define DH_TABLE dh_kernels_portable
#include "KernelTable.h"
