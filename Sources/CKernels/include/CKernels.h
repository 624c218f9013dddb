// The vector kernels of the engine: element-wise tiles, reductions, optimizer passes, small GEMM.
#ifndef DOWNHILL_CKERNELS_H
#define DOWNHILL_CKERNELS_H
#endif
