#include "files.h"

#include <ctype.h>
#include <string.h>

#include "../../base/text.h"
#include "../../channel/email_parse.h"
#include "../../channel/email_text.h"
#include "../../http/multipart.h"
#include "pieces.h"

enum { TYPE_MAX = 127 };

/* --- beginning ----------------------------------------------------------------------------- */

struct file_draft {
    const char *name, *type;
    int64_t size;
};

static const struct field file_draft_fields[] = {
    FIELD(file_draft, name, .flags = REQUIRED, .min = 1),
    FIELD(file_draft, type, .max = TYPE_MAX, .doc = "As image/png; left out when it isn't known"),
    FIELD(file_draft, size, .flags = REQUIRED, .max = FILE_SIZE_MAX,
          .doc = "Bytes that will come; an empty file (0) is whole at once"),
    { 0 },
};

/* type/subtype as RFC 6838 has them: it goes into headers of mails. */
static bool is_type(const char *type)
{
    const char *slash = strchr(type, '/');

    for (const char *c = type; *c; c++)
        if (c != slash && !isalnum((unsigned char)*c) && !strchr("!#$&-^_.+", *c))
            return false;
    return slash && slash != type && slash[1] != '\0';
}

/* What a file is called and said to be, as it goes into mails. */
static bool describe(struct arena *mem, const char *name, const char *type, struct file *out,
                     struct err *err)
{
    out->name = email_file_name(mem, name, EMAIL_NAME_MAX);
    out->type = text_is_blank(type) ? "application/octet-stream" : text_lower(mem, type);
    if (*out->name == '\0')
        return err_field(err, "name", "has nothing that a file can be called by");
    return is_type(out->type) || err_field(err, "type", "must be a type like image/png");
}

/* No piece will come: it is whole at once. */
static bool start_empty(struct tx *tx, struct file *file, struct err *err)
{
    struct blob nothing = blob_of_nothing(tx->mem);

    file->user_id = (user_id){ tx->actor.id };
    return file_add(tx, file, &nothing, err);
}

/* POST /api/v1/files */
static bool post_file(struct request *rq, struct tx *tx, struct err *err)
{
    const struct file_draft *draft = rq->body;
    struct file file = { .size = draft->size };

    return describe(rq->mem, draft->name, draft->type, &file, err) &&
           (file.size > 0 ? file_start(tx, &file, err) : start_empty(tx, &file, err)) &&
           reply(rq, 201, file_fields, &file);
}

/* --- piece by piece ------------------------------------------------------------------------ */

struct piece {
    struct request *rq;
    struct file file;
    int64_t offset;
    struct blob *blob; /* once it is whole */
};

/* An upload of somebody else isn't there. */
static bool get_own(struct tx *tx, file_id id, struct file *out, struct err *err)
{
    if (!file_get(tx, id, out, err))
        return false;
    return file_is_own(tx, out) || err_set(err, ERR_NOT_FOUND, "there is no such upload of yours");
}

/* Is the piece the one that comes next? */
static bool find_place(struct tx *tx, void *arg, struct err *err)
{
    struct piece *piece = arg;
    struct file *file = &piece->file;

    if (!get_own(tx, file->id, file, err))
        return false;
    if (file->hash.data)
        return err_set(err, ERR_CONFLICT, "the file is whole already");
    if (piece->offset != file->received)
        return err_set(err, ERR_CONFLICT, "the upload goes on at Upload-Offset: %lld",
                       (long long)file->received);
    return (int64_t)piece->rq->raw.len <= file->size - file->received ||
           err_set(err, ERR_TOO_LARGE, "only %lld bytes are missing",
                   (long long)(file->size - file->received));
}

static bool advance(struct tx *tx, void *arg, struct err *err)
{
    const struct piece *piece = arg;
    struct request *rq = piece->rq;
    struct file file = piece->file;

    if (!file_advance(tx, &file, file.received + (int64_t)rq->raw.len, piece->blob, err))
        return false;
    reply_header(rq, "Upload-Offset", arena_printf(tx->mem, "%lld", (long long)file.received));
    return reply(rq, 200, file_fields, &file);
}

