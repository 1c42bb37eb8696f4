// Misdeeds before the first call: in a constructor (CONSTRUCTOR) or in `start` (START). Compile with
// one of them as the name of a function below.

#define _GNU_SOURCE
#include "../include/calcburst_plugin.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

// What the constructor was told; the operation `begins.told` gives it.
static double told;

static void crash(void) { *(volatile int *)8 = 1; }
static void leave(void) { exit(5); }
static void loop(void) { for (volatile int i = 0;;) i = 1; }
static void fail(void) {}

static void try_fork(void) {
    pid_t child = fork();
    if (child == 0) _exit(0);
    told = child < 0 ? errno : 0;
}
static void try_read(void) { told = open("/etc/shadow", O_RDONLY) < 0 ? errno : 0; }
static void try_write(void) { told = open("hostile-was-here", O_WRONLY | O_CREAT, 0600) < 0 ? errno : 0; }
static void try_connect(void) { told = socket(AF_INET, SOCK_STREAM, 0) < 0 ? errno : 0; }

// What is not chosen is not a warning.
static void (*const all[])(void) __attribute__((unused)) = {
    crash, leave, loop, fail, try_fork, try_read, try_write, try_connect,
};

#if defined(CONSTRUCTOR)
__attribute__((constructor)) static void begin(void) { CONSTRUCTOR(); }
#endif

static cb_status start(const cb_host *host) {
    (void)host;
#if defined(START)
    START();
    return CB_E_INTERNAL;
#else
    return CB_OK;
#endif
}

static double tell(double x) { return told + 0 * x; }

static const cb_op ops[] = {
    {.name = "begins.told", .signature = "(x: f64) -> f64", .doc = "What the constructor was told.",
     .examples = "begins.told(0) == 0", .scalar = CB_FN(double, (double), tell)},
};
CB_PLUGIN("begins", "1.0.0", "MIT", "", ops, start, NULL)
