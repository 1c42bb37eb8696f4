#if defined(__linux__)
#define _GNU_SOURCE
#endif

#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/mman.h>
#endif

#if defined(O_PATH)
#define FOLDER_ONLY O_PATH
#else
#define FOLDER_ONLY O_RDONLY
#endif

#if defined(__linux__) && !defined(MFD_EXEC)
#define MFD_EXEC 0x0010U
#endif

int cplugin_real_path(const char *path, char *real) {
    char *found = realpath(path, NULL);
    if (found == NULL) return -errno;
    size_t length = strlen(found);
    int result = (int)length;
    if (length < CPLUGIN_PATH_SIZE) {
        memcpy(real, found, length + 1);
    } else {
        result = -ENAMETOOLONG;
    }
    free(found);
    return result;
}

int cplugin_open_folder(int parent, const char *name) {
    int at = parent < 0 ? AT_FDCWD : parent;
    int descriptor = openat(at, name, FOLDER_ONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return descriptor < 0 ? -errno : descriptor;
}

int cplugin_open_file(int parent, const char *name) {
    int at = parent < 0 ? AT_FDCWD : parent;
    int descriptor = openat(at, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    return descriptor < 0 ? -errno : descriptor;
}

static void take(const struct stat *status, struct cplugin_facts *facts) {
    facts->device = (uint64_t)status->st_dev;
    facts->inode = (uint64_t)status->st_ino;
    facts->size = (int64_t)status->st_size;
#if defined(__APPLE__)
    facts->modified = status->st_mtimespec.tv_sec;
    facts->modified_rest = status->st_mtimespec.tv_nsec;
    facts->touched = status->st_ctimespec.tv_sec;
    facts->touched_rest = status->st_ctimespec.tv_nsec;
#else
    facts->modified = status->st_mtim.tv_sec;
    facts->modified_rest = status->st_mtim.tv_nsec;
    facts->touched = status->st_ctim.tv_sec;
    facts->touched_rest = status->st_ctim.tv_nsec;
#endif
    facts->owner = (uint32_t)status->st_uid;
    facts->permissions = (uint32_t)(status->st_mode & 07777);
    facts->is_file = S_ISREG(status->st_mode);
    facts->is_folder = S_ISDIR(status->st_mode);
}

int cplugin_facts_of(int descriptor, struct cplugin_facts *facts) {
    struct stat status;
    if (fstat(descriptor, &status) != 0) return -errno;
    take(&status, facts);
    return 0;
}

int cplugin_facts_at(const char *path, struct cplugin_facts *facts) {
    struct stat status;
    if (lstat(path, &status) != 0) return -errno;
    take(&status, facts);
    return 0;
}

bool cplugin_is_file(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

int64_t cplugin_read_file(int descriptor, void *bytes, size_t count) {
    size_t done = 0;
    while (done < count) {
        ssize_t got = pread(descriptor, (char *)bytes + done, count - done, (off_t)done);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -errno;
        if (got == 0) break;
        done += (size_t)got;
    }
    return (int64_t)done;
}

void cplugin_close(int descriptor) {
    if (descriptor >= 0) close(descriptor);
}

static int write_all(int descriptor, const void *bytes, size_t count) {
    size_t done = 0;
    while (done < count) {
        ssize_t put = write(descriptor, (const char *)bytes + done, count - done);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return -errno;
        done += (size_t)put;
    }
    return 0;
}

int cplugin_sealed_copy(const char *name, const void *bytes, size_t count) {
#if defined(__linux__)
    // Since Linux 6.3 a system may take the right to execute away unless it is asked for.
    int descriptor = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC);
    if (descriptor < 0 && errno == EINVAL) {
        descriptor = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    }
    if (descriptor < 0) return -errno;
    int result = write_all(descriptor, bytes, count);
    int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
    if (result == 0 && fcntl(descriptor, F_ADD_SEALS, seals) != 0) result = -errno;
    if (result == 0) return descriptor;
    close(descriptor);
    return result;
#else
    (void)name, (void)bytes, (void)count;
    return -ENOSYS;
#endif
}

// The name has to last after a crash too, which is the folder's to remember.
static void sync_folder_of(const char *path) {
    char folder[CPLUGIN_PATH_SIZE];
    size_t length = strlen(path);
    if (length >= sizeof folder) return;
    memcpy(folder, path, length + 1);
    char *slash = strrchr(folder, '/');
    if (slash == NULL) return;
    slash[slash == folder ? 1 : 0] = 0;
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    fsync(descriptor);
    close(descriptor);
}

int cplugin_replace(const char *path, const void *bytes, size_t count, uint32_t permissions) {
    char temporary[CPLUGIN_PATH_SIZE];
    int length = snprintf(temporary, sizeof temporary, "%s.XXXXXX", path);
    if (length < 0 || (size_t)length >= sizeof temporary) return -ENAMETOOLONG;
    int descriptor = mkstemp(temporary);
    if (descriptor < 0) return -errno;
    (void)fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    int result = write_all(descriptor, bytes, count);
    if (result == 0 && fchmod(descriptor, (mode_t)permissions) != 0) result = -errno;
    if (result == 0 && fsync(descriptor) != 0) result = -errno;
    if (close(descriptor) != 0 && result == 0) result = -errno;
    if (result == 0 && rename(temporary, path) != 0) result = -errno;
    if (result == 0) {
        sync_folder_of(path);
    } else {
        unlink(temporary);
    }
    return result;
}

uint32_t cplugin_user(void) { return (uint32_t)geteuid(); }

void cplugin_error_text(int error, char *text, size_t size) {
    if (size == 0) return;
    text[0] = 0;
#if defined(__GLIBC__)
    // The GNU form may answer with a text of its own instead of filling ours.
    const char *found = strerror_r(error, text, size);
    if (found != text) snprintf(text, size, "%s", found);
#else
    if (strerror_r(error, text, size) != 0) snprintf(text, size, "error %d", error);
#endif
}