static bool read_offset(const struct request *rq, int64_t *out, struct err *err)
{
    const char *value = request_header(rq, "Upload-Offset");

    return (value && int_read(value, strlen(value), out)) ||
           err_set(err, ERR_MALFORMED, "say with Upload-Offset where the piece belongs");
}

/* PATCH /api/v1/files/{id}: nothing is said to have arrived before it is durable. */
static bool patch_file(struct request *rq, struct tx *tx, struct err *err)
{
    struct piece piece = { .rq = rq };
    struct blob blob;
    CLEANUP(pieces_close) struct pieces pieces = PIECES_NONE;
    file_id id;

    (void)tx;
    if (!request_id(rq, "id", "fil", &id.n, err) || !read_offset(rq, &piece.offset, err))
        return false;
    piece.file.id = id;
    /* Twice: before a file is made for it, and once no other request can change it. */
    if (!request_read(rq, find_place, &piece, err) ||
        !pieces_open(rq->store, rq->mem, id, &pieces, err) ||
        !request_read(rq, find_place, &piece, err) ||
        !pieces_add(&pieces, piece.offset, rq->raw, err))
        return false;
    if (piece.offset + (int64_t)rq->raw.len < piece.file.size)
        return request_write(rq, advance, &piece, err);
    piece.blob = &blob;
    if (!pieces_to_blob(&pieces, rq->store, rq->mem, &blob, err) ||
        !request_write(rq, advance, &piece, err))
        return false;
    pieces_remove(rq->store, rq->mem, id);
    return true;
}

/* --- whole, in a form ---------------------------------------------------------------------- */

struct upload_form {
    struct list file;
};

static const struct field upload_form_fields[] = {
    FIELD(upload_form, file, .min = 1, .max = FORM_PARTS_MAX,
          .doc = "The files, whole: each a part with this name, its filename and its type"),
    { 0 },
};

struct uploads {
    struct list items; /* of struct file */
    struct blob *blobs;
    struct request *rq;
};

static const struct field uploads_fields[] = {
    FIELD(uploads, items, .of = file_fields, .size = sizeof(struct file)),
    { 0 },
};

/* A browser's, for an input in which no file was chosen. */
static bool is_nothing(const struct part *part)
{
    return part->filename && *part->filename == '\0' && part->content.len == 0;
}

static bool take_part(const struct part *part, struct uploads *uploads, struct err *err)
{
    struct request *rq = uploads->rq;
    struct file *file = (struct file *)uploads->items.items + uploads->items.n;
    struct blob *blob = &uploads->blobs[uploads->items.n];
    const char *type = part->type;

    if (!text_equal(part->name, upload_form_fields[0].name) || !part->filename)
        return err_field(err, "file", "is what each part must be called, and have a filename");
    if (part->content.len > FILE_SIZE_MAX)
        return err_set(err, ERR_TOO_LARGE, "a file is larger than %d bytes", FILE_SIZE_MAX);
    if (type) /* without its parameters */
        type = text_trim(rq->mem, arena_text_n(rq->mem, type, strcspn(type, ";")));
    if (!describe(rq->mem, part->filename, type, file, err)) {
        err_nest(err, 0, arena_printf(rq->mem, "/file/%zu", uploads->items.n));
        return false;
    }
    uploads->items.n++;
    return blob_put(rq->store, rq->mem, part->content, blob, err);
}

static bool add_uploads(struct tx *tx, void *arg, struct err *err)
{
    struct uploads *uploads = arg;
    struct file *files = uploads->items.items;

    for (size_t i = 0; i < uploads->items.n; i++) {
        files[i].user_id = (user_id){ tx->actor.id };
        if (!file_add(tx, &files[i], &uploads->blobs[i], err))
            return false;
    }
    return reply(uploads->rq, 201, uploads_fields, uploads);
}

/* POST /api/v1/files/form */
static bool post_form(struct request *rq, struct tx *tx, struct err *err)
{
    struct uploads uploads = { .rq = rq };
    struct list parts;

    (void)tx;
    if (!multipart_read(rq->mem, request_header(rq, "Content-Type"), rq->raw, &parts, err))
        return false;
    uploads.items.items = NEW_ARRAY(rq->mem, struct file, parts.n);
    uploads.blobs = NEW_ARRAY(rq->mem, struct blob, parts.n);
    for (size_t i = 0; i < parts.n; i++) {
        const struct part *part = &((const struct part *)parts.items)[i];
        if (!is_nothing(part) && !take_part(part, &uploads, err))
            return false;
    }
    if (uploads.items.n == 0)
        return err_field(err, "file", "is missing: send at least one");
    return request_write(rq, add_uploads, &uploads, err);
}

