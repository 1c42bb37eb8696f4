#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "sandbox.h"

#include "helper.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

bool cplugin_has_pipes(void) {
    struct stat requests, answers;
    return fstat(CPLUGIN_REQUESTS, &requests) == 0 && S_ISFIFO(requests.st_mode)
        && fstat(CPLUGIN_ANSWERS, &answers) == 0 && S_ISFIFO(answers.st_mode);
}

static int set(int resource, uint64_t most) {
    struct rlimit now;
    if (getrlimit(resource, &now) != 0) return -1;
    if (now.rlim_max != RLIM_INFINITY && now.rlim_max < most) most = now.rlim_max;
    struct rlimit limit = {(rlim_t)most, (rlim_t)most};
    return setrlimit(resource, &limit);
}

int cplugin_limit(uint64_t memory, uint64_t seconds, uint64_t files) {
    // Each is tried, whatever became of the others.
    int failed = set(RLIMIT_CORE, 0);
    failed |= set(RLIMIT_FSIZE, 0);
    failed |= set(RLIMIT_AS, memory);
    failed |= set(RLIMIT_CPU, seconds);
    failed |= set(RLIMIT_NOFILE, files);
    return failed;
}

uint64_t cplugin_seconds_used(void) {
    struct timespec used;
    return clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) == 0 ? (uint64_t)used.tv_sec : 0;
}

#if defined(__linux__)

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

int cplugin_end_with_parent(int32_t parent) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return -1;
    // It may have ended before the line above.
    return getppid() == parent ? 0 : -1;
}

int cplugin_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

// ---- Landlock. The numbers are written here, for the headers of many systems are older than the kernel.

struct ruleset {
    uint64_t files, net, scope;
};

struct rule {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446 };
enum { READ_FILE = 1 << 2, READ_FOLDER = 1 << 3 };

int cplugin_read_only_below(const char *const *folders) {
    long version = syscall(CREATE_RULESET, NULL, 0, 1);
    if (version < 1) return -1;
    // What the kernel knows to forbid grew with its versions.
    int rights = version >= 5 ? 16 : version >= 3 ? 15 : version >= 2 ? 14 : 13;
    struct ruleset ruleset = {(1u << rights) - 1, version >= 4 ? 3 : 0, version >= 6 ? 3 : 0};
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    long descriptor = syscall(CREATE_RULESET, &ruleset, size, 0);
    if (descriptor < 0) return -1;
    long failed = 0;
    for (; *folders != NULL && failed == 0; folders++) {
        int folder = open(*folders, O_PATH | O_CLOEXEC);
        if (folder < 0) continue;
        struct stat facts;
        struct rule rule = {READ_FILE, folder};
        if (fstat(folder, &facts) == 0) {
            if (S_ISDIR(facts.st_mode)) rule.allowed |= READ_FOLDER;
            failed = syscall(ADD_RULE, descriptor, 1, &rule, 0);
        }
        close(folder);
    }
    if (failed == 0) failed = syscall(RESTRICT_SELF, descriptor, 0);
    close((int)descriptor);
    return failed == 0 ? 0 : -1;
}

// ---- seccomp: a small program that looks at the number of each call of the system.

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#if defined(MACHINE)

// What computing needs: memory, the pipes, the clock, threads, and to end.
static const uint16_t computing[] = {
    SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_close, SYS_fstat, SYS_lseek, SYS_ppoll,
    SYS_mmap, SYS_munmap, SYS_mremap, SYS_mprotect, SYS_madvise, SYS_brk, SYS_membarrier,
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack, SYS_restart_syscall,
    SYS_futex, SYS_sched_yield, SYS_sched_getaffinity, SYS_getcpu, SYS_set_robust_list, SYS_set_tid_address,
    SYS_nanosleep, SYS_clock_nanosleep, SYS_clock_gettime, SYS_clock_getres, SYS_gettimeofday,
    SYS_getpid, SYS_gettid, SYS_getppid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid,
    SYS_getrandom, SYS_getrusage, SYS_times, SYS_sysinfo, SYS_uname, SYS_exit, SYS_exit_group,
#if defined(SYS_rseq)
    SYS_rseq,
#endif
#if defined(SYS_poll)
    SYS_poll, SYS_time, SYS_arch_prctl,
#endif
};

// What loading needs besides: to look at files. `open` is looked at more closely below.
static const uint16_t loading[] = {
    SYS_newfstatat, SYS_statx, SYS_faccessat, SYS_readlinkat, SYS_getdents64, SYS_getcwd, SYS_pread64,
    SYS_fcntl, SYS_fstatfs, SYS_statfs, SYS_getrlimit, SYS_seccomp,
#if defined(SYS_faccessat2)
    SYS_faccessat2,
#endif
#if defined(SYS_stat)
    SYS_stat, SYS_lstat, SYS_access, SYS_readlink,
#endif
};

