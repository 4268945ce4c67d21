#include "files.h"

#include <string.h>

const struct field file_fields[] = {
    FIELD(file, id, .flags = REQUIRED),
    FIELD(file, message_id, .doc = "null with a null note: uploaded, not sent yet"),
    FIELD(file, note_id, .doc = "The note that it hangs on"),
    FIELD(file, user_id, .doc = "Who uploaded it; null for what came in"),
    FIELD(file, name, .flags = REQUIRED),
    FIELD(file, type, .flags = REQUIRED),
    FIELD(file, size),
    FIELD(file, received, .doc = "Bytes that have arrived; equal to size when the file is whole"),
    FIELD(file, hash, .flags = SECRET),
    FIELD(file, content_id, .flags = OPTIONAL),
    FIELD(file, is_inline),
    FIELD(file, created_at, .flags = REQUIRED),
    { 0 },
};

bool file_get(struct tx *tx, file_id id, struct file *out, struct err *err)
{
    *out = (struct file){ 0 };
    return db_one(tx, SQL_FILE_GET, ARGS(arg_organisation(tx), arg_id(id)), file_fields, out, err);
}

static bool add(struct tx *tx, struct file *file, struct err *err)
{
    file->id = (file_id){ id_new() };
    file->created_at = tx->now;
    return db_run(tx, SQL_FILE_ADD,
                  ARGS(arg_organisation(tx), arg_id(file->id), arg_id(file->message_id),
                       arg_id(file->user_id), arg_text(file->name), arg_text(file->type),
                       arg_int(file->size), arg_int(file->received), arg_bytes(file->hash),
                       arg_text(file->content_id), arg_bool(file->is_inline),
                       arg_time(file->created_at)),
                  err);
}

bool file_add(struct tx *tx, struct file *file, const struct blob *blob, struct err *err)
{
    file->size = file->received = blob->size;
    file->hash = blob->hash;
    return blob_add(tx, blob, err) && add(tx, file, err);
}

bool file_list_of_case(struct tx *tx, case_id id, int64_t first, int64_t last, struct list *out,
                       struct err *err)
{
    return db_all(tx, SQL_FILE_LIST_OF_CASE,
                  ARGS(arg_organisation(tx), arg_id(id), arg_int(first), arg_int(last)),
                  file_fields, sizeof(struct file), out, err);
}

bool file_list_of_message(struct tx *tx, message_id id, struct list *out, struct err *err)
{
    return db_all(tx, SQL_FILE_LIST_OF_MESSAGE, ARGS(arg_organisation(tx), arg_id(id)), file_fields,
                  sizeof(struct file), out, err);
}

bool file_list_of_notes(struct tx *tx, case_id id, int64_t first, int64_t last, struct list *out,
                        struct err *err)
{
    return db_all(tx, SQL_FILE_LIST_OF_NOTES,
                  ARGS(arg_organisation(tx), arg_id(id), arg_int(first), arg_int(last)),
                  file_fields, sizeof(struct file), out, err);
}

bool file_list_of_draft(struct tx *tx, draft_id id, struct list *out, struct err *err)
{
    return db_all(tx, SQL_FILE_LIST_OF_DRAFT, ARGS(arg_organisation(tx), arg_id(id)), file_fields,
                  sizeof(struct file), out, err);
}

/* --- uploads ------------------------------------------------------------------------------- */

bool file_is_own(const struct tx *tx, const struct file *file)
{
    return file->user_id.n != 0 && file->user_id.n == tx->actor.id;
}

static bool has_home(const struct file *file)
{
    return file->message_id.n != 0 || file->note_id.n != 0;
}

bool file_is_seen(const struct tx *tx, const struct file *file)
{
    return has_home(file) || file_is_own(tx, file);
}

bool file_start(struct tx *tx, struct file *file, struct err *err)
{
    file->message_id = (message_id){ 0 };
    file->user_id = (user_id){ tx->actor.id };
    file->received = 0;
    file->hash = (struct bytes){ 0 };
    return add(tx, file, err);
}

