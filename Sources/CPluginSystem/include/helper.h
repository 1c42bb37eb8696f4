// A helper process as its host holds it: spawned with two pipes and some shared memory, killed, reaped.

#ifndef CPLUGIN_HELPER_H
#define CPLUGIN_HELPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Where a helper finds what it is handed; everything above is closed in it.
enum {
    CPLUGIN_REQUESTS = 3,
    CPLUGIN_ANSWERS = 4,
    CPLUGIN_SHARED = 5,
};

/// Memory that two processes see. Its size never changes, so neither can make the other's reads fault.
struct cplugin_shared {
    uintptr_t address;
    /// 0 where there is none; then everything goes through the pipes.
    size_t size;
};

/// A running helper. The descriptors do not block and are closed by exec.
struct cplugin_helper {
    int32_t pid;
    /// Names the process even if its number is given to another; -1 where there are none.
    int32_t pidfd;
    /// Where requests are written, where answers are read, and what the helper prints.
    int32_t request, answer, output;
    struct cplugin_shared shared;
};

/// Starts a program with nothing but pipes, `shared_size` bytes of memory and the null device.
///
/// Both lists end with a null. Gives 0, or the number of an error; then nothing is left behind.
int cplugin_helper_start(
    struct cplugin_helper *helper, const char *program, char *_Nullable const *_Nonnull arguments,
    char *_Nullable const *_Nonnull environment, size_t shared_size
);

/// Ends the process that was started, and no other.
void cplugin_helper_kill(const struct cplugin_helper *helper);

/// Waits for the end of the process for at most so long, or for ever if negative.
///
/// False while it runs. `status` is that of waitpid, or -1 if somebody else has taken it.
bool cplugin_helper_reap(const struct cplugin_helper *helper, int32_t milliseconds, int32_t *status);

/// Closes the descriptors and lets the memory go.
void cplugin_helper_close(struct cplugin_helper *helper);

/// write(2) that fails with EPIPE and raises no SIGPIPE, whatever the process does with that signal.
ptrdiff_t cplugin_write(int32_t descriptor, const void *bytes, size_t count);

/// read(2).
ptrdiff_t cplugin_read(int32_t descriptor, void *bytes, size_t count);

/// The memory behind a descriptor; of size 0 if there is none. The descriptor is closed.
struct cplugin_shared cplugin_shared_map(int32_t descriptor);

/// Copies into and out of the memory; false if that would reach outside.
bool cplugin_shared_write(struct cplugin_shared shared, size_t offset, const void *_Nullable bytes, size_t count);
bool cplugin_shared_read(struct cplugin_shared shared, size_t offset, void *_Nullable bytes, size_t count);

/// What a status of `cplugin_helper_reap` says: the signal, or 0; and the exit code, or -1.
int32_t cplugin_status_signal(int32_t status);
int32_t cplugin_status_code(int32_t status);

/// The name of a signal, such as SIGSEGV; null if it has none.
const char *_Nullable cplugin_signal_name(int32_t signal);

#pragma clang assume_nonnull end

#endif
