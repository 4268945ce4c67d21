/* uploads.h — the files of a form that anybody may send, as a message has them. Pure. */
#pragma once

#include "../http/multipart.h"

/* Adds a part to `files`, a list of struct api_file with room for files_max; one without a name or
 * without anything in it is none. ERR_INVALID of "file": there are too many; ERR_TOO_LARGE. */
MUST_CHECK bool upload_add(struct arena *mem, const struct part *part, int64_t mb, size_t files_max,
                           struct list *files, struct err *err);
