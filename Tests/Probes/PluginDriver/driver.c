/* Answers the examples of a plugin with nothing of ours but the header: dlopen, the table, libffi.
 *
 *     cc -std=c11 -I Plugins/include -o driver driver.c -ldl -lffi
 *     driver ./finance.so
 *
 * One line an example, "ok" or "BAD"; for a batch entry its rows must have the bits of the scalar answers.
 * Ends with 0 only if there are examples and all are good. It reads numbers, texts, truth values and flat
 * lists; records and operators it takes for a mistake. The engine's own loader knows nothing of it, so that
 * the two can disagree.
 */
#define _GNU_SOURCE
#include "calcburst_plugin.h"

#include <dlfcn.h>
#include <ffi.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* MARK: The host */

struct cb_call {
    cb_status status;
    char error[1001];
    void *answer;
    size_t count;
};

static void set_error(cb_call *call, cb_status status, const char *text, size_t length) {
    call->status = status;
    snprintf(call->error, sizeof call->error, "%.*s", (int)(length > 1000 ? 1000 : length), text);
}

static void *set_array(cb_call *call, size_t count) {
    free(call->answer);
    call->count = count;
    return call->answer = calloc(count + 1, 8);
}

static void set_string(cb_call *call, const char *text, size_t length) {
    free(call->answer);
    call->count = length;
    call->answer = calloc(length + 1, 1);
    memcpy(call->answer, text, length);
}

static bool cancelled(cb_call *call) { return call == NULL; }

static void log_line(int32_t level, const char *text, size_t length) {
    fprintf(stderr, "%d: %.*s\n", (int)level, (int)length, text);
}

static const cb_host host = {
    sizeof(cb_host), CB_ABI_MAJOR, CB_ABI_MINOR, set_error, set_string, set_array, cancelled, log_line,
};

/* MARK: Reading */

static const char *plugin_path;

static void stop(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    printf("BAD %s: ", plugin_path);
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
    exit(1);
}

static void spaces(const char **at) { *at += strspn(*at, " "); }

static bool take(const char **at, const char *token) {
    spaces(at);
    if (strncmp(*at, token, strlen(token)) != 0) return false;
    *at += strlen(token);
    return true;
}

enum { NUMBER = 'n', TRUTH = 'b', TEXT = 's', LIST = 'l' };

typedef struct value {
    int kind;
    double number;
    double *list; /* the elements of a list */
    char *text;   /* the bytes of a text */
    size_t count;
} value;

static value read_value(const char **at) {
    value got = {NUMBER, 0, NULL, NULL, 0};
    if (take(at, "true")) return (value){TRUTH, 1, NULL, NULL, 0};
    if (take(at, "false")) return (value){TRUTH, 0, NULL, NULL, 0};
    if (**at == '"' || **at == '\'') {
        const char *end = strchr(*at + 1, **at);
        if (end == NULL) stop("a text without an end: %s", *at);
        got = (value){TEXT, 0, NULL, strndup(*at + 1, (size_t)(end - *at - 1)), (size_t)(end - *at - 1)};
        *at = end + 1;
        return got;
    }
    if (take(at, "[")) {
        got.kind = LIST;
        got.list = aligned_alloc(16, 8192);
        while (!take(at, "]")) {
            got.list[got.count++] = read_value(at).number;
            take(at, ",");
        }
        return got;
    }
    char *end;
    got.number = strtod(*at, &end);
    if (end == *at) stop("no value: %s", *at);
    *at = end;
    return got;
}

enum { MOST = 16 };

typedef struct signature {
    int count;
    char types[MOST][8]; /* of a variadic one the type of the list */
    bool is_variadic[MOST], has_default[MOST];
    value defaults[MOST];
    char result[8];
    bool may_fail;
} signature;

static void read_type(const char **at, char *type) {
    static const char *const types[] = {"[f64]", "[i64]", "f64", "i64", "bool", "str", NULL};
    for (int i = 0; types[i] != NULL; i++) {
        if (take(at, types[i])) {
            strcpy(type, types[i]);
            return;
        }
    }
    stop("no type: %s", *at);
}

static signature read_signature(const char *text) {
    signature got = {0};
    const char *at = text;
    if (!take(&at, "(")) stop("no signature: %s", text);
    while (!take(&at, ")")) {
        const int i = got.count++;
        at += strcspn(at, ":");
        take(&at, ":");
        read_type(&at, got.types[i]);
        if (take(&at, "...")) {
            got.is_variadic[i] = true;
            strcpy(got.types[i], strcmp(got.types[i], "i64") == 0 ? "[i64]" : "[f64]");
        }
        if ((got.has_default[i] = take(&at, "="))) got.defaults[i] = read_value(&at);
        take(&at, ",");
    }
    if (!take(&at, "->")) stop("no result: %s", text);
    read_type(&at, got.result);
    got.may_fail = take(&at, "!");
    return got;
}

