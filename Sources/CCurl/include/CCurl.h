// libcurl, opened when it is first needed.
//
// Linking it would add its thirty libraries to the start-up of every command, and the command is
// started far more often to add two numbers than to ask a service. So the header gives the types and
// the constants, and CCurl.c finds the functions at run time.
//
// A transfer owns everything that one request needs, and receives the answer into memory of its own,
// so that nothing on the Swift side is called back from C.

#ifndef CCURL_H
#define CCURL_H

#include <stddef.h>

#if __has_include(<curl/curl.h>)

#include <curl/curl.h>

#pragma clang assume_nonnull begin

/// Bytes that a transfer receives, up to a limit.
typedef struct {
    unsigned char *_Nullable bytes;
    size_t count;
    size_t limit;
    /// Whether more came than the limit allows; then the transfer has been stopped.
    int is_over;
} ccurl_text;

/// One request and its answer.
typedef struct {
    CURL *handle;
    struct curl_slist *_Nullable fields;
    ccurl_text head;
    ccurl_text body;
    /// What libcurl says about a failure; empty if it says nothing.
    char message[CURL_ERROR_SIZE];
} ccurl_transfer;

/// Opens libcurl; whether it is there. Any thread may call it, any number of times.
int ccurl_open(void);

/// Begins a transfer; null if libcurl is not there or there is no memory.
ccurl_transfer *_Nullable ccurl_begin(size_t head_limit, size_t body_limit);
void ccurl_end(ccurl_transfer *transfer);

// curl_easy_setopt is variadic, which Swift cannot call, and takes what is behind the option without
// looking at its type. So there is one function for each type that we pass.

/// Sets an option that takes a `long`; an `int` behind it would be read with rubbish in half of it.
CURLcode ccurl_set_long(ccurl_transfer *transfer, CURLoption option, long value);
/// Sets an option that takes a text, which libcurl copies.
CURLcode ccurl_set_text(ccurl_transfer *transfer, CURLoption option, const char *value);
/// Sets the body of the request, which libcurl copies; it may hold any bytes.
CURLcode ccurl_set_body(ccurl_transfer *transfer, const void *bytes, size_t count);
/// Adds a header field, as `Name: value`; the list of them goes along with `ccurl_perform`.
CURLcode ccurl_add_field(ccurl_transfer *transfer, const char *line);
/// Refuses every protocol but http and https, also after a redirect.
CURLcode ccurl_allow_http_only(ccurl_transfer *transfer);

/// Sends the request and receives the answer.
CURLcode ccurl_perform(ccurl_transfer *transfer);
/// The status of the answer; 0 if there was none.
long ccurl_status(ccurl_transfer *transfer);
/// libcurl's words for a code.
const char *ccurl_describe(CURLcode code);

#pragma clang assume_nonnull end

#endif
#endif
