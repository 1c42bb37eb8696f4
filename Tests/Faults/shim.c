/* A disk that forgets: under one folder, what no fsync followed is lost.
 *
 * durability.py compiles this and preloads it into the service. Writes go to the real files, so
 * that the program sees them. A copy of each file in a shadow folder gets them only when the
 * file is synced: the bytes that were written since the last sync, and the size. After the program
 * was killed the shadow is what a loss of power would have left, at worst.
 *
 * (Space that is only allocated holds zeros; the size at the next sync brings it along.)
 *
 * Names are kinder than on a real disk: a removal or a renaming is in the shadow at once. The
 * `-shm` file is mapped memory, which SQLite makes anew, and is left out.
 *
 * SHIM_FOLDER   the folder, as realpath spells it
 * SHIM_SHADOW   the folder of the copies
 * SHIM_COUNTS   a file of three 64-bit numbers: syncs, bytes written, bytes that were synced
 * SHIM_SWALLOW  if set, a sync reports success and does nothing: the test of the test
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES 256
#define DESCRIPTORS 65536

/* One file, however often it is open. */
struct file {
    int used;
    dev_t device;
    ino_t number;
    char shadow[PATH_MAX];
    /* The smallest size since the last sync: what lay behind it is gone. */
    off_t least;
    size_t count, room;
    struct range { off_t start, end; } *ranges;
};

