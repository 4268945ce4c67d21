/* disk.h — files and folders: written whole, made to last, removed.
 *
 * Descriptors are the caller's: a variable with CLEANUP(close_file) or CLEANUP(close_folder).
 * What fails is ERR_FULL when the disk has no room and ERR_INTERNAL with the path for all else.
 * A new name lasts only once its folder is synced too.
 */
#pragma once

#include "crypt.h"

#include <dirent.h>

/* For CLEANUP; -1 and NULL are none. */
void close_file(int *file);
void close_folder(DIR **folder);
/* Sets *err for what just failed with errno `code`; returns false. */
bool disk_failed(struct err *err, const char *doing, const char *path, int code);

/* --- files --------------------------------------------------------------------------------- */

/* From the file's place on. `path` is only for the words of an error, here and below. */
MUST_CHECK bool write_all(int file, const char *path, struct bytes data, struct err *err);
/* read() that isn't interrupted: 0 at the end, -1 with errno. */
int64_t read_some(int file, void *out, size_t len);
/* Exactly so many bytes; a shorter file is an error. */
MUST_CHECK bool read_all(int file, const char *path, void *out, size_t len, struct err *err);
/* The hash of all from the file's place to its end. */
MUST_CHECK bool file_hash(int file, const char *path, uint8_t out[HASH_LEN], struct err *err);
/* Is it that one? No, too, when it can't be read. */
bool file_has_hash(int file, struct bytes hash);
/* Waits until nobody else has the file's lock, or shares it, on any node; it's gone with the
 * descriptor, which is open for reading and writing. */
MUST_CHECK bool file_lock(int file, const char *path, bool is_shared, struct err *err);
MUST_CHECK bool file_sync(int file, const char *path, struct err *err);

/* --- folders ------------------------------------------------------------------------------- */

/* For us alone (0700); one that is there already is fine. */
MUST_CHECK bool folder_make(const char *path, struct err *err);
MUST_CHECK bool folder_sync(const char *path, struct err *err);
/* The folder that the path's last name is in: "." and "/" too. Lives in mem. */
const char *folder_of(struct arena *mem, const char *path);
/* Removes a folder with everything in it; what isn't there is fine. */
void folder_remove(const char *path);
/* Did nobody write to it for so long, by the system's clock, which also stamps it? A path from that
 * folder. False for all that is no file. */
bool file_is_old(int folder, const char *path, int64_t age_ms);
/* Removes the old files in it, not those in its folders. One that isn't there is fine. */
MUST_CHECK bool folder_sweep(const char *path, int64_t age_ms, struct err *err);
/* Is there nothing at that path, or a folder with nothing in it but `ignored`? */
MUST_CHECK bool folder_is_free(const char *path, const char *ignored, struct err *err);
/* Makes everything written to its disk last. */
MUST_CHECK bool disk_sync(const char *folder, struct err *err);