bool file_advance(struct tx *tx, struct file *file, int64_t received, const struct blob *blob,
                  struct err *err)
{
    struct bytes hash = blob ? blob->hash : (struct bytes){ 0 };
    int64_t changed;

    if ((blob && !blob_add(tx, blob, err)) ||
        !db_change(tx, SQL_FILE_ADVANCE,
                   ARGS(arg_organisation(tx), arg_id(file->id), arg_int(file->received),
                        arg_int(received), arg_bytes(hash)),
                   &changed, err))
        return false;
    if (changed == 0)
        return err_set(err, ERR_CONFLICT, "another request was faster: ask how far the upload is");
    return file_get(tx, file->id, file, err);
}

bool file_remove(struct tx *tx, const struct file *file, struct err *err)
{
    int64_t changed;

    if (!db_change(tx, SQL_FILE_REMOVE, ARGS(arg_organisation(tx), arg_id(file->id)), &changed,
                   err))
        return false;
    if (changed == 0)
        return err_set(err, ERR_CONFLICT,
                       "the file belongs to a message or a note: it stays with it");
    return !file->hash.data || blob_drop(tx, file->hash, err);
}

/* Why a file cannot be sent; NULL when it can. */
static const char *obstacle(const struct tx *tx, const struct file *file, bool found)
{
    if (!found || !file_is_seen(tx, file))
        return "is no upload of yours";
    if (has_home(file))
        return file->note_id.n != 0 ? "belongs to a note already"
                                    : "belongs to another message already";
    return file->hash.data ? NULL : "isn't uploaded to its end";
}

static bool check(struct tx *tx, file_id id, struct err *err)
{
    struct file file = { 0 };
    char text[ID_TEXT_MAX];
    const char *why;
    bool found;

    if (!db_find(tx, SQL_FILE_GET, ARGS(arg_organisation(tx), arg_id(id)), file_fields, &file,
                 &found, err))
        return false;
    id_write("fil", id.n, text);
    why = obstacle(tx, &file, found);
    return !why || err_field(err, "files", "%s %s", text, why);
}

static bool is_repeated(const file_id *files, size_t n, file_id id)
{
    for (size_t i = 0; i < n; i++)
        if (files[i].n == id.n)
            return true;
    return false;
}

bool files_read(struct tx *tx, const struct list *texts, struct list *out, struct err *err)
{
    file_id *files = NEW_ARRAY(tx->mem, file_id, texts->n);

    for (size_t i = 0; i < texts->n; i++) {
        const char *text = ((const char **)texts->items)[i];
        const char *pointer = arena_printf(tx->mem, "/files/%zu", i);
        if (!id_read("fil", text, strlen(text), &files[i].n))
            return err_field(err, pointer, "isn't a file's id");
        if (is_repeated(files, i, files[i]))
            return err_field(err, pointer, "stands there twice");
        if (!check(tx, files[i], err))
            return false;
    }
    *out = (struct list){ files, texts->n };
    return true;
}

bool files_size(struct tx *tx, const struct list *files, int64_t *out, struct err *err)
{
    struct file file;

    *out = 0;
    for (size_t i = 0; i < files->n; i++) {
        if (!file_get(tx, ((const file_id *)files->items)[i], &file, err))
            return false;
        *out += file.size;
    }
    return true;
}

bool file_attach(struct tx *tx, file_id id, message_id message, note_id note, struct err *err)
{
    return check(tx, id, err) &&
           db_run(tx, SQL_FILE_ATTACH,
                  ARGS(arg_organisation(tx), arg_id(id), arg_id(message), arg_id(note)), err);
}

bool files_attach(struct tx *tx, const struct list *files, message_id message, note_id note,
                  struct err *err)
{
    for (size_t i = 0; i < files->n; i++)
        if (!file_attach(tx, ((const file_id *)files->items)[i], message, note, err))
            return false;
    return true;
}
