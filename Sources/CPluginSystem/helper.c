#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// ---- Spawning

// A helper dies with the *thread* that started it, since that is what PR_SET_PDEATHSIG watches. Threads
// of a pool end long before their process, so one thread that never ends starts all helpers.

struct job {
    const char *program;
    char *const *arguments, *const *environment;
    // What becomes the descriptors 0 to 5 of the helper; a negative one is left out.
    int descriptors[6];
    int error;
    pid_t pid;
    bool is_done;
    struct job *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static struct job *jobs;
static pid_t owner;

static int spawn(struct job *job) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0) return error;
    error = posix_spawnattr_init(&attributes);
    if (error != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    // A group of its own: what is typed at the host's terminal is not for the helper.
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP;
#if defined(__APPLE__)
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    posix_spawnattr_setflags(&attributes, flags);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    for (int number = 0; number < 6 && error == 0; number++) {
        int from = job->descriptors[number];
        if (from >= 0) error = posix_spawn_file_actions_adddup2(&actions, from, number);
    }
#if defined(__linux__)
    if (error == 0) error = posix_spawn_file_actions_addclosefrom_np(&actions, 6);
#endif
    if (error == 0)
        error = posix_spawn(&job->pid, job->program, &actions, &attributes, job->arguments, job->environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static void *start_helpers(void *ignored) {
    (void)ignored;
    pthread_mutex_lock(&lock);
    for (;;) {
        while (jobs == NULL) pthread_cond_wait(&changed, &lock);
        struct job *job = jobs;
        jobs = job->next;
        pthread_mutex_unlock(&lock);
        int error = spawn(job);
        pthread_mutex_lock(&lock);
        job->error = error;
        job->is_done = true;
        pthread_cond_broadcast(&changed);
    }
    return NULL;
}

static int start_thread(void) {
    if (owner == getpid()) return 0;
    pthread_attr_t attributes;
    int error = pthread_attr_init(&attributes);
    if (error != 0) return error;
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, 256 << 10);
    // The host's signals are for the host's threads.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    error = pthread_create(&thread, &attributes, start_helpers, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    if (error == 0) owner = getpid();
    return error;
}

static int spawn_elsewhere(struct job *job) {
    pthread_mutex_lock(&lock);
    int error = start_thread();
    if (error == 0) {
        job->next = jobs;
        jobs = job;
        pthread_cond_broadcast(&changed);
        while (!job->is_done) pthread_cond_wait(&changed, &lock);
        error = job->error;
    }
    pthread_mutex_unlock(&lock);
    return error;
}

// ---- Descriptors

static void close_all(int *descriptors, int count) {
    for (int i = 0; i < count; i++)
        if (descriptors[i] >= 0) close(descriptors[i]);
}

// Above the numbers of the helper, so that none is overwritten while they are handed over.
static int lift(int descriptor) {
    if (descriptor < 0) return -1;
    int lifted = fcntl(descriptor, F_DUPFD_CLOEXEC, 16);
    int error = errno;
    close(descriptor);
    errno = error;
    return lifted;
}

static bool open_pipe(int *reading, int *writing) {
    int ends[2];
#if defined(__linux__)
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
#else
    if (pipe(ends) != 0) return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
#endif
    *reading = lift(ends[0]);
    *writing = lift(ends[1]);
    return *reading >= 0 && *writing >= 0;
}

static int open_shared(size_t size) {
#if defined(__linux__)
    int descriptor = lift(memfd_create("calcburst-columns", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (descriptor < 0) return -1;
    // Sealed, for a helper that made it smaller would end the host at its next read.
    if (ftruncate(descriptor, (off_t)size) == 0
        && fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0)
        return descriptor;
    close(descriptor);
#else
    (void)size;
#endif
    return -1;
}

static struct cplugin_shared map(int descriptor, size_t size) {
    struct cplugin_shared shared = {0, 0};
    if (descriptor < 0 || size == 0) return shared;
    void *address = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (address != MAP_FAILED) {
        shared.address = (uintptr_t)address;
        shared.size = size;
    }
    return shared;
}

int cplugin_helper_start(
    struct cplugin_helper *helper, const char *program, char *const *arguments, char *const *environment,
    size_t shared_size
) {
    int ours[3] = {-1, -1, -1};  // request, answer, output
    struct job job = {.program = program, .arguments = arguments, .environment = environment};
    for (int i = 0; i < 6; i++) job.descriptors[i] = -1;

    bool is_open = open_pipe(&job.descriptors[3], &ours[0]) && open_pipe(&ours[1], &job.descriptors[4])
        && open_pipe(&ours[2], &job.descriptors[1]);
    if (is_open) {
        job.descriptors[0] = lift(open("/dev/null", O_RDONLY | O_CLOEXEC));
        job.descriptors[2] = fcntl(job.descriptors[1], F_DUPFD_CLOEXEC, 16);
        is_open = job.descriptors[0] >= 0 && job.descriptors[2] >= 0;
    }
    int error = is_open ? 0 : errno;
    struct cplugin_shared shared = {0, 0};
    if (error == 0 && shared_size > 0) {
        job.descriptors[5] = open_shared(shared_size);
        shared = map(job.descriptors[5], shared_size);
    }
    for (int i = 0; i < 3 && error == 0; i++)
        if (fcntl(ours[i], F_SETFL, fcntl(ours[i], F_GETFL) | O_NONBLOCK) != 0) error = errno;
    if (error == 0) error = spawn_elsewhere(&job);
    close_all(job.descriptors, 6);

    if (error != 0) {
        close_all(ours, 3);
        if (shared.size > 0) munmap((void *)shared.address, shared.size);
        return error;
    }
    helper->pid = job.pid;
#if defined(__linux__) && defined(SYS_pidfd_open)
    helper->pidfd = (int32_t)syscall(SYS_pidfd_open, job.pid, 0);  // close-on-exec by itself
#else
    helper->pidfd = -1;
#endif
    helper->request = ours[0];
    helper->answer = ours[1];
    helper->output = ours[2];
    helper->shared = shared;
    return 0;
}

// ---- The end

void cplugin_helper_kill(const struct cplugin_helper *helper) {
    if (helper->pid <= 0) return;
#if defined(__linux__) && defined(SYS_pidfd_send_signal)
    if (helper->pidfd >= 0) {
        syscall(SYS_pidfd_send_signal, helper->pidfd, SIGKILL, NULL, 0);
        return;
    }
#endif
    // Ours until it is reaped, so the number cannot be another's.
    kill(helper->pid, SIGKILL);
}

bool cplugin_helper_reap(const struct cplugin_helper *helper, int32_t milliseconds, int32_t *status) {
    int32_t left = milliseconds;
    for (;;) {
        int found = 0;
        pid_t pid = waitpid(helper->pid, &found, milliseconds < 0 ? 0 : WNOHANG);
        if (pid == helper->pid) {
            *status = found;
            return true;
        }
        if (pid < 0 && errno != EINTR) {
            *status = -1;
            return true;
        }
        if (pid == 0) {
            if (left <= 0) return false;
            struct pollfd ended = {.fd = helper->pidfd, .events = POLLIN};
            int32_t slice = helper->pidfd >= 0 ? left : 1;
            poll(&ended, helper->pidfd >= 0 ? 1 : 0, slice);
            left -= slice;
        }
    }
}

void cplugin_helper_close(struct cplugin_helper *helper) {
    int descriptors[4] = {helper->pidfd, helper->request, helper->answer, helper->output};
    close_all(descriptors, 4);
    if (helper->shared.size > 0) munmap((void *)helper->shared.address, helper->shared.size);
    *helper = (struct cplugin_helper){.pid = 0, .pidfd = -1, .request = -1, .answer = -1, .output = -1};
}

int32_t cplugin_status_signal(int32_t status) {
    return status >= 0 && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

int32_t cplugin_status_code(int32_t status) {
    return status >= 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

const char *cplugin_signal_name(int32_t signal) {
    switch (signal) {
    case SIGABRT: return "SIGABRT";
    case SIGBUS: return "SIGBUS";
    case SIGFPE: return "SIGFPE";
    case SIGILL: return "SIGILL";
    case SIGKILL: return "SIGKILL";
    case SIGPIPE: return "SIGPIPE";
    case SIGSEGV: return "SIGSEGV";
    case SIGSYS: return "SIGSYS";
    case SIGTERM: return "SIGTERM";
    case SIGTRAP: return "SIGTRAP";
    case SIGXCPU: return "SIGXCPU";
    case SIGXFSZ: return "SIGXFSZ";
    }
    return NULL;
}

// ---- Bytes

ptrdiff_t cplugin_write(int32_t descriptor, const void *bytes, size_t count) {
    sigset_t pipe_only, before, pending;
    sigemptyset(&pipe_only);
    sigaddset(&pipe_only, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
    ssize_t written = write(descriptor, bytes, count);
    int error = errno;
    if (written < 0 && error == EPIPE && sigismember(&before, SIGPIPE) == 0) {
        // The one that this write raised; it was raised in this thread.
        sigpending(&pending);
        int signal;
        if (sigismember(&pending, SIGPIPE) == 1) sigwait(&pipe_only, &signal);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return written;
}

ptrdiff_t cplugin_read(int32_t descriptor, void *bytes, size_t count) { return read(descriptor, bytes, count); }

struct cplugin_shared cplugin_shared_map(int32_t descriptor) {
    struct stat facts;
    struct cplugin_shared shared = {0, 0};
    if (fstat(descriptor, &facts) != 0) return shared;
    if (S_ISREG(facts.st_mode) && facts.st_size > 0) shared = map(descriptor, (size_t)facts.st_size);
    close(descriptor);
    return shared;
}

static bool has(struct cplugin_shared shared, size_t offset, size_t count) {
    return offset <= shared.size && count <= shared.size - offset;
}

bool cplugin_shared_write(struct cplugin_shared shared, size_t offset, const void *bytes, size_t count) {
    if (!has(shared, offset, count)) return false;
    if (count > 0) memcpy((char *)shared.address + offset, bytes, count);
    return true;
}

bool cplugin_shared_read(struct cplugin_shared shared, size_t offset, void *bytes, size_t count) {
    if (!has(shared, offset, count)) return false;
    if (count > 0) memcpy(bytes, (const char *)shared.address + offset, count);
    return true;
}
