// The C kernels: operations that Swift cannot say as well.
#ifndef CALCBURST_KERNELS_H
#define CALCBURST_KERNELS_H

/// The square root as one instruction: Swift's squareRoot() becomes the errno-checking libm call.
static inline double calcburst_sqrt(double x) {
#if defined(__clang__)
    return __builtin_elementwise_sqrt(x);
#else
    return __builtin_sqrt(x);
#endif
}

#endif