/* --- reading ------------------------------------------------------------------------------- */

/* What belongs to a message or a note is for whoever reads cases; an upload only for its owner. */
static bool get_visible(struct request *rq, struct tx *tx, struct file *out, struct err *err)
{
    file_id id;

    if (!request_id(rq, "id", "fil", &id.n, err) || !file_get(tx, id, out, err))
        return false;
    return file_is_seen(tx, out) || err_set(err, ERR_NOT_FOUND, "there is no such thing here");
}

/* GET /api/v1/files/{id} */
static bool get_file(struct request *rq, struct tx *tx, struct err *err)
{
    struct file file;

    return get_visible(rq, tx, &file, err) && reply(rq, 200, file_fields, &file);
}

struct content_query {
    bool is_inline;
};

static const struct field content_query_fields[] = {
    { .name = "inline",
     .at = offsetof(struct content_query, is_inline),
     .kind = KIND_BOOL,
     .doc = "To be shown instead of saved, if its type is a safe one" },
    { 0 },
};

/* GET /api/v1/files/{id}/content */
static bool get_content(struct request *rq, struct tx *tx, struct err *err)
{
    const struct content_query *query = rq->body;
    struct bytes content;
    struct file file;

    if (!get_visible(rq, tx, &file, err))
        return false;
    if (!file.hash.data)
        return err_set(err, ERR_CONFLICT, "the file isn't whole yet");
    if (!blob_get(tx, file.hash, &content, err))
        return false;
    request_was_read(rq, "audit.file_read", (case_id){ 0 }, request_param(rq, "id"));
    return reply_file(rq, file.name, file.type, content, query->is_inline);
}

/* --- removing ------------------------------------------------------------------------------ */

static bool remove_own(struct tx *tx, void *arg, struct err *err)
{
    struct request *rq = arg;
    struct file file;
    file_id id;

    return request_id(rq, "id", "fil", &id.n, err) && get_own(tx, id, &file, err) &&
           file_remove(tx, &file, err) && reply_nothing(rq);
}

/* DELETE /api/v1/files/{id} */
static bool delete_file(struct request *rq, struct tx *tx, struct err *err)
{
    file_id id;

    (void)tx;
    if (!request_id(rq, "id", "fil", &id.n, err) || !request_write(rq, remove_own, rq, err))
        return false;
    pieces_remove(rq->store, rq->mem, id);
    return true;
}

static const struct route rows[] = {
    ROUTE(POST, "/api/v1/files", WRITE, post_file, CASE_WRITE, BODY(file_draft), MADE(file),
          "Begins an upload; its bytes follow by PATCH."),
    ROUTE(POST, "/api/v1/files/form", ALONE, post_form, CASE_WRITE,
          FORM_BODY(upload_form, FORM_SIZE_MAX), MADE(uploads),
          "Uploads files whole, as a form with files in it has them."),
    ROUTE(PATCH, "/api/v1/files/{id}", ALONE, patch_file, CASE_WRITE, RAW_BODY(HTTP_PIECE_MAX),
          ONE(file),
          "Adds the next piece, of any size up to all of it; Upload-Offset says where it belongs."),
    ROUTE(GET, "/api/v1/files/{id}", READ, get_file, CASE_READ, NOTHING, ONE(file),
          "Says what a file is, and how far its upload."),
    ROUTE(GET, "/api/v1/files/{id}/content", READ, get_content, CASE_READ, QUERY(content_query),
          CONTENT("*/*"), "Downloads a file; the reading is written down."),
    ROUTE(DELETE, "/api/v1/files/{id}", ALONE, delete_file, CASE_WRITE, NOTHING, NOTHING,
          "Removes an upload of one's own that was not sent."),
};
const struct routes file_routes = ROUTES(rows);
