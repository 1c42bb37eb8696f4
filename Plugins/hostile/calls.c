// Misdeeds at a call: one operation each, beside two that behave.
//
// A misdeed that the system can refuse answers with errno, or with 0 if it was let through.

#define _GNU_SOURCE
#include "../include/calcburst_plugin.h"

#include <errno.h>
#include <fcntl.h>
#include <fenv.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const cb_host *host;

static cb_status start(const cb_host *handed) {
    host = handed;
    return CB_OK;
}

static double refused(long result) { return result < 0 ? errno : 0; }

// ---- Good ones

static double twice(double x) { return 2 * x; }

static double divided(double x, double y) {
    volatile double one = x, other = y;
    return one / other;
}

// Works until the process has worked for so many seconds.
static double works(double x) {
    struct timespec used;
    do clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    while (used.tv_sec + used.tv_nsec / 1e9 < x);
    return x;
}

// ---- The process ends

static double segv(double x) {
    *(volatile int *)8 = 1;
    return x;
}

__attribute__((noinline)) static double deeper(double x) {
    volatile char room[4096];
    room[0] = 1;
    return deeper(x + 1) + room[0];
}

static double aborts(double x) {
    abort();
    return x;
}

static double traps(double x) {
    __builtin_trap();
    return x;
}

static double exits(double x) {
    exit(7);
    return x;
}

static double leaves(double x) {
    _exit(9);
    return x;
}

// ---- It does not come back

static double loops(double x) {
    for (volatile int i = 0;;) i = 1;
    return x;
}

static double sleeps(double x) {
    for (;;) sleep(1000);
    return x;
}

// ---- It takes what it should not have

static double allocates(double x) {
    const size_t size = (size_t)2 << 30;
    char *bytes = malloc(size);
    if (bytes == NULL) return errno;
    for (size_t i = 0; i < size; i += 4096) bytes[i] = 1;
    return 0;
}

static double forks(double x) {
    pid_t child = fork();
    if (child == 0) _exit(0);
    double answer = refused(child);
    if (child > 0) waitpid(child, NULL, 0);
    return answer;
}

static double forks_bomb(double x) {
    double answer = 0;
    for (int i = 0; i < 1000; i++) {
        answer = forks(x);
        if (answer == 0) return 0;
    }
    return answer;
}

static double execs(double x) {
    char *const arguments[] = {"true", NULL};
    return refused(execve("/bin/true", arguments, NULL));
}

static double writes(double x) { return refused(open("hostile-was-here", O_WRONLY | O_CREAT, 0600)); }
static double reads(double x) { return refused(open("/etc/shadow", O_RDONLY)); }
static double connects(double x) { return refused(socket(AF_INET, SOCK_STREAM, 0)); }

// Signal 0 asks whether a signal could be sent, so that a test that fails ends nobody.
static double kills(double x) { return refused(kill(getppid(), 0)); }

static double traces(double x) {
    long result = ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
    double answer = refused(result);
    if (result == 0) ptrace(PTRACE_DETACH, getppid(), NULL, NULL);
    return answer;
}

static double raises(double x) {
    struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
    return refused(setrlimit(RLIMIT_AS, &limit));
}

// ---- The pipes

static double closes(double x) {
    for (int i = 0; i < 64; i++) close(i);
    return x;
}

static double garbage(double x) {
    char bytes[4096];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)(i * 37 + 11);
    for (int i = 1; i < 64; i++) {
        // Not the pipe of requests, which is open for reading only, nor what would block for ever.
        int flags = fcntl(i, F_GETFL);
        (void)flags;
        ssize_t count = write(i, bytes, sizeof bytes);
        (void)count;
    }
    return x;
}

static double floods(double x) {
    char line[1024];
    memset(line, 'x', sizeof line);
    for (int i = 0; i < 1024; i++) {
        ssize_t count = write(1 + i % 2, line, sizeof line);
        (void)count;
    }
    return 2 * x;
}

// ---- Numbers

static double rounds(double x) {
    fesetround(FE_UPWARD);
    return x;
}

static double flushes(double x) {
#if defined(__x86_64__)
    unsigned controls = __builtin_ia32_stmxcsr() | 0x8040;
    __builtin_ia32_ldmxcsr(controls);
#endif
    return x;
}

static double unmasks(double x) {
    feenableexcept(FE_DIVBYZERO);
    volatile double zero = 0;
    return x / zero;
}

static double unmasks_only(double x) {
    feenableexcept(FE_DIVBYZERO);
    return x;
}

static double not_a_number(double x) { return NAN; }
static double infinite(double x) { return INFINITY; }

// ---- Texts

static cb_status huge(cb_call *call, double x) {
    size_t size = (size_t)16 << 20;
    char *text = malloc(size);
    if (text == NULL) return CB_E_MEMORY;
    memset(text, 'x', size);
    host->set_string(call, text, size);
    free(text);
    return CB_OK;
}

static cb_status broken(cb_call *call, double x) {
    host->set_string(call, "caf\xe9", 4);
    return CB_OK;
}

static cb_status endless(cb_call *call, double x, double *out) {
    // A page of letters without an end, and a length beyond all memory.
    char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(page, 'e', 4096);
    host->set_error(call, CB_E_DOMAIN, page, (size_t)1 << 62);
    return CB_E_DOMAIN;
}

static cb_status cancels(cb_call *call, double x, double *out) { return CB_E_CANCELLED; }

#define OP(n, f)                                                                                   \
    {                                                                                              \
        .name = "bad." n, .signature = "(x: f64) -> f64", .doc = "A misdeed.",                     \
        .examples = "bad.twice(1) == 2", .scalar = CB_FN(double, (double), f)                      \
    }
#define TEXT(n, f)                                                                                 \
    {                                                                                              \
        .name = "bad." n, .signature = "(x: f64) -> str !", .doc = "A misdeed.",                   \
        .examples = "bad.twice(1) == 2", .scalar = CB_FN(cb_status, (cb_call *, double), f)        \
    }
#define FAIL(n, f)                                                                                 \
    {                                                                                              \
        .name = "bad." n, .signature = "(x: f64) -> f64 !", .doc = "A misdeed.",                   \
        .examples = "bad.twice(1) == 2", .scalar = CB_FN(cb_status, (cb_call *, double, double *), f) \
    }

static const cb_op ops[] = {
    OP("twice", twice),
    {.name = "bad.divided", .signature = "(x: f64, y: f64) -> f64", .doc = "A quotient.",
     .examples = "bad.divided(1, 2) == 0.5", .scalar = CB_FN(double, (double, double), divided)},
    OP("work", works), OP("segv", segv), OP("deep", deeper), OP("abort", aborts), OP("trap", traps), OP("exit", exits),
    OP("leave", leaves), OP("loop", loops), OP("sleep", sleeps), OP("allocate", allocates),
    OP("fork", forks), OP("bomb", forks_bomb), OP("exec", execs), OP("write", writes),
    OP("read", reads), OP("connect", connects), OP("kill", kills), OP("trace", traces),
    OP("raise", raises), OP("close", closes), OP("garbage", garbage), OP("flood", floods),
    OP("round", rounds), OP("flush", flushes), OP("unmask", unmasks),
    OP("unmask_only", unmasks_only), OP("nan", not_a_number), OP("infinite", infinite),
    TEXT("huge", huge), TEXT("broken", broken), FAIL("endless", endless), FAIL("cancel", cancels),
};
CB_PLUGIN("hostile", "1.0.0", "MIT", "", ops, start, NULL)
