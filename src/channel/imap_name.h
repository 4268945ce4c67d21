/* imap_name.h — names of IMAP folders: UTF-8 here, modified UTF-7 (RFC 3501, 5.1.3) there.
 *
 * Pure; what is returned lives in `mem`.
 */
#pragma once

#include "../base/arena.h"

char *imap_name_encode(struct arena *mem, const char *name);
/* A name that isn't well formed comes back as it is. Takes and gives valid UTF-8. */
char *imap_name_decode(struct arena *mem, const char *encoded);
