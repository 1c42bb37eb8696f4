// Which library a symbol is really in.

#ifndef CPLUGIN_LIBRARIES_H
#define CPLUGIN_LIBRARIES_H

#include <stdbool.h>

#pragma clang assume_nonnull begin

/// Opens a library for good: all symbols at once, none of them for other libraries, never unloaded.
/// Nil if it cannot be opened; then `cplugin_library_error` says why.
void *_Nullable cplugin_library_open(const char *path);

/// What the last failure of this thread was; valid until the next call.
const char *cplugin_library_error(void);

/// The address of a symbol that stands in the library itself; nil if it is not there, or if it stands in
/// a library that this one needs, where `dlsym` looks as well.
void *_Nullable cplugin_library_symbol(void *library, const char *name, bool *is_elsewhere);

#pragma clang assume_nonnull end

#endif
