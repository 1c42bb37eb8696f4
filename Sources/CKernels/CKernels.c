// The kernels are inline; SwiftPM wants a source file for the target.
#include "CKernels.h"
