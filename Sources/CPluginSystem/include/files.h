// Files that are about to be trusted: opened without following links, looked at by descriptor, copied and sealed.
//
// Every function gives a negative errno when it fails.

#ifndef CPLUGIN_FILES_H
#define CPLUGIN_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// What a file is, whose it is, and what changes when somebody writes to it or puts another in its place.
struct cplugin_facts {
    uint64_t device, inode;
    int64_t size;
    /// When the content was changed, and when anything of the file was; nanoseconds behind the seconds.
    int64_t modified, modified_rest, touched, touched_rest;
    uint32_t owner, permissions;
    bool is_file, is_folder;
};

/// The most bytes of a path, with its NUL.
#define CPLUGIN_PATH_SIZE 4096

/// Writes the path without links, `.` and `..`, with its NUL; gives its length.
int cplugin_real_path(const char *path, char *real);

/// Opens a folder to look at it and to go on from it; `parent` is -1 for a path from the root.
int cplugin_open_folder(int parent, const char *name);

/// Opens a file to read it. Waits for nobody: a FIFO is open at once.
int cplugin_open_file(int parent, const char *name);

int cplugin_facts_of(int descriptor, struct cplugin_facts *facts);

/// The facts of what stands at a path now; a link is not followed.
int cplugin_facts_at(const char *path, struct cplugin_facts *facts);

/// Whether a path leads to a regular file, over links too.
bool cplugin_is_file(const char *path);

/// Reads from the start of the file; gives how much there was, at most `count`.
int64_t cplugin_read_file(int descriptor, void *bytes, size_t count);

void cplugin_close(int descriptor);

/// The bytes as a file without a name that nobody can change any more, this process included.
///
/// Linux only; -ENOSYS elsewhere.
int cplugin_sealed_copy(const char *name, const void *bytes, size_t count);

/// Puts a file with these bytes and permissions in the place of what is at `path`: all of it or nothing.
int cplugin_replace(const char *path, const void *bytes, size_t count, uint32_t permissions);

/// The user whose rights this process has.
uint32_t cplugin_user(void);

/// The system's words for an error, in memory of the caller.
void cplugin_error_text(int error, char *text, size_t size);

#pragma clang assume_nonnull end

#endif
