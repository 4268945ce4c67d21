#include "drafts.h"

#include "../../auth/users.h"
#include "../../base/json.h"
#include "../../base/text.h"
#include "../../store/events.h"
#include "../../store/jobs.h"
#include "../cases/ways.h"
#include "../files/files.h"
#include "../notes/notes.h"
#include "../promises/promises.h"

#include <string.h>

enum { DRAFT_TEXT_MAX = 100000, DRAFT_JSON_MAX = 1 << 20 /* control characters grow sixfold */ };

const char *const draft_kind_names[] = { "reply", "note", NULL };

const struct field draft_content_fields[] = {
    FIELD(draft_content, text, .flags = REQUIRED, .max = DRAFT_TEXT_MAX),
    FIELD(draft_content, subject, .max = 500),
    FIELD(draft_content, to, .max = 254,
          .doc = "A mail address, as far as it was written; whoever wrote last when left out"),
    FIELD(draft_content, cc, .max = 50, .doc = "Mail addresses, as far as they were written"),
    FIELD(draft_content, files, .max = 50, .doc = "Ids of uploaded files"),
    FIELD(draft_content, personal, .max = 50,
          .doc = "Kinds of personal data that the writer sends knowingly"),
    FIELD(draft_content, promises, .of = promise_draft_fields, .size = sizeof(struct promise_draft),
          .max = PROMISES_OF_ANSWER_MAX,
          .doc = "What its writer took over of what it promises: owed once it is sent"),
    FIELD(draft_content, conversation_id, .doc = "Where it is sent; the newest when left out"),
    FIELD(draft_content, channel_id, .doc = "The channel that was chosen for it"),
    FIELD(draft_content, identity_id, .doc = "The customer's address there"),
    FIELD(draft_content, reason, .names = way_reason_names,
          .doc = "Why it goes by another channel than the case went before"),
    FIELD(draft_content, status, .names = case_status_names, .doc = "What the case becomes"),
    { 0 },
};

const struct field draft_fields[] = {
    FIELD(draft, id, .flags = REQUIRED),
    FIELD(draft, user_id, .flags = SECRET),
    FIELD(draft, case_id, .flags = REQUIRED),
    FIELD(draft, kind, .names = draft_kind_names),
    FIELD(draft, content, .flags = REQUIRED, .of = draft_content_fields),
    FIELD(draft, send_at, .doc = "When it is sent; null: it waits for its writer"),
    FIELD(draft, send_error, .doc = "Why it could not be sent"),
    FIELD(draft, updated_at, .flags = REQUIRED),
    FIELD(draft, version),
    FIELD(draft, attached, .of = file_fields, .size = sizeof(struct file),
          .doc = "What its files are; only in the drafts of one case"),
    { 0 },
};

static bool write_content(struct arena *mem, const struct draft_content *content,
                          struct json_text *out, struct err *err)
{
    CLEANUP(buf_free) struct buf json = BUF(DRAFT_JSON_MAX);

    json_write(&json, draft_content_fields, content);
    if (json.full)
        return err_set(err, ERR_TOO_LARGE, "the draft is larger than %d KB", DRAFT_JSON_MAX >> 10);
    out->s = arena_text(mem, buf_str(&json));
    return true;
}

static bool read_content(struct tx *tx, const struct draft *draft, struct draft_content *out,
                         struct err *err)
{
    *out = (struct draft_content){ 0 };
    return json_read_stored(tx->mem, draft->content.s, draft_content_fields, out, err);
}

/* --- keeping ---------------------------------------------------------------------------------- */

bool draft_find(struct tx *tx, case_id id, enum draft_kind kind, struct draft *out, bool *found,
                struct err *err)
{
    *out = (struct draft){ 0 };
    return db_find(tx, SQL_DRAFT_FIND,
                   ARGS(arg_organisation(tx), arg_id_number(tx->actor.id), arg_id(id),
                        arg_text(draft_kind_names[kind])),
                   draft_fields, out, found, err);
}

bool draft_of_id(struct tx *tx, draft_id id, struct draft *out, bool *found, struct err *err)
{
    *out = (struct draft){ 0 };
    return db_find(tx, SQL_DRAFT_GET, ARGS(arg_organisation(tx), arg_id(id)), draft_fields, out,
                   found, err);
}

/* As draft_find, but it must be there. */
static bool get(struct tx *tx, case_id id, enum draft_kind kind, struct draft *out, struct err *err)
{
    bool found;

    return draft_find(tx, id, kind, out, &found, err) &&
           (found || err_set(err, ERR_NOT_FOUND, "there is no such draft of yours"));
}

