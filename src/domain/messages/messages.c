#include "messages.h"

#include "../../base/json.h"
#include "../../base/text.h"
#include "../../language/words.h"
#include "../../store/events.h"
#include "../../store/search.h"
#include "../cases/cases.h"
#include "../files/files.h"
#include "../understanding/judge.h"

#include <string.h>

const char *const direction_names[] = { "in", "out", NULL };
const char *const message_state_names[] = { "received", "queued", "sending", "sent", "delivered",
                                            "read",     "failed", "dropped", NULL };

const struct field message_fields[] = {
    FIELD(message, id, .flags = REQUIRED),
    FIELD(message, conversation_id, .flags = REQUIRED),
    FIELD(message, case_id, .flags = REQUIRED),
    FIELD(message, place_case_id, .flags = SECRET),
    FIELD(message, channel_id, .flags = REQUIRED),
    FIELD(message, direction, .names = direction_names),
    FIELD(message, state, .names = message_state_names),
    FIELD(message, state_at, .flags = REQUIRED),
    FIELD(message, state_words, .doc = "What the provider said, in its own words"),
    FIELD(message, person_id, .doc = "The customer who wrote it"),
    FIELD(message, user_id, .doc = "The colleague who wrote it"),
    FIELD(message, external_id, .doc = "Message-ID, or the provider's id"),
    FIELD(message, content_hash, .flags = SECRET),
    FIELD(message, envelope_id, .doc = "What came in, byte for byte"),
    FIELD(message, subject, .flags = REQUIRED),
    FIELD(message, text, .doc = "Not in the outbox"),
    FIELD(message, html, .doc = "As it came: not safe to show"),
    FIELD(message, prefers_html, .doc = "The HTML shows what the text can't: pictures or tables"),
    FIELD(message, fold_at, .doc = "Bytes of text before quoted history and signature"),
    FIELD(message, parties, .flags = REQUIRED, .of = parties_fields,
          .doc = "from, to and cc as they stood"),
    FIELD(message, understood, .of = judgement_fields,
          .doc = "What a customer's words say; null for what we or a machine wrote"),
    FIELD(message, is_auto),
    FIELD(message, sent_at, .doc = "By the sender's clock"),
    FIELD(message, at, .flags = REQUIRED,
          .doc = "When it arrived at the mailbox, or was written here"),
    FIELD(message, files, .of = file_fields, .size = sizeof(struct file)),
    { 0 },
};

bool message_get(struct tx *tx, message_id id, struct message *out, struct err *err)
{
    *out = (struct message){ 0 };
    return db_one(tx, SQL_MESSAGE_GET, ARGS(arg_organisation(tx), arg_id(id)), message_fields, out,
                  err) &&
           file_list_of_message(tx, id, &out->files, err);
}

bool message_find(struct tx *tx, message_id id, struct message *out, bool *found, struct err *err)
{
    *out = (struct message){ 0 };
    return db_find(tx, SQL_MESSAGE_FIND, ARGS(arg_organisation(tx), arg_id(id)), message_fields,
                   out, found, err);
}

char *message_words(struct arena *mem, const char *subject, const char *text)
{
    const char *texts[] = { subject, text };

    return words_of(mem, 'm', texts, COUNT(texts));
}

bool message_add(struct tx *tx, struct message *m, const char *words, struct err *err)
{
    if (m->id.n == 0)
        m->id.n = id_new();
    if (m->at.ms == 0)
        m->at = tx->now;
    return db_run(tx, SQL_MESSAGE_ADD,
                  ARGS(arg_organisation(tx), arg_id(m->id), arg_id(m->conversation_id),
                       arg_id(m->case_id), arg_id(m->channel_id),
                       arg_text(direction_names[m->direction]),
                       arg_text(message_state_names[m->state]), arg_time(tx->now),
                       arg_text(m->state_words), arg_id(m->person_id), arg_id(m->user_id),
                       arg_text(m->external_id), arg_bytes(m->content_hash), arg_id(m->envelope_id),
                       arg_text(m->subject), arg_text(m->text), arg_text(m->html),
                       arg_int(m->fold_at), arg_text(m->parties.s), arg_bool(m->is_auto),
                       arg_time(m->sent_at), arg_time(m->at), arg_text(m->understood.s),
                       arg_bool(m->prefers_html), arg_id(m->place_case_id)),
                  err) &&
           search_add(tx, m->id.n, words, err);
}

bool message_by_external_id(struct tx *tx, const char *external_id, struct message *out,
                            bool *found, struct err *err)
{
    *out = (struct message){ 0 };
    return db_find(tx, SQL_MESSAGE_BY_EXTERNAL_ID,
                   ARGS(arg_organisation(tx), arg_text(external_id)), message_fields, out, found,
                   err);
}

bool message_newest(struct tx *tx, conversation_id conversation, enum direction direction,
                    message_id before, struct message *out, bool *found, struct err *err)
{
    *out = (struct message){ 0 };
    return db_find(tx, SQL_MESSAGE_NEWEST,
                   ARGS(arg_organisation(tx), arg_id(conversation),
                        arg_text(direction_names[direction]),
                        arg_int(before.n != 0 ? before.n : INT64_MAX)),
                   message_fields, out, found, err);
}

