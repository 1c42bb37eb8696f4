#include "calls.h"

#include <stdlib.h>
#include <string.h>

// Every function takes what a plugin hands it as it is: null texts with a length, lengths beyond memory.

static void (*log_line)(int32_t, const char *, size_t);

static void *copy(const char *text, size_t length) {
    char *bytes = malloc(length == 0 ? 1 : length);
    if (bytes != NULL && length > 0) memcpy(bytes, text, length);
    return bytes;
}

static void set_error(cb_call *call, cb_status status, const char *text, size_t length) {
    if (call == NULL) return;
    call->status = status;
    free(call->error);
    if (text == NULL) length = 0;
    if (length > 1000) length = 1000;
    call->error = copy(text, length);
    call->error_length = call->error == NULL ? 0 : length;
}

static void set_string(cb_call *call, const char *text, size_t length) {
    if (call == NULL) return;
    free(call->answer);
    call->answer = NULL;
    call->count = 0;
    if (text == NULL) length = 0;
    if (length > call->most_bytes) {
        call->is_over = true;
        return;
    }
    call->answer = copy(text, length);
    call->count = length;
    if (call->answer == NULL) call->is_over = true;
}

static void *set_array(cb_call *call, size_t count) {
    if (call == NULL) return NULL;
    free(call->answer);
    call->answer = NULL;
    call->count = 0;
    if (count > call->most_elements) {
        call->is_over = true;
        return NULL;
    }
    // Zeros, so that a plugin that fills too little answers the same each time.
    call->answer = calloc(count == 0 ? 1 : count, 8);
    call->count = count;
    if (call->answer == NULL) call->is_over = true;
    return call->answer;
}

static bool is_cancelled(cb_call *call) {
    return call != NULL && call->is_cancelled != NULL && call->is_cancelled();
}

static void log_utf8(int32_t level, const char *text, size_t length) {
    if (log_line != NULL && text != NULL) log_line(level, text, length);
}

const cb_host *cplugin_host(void) {
    static const cb_host host = {
        sizeof(cb_host), CB_ABI_MAJOR, CB_ABI_MINOR,
        set_error, set_string, set_array, is_cancelled, log_utf8,
    };
    return &host;
}

void cplugin_set_log(void (*log)(int32_t, const char *, size_t)) { log_line = log; }

void cplugin_call_end(cb_call *call) {
    free(call->error);
    free(call->answer);
    call->error = NULL;
    call->answer = NULL;
    call->error_length = call->count = 0;
}
