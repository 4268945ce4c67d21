/* files.h — what hangs on a message or a note: attachments that came, and uploads.
 *
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"
#include "../../store/blobs.h"

struct file {
    file_id id;
    message_id message_id; /* neither this nor a note: uploaded, not sent yet */
    note_id note_id;
    user_id user_id;
    const char *name, *type;
    int64_t size, received; /* equal when it is whole */
    struct bytes hash;      /* of the blob; NULL while it is being uploaded; never in a reply */
    const char *content_id;
    bool is_inline;
    instant created_at;
};
extern const struct field file_fields[];
extern const struct routes file_routes;

MUST_CHECK bool file_get(struct tx *tx, file_id id, struct file *out, struct err *err);
/* A whole one, whose blob was put before; gives it an id and adds the blob's row. */
MUST_CHECK bool file_add(struct tx *tx, struct file *file, const struct blob *blob,
                         struct err *err);
/* Those of a case's messages, from the first to the last id, or of one message, oldest first: lists
 * of struct file. */
MUST_CHECK bool file_list_of_case(struct tx *tx, case_id id, int64_t first, int64_t last,
                                  struct list *out, struct err *err);
MUST_CHECK bool file_list_of_message(struct tx *tx, message_id id, struct list *out,
                                     struct err *err);
/* Those of a case's notes, in the same way. */
MUST_CHECK bool file_list_of_notes(struct tx *tx, case_id id, int64_t first, int64_t last,
                                   struct list *out, struct err *err);
/* Those that hang on a draft, oldest first. */
MUST_CHECK bool file_list_of_draft(struct tx *tx, draft_id id, struct list *out, struct err *err);
/* Begins an upload of the caller's: name, type and size are taken from *file, the rest is filled
 * in. */
MUST_CHECK bool file_start(struct tx *tx, struct file *file, struct err *err);
/* So many bytes of it are safe; blob is NULL until it is whole. ERR_CONFLICT when another request
 * was faster. */
MUST_CHECK bool file_advance(struct tx *tx, struct file *file, int64_t received,
                             const struct blob *blob, struct err *err);
/* Forgets an upload that belongs to nothing; else ERR_CONFLICT. */
MUST_CHECK bool file_remove(struct tx *tx, const struct file *file, struct err *err);
/* Is it the caller's own? */
bool file_is_own(const struct tx *tx, const struct file *file);
/* May the caller know of it? Of what belongs to nothing yet, only its owner does. */
bool file_is_seen(const struct tx *tx, const struct file *file);

/* Reads the ids of uploads that somebody wants to send: each is whole, the caller's own, belongs to
 * nothing yet, and stands there once; else ERR_INVALID names it ("/files/0"). Nothing is written:
 * what is refused then costs the others nothing that are written together with it. Gives a list of
 * file_id. */
MUST_CHECK bool files_read(struct tx *tx, const struct list *texts, struct list *out,
                           struct err *err);
/* How many bytes those have together. */
MUST_CHECK bool files_size(struct tx *tx, const struct list *files, int64_t *out, struct err *err);
/* Gives one to a message or a note, whichever is named, after the same check. */
MUST_CHECK bool file_attach(struct tx *tx, file_id id, message_id message, note_id note,
                            struct err *err);
/* The same for all that files_read() gave. */
MUST_CHECK bool files_attach(struct tx *tx, const struct list *files, message_id message,
                             note_id note, struct err *err);