bool message_references(struct tx *tx, const struct message *message, struct list *out,
                        struct err *err)
{
    struct list found;
    const char **texts;

    if (!db_all(tx, SQL_MESSAGE_REFERENCES,
                ARGS(arg_organisation(tx), arg_id(message->conversation_id), arg_id(message->id)),
                message_fields, sizeof(struct message), &found, err))
        return false;
    texts = NEW_ARRAY(tx->mem, const char *, found.n);
    for (size_t i = 0; i < found.n; i++)
        texts[found.n - 1 - i] = ((struct message *)found.items)[i].external_id;
    *out = (struct list){ texts, found.n };
    return true;
}

/* The kinds of event that tell of a new state; NULL where nobody needs to hear of it. */
static const char *const moved_kinds[] = {
    [MESSAGE_RECEIVED] = NULL,
    [MESSAGE_QUEUED] = "message.queued",
    [MESSAGE_SENDING] = NULL,
    [MESSAGE_SENT] = "message.sent",
    [MESSAGE_DELIVERED] = "message.delivered",
    [MESSAGE_READ] = "message.read",
    [MESSAGE_FAILED] = "message.failed",
    [MESSAGE_DROPPED] = "message.dropped",
};

static const char *words_json(struct arena *mem, const char *words)
{
    struct buf json = BUF(4096);
    const char *text;

    if (!words)
        return NULL;
    buf_text(&json, "{\"words\":");
    json_write_text(&json, words);
    buf_char(&json, '}');
    text = arena_text(mem, buf_str(&json));
    buf_free(&json);
    return text;
}

static bool tell(struct tx *tx, const struct message *message, const char *kind, const char *words,
                 struct err *err)
{
    char about[ID_TEXT_MAX];

    id_write("msg", message->id.n, about);
    return event_add(tx,
                     &(struct event){ .kind = kind,
                                      .case_id = message->case_id,
                                      .about = about,
                                      .data = { words_json(tx->mem, words) } },
                     err);
}

bool message_move(struct tx *tx, const struct message *message, enum message_state from,
                  enum message_state to, const char *words, bool *moved, struct err *err)
{
    int64_t rows;

    if (!db_change(tx, SQL_MESSAGE_MOVE,
                   ARGS(arg_organisation(tx), arg_id(message->id),
                        arg_text(message_state_names[from]), arg_text(message_state_names[to]),
                        arg_time(tx->now), arg_text(words)),
                   &rows, err))
        return false;
    *moved = rows == 1;
    return !*moved || !moved_kinds[to] || tell(tx, message, moved_kinds[to], words, err);
}

bool message_note_delay(struct tx *tx, const struct message *message, const char *words,
                        struct err *err)
{
    int64_t rows;

    return db_change(tx, SQL_MESSAGE_NOTE_DELAY,
                     ARGS(arg_organisation(tx), arg_id(message->id), arg_text(words)), &rows,
                     err) &&
           (rows == 0 || tell(tx, message, "message.delayed", words, err));
}

/* Its customer waits again, unless he did already. */
bool message_drop(struct tx *tx, const struct message *message, bool *dropped, struct err *err)
{
    enum message_state from = message->state;

    *dropped = false;
    if (from != MESSAGE_QUEUED && from != MESSAGE_SENDING && from != MESSAGE_FAILED)
        return true;
    return message_move(tx, message, from, MESSAGE_DROPPED, message->state_words, dropped, err) &&
           (!*dropped || from == MESSAGE_FAILED || case_unreached(tx, message->case_id, err));
}

bool message_undrop(struct tx *tx, const struct message *message, bool *undropped, struct err *err)
{
    return message_move(tx, message, MESSAGE_DROPPED, MESSAGE_QUEUED, NULL, undropped, err) &&
           (!*undropped || case_reached(tx, message->case_id, err));
}

/* --- parties ------------------------------------------------------------------------------------
 */

static const struct field party_fields[] = {
    FIELD(party, name, .max = 1000),
    FIELD(party, address, .max = 1000),
    { 0 },
};

const struct field parties_fields[] = {
    FIELD(parties, from, .of = party_fields, .size = sizeof(struct party)),
    FIELD(parties, reply_to, .flags = OPTIONAL, .of = party_fields, .size = sizeof(struct party)),
    FIELD(parties, to, .of = party_fields, .size = sizeof(struct party), .max = 1000),
    FIELD(parties, cc, .of = party_fields, .size = sizeof(struct party), .max = 1000),
    FIELD(parties, proof, .flags = OPTIONAL,
          .doc = "Is it from him? proven; said: it says so, as anybody can; refuted: our mail "
                 "server found that it isn't"),
    { 0 },
};

char *parties_write(struct arena *mem, const struct parties *parties)
{
    struct buf json = BUF(4 << 20);
    char *text;

    json_write(&json, parties_fields, parties);
    text = arena_text(mem, buf_str(&json));
    buf_free(&json);
    return text;
}

bool parties_read(struct arena *mem, const char *json, struct parties *out, struct err *err)
{
    *out = (struct parties){ 0 };
    return json_read_stored(mem, json, parties_fields, out, err);
}
