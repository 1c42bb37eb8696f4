// The call that a plugin's function is handed: where it leaves its error text, its string or its list.

#ifndef CPLUGIN_CALLS_H
#define CPLUGIN_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../../../Plugins/include/calcburst_plugin.h"

#pragma clang assume_nonnull begin

/// What a plugin's function knows as `cb_call`. Begins as zeros and the limits; ends with `cplugin_call_end`.
struct cb_call {
    /// The status that came with the error text; 0 if there was none.
    cb_status status;
    /// The error text, at most 1,000 bytes and not ended by a NUL.
    char *_Nullable error;
    size_t error_length;
    /// The string or the list that is the answer.
    void *_Nullable answer;
    /// Bytes of a string, elements of a list.
    size_t count;
    /// The most bytes of a string and the most elements of a list; more is refused.
    size_t most_bytes, most_elements;
    /// Whether the plugin asked for more than that, or there was no memory.
    bool is_over;
    /// Asked by `cancelled`; nil if nothing cancels this call.
    bool (*_Nullable is_cancelled)(void);
};

/// The functions of the host, the same for every plugin.
const cb_host *cplugin_host(void);

/// Where lines of `log` go: a function of the host, nil to drop them. Set once, before any plugin is loaded.
void cplugin_set_log(void (*_Nullable log)(int32_t level, const char *_Nullable utf8, size_t length));

/// Frees what the call holds.
void cplugin_call_end(struct cb_call *call);

#pragma clang assume_nonnull end

#endif