/* MARK: Calling */

/* Room for every operand in the form that C wants. */
typedef struct operands {
    value values[MOST];
    double numbers[MOST];
    int64_t integers[MOST];
    uint8_t truths[MOST];
    void *lists[MOST];
    size_t counts[MOST];
} operands;

static bool is(const char *type, const char *wanted) { return strcmp(type, wanted) == 0; }

static void lower(const signature *s, operands *o) {
    for (int i = 0; i < s->count; i++) {
        const value v = o->values[i];
        o->numbers[i] = v.number;
        o->integers[i] = (int64_t)v.number;
        o->truths[i] = v.number != 0;
        o->counts[i] = v.count;
        o->lists[i] = is(s->types[i], "str") ? (void *)v.text : (void *)v.list;
        if (is(s->types[i], "[i64]")) {
            int64_t *wide = aligned_alloc(16, (v.count + 2) / 2 * 16);
            for (size_t k = 0; k < v.count; k++) wide[k] = (int64_t)v.list[k];
            o->lists[i] = wide;
        }
    }
}

/* The status; a scalar result is left in `result`. */
static cb_status call(const cb_op *op, const signature *s, operands *o, cb_call *c, void *result) {
    ffi_type *types[2 * MOST + 2];
    void *values[2 * MOST + 2];
    unsigned n = 0;
    void *call_pointer = c;
    if (s->may_fail) types[n] = &ffi_type_pointer, values[n++] = &call_pointer;
    for (int i = 0; i < s->count; i++) {
        const char *type = s->types[i];
        if (is(type, "f64")) types[n] = &ffi_type_double, values[n++] = &o->numbers[i];
        else if (is(type, "i64")) types[n] = &ffi_type_sint64, values[n++] = &o->integers[i];
        else if (is(type, "bool")) types[n] = &ffi_type_uint8, values[n++] = &o->truths[i];
        else {
            types[n] = &ffi_type_pointer, values[n++] = &o->lists[i];
            types[n] = &ffi_type_uint64, values[n++] = &o->counts[i];
        }
    }
    const bool is_scalar = is(s->result, "f64") || is(s->result, "i64") || is(s->result, "bool");
    ffi_type *gives = is(s->result, "f64") ? &ffi_type_double
                      : is(s->result, "i64") ? &ffi_type_sint64 : &ffi_type_uint8;
    if (s->may_fail) {
        gives = &ffi_type_sint32;
        if (is_scalar) types[n] = &ffi_type_pointer, values[n++] = &result;
    }
    ffi_cif cif;
    if (ffi_prep_cif(&cif, FFI_DEFAULT_ABI, n, gives, types) != FFI_OK) stop("%s: libffi refuses", op->name);
    union { ffi_arg wide; int64_t integer; double number; } answer = {0};
    ffi_call(&cif, op->scalar, &answer, values);
    if (s->may_fail) return (cb_status)answer.wide;
    memcpy(result, &answer, is(s->result, "bool") ? 1 : 8);
    return CB_OK;
}

/* MARK: Comparing */

static bool near(double got, double want, double tolerance) {
    return got == want || fabs(got - want) <= tolerance * fabs(want);
}

static bool agrees(const signature *s, const cb_call *c, const void *result, value want, double tolerance,
                   char *said) {
    if (is(s->result, "str")) {
        snprintf(said, 200, "%.150s", (const char *)c->answer);
        return want.kind == TEXT && c->count == want.count && memcmp(c->answer, want.text, c->count) == 0;
    }
    if (s->result[0] == '[') {
        snprintf(said, 200, "a list of %zu", c->count);
        if (want.kind != LIST || c->count != want.count) return false;
        for (size_t i = 0; i < c->count; i++) {
            const double got = is(s->result, "[i64]") ? (double)((const int64_t *)c->answer)[i]
                                                      : ((const double *)c->answer)[i];
            if (!near(got, want.list[i], tolerance)) return false;
        }
        return true;
    }
    double got = *(const double *)result;
    if (is(s->result, "i64")) got = (double)*(const int64_t *)result;
    if (is(s->result, "bool")) got = *(const uint8_t *)result;
    snprintf(said, 200, "%.17g", got);
    return want.kind == (is(s->result, "bool") ? TRUTH : NUMBER) && near(got, want.number, tolerance);
}

static int bad, examples;

