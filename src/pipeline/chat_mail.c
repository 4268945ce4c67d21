/* chat_mail.c — a chat goes on by mail: what its visitor didn't see, when he is gone; and all of
 * it, when he asks for that.
 */
#include "chat.h"

#include "../base/json.h"
#include "../base/text.h"
#include "../channel/email.h"
#include "../domain/files/files.h"
#include "../store/events.h"
#include "../store/jobs.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_MAX = 512 * 1024 };

static const struct wording {
    const char *language;
    const char *subject, *missed, *whole, *end, *him;
    const char *left; /* beside a file that isn't in the mail */
} wordings[] = {
    { "nl", "Uw chat met %s",             "U hebt ons antwoord in de chat nog niet gezien. Dit schreven wij:",
     "Dit is uw chat met %s:",                                                                                                                       "U kunt op deze mail antwoorden.",    "U",
     "past niet in deze mail en staat in de chat"                     },
    { "en", "Your chat with %s",
     "You haven't seen our answer in the chat yet. This is what we wrote:",                                    "This is your chat with %s:",         "You can answer this mail.",          "You",
     "doesn't fit this mail and is in the chat"                       },
    { "fr", "Votre conversation avec %s",
     "Vous n'avez pas encore vu notre réponse. Voici ce que nous avons écrit :",                               "Voici votre conversation avec %s :", "Vous pouvez répondre à ce message.", "Vous",
     "ne tient pas dans ce message et se trouve dans la conversation" },
};

struct mailing {
    struct job job;
    struct open_channel chat, email;
    struct visitor visitor;
    struct outgoing outgoing;
    bool is_moot; /* seen, gone, or nowhere to send it */
    bool is_here; /* look again later */
    bool is_whole;
    int64_t up_to; /* the newest position in it */
    case_id case_id;
    const char *said; /* what became of it, for history */
    const char *words;
    struct list files;  /* of struct chat_file: those that go with it */
    int64_t files_size; /* bytes of these together */
};

static const struct wording *wording_of(const char *language)
{
    for (size_t i = 1; i < COUNT(wordings); i++)
        if (text_equal(wordings[i].language, language))
            return &wordings[i];
    return &wordings[0];
}

static const char *title_of(const struct mailing *mailing)
{
    const struct chat_settings *settings = mailing->chat.settings;

    return text_is_blank(settings->title) ? settings->address : settings->title;
}

/* --- what goes into it ---------------------------------------------------------------------- */

/* Is there still room for it? A list that grows has a place for each file of the items. */
static bool takes_file(struct mailing *mailing, const struct chat_file *file)
{
    struct chat_file *files = mailing->files.items;

    if (mailing->files_size + file->size > email_channel.files_max)
        return false;
    mailing->files_size += file->size;
    files[mailing->files.n++] = *file;
    return true;
}

static void add_item(struct mailing *mailing, const struct chat_item *item, struct buf *text)
{
    const struct wording *wording = wording_of(mailing->visitor.language);
    const struct chat_file *files = item->files.items;

    buf_printf(text, "\n%s:\n%s\n",
               item->direction == DIRECTION_IN ? wording->him
               : item->author                  ? item->author
                                               : title_of(mailing),
               item->text);
    for (size_t i = 0; i < item->files.n; i++)
        if (takes_file(mailing, &files[i]))
            buf_printf(text, "[%s]\n", files[i].name);
        else
            buf_printf(text, "[%s: %s]\n", files[i].name, wording->left);
}

static size_t count_files(const struct list *items)
{
    const struct chat_item *all = items->items;
    size_t n = 0;

    for (size_t i = 0; i < items->n; i++)
        n += all[i].files.n;
    return n;
}

/* The items of one kind of mail; the number of them. */
static size_t write_items(struct arena *mem, struct mailing *mailing, const struct list *items,
                          struct buf *text)
{
    const struct chat_item *all = items->items;
    size_t n = 0;

    mailing->files = (struct list){ NEW_ARRAY(mem, struct chat_file, count_files(items)), 0 };
    mailing->files_size = 0;
    for (size_t i = 0; i < items->n; i++) {
        if (!mailing->is_whole &&
            (all[i].direction == DIRECTION_IN || all[i].state == MESSAGE_READ))
            continue;
        add_item(mailing, &all[i], text);
        mailing->up_to = all[i].position;
        n++;
    }
    return n;
}

