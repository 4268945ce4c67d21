/* email_files.h — the parts of a mail that are files: names, types, ids.
 *
 * Inside of email_body.c. Results live in `mem`.
 */
#pragma once

#include "email_mime.h"
#include "incoming.h"

/* A part as a file; `number` is for a name when none was given. An attached mail is called by
 * its subject. */
struct incoming_file mail_file_read(struct arena *mem, GMimeObject *part, const char *type,
                                    size_t number);
/* Keeps the content ids that the HTML refers to; the others become NULL. */
void mail_file_match_ids(struct arena *mem, struct incoming_file *files, size_t n,
                         const char *html);
/* The id behind "cid:", its percent signs undone. */
const char *email_content_id(struct arena *mem, const char *s);
bool mail_file_has_disposition(GMimeObject *part, const char *wanted);
/* The header block at the start of a mail, without the body, at most 64 KB. Borrowed. */
struct bytes mail_header_block(struct bytes raw);
