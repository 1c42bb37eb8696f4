// What a helper process gives up before it runs a plugin. Each function is 0 when its part is in force.

#ifndef CPLUGIN_SANDBOX_H
#define CPLUGIN_SANDBOX_H

#include <stdbool.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Ends this process when the thread that started it ends; -1 if that thread's process is not `parent`.
int cplugin_end_with_parent(int32_t parent);

/// Whether the pipes of a helper are there.
bool cplugin_has_pipes(void);

/// No core file, no file grows, and so many bytes of address space, seconds of work and open files.
int cplugin_limit(uint64_t memory, uint64_t seconds, uint64_t files);

/// No program that is started gains rights.
int cplugin_no_new_privileges(void);

/// Files are read below these folders only; no connection, no signal to another process. Linux has it
/// from 5.13 on. The list ends with a null; a folder that is not there is left out.
int cplugin_read_only_below(const char *_Nullable const *_Nonnull folders);

/// Only calls of the system that computing needs; the others fail with EPERM. While `loads`, files may
/// be opened for reading too. Holds for every thread; the stricter of two stays.
int cplugin_only_compute(bool loads);

/// Seconds that this process has worked.
uint64_t cplugin_seconds_used(void);

#pragma clang assume_nonnull end

#endif
