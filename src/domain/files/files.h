/* files.h — what hangs on a message: attachments that came, and uploads to send.
 *
 * Works inside the caller's transaction and organisation; results live in tx->mem.
 */
#pragma once

#include "../../http/http.h"
#include "../../store/blobs.h"

struct file {
    file_id id;
    message_id message_id; /* none: uploaded, not sent yet */
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
/* Those of all messages of a case, or of one message, oldest first: lists of struct file. */
MUST_CHECK bool file_list_of_case(struct tx *tx, case_id id, struct list *out, struct err *err);
MUST_CHECK bool file_list_of_message(struct tx *tx, message_id id, struct list *out,
                                     struct err *err);
/* Those that hang on a draft, oldest first. */
MUST_CHECK bool file_list_of_draft(struct tx *tx, draft_id id, struct list *out, struct err *err);
/* Begins an upload of the caller's: name, type and size are taken from *file, the rest is filled
 * in. */
MUST_CHECK bool file_start(struct tx *tx, struct file *file, struct err *err);
/* So many bytes of it are safe; blob is NULL until it is whole. ERR_CONFLICT when another request
 * was faster. */
MUST_CHECK bool file_advance(struct tx *tx, struct file *file, int64_t received,
                             const struct blob *blob, struct err *err);
/* Forgets an upload that belongs to no message; else ERR_CONFLICT. */
MUST_CHECK bool file_remove(struct tx *tx, const struct file *file, struct err *err);
/* Is it the caller's own? Of what belongs to no message, others know nothing. */
bool file_is_own(const struct tx *tx, const struct file *file);

/* Could it be given to a message now? ERR_INVALID (field "files") when it isn't whole, isn't the
 * caller's own, or belongs to another message already. */
MUST_CHECK bool file_check(struct tx *tx, file_id id, struct err *err);
/* Gives it to one, after the same check. */
MUST_CHECK bool file_attach(struct tx *tx, file_id id, message_id message, struct err *err);