static bool write_text(struct tx *tx, struct mailing *mailing, struct err *err)
{
    const struct wording *wording = wording_of(mailing->visitor.language);
    const struct visitor *visitor = &mailing->visitor;
    CLEANUP(buf_free) struct buf text = BUF(TEXT_MAX);
    int64_t seen = visitor->read > visitor->mailed ? visitor->read : visitor->mailed;
    struct list items;

    if (!(mailing->is_whole ? chat_items_newest(tx, visitor, &items, err)
                            : chat_items_after(tx, visitor, seen, &items, err)))
        return false;
    buf_printf(&text, mailing->is_whole ? wording->whole : "%s",
               mailing->is_whole ? title_of(mailing) : wording->missed);
    buf_char(&text, '\n');
    mailing->is_moot = write_items(tx->mem, mailing, &items, &text) == 0;
    buf_printf(&text, "\n%s\n", wording->end);
    mailing->outgoing.text = arena_text(tx->mem, buf_str(&text));
    return true;
}

static bool load_files(struct tx *tx, struct mailing *mailing, struct err *err)
{
    const struct chat_file *files = mailing->files.items;
    size_t n = mailing->files.n;
    struct outgoing_file *out = NEW_ARRAY(tx->mem, struct outgoing_file, n);
    struct file file;

    for (size_t i = 0; i < n; i++) {
        out[i] = (struct outgoing_file){ .name = files[i].name, .type = files[i].type };
        if (!file_get(tx, files[i].id, &file, err) || !blob_get(tx, file.hash, &out[i].data, err))
            return false;
    }
    mailing->outgoing.files = (struct list){ out, n };
    return true;
}

/* --- whom, and over what --------------------------------------------------------------------- */

static bool open_email(struct tx *tx, struct mailing *mailing, struct err *err)
{
    const struct chat_settings *settings = mailing->chat.settings;
    const char *id = settings->mail_channel;
    channel_id channel;

    mailing->is_moot = text_is_blank(id) || text_is_blank(mailing->visitor.email) ||
                       !id_read("chn", id, strlen(id), &channel.n);
    if (mailing->is_moot)
        return true;
    if (!channel_open(tx, channel, &mailing->email, err)) {
        if (err->code != ERR_NOT_FOUND)
            return false;
        err_clear(err);
        mailing->is_moot = true;
        return true;
    }
    mailing->is_moot = mailing->email.type != &email_channel || !mailing->email.row.enabled;
    return true;
}

static bool fill(struct tx *tx, struct mailing *mailing, struct err *err)
{
    const struct wording *wording = wording_of(mailing->visitor.language);
    struct outgoing *out = &mailing->outgoing;
    struct conversation conversation;
    struct organisation organisation;
    const char *at = strrchr(mailing->email.row.address, '@');
    struct casefile c;

    if (!conversation_get(tx, mailing->visitor.conversation_id, &conversation, err) ||
        !case_get(tx, conversation.case_id, &c, err) || !organisation_get(tx, &organisation, err))
        return false;
    mailing->case_id = c.id;
    out->id = arena_text(tx->mem, id_text("job", mailing->job.id.n).s);
    out->to = (struct party){ mailing->visitor.name ? mailing->visitor.name : "",
                              mailing->visitor.email };
    out->subject = arena_printf(tx->mem, wording->subject, title_of(mailing));
    out->case_reference = c.reference;
    /* He only said that the address is his: who answers from there shows it. */
    out->reply_token = conversation_token_to(tx->mem, store_key(tx->store), conversation.id,
                                             mailing->visitor.email);
    /* Where the server takes no token in an address, the answer refers to this. */
    out->message_id = arena_printf(tx->mem, "%s+%s@%s", out->id, out->reply_token,
                                   at ? at + 1 : "gestand.invalid");
    out->language = organisation.language;
    out->time_zone = organisation.time_zone;
    out->at = tx->now;
    out->is_auto = true; /* nobody's answering machine needs to hear of it */
    return true;
}

