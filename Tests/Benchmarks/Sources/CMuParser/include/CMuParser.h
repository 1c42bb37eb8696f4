#ifndef CMUPARSER_H
#define CMUPARSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// One muParser parser with its variables, seen from C.

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mu_peer mu_peer;

// Makes a parser with this many slots for variables.
mu_peer *_Nonnull mu_create(size_t count);

// Gives a slot its name, which is copied.
void mu_name(mu_peer *_Nonnull peer, size_t slot, const char *_Nonnull name);

// Compiles the text and evaluates it once, since muParser compiles at the first evaluation.
// Returns false, with the reason in `error`, when it cannot.
bool mu_compile(mu_peer *_Nonnull peer, const char *_Nonnull text, char *_Nonnull error, size_t size);

// Evaluates `count` times: writes row number `i mod rows` into the slots, evaluates, stores the result
// in `results[i mod rows]`.
void mu_run(
    mu_peer *_Nonnull peer, const double *_Nonnull values, size_t rows, size_t count,
    double *_Nonnull results
);

void mu_destroy(mu_peer *_Nonnull peer);

#ifdef __cplusplus
}
#endif

#endif