bool drafts_attached(struct tx *tx, struct list *drafts, struct err *err)
{
    struct draft *rows = drafts->items;

    for (size_t i = 0; i < drafts->n; i++)
        if (!file_list_of_draft(tx, rows[i].id, &rows[i].attached, err))
            return false;
    return true;
}

static bool forget_files(struct tx *tx, draft_id id, struct err *err)
{
    return db_run(tx, SQL_DRAFT_FORGET_FILES, ARGS(arg_organisation(tx), arg_id(id)), err);
}

/* Those that are ids; the others are refused when it's sent. */
static bool keep_files(struct tx *tx, draft_id id, const struct list *files, struct err *err)
{
    const char *const *texts = files->items;
    file_id file;

    for (size_t i = 0; i < files->n; i++)
        if (id_read("fil", texts[i], strlen(texts[i]), &file.n) &&
            !db_run(tx, SQL_DRAFT_KEEP_FILE, ARGS(arg_organisation(tx), arg_id(file), arg_id(id)),
                    err))
            return false;
    return true;
}

bool draft_save(struct tx *tx, case_id id, enum draft_kind kind,
                const struct draft_content *content, int64_t version, struct draft *out,
                struct err *err)
{
    struct casefile c;
    int64_t rows;
    bool found;

    if (!case_hold(tx, id, err) || !case_get(tx, id, &c, err) ||
        !draft_find(tx, c.id, kind, out, &found, err))
        return false;
    id = c.id;
    if (!found)
        *out = (struct draft){ .id = { id_new() }, .case_id = id, .kind = kind };
    if (out->version != version)
        return err_set(err, ERR_CHANGED, "another window of yours saved this draft since");
    if (!write_content(tx->mem, content, &out->content, err))
        return false;
    out->updated_at = tx->now;
    out->send_at = (instant){ 0 };
    out->send_error = NULL;
    out->version++;
    if (!db_change(tx, SQL_DRAFT_SAVE,
                   ARGS(arg_organisation(tx), arg_id(out->id), arg_id_number(tx->actor.id),
                        arg_id(id), arg_text(draft_kind_names[kind]), arg_text(out->content.s),
                        arg_time(tx->now), arg_int(out->version)),
                   &rows, err))
        return false;
    if (rows != 1) /* at the same moment */
        return err_set(err, ERR_CHANGED, "another window of yours saved this draft since");
    return forget_files(tx, out->id, err) && keep_files(tx, out->id, &content->files, err);
}

static bool remove_row(struct tx *tx, draft_id id, struct err *err)
{
    return forget_files(tx, id, err) &&
           db_run(tx, SQL_DRAFT_REMOVE, ARGS(arg_organisation(tx), arg_id(id)), err);
}

bool draft_remove(struct tx *tx, case_id id, enum draft_kind kind, struct err *err)
{
    struct draft draft;
    bool found;

    return draft_find(tx, id, kind, &draft, &found, err) &&
           (!found || remove_row(tx, draft.id, err));
}

static struct list both_lists(struct arena *mem, const struct list *a, const struct list *b,
                              size_t size)
{
    char *items = arena_alloc(mem, (a->n + b->n + 1) * size);

    if (a->n > 0)
        memcpy(items, a->items, a->n * size);
    if (b->n > 0)
        memcpy(items + a->n * size, b->items, b->n * size);
    return (struct list){ items, a->n + b->n };
}

/* Behind what stands in the other one; nothing of it is sent before its writer has seen both. */
static bool append(struct tx *tx, const struct draft *from, const struct draft *to, struct err *err)
{
    struct draft_content added, content;
    struct json_text both = { 0 };

    if (!read_content(tx, from, &added, err) || !read_content(tx, to, &content, err))
        return false;
    content.text = text_is_blank(content.text)
                       ? added.text
                       : arena_printf(tx->mem, "%s\n\n%s", content.text, added.text);
    content.files = both_lists(tx->mem, &content.files, &added.files, sizeof(const char *));
    content.promises =
        both_lists(tx->mem, &content.promises, &added.promises, sizeof(struct promise_draft));
    return write_content(tx->mem, &content, &both, err) &&
           db_run(tx, SQL_DRAFT_APPEND,
                  ARGS(arg_organisation(tx), arg_id(to->id), arg_text(both.s), arg_time(tx->now)),
                  err) &&
           keep_files(tx, to->id, &added.files, err) && remove_row(tx, from->id, err);
}

