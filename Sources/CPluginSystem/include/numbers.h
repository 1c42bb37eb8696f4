// The controls of floating point: rounding, flushing of small numbers, traps.

#ifndef CPLUGIN_NUMBERS_H
#define CPLUGIN_NUMBERS_H

#include <stdint.h>

/// The controls of this thread, without the flags that record what happened.
static inline uint32_t cplugin_controls(void) {
#if defined(__x86_64__)
    uint32_t controls;
    __asm__ volatile("stmxcsr %0" : "=m"(controls));
    return controls & 0xffc0u;
#elif defined(__aarch64__)
    uint64_t controls;
    __asm__ volatile("mrs %0, fpcr" : "=r"(controls));
    return (uint32_t)controls;
#else
    return 0;
#endif
}

/// Sets the controls of this thread, and the x87 unit's where there is one, back to `controls`.
static inline void cplugin_restore_controls(uint32_t controls) {
#if defined(__x86_64__)
    uint16_t x87 = 0x037f;
    __asm__ volatile("ldmxcsr %0" : : "m"(controls));
    __asm__ volatile("fldcw %0" : : "m"(x87));
#elif defined(__aarch64__)
    uint64_t wide = controls;
    __asm__ volatile("msr fpcr, %0" : : "r"(wide));
#else
    (void)controls;
#endif
}

#endif