static void example(const cb_op *op, const signature *s, const char *line, operands *o) {
    const char *at = line;
    char said[200] = "";
    memset(o, 0, sizeof *o);
    if (!take(&at, op->name) || !take(&at, "(")) stop("%s: not its example: %s", op->name, line);
    int given = 0;
    value rest = {LIST, 0, aligned_alloc(16, 8192), NULL, 0};
    while (!take(&at, ")")) {
        const value v = read_value(&at);
        if (given < s->count && !s->is_variadic[given]) o->values[given++] = v;
        else if (given < s->count) rest.list[rest.count++] = v.number;
        else stop("%s: too many operands: %s", op->name, line);
        take(&at, ",");
    }
    for (int i = given; i < s->count; i++) {
        if (!s->is_variadic[i] && !s->has_default[i]) stop("%s: too few operands: %s", op->name, line);
        o->values[i] = s->is_variadic[i] ? rest : s->defaults[i];
    }
    lower(s, o);

    cb_call c = {0};
    double result[2] = {0};
    const cb_status status = call(op, s, o, &c, result);
    bool good;
    if (take(&at, "fails")) {
        const value words = read_value(&at);
        snprintf(said, sizeof said, "status %d %.150s", (int)status, c.error);
        good = status != CB_OK && c.status == status && strstr(c.error, words.text) != NULL;
    } else {
        if (!take(&at, "==")) stop("%s: neither == nor fails: %s", op->name, line);
        const value want = read_value(&at);
        const double tolerance = take(&at, "~") ? read_value(&at).number : 0;
        good = status == CB_OK && agrees(s, &c, result, want, tolerance, said);
        if (status != CB_OK) snprintf(said, sizeof said, "status %d %.150s", (int)status, c.error);
    }
    spaces(&at);
    if (*at != 0) stop("%s: more than an example: %s", op->name, at);
    examples++;
    if (!good) bad++;
    printf("%s %s%s%s\n", good ? "ok " : "BAD", line, good ? "" : "   it gives ", good ? "" : said);
    free(c.answer);
}

/* The rows of a batch are the scalar answers of one row that succeeds, bit for bit. */
static void batch(const cb_op *op, const signature *s, operands *o) {
    enum { ROWS = 1025 };
    void *columns[MOST] = {0};
    for (int i = 0; i < s->count; i++) {
        columns[i] = aligned_alloc(16, 16 * ROWS);
        for (int row = 0; row < ROWS; row++) {
            if (is(s->types[i], "f64")) ((double *)columns[i])[row] = o->numbers[i] * (1 + row / 4096.0);
            else if (is(s->types[i], "i64")) ((int64_t *)columns[i])[row] = o->integers[i] + row;
            else ((uint8_t *)columns[i])[row] = o->truths[i];
        }
    }
    const size_t size = is(s->result, "bool") ? 1 : 8;
    char *out = aligned_alloc(16, 16 * ROWS);
    cb_call c = {0};
    bool good = op->batch(&c, (const void *const *)columns, out, 0) == CB_OK;
    good &= op->batch(&c, (const void *const *)columns, out, ROWS) == CB_OK;
    for (int row = 0; row < ROWS; row++) {
        double result[2] = {0};
        for (int i = 0; i < s->count; i++) {
            o->numbers[i] = ((double *)columns[i])[is(s->types[i], "f64") ? row : 0];
            o->integers[i] = ((int64_t *)columns[i])[is(s->types[i], "i64") ? row : 0];
        }
        good &= call(op, s, o, &c, result) == CB_OK && memcmp(out + size * (size_t)row, result, size) == 0;
    }
    if (!good) bad++;
    printf("%s %s: its rows are its answers\n", good ? "ok " : "BAD", op->name);
}

int main(int count, char **arguments) {
    if (count != 2) return 64;
    plugin_path = arguments[1];
    void *library = dlopen(plugin_path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (library == NULL) stop("%s", dlerror());
    const cb_plugin *(*entry)(void);
    *(void **)&entry = dlsym(library, "calcburst_plugin_v1");
    if (entry == NULL) stop("%s", dlerror());
    const cb_plugin *plugin = entry();
    if (plugin == NULL || plugin->magic != CB_MAGIC || plugin->abi_major != CB_ABI_MAJOR ||
        plugin->struct_size < sizeof(cb_plugin) || plugin->op_size < sizeof(cb_op)) {
        stop("the handshake does not fit");
    }
    if (plugin->start != NULL && plugin->start(&host) != CB_OK) stop("start fails");
    printf("%s %s, %zu operations\n", plugin->name, plugin->version, plugin->op_count);
    for (size_t i = 0; i < plugin->op_count; i++) {
        const cb_op *op = (const cb_op *)((const char *)plugin->ops + i * plugin->op_size);
        if (op->doc == NULL || strlen(op->doc) < 10) stop("%s: no doc", op->name);
        const signature s = read_signature(op->signature);
        operands o = {0}, first = {0};
        char *lines = strdup(op->examples), *rest = NULL;
        for (char *line = strtok_r(lines, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
            example(op, &s, line, &o);
            if (line == lines) first = o;
        }
        if (op->batch != NULL) batch(op, &s, &first);
    }
    if (plugin->stop != NULL) plugin->stop();
    printf("%d examples, %d bad\n", examples, bad);
    return examples == 0 || bad != 0;
}