bool draft_follow(struct tx *tx, case_id from, case_id to, struct err *err)
{
    const struct draft *drafts;
    struct list list;

    if (!db_all(tx, SQL_DRAFT_LIST_OF_ALL, ARGS(arg_organisation(tx), arg_id(from)), draft_fields,
                sizeof(struct draft), &list, err))
        return false;
    drafts = list.items;
    for (size_t i = 0; i < list.n; i++) {
        struct draft other = { 0 };
        bool found;

        if (!db_find(tx, SQL_DRAFT_FIND,
                     ARGS(arg_organisation(tx), arg_id(drafts[i].user_id), arg_id(to),
                          arg_text(draft_kind_names[drafts[i].kind])),
                     draft_fields, &other, &found, err) ||
            (found && !append(tx, &drafts[i], &other, err)))
            return false;
    }
    return true;
}

/* --- sending ---------------------------------------------------------------------------------- */

/* Writes down when it goes ({0}: not), and why it could not. */
static bool plan(struct tx *tx, struct draft *draft, instant at, const char *why, struct err *err)
{
    draft->send_at = at;
    draft->send_error = why;
    draft->version++;
    return db_run(tx, SQL_DRAFT_PLAN,
                  ARGS(arg_organisation(tx), arg_id(draft->id), arg_time(at), arg_text(why),
                       arg_int(draft->version)),
                  err);
}

static struct answer answer_of(const struct draft_content *content)
{
    return (struct answer){
        .text = content->text,
        .subject = content->subject,
        .to = content->to,
        .cc = content->cc,
        .files = content->files,
        .personal = content->personal,
        .promises = content->promises,
        .conversation_id = content->conversation_id,
        .channel_id = content->channel_id,
        .identity_id = content->identity_id,
        .reason = content->reason,
        .status = content->status,
    };
}

static struct note_draft note_of(const struct draft_content *content)
{
    return (struct note_draft){ .text = content->text, .files = content->files };
}

bool draft_send(struct tx *tx, case_id id, enum draft_kind kind, int64_t version, instant at,
                struct draft *out, struct err *err)
{
    struct draft_content content;
    struct note_draft note;
    struct answer answer;

    if (!get(tx, id, kind, out, err) || !read_content(tx, out, &content, err))
        return false;
    if (out->version != version)
        return err_set(err, ERR_CHANGED, "another window of yours saved this draft since");
    if (text_is_blank(content.text))
        return err_field(err, "text", "has nothing in it");
    answer = answer_of(&content);
    note = note_of(&content);
    if (kind == DRAFT_REPLY ? !answer_check(tx, id, &answer, err) : !note_check(tx, &note, err))
        return false;
    return plan(tx, out, at, NULL, err) && job_add(tx, "send_draft", out->id.n, at, err);
}

bool draft_keep(struct tx *tx, case_id id, enum draft_kind kind, struct draft *out, struct err *err)
{
    bool found;

    if (!draft_find(tx, id, kind, out, &found, err))
        return false;
    if (!found || out->send_at.ms == 0) /* what is there now was begun after it */
        return err_set(err, ERR_GONE, "it was sent already");
    return plan(tx, out, (instant){ 0 }, NULL, err);
}

/* As the writer's own request would (auth/caller.c). */
static void act_as(struct tx *tx, const struct user *writer)
{
    tx->actor = (struct actor){ writer->role == ROLE_INTEGRATION ? ACTOR_INTEGRATION : ACTOR_USER,
                                writer->id.n };
}

bool draft_deliver(struct tx *tx, const struct draft *draft, struct err *err)
{
    struct draft_content content;
    struct answer answer;
    struct note_draft written;
    struct user writer;
    message_id message;
    struct note note;

    if (!user_get(tx, draft->user_id, &writer, err) || !read_content(tx, draft, &content, err))
        return false;
    if (writer.disabled || !has_right(role_rights((enum role)writer.role), CASE_WRITE))
        return err_set(err, ERR_CONFLICT, "%s may not answer any more", writer.name);
    act_as(tx, &writer);
    switch ((enum draft_kind)draft->kind) {
    case DRAFT_REPLY:
        answer = answer_of(&content);
        if (!case_answer(tx, draft->case_id, &answer, &message, err))
            return false;
        break;
    case DRAFT_NOTE:
        written = note_of(&content);
        if (!note_add(tx, draft->case_id, &written, &note, err))
            return false;
        break;
    }
    return remove_row(tx, draft->id, err);
}

bool draft_refuse(struct tx *tx, const struct draft *draft, const char *why, struct err *err)
{
    struct draft refused = *draft;
    char about[ID_TEXT_MAX];

    tx->actor = (struct actor){ ACTOR_USER, draft->user_id.n };
    id_write("drf", draft->id.n, about);
    return plan(tx, &refused, (instant){ 0 }, why, err) &&
           event_add(tx,
                     &(struct event){ .kind = "draft.refused",
                                      .case_id = draft->case_id,
                                      .about = arena_text(tx->mem, about) },
                     err);
}
