// What plugins need of the system and Swift cannot say: one small group of functions a file.
//
//   calls.c      the call that a plugin's function sees, and the host's functions behind it
//   files.c      files that are about to be trusted
//   helper.c     a helper process as its host holds it
//   libraries.c  opening a shared library and finding what is in it
//   numbers.h    the controls of floating point
//   sandbox.c    what a helper process gives up before it runs a plugin

#ifndef CPLUGIN_SYSTEM_H
#define CPLUGIN_SYSTEM_H

#include "calls.h"
#include "files.h"
#include "helper.h"
#include "libraries.h"
#include "numbers.h"
#include "sandbox.h"

#endif
