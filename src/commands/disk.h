/* disk.h — files and whole folders, for commands that make, copy or remove them. */
#pragma once

#include "../base/err.h"

/* For CLEANUP; -1 is none. */
void close_file(int *file);
/* Sets *err for what just failed with errno `code`; returns false. */
bool disk_failed(struct err *err, const char *doing, const char *path, int code);
MUST_CHECK bool write_all(int file, const char *path, struct bytes data, struct err *err);
/* read() that isn't interrupted: 0 at the end, -1 with errno. */
int64_t read_some(int file, void *out, size_t len);

/* Removes a folder with everything in it; what isn't there is fine. */
void folder_remove(const char *path);
/* Is there nothing at that path, or a folder with nothing in it but `ignored`? */
MUST_CHECK bool folder_is_free(const char *path, const char *ignored, struct err *err);
/* Makes everything written to its disk last. */
MUST_CHECK bool disk_sync(const char *folder, struct err *err);