static bool load(struct tx *tx, void *arg, struct err *err)
{
    struct mailing *mailing = arg;
    bool found;

    mailing->outgoing = (struct outgoing){ 0 };
    mailing->is_here = false;
    if (!visitor_find(tx, (visitor_id){ mailing->job.about }, &mailing->visitor, &found, err))
        return false;
    mailing->is_moot = !found || mailing->visitor.conversation_id.n == 0;
    if (mailing->is_moot)
        return true;
    if (!channel_open(tx, mailing->visitor.channel_id, &mailing->chat, err) ||
        !open_email(tx, mailing, err))
        return false;
    if (mailing->is_moot)
        return true;
    mailing->is_here = !mailing->is_whole && mailing->visitor.state != VISITOR_AWAY &&
                       mailing->visitor.until.ms > tx->now.ms;
    return fill(tx, mailing, err) && write_text(tx, mailing, err) &&
           (mailing->is_here || mailing->is_moot || load_files(tx, mailing, err));
}

/* --- afterwards ----------------------------------------------------------------------------- */

static const char *told_json(struct arena *mem, const struct mailing *mailing)
{
    CLEANUP(buf_free) struct buf json = BUF(4096);

    buf_text(&json, "{\"to\":");
    json_write_text(&json, mailing->visitor.email);
    if (mailing->words) {
        buf_text(&json, ",\"words\":");
        json_write_text(&json, mailing->words);
    }
    buf_char(&json, '}');
    return arena_text(mem, buf_str(&json));
}

/* An answer that he didn't see is one thing, the whole that he asked for another. */
static const char *event_of(const struct mailing *mailing, bool is_sent)
{
    if (mailing->is_whole)
        return is_sent ? "chat.transcript_mailed" : "chat.transcript_failed";
    return is_sent ? "chat.mailed" : "chat.mail_failed";
}

/* What he missed and didn't get by mail either isn't answered: he waits again. */
static bool tell_case(struct tx *tx, const struct mailing *mailing, struct err *err)
{
    return !mailing->words || mailing->is_whole || case_unreached(tx, mailing->case_id, err);
}

static bool finish(struct tx *tx, void *arg, struct err *err)
{
    const struct mailing *mailing = arg;

    if (mailing->said && !event_add(tx,
                                    &(struct event){ .kind = mailing->said,
                                                     .case_id = mailing->case_id,
                                                     .data = { told_json(tx->mem, mailing) } },
                                    err))
        return false;
    if (!tell_case(tx, mailing, err))
        return false;
    return (mailing->is_whole || mailing->up_to == 0 || mailing->is_here ||
            db_run(tx, SQL_VISITOR_MAILED,
                   ARGS(arg_organisation(tx), arg_id(mailing->visitor.id), arg_int(mailing->up_to)),
                   err)) &&
           (!mailing->is_here ||
            chat_ask_mail(tx, mailing->chat.settings, &mailing->visitor, err)) &&
           job_finish(tx, &mailing->job, err);
}

/* Twice is possible after a crash; then both have the same Message-ID. */
static bool mail(struct job_run *run, struct mailing *mailing, struct err *err)
{
    struct receipt receipt;

    if (!store_read(run->store, &run->scope, load, mailing, err))
        return false;
    if (mailing->is_moot || mailing->is_here) {
        mailing->up_to = 0;
        return store_write(run->store, &run->scope, finish, mailing, err);
    }
    if (mailing->email.row.is_demo) /* nobody is at the other side, as in 80_send.c */
        receipt = (struct receipt){ .delivery = DELIVERY_SENT };
    else
        email_channel.send(run->mem, mailing->email.settings, &mailing->outgoing, &receipt);
    if (receipt.delivery == DELIVERY_LATER && !run->is_last_try)
        return err_set(err, ERR_BUSY, "%s", receipt.words);
    mailing->said = event_of(mailing, receipt.delivery == DELIVERY_SENT);
    mailing->words = receipt.delivery == DELIVERY_SENT ? NULL : receipt.words;
    return store_write(run->store, &run->scope, finish, mailing, err);
}

bool job_chat_mail(struct job_run *run, struct err *err)
{
    struct mailing mailing = { .job = run->job };

    return mail(run, &mailing, err);
}

bool job_chat_transcript(struct job_run *run, struct err *err)
{
    struct mailing mailing = { .job = run->job, .is_whole = true };

    return mail(run, &mailing, err);
}