static struct file files[FILES];
static struct file *opened[DESCRIPTORS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static char folder[PATH_MAX], shadow[PATH_MAX];
static size_t folder_length;
static int swallow;
static uint64_t unseen[3];
static uint64_t *counts = unseen;

static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static ssize_t (*real_pwritev)(int, const struct iovec *, int, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_unlink)(const char *);
static int (*real_unlinkat)(int, const char *, int);
static int (*real_rename)(const char *, const char *);

static void die(const char *what)
{
    dprintf(2, "shim: %s: %s\n", what, strerror(errno));
    _exit(99);
}

static void start(void)
{
#define FIND(name) if (!(*(void **)&real_##name = dlsym(RTLD_NEXT, #name))) die(#name)
    FIND(open); FIND(openat); FIND(close); FIND(write); FIND(pwrite); FIND(writev);
    FIND(pwritev); FIND(ftruncate); FIND(fsync); FIND(fdatasync); FIND(unlink); FIND(unlinkat); FIND(rename);
    const char *from = getenv("SHIM_FOLDER"), *to = getenv("SHIM_SHADOW");
    if (!from || !to) die("SHIM_FOLDER and SHIM_SHADOW are not set");
    snprintf(folder, sizeof folder, "%s/", from);
    snprintf(shadow, sizeof shadow, "%s/", to);
    folder_length = strlen(folder);
    swallow = getenv("SHIM_SWALLOW") != NULL;
    const char *path = getenv("SHIM_COUNTS");
    if (path) {
        int file = real_open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (file < 0 || real_ftruncate(file, sizeof unseen)) die(path);
        counts = mmap(NULL, sizeof unseen, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (counts == MAP_FAILED) die(path);
        real_close(file);
    }
}

static void enter(void)
{
    pthread_once(&once, start);
    pthread_mutex_lock(&lock);
}

static void leave(void)
{
    int kept = errno;
    pthread_mutex_unlock(&lock);
    errno = kept;
}

/* The path in the shadow of a path in the folder; 0 if the path is not in it or not kept. */
static int in_shadow(const char *path, char *result)
{
    size_t length = strlen(path);
    if (strncmp(path, folder, folder_length)) return 0;
    if (length >= 4 && !strcmp(path + length - 4, "-shm")) return 0;
    return snprintf(result, PATH_MAX, "%s%s", shadow, path + folder_length) < PATH_MAX;
}

static struct file *of(int descriptor)
{
    return descriptor >= 0 && descriptor < DESCRIPTORS ? opened[descriptor] : NULL;
}

static void wrote(struct file *file, off_t start, off_t end)
{
    counts[1] += end - start;
    if (file->count) {
        struct range *last = &file->ranges[file->count - 1];
        if (start <= last->end && end >= last->start) {
            if (start < last->start) last->start = start;
            if (end > last->end) last->end = end;
            return;
        }
    }
    if (file->count == file->room) {
        file->room = file->room ? file->room * 2 : 64;
        file->ranges = realloc(file->ranges, file->room * sizeof *file->ranges);
        if (!file->ranges) die("realloc");
    }
    file->ranges[file->count++] = (struct range){start, end};
}

/* Remembers a descriptor that can write a file of the folder. */
static void remember(int descriptor, int flags)
{
    if (descriptor < 0) return;
    if (descriptor >= DESCRIPTORS) die("too many descriptors");
    opened[descriptor] = NULL;
    if ((flags & O_ACCMODE) == O_RDONLY) return;
    char link[64], path[PATH_MAX], copy[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return;
    path[length] = 0;
    if (!in_shadow(path, copy)) return;
    struct stat status;
    if (fstat(descriptor, &status) || !S_ISREG(status.st_mode)) return;
    struct file *file = NULL, *free_one = NULL;
    for (int index = 0; index < FILES; index++) {
        struct file *next = &files[index];
        if (next->used && next->device == status.st_dev && next->number == status.st_ino
            && !strcmp(next->shadow, copy)) file = next;
        if (!next->used && !free_one) free_one = next;
    }
    if (!file) {
        if (!free_one) die("too many files");
        file = free_one;
        *file = (struct file){.used = 1, .device = status.st_dev, .number = status.st_ino};
        file->least = INT64_MAX;
        strcpy(file->shadow, copy);
    }
    opened[descriptor] = file;
    if (flags & O_TRUNC) file->least = 0;
}

/* A file without a name leaves nothing behind, and its number may be another file's next. */
static void forget(const char *copy)
{
    for (int index = 0; index < FILES; index++) {
        struct file *file = &files[index];
        if (!file->used || strcmp(file->shadow, copy)) continue;
        for (int descriptor = 0; descriptor < DESCRIPTORS; descriptor++) {
            if (opened[descriptor] == file) opened[descriptor] = NULL;
        }
        free(file->ranges);
        *file = (struct file){0};
    }
}

/* Makes the shadow what the file is now. */
static int promote(struct file *file, int descriptor)
{
    counts[0]++;
    if (swallow) return 0;
    struct stat status;
    if (fstat(descriptor, &status)) die("fstat");
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    int from = real_open(path, O_RDONLY | O_CLOEXEC);
    int to = real_open(file->shadow, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (from < 0 || to < 0) die(file->shadow);
    struct stat copy;
    if (fstat(to, &copy)) die("fstat");
    if (file->least < copy.st_size && real_ftruncate(to, file->least)) die("ftruncate");
    if (real_ftruncate(to, status.st_size)) die("ftruncate");
    static char buffer[1 << 16];
    for (size_t index = 0; index < file->count; index++) {
        off_t place = file->ranges[index].start, end = file->ranges[index].end;
        if (end > status.st_size) end = status.st_size;
        while (place < end) {
            off_t want = end - place;
            if (want > (off_t)sizeof buffer) want = sizeof buffer;
            ssize_t got = pread(from, buffer, want, place);
            if (got <= 0) die("pread");
            if (real_pwrite(to, buffer, got, place) != got) die("pwrite");
            place += got;
            counts[2] += got;
        }
    }
    file->count = 0;
    file->least = INT64_MAX;
    real_close(from);
    real_close(to);
    return 0;
}

/* What the program calls. */

static int open_with(int at, const char *path, int flags, mode_t mode)
{
    enter();
    int descriptor = at == AT_FDCWD ? real_open(path, flags, mode)
                                    : real_openat(at, path, flags, mode);
    int kept = errno;
    remember(descriptor, flags);
    errno = kept;
    leave();
    return descriptor;
}

#define MODE(flags)                                                                                \
    mode_t mode = 0;                                                                               \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {                                                       \
        va_list list;                                                                              \
        va_start(list, flags);                                                                     \
        mode = va_arg(list, mode_t);                                                               \
        va_end(list);                                                                              \
    }

int open(const char *path, int flags, ...)
{
    MODE(flags)
    return open_with(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    MODE(flags)
    return open_with(AT_FDCWD, path, flags, mode);
}

int openat(int at, const char *path, int flags, ...)
{
    MODE(flags)
    return open_with(at, path, flags, mode);
}

int openat64(int at, const char *path, int flags, ...)
{
    MODE(flags)
    return open_with(at, path, flags, mode);
}

int creat(const char *path, mode_t mode)
{
    return open_with(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int creat64(const char *path, mode_t mode)
{
    return creat(path, mode);
}

int close(int descriptor)
{
    enter();
    if (of(descriptor)) opened[descriptor] = NULL;
    int result = real_close(descriptor);
    leave();
    return result;
}

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    pthread_once(&once, start);
    if (!of(descriptor)) return real_write(descriptor, bytes, size);
    enter();
    ssize_t count = real_write(descriptor, bytes, size);
    if (count > 0) {
        off_t end = lseek(descriptor, 0, SEEK_CUR);
        wrote(of(descriptor), end - count, end);
    }
    leave();
    return count;
}

ssize_t writev(int descriptor, const struct iovec *parts, int size)
{
    pthread_once(&once, start);
    if (!of(descriptor)) return real_writev(descriptor, parts, size);
    enter();
    ssize_t count = real_writev(descriptor, parts, size);
    if (count > 0) {
        off_t end = lseek(descriptor, 0, SEEK_CUR);
        wrote(of(descriptor), end - count, end);
    }
    leave();
    return count;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t place)
{
    pthread_once(&once, start);
    if (!of(descriptor)) return real_pwrite(descriptor, bytes, size, place);
    enter();
    ssize_t count = real_pwrite(descriptor, bytes, size, place);
    if (count > 0) wrote(of(descriptor), place, place + count);
    leave();
    return count;
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t place)
{
    return pwrite(descriptor, bytes, size, place);
}

ssize_t pwritev(int descriptor, const struct iovec *parts, int size, off_t place)
{
    pthread_once(&once, start);
    if (!of(descriptor)) return real_pwritev(descriptor, parts, size, place);
    enter();
    ssize_t count = real_pwritev(descriptor, parts, size, place);
    if (count > 0) wrote(of(descriptor), place, place + count);
    leave();
    return count;
}

ssize_t pwritev64(int descriptor, const struct iovec *parts, int size, off64_t place)
{
    return pwritev(descriptor, parts, size, place);
}

int ftruncate(int descriptor, off_t size)
{
    enter();
    struct file *file = of(descriptor);
    int result = real_ftruncate(descriptor, size);
    if (!result && file && size < file->least) file->least = size;
    leave();
    return result;
}

int ftruncate64(int descriptor, off64_t size)
{
    return ftruncate(descriptor, size);
}

int fsync(int descriptor)
{
    enter();
    struct file *file = of(descriptor);
    int result = file ? promote(file, descriptor) : real_fsync(descriptor);
    leave();
    return result;
}

int fdatasync(int descriptor)
{
    enter();
    struct file *file = of(descriptor);
    int result = file ? promote(file, descriptor) : real_fdatasync(descriptor);
    leave();
    return result;
}

int unlink(const char *path)
{
    enter();
    char whole[PATH_MAX], copy[PATH_MAX];
    int is_ours = realpath(path, whole) && in_shadow(whole, copy);
    int result = real_unlink(path);
    if (!result && is_ours) {
        forget(copy);
        real_unlink(copy);
    }
    leave();
    return result;
}

int unlinkat(int at, const char *path, int flags)
{
    if (at == AT_FDCWD && !(flags & AT_REMOVEDIR)) return unlink(path);
    pthread_once(&once, start);
    return real_unlinkat(at, path, flags);
}

int rename(const char *from, const char *to)
{
    enter();
    char whole[PATH_MAX], old_copy[PATH_MAX], new_copy[PATH_MAX];
    int is_ours = realpath(from, whole) && in_shadow(whole, old_copy);
    int result = real_rename(from, to);
    if (!result && is_ours && realpath(to, whole) && in_shadow(whole, new_copy)) {
        forget(new_copy);
        real_rename(old_copy, new_copy);
        for (int index = 0; index < FILES; index++) {
            if (files[index].used && !strcmp(files[index].shadow, old_copy)) {
                strcpy(files[index].shadow, new_copy);
            }
        }
    }
    leave();
    return result;
}