struct filter {
    struct sock_filter lines[512];
    unsigned short count;
};

static void add(struct filter *filter, uint16_t code, uint32_t operand, uint8_t then, uint8_t otherwise) {
    if (filter->count >= 512) return;
    filter->lines[filter->count++] = (struct sock_filter){code, then, otherwise, operand};
}

enum { LOAD = BPF_LD | BPF_W | BPF_ABS, EQUAL = BPF_JMP | BPF_JEQ | BPF_K, ANY_BIT = BPF_JMP | BPF_JSET | BPF_K };

static void answer(struct filter *filter, uint32_t answer) { add(filter, BPF_RET | BPF_K, answer, 0, 0); }

static void allow(struct filter *filter, uint32_t number) {
    add(filter, EQUAL, number, 0, 1);
    answer(filter, SECCOMP_RET_ALLOW);
}

#define REFUSE(error) (SECCOMP_RET_ERRNO | (error))
// Both machines are little-endian: the low half comes first.
#define OPERAND(i) ((uint32_t)offsetof(struct seccomp_data, args) + 8 * (i))

// Allows a call if an operand is `value`.
static void allow_equal(struct filter *filter, uint32_t number, int operand, uint32_t value) {
    add(filter, EQUAL, number, 0, 4);
    add(filter, LOAD, OPERAND(operand), 0, 0);
    add(filter, EQUAL, value, 0, 1);
    answer(filter, SECCOMP_RET_ALLOW);
    answer(filter, REFUSE(EPERM));
}

// Allows a call if an operand has one of the bits, or none of them.
static void allow_bits(struct filter *filter, uint32_t number, int operand, uint32_t bits, bool wanted) {
    add(filter, EQUAL, number, 0, 4);
    add(filter, LOAD, OPERAND(operand), 0, 0);
    add(filter, ANY_BIT, bits, wanted ? 0 : 1, wanted ? 1 : 0);
    answer(filter, SECCOMP_RET_ALLOW);
    answer(filter, REFUSE(EPERM));
}

int cplugin_only_compute(bool loads) {
    struct filter filter = {.count = 0};
    add(&filter, LOAD, offsetof(struct seccomp_data, arch), 0, 0);
    add(&filter, EQUAL, MACHINE, 1, 0);
    answer(&filter, SECCOMP_RET_KILL_PROCESS);
    add(&filter, LOAD, offsetof(struct seccomp_data, nr), 0, 0);
    for (size_t i = 0; i < sizeof(computing) / sizeof(computing[0]); i++) allow(&filter, computing[i]);
    const uint32_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
    if (loads) {
        for (size_t i = 0; i < sizeof(loading) / sizeof(loading[0]); i++) allow(&filter, loading[i]);
        allow_bits(&filter, SYS_openat, 2, writing, false);
#if defined(SYS_open)
        allow_bits(&filter, SYS_open, 1, writing, false);
#endif
    }
    // Threads, but no processes. clone3 keeps its flags where no filter can look, and libc then uses clone.
    allow_bits(&filter, SYS_clone, 0, CLONE_THREAD, true);
#if defined(SYS_clone3)
    add(&filter, EQUAL, SYS_clone3, 0, 1);
    answer(&filter, REFUSE(ENOSYS));
#endif
    // abort() is a signal to oneself.
    allow_equal(&filter, SYS_tgkill, 0, (uint32_t)getpid());
    allow_equal(&filter, SYS_prctl, 0, PR_SET_NAME);
    // Limits may be read and not set.
    add(&filter, EQUAL, SYS_prlimit64, 0, 6);
    add(&filter, LOAD, OPERAND(2), 0, 0);
    add(&filter, EQUAL, 0, 0, 3);
    add(&filter, LOAD, OPERAND(2) + 4, 0, 0);
    add(&filter, EQUAL, 0, 0, 1);
    answer(&filter, SECCOMP_RET_ALLOW);
    answer(&filter, REFUSE(EPERM));
    answer(&filter, REFUSE(EPERM));

    if (filter.count >= 512) return -1;
    struct sock_fprog program = {filter.count, filter.lines};
    // For every thread: a constructor of the plugin may have started some.
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0 ? 0 : -1;
}

#else
int cplugin_only_compute(bool loads) { (void)loads; return -1; }
#endif

#else

int cplugin_end_with_parent(int32_t parent) { return getppid() == parent ? 0 : -1; }
int cplugin_no_new_privileges(void) { return -1; }
int cplugin_read_only_below(const char *const *folders) { (void)folders; return -1; }
int cplugin_only_compute(bool loads) { (void)loads; return -1; }

#endif
