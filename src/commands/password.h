/* password.h — a password that a command is given in a file or on standard input. */
#pragma once

#include "../auth/users.h"

/* Reads the first line of the file ("-": standard input), checks that it is good enough for
 * this address, and hashes it. */
MUST_CHECK bool password_read(struct arena *mem, const char *path, const char *email,
                              const char **hash, struct err *err);
