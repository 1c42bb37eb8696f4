#define _GNU_SOURCE

#include "libraries.h"

#include <dlfcn.h>
#include <stddef.h>

#if defined(__linux__)
#include <link.h>
#endif

void *cplugin_library_open(const char *path) {
    int mode = RTLD_NOW | RTLD_LOCAL;
#if defined(RTLD_NODELETE)
    mode |= RTLD_NODELETE;
#endif
    return dlopen(path, mode);
}

const char *cplugin_library_error(void) {
    const char *message = dlerror();
    return message == NULL ? "" : message;
}

void *cplugin_library_symbol(void *library, const char *name, bool *is_elsewhere) {
    *is_elsewhere = false;
    dlerror();
    void *symbol = dlsym(library, name);
    if (symbol == NULL) return NULL;
#if defined(__linux__)
    struct link_map *own = NULL, *found = NULL;
    Dl_info info;
    if (dlinfo(library, RTLD_DI_LINKMAP, &own) != 0 || own == NULL
        || dladdr1(symbol, &info, (void **)&found, RTLD_DL_LINKMAP) == 0 || found != own) {
        *is_elsewhere = true;
        return NULL;
    }
#endif
    return symbol;
}
