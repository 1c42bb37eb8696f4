#include "CCurl.h"

#if __has_include(<curl/curl.h>)

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// The functions of libcurl that are used, found by name. All are set, or none is.
static struct {
    CURLcode (*global_init)(long);
    CURL *(*easy_init)(void);
    void (*easy_cleanup)(CURL *);
    CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
    CURLcode (*easy_perform)(CURL *);
    CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
    const char *(*easy_strerror)(CURLcode);
    struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
    void (*slist_free_all)(struct curl_slist *);
} curl;

static pthread_once_t opening = PTHREAD_ONCE_INIT;
static int is_open = 0;

// The names under which systems have libcurl with a stable interface.
static const char *const libraries[] = {
    "libcurl.so.4",
    "libcurl-gnutls.so.4",
    "libcurl.4.dylib",
};

static int find_all(void *library) {
    // POSIX has dlsym give functions as data pointers; copying the bytes is the form it blesses.
#define FIND(name)                                           \
    do {                                                     \
        void *symbol = dlsym(library, "curl_" #name);        \
        if (symbol == NULL) return 0;                        \
        memcpy(&curl.name, &symbol, sizeof symbol);          \
    } while (0)
    FIND(global_init);
    FIND(easy_init);
    FIND(easy_cleanup);
    FIND(easy_setopt);
    FIND(easy_perform);
    FIND(easy_getinfo);
    FIND(easy_strerror);
    FIND(slist_append);
    FIND(slist_free_all);
#undef FIND
    return 1;
}

static void open_library(void) {
    for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++) {
        void *library = dlopen(libraries[i], RTLD_NOW | RTLD_LOCAL);
        if (library == NULL) continue;
        // Never closed: libcurl and what it brings keep threads and handlers of their own.
        if (find_all(library) && curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK) {
            is_open = 1;
            return;
        }
    }
}

int ccurl_open(void) {
    pthread_once(&opening, open_library);
    return is_open;
}

// Receives a part; a number other than the part's tells libcurl to stop.
static size_t receive(char *bytes, size_t size, size_t count, void *destination) {
    ccurl_text *text = destination;
    size_t length = size * count;
    if (length > text->limit - text->count) {
        text->is_over = 1;
        return 0;
    }
    if (length == 0) return 0;
    unsigned char *room = realloc(text->bytes, text->count + length);
    if (room == NULL) return 0;
    memcpy(room + text->count, bytes, length);
    text->bytes = room;
    text->count += length;
    return length;
}

ccurl_transfer *ccurl_begin(size_t head_limit, size_t body_limit) {
    if (!ccurl_open()) return NULL;
    ccurl_transfer *transfer = calloc(1, sizeof *transfer);
    if (transfer == NULL) return NULL;
    CURL *handle = curl.easy_init();
    if (handle == NULL) {
        free(transfer);
        return NULL;
    }
    transfer->handle = handle;
    transfer->head.limit = head_limit;
    transfer->body.limit = body_limit;
    curl_write_callback callback = receive;
    curl.easy_setopt(handle, CURLOPT_ERRORBUFFER, transfer->message);
    curl.easy_setopt(handle, CURLOPT_HEADERFUNCTION, callback);
    curl.easy_setopt(handle, CURLOPT_HEADERDATA, &transfer->head);
    curl.easy_setopt(handle, CURLOPT_WRITEFUNCTION, callback);
    curl.easy_setopt(handle, CURLOPT_WRITEDATA, &transfer->body);
    // A time-out by signal would jump out of another thread's work.
    curl.easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    return transfer;
}

void ccurl_end(ccurl_transfer *transfer) {
    curl.easy_cleanup(transfer->handle);
    curl.slist_free_all(transfer->fields);
    free(transfer->head.bytes);
    free(transfer->body.bytes);
    free(transfer);
}

CURLcode ccurl_set_long(ccurl_transfer *transfer, CURLoption option, long value) {
    return curl.easy_setopt(transfer->handle, option, value);
}

CURLcode ccurl_set_text(ccurl_transfer *transfer, CURLoption option, const char *value) {
    return curl.easy_setopt(transfer->handle, option, value);
}

CURLcode ccurl_set_body(ccurl_transfer *transfer, const void *bytes, size_t count) {
    // The size first: COPYPOSTFIELDS copies as many bytes as it knows of.
    CURLcode code =
        curl.easy_setopt(transfer->handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    if (code != CURLE_OK) return code;
    return curl.easy_setopt(transfer->handle, CURLOPT_COPYPOSTFIELDS, bytes);
}

CURLcode ccurl_add_field(ccurl_transfer *transfer, const char *line) {
    struct curl_slist *longer = curl.slist_append(transfer->fields, line);
    if (longer == NULL) return CURLE_OUT_OF_MEMORY;
    transfer->fields = longer;
    return CURLE_OK;
}

CURLcode ccurl_allow_http_only(ccurl_transfer *transfer) {
    // The option was renamed in 7.85, and the library may be older than the header, or newer.
#if LIBCURL_VERSION_NUM >= 0x075500
    CURLcode code = curl.easy_setopt(transfer->handle, CURLOPT_PROTOCOLS_STR, "http,https");
    if (code != CURLE_UNKNOWN_OPTION) return code;
#endif
    const CURLoption protocols = (CURLoption)(CURLOPTTYPE_LONG + 181);
    return curl.easy_setopt(
        transfer->handle, protocols, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS)
    );
}

CURLcode ccurl_perform(ccurl_transfer *transfer) {
    CURLcode code = curl.easy_setopt(transfer->handle, CURLOPT_HTTPHEADER, transfer->fields);
    return code == CURLE_OK ? curl.easy_perform(transfer->handle) : code;
}

long ccurl_status(ccurl_transfer *transfer) {
    long status = 0;
    curl.easy_getinfo(transfer->handle, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

const char *ccurl_describe(CURLcode code) { return curl.easy_strerror(code); }

#endif
