/* form_page.c — the web form: a page that anybody can fill in, with a script or without. What comes
 * in goes the way of every message (arrival.h); what is wrong with it stands on the page again,
 * beside what was written.
 *
 * The page says by a signed token which one it is, so that sending it again is once; only when
 * other words stand in it, it's another message.
 */
#include "chat.h"

#include "../base/json.h"
#include "../base/phone.h"
#include "../base/text.h"
#include "../channel/api.h"
#include "../channel/webform.h"
#include "form_html.h"
#include "form_token.h"
#include "html.h"
#include "uploads.h"

#include <string.h>

enum { BODY_MAX = 32 << 20, RAW_MAX = 48 << 20, ID_HEX = 16 };

/* Whose form it is. */
struct form_caller {
    struct open_channel channel;
    const struct webform_settings *settings;
    struct organisation organisation;
};

/* What somebody sent, on its way in. */
struct form_writing {
    struct request *rq;
    struct form_caller caller;
    struct judge judge;
    struct form_page page;
    struct webform_message message;
    struct arrival arrival;
};

/* --- who asks for what ------------------------------------------------------------------------ */

/* Our page is the only one whose forms come here. */
static bool is_foreign(const struct request *rq)
{
    const char *origin = request_header(rq, "Origin"), *own;

    own = origin ? strstr(origin, "://") : NULL;
    return origin && !text_equal(origin, "null") &&
           !(own && text_equal(own + 3, request_header(rq, "Host")));
}

/* Makes the transaction the channel's, that the path names as {channel}. */
static bool enter(struct request *rq, struct tx *tx, struct form_caller *out, struct err *err)
{
    channel_id id;
    bool blocked;

    *out = (struct form_caller){ 0 };
    if (!request_id(rq, "channel", "chn", &id.n, err) ||
        !channel_open_anywhere(tx, id, &out->channel, err))
        return false;
    if (out->channel.type != &form_channel || !out->channel.row.enabled)
        return err_set(err, ERR_NOT_FOUND, "there is no such form");
    out->settings = out->channel.settings;
    tx->actor = (struct actor){ ACTOR_CHANNEL, id.n };
    if (!visitor_is_blocked(tx, (visitor_id){ 0 },
                            visitor_address_hash(tx->mem, tx->store, rq->address), &blocked, err))
        return false;
    return (!blocked || err_set(err, ERR_DENIED, "nothing more can be sent from here")) &&
           organisation_get(tx, &out->organisation, err);
}

/* The first of ours that his browser asks for; NULL: none. */
static const char *asked_language(struct arena *mem, const char *header)
{
    for (const char *at = header ? header : ""; *(at += strspn(at, " ,"));) {
        size_t len = strcspn(at, ",");
        const char *two = text_lower(mem, arena_text_n(mem, at, len < 2 ? len : 2));

        if (language_is_known(two))
            return two;
        at += len;
    }
    return NULL;
}

static const char *language_of(const struct request *rq, const struct form_caller *caller)
{
    const char *asked = asked_language(rq->mem, request_header(rq, "Accept-Language"));

    if (!text_is_blank(caller->settings->language))
        return caller->settings->language;
    return asked ? asked : caller->organisation.language;
}

static void begin_page(const struct request *rq, const struct form_caller *caller,
                       struct form_page *out)
{
    channel_id id = caller->channel.row.id;

    out->channel = arena_text(rq->mem, id_text("chn", id.n).s);
    out->settings = caller->settings;
    out->language = language_of(rq, caller);
    out->token = form_token_make(rq->mem, store_key(rq->store), id, clock_now());
}

static bool reply_page_with(struct request *rq, int status, const struct form_page *page)
{
    reply_header(rq, "Content-Security-Policy",
                 html_policy(rq->mem, page->settings->colour, false));
    reply_header(rq, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    /* Who goes back comes to the same page: what he sends again is the same. */
    reply_header(rq, "Cache-Control", "private, no-cache");
    return reply_content(rq, status, "text/html; charset=utf-8", form_html(rq->mem, page));
}

/* GET /form/{channel}, and where it was sent */
static bool get_form(struct request *rq, struct tx *tx, struct err *err)
{
    struct form_caller caller;
    struct form_page page = { .view = FORM_ASK };

    if (!enter(rq, tx, &caller, err))
        return false;
    begin_page(rq, &caller, &page);
    return reply_page_with(rq, 200, &page);
}

/* GET /form/{channel}/sent/{receipt} */
static bool get_sent(struct request *rq, struct tx *tx, struct err *err)
{
    struct form_caller caller;
    struct form_page page = { .view = FORM_SENT };

    if (!enter(rq, tx, &caller, err))
        return false;
    page.reference = form_receipt_read(rq->mem, store_key(rq->store), caller.channel.row.id,
                                       request_param(rq, "receipt"));
    if (!page.reference)
        return err_set(err, ERR_NOT_FOUND, "there is no such page");
    begin_page(rq, &caller, &page);
    reply_header(rq, "X-Robots-Tag", "noindex");
    return reply_page_with(rq, 200, &page);
}

/* --- what was filled in ----------------------------------------------------------------------- */

static enum form_field field_named(const char *name)
{
    enum form_field field = 0;

    while (field < FORM_FIELDS && !text_equal(form_field_names[field], name))
        field++;
    return field;
}

/* Lines end as everywhere here; what isn't a text becomes one. */
static const char *given_text(struct arena *mem, struct bytes content)
{
    char *text = utf8_repair(mem, content.data, content.len), *to = text;

    for (const char *from = text; *from; from++)
        if (from[0] != '\r' || from[1] != '\n')
            *to++ = *from;
    *to = '\0';
    return text_trim(mem, text);
}

static void take_part(struct form_writing *writing, const struct part *part)
{
    struct form_page *page = &writing->page;
    enum form_field field = field_named(part->name);
    int64_t mb = writing->caller.settings->file_mb;
    struct err err;

    err_clear(&err);
    if (field == FORM_FILE && writing->caller.settings->ask_file != FIELD_OFF &&
        !upload_add(writing->rq->mem, part, mb > 0 ? mb : WEBFORM_FILE_MB, WEBFORM_FILES_MAX,
                    &writing->message.files, &err))
        page->faults[FORM_FILE] = FAULT_FILE;
    if (field < FORM_FIELDS && field != FORM_FILE)
        page->given[field] = given_text(writing->rq->mem, part->content);
}

static bool read_parts(struct form_writing *writing, struct err *err)
{
    const char *type = request_header(writing->rq, "Content-Type");
    struct arena *mem = writing->rq->mem;
    struct list list;

    writing->message.files.items = NEW_ARRAY(mem, struct api_file, WEBFORM_FILES_MAX);
    if (!multipart_read(mem, type ? type : "", writing->rq->raw, &list, err))
        return false;
    for (size_t i = 0; i < list.n; i++)
        take_part(writing, &((const struct part *)list.items)[i]);
    return true;
}

/* --- what is wrong with it -------------------------------------------------------------------- */

static void check_need(struct form_page *page, enum form_field field, enum webform_need need,
                       size_t max)
{
    if (need == FIELD_OFF || text_is_blank(page->given[field]))
        page->given[field] = NULL;
    if (need == FIELD_REQUIRED && !page->given[field])
        page->faults[field] = FAULT_MISSING;
    else if (page->given[field] && strlen(page->given[field]) > max)
        page->faults[field] = FAULT_LONG;
}

static void check_address(struct form_page *page, enum phone_home home)
{
    const char *email = page->given[FORM_EMAIL], *phone = page->given[FORM_PHONE];
    char number[PHONE_MAX];

    if (email && !page->faults[FORM_EMAIL] && !text_is_email(email))
        page->faults[FORM_EMAIL] = FAULT_EMAIL;
    if (phone && !page->faults[FORM_PHONE] && !phone_read(phone, strlen(phone), home, number))
        page->faults[FORM_PHONE] = FAULT_PHONE;
    if (!email && !phone && !page->faults[FORM_EMAIL] && !page->faults[FORM_PHONE])
        page->faults[page->settings->ask_email != FIELD_OFF ? FORM_EMAIL : FORM_PHONE] =
            FAULT_NO_ADDRESS;
}

/* True: it can go in. */
static bool check(struct form_writing *writing)
{
    const struct webform_settings *settings = writing->caller.settings;
    struct form_page *page = &writing->page;
    const char *token = page->given[FORM_TOKEN];

    check_need(page, FORM_NAME, settings->ask_name, 200);
    check_need(page, FORM_EMAIL, settings->ask_email, 254);
    check_need(page, FORM_PHONE, settings->ask_phone, 40);
    check_need(page, FORM_SUBJECT, settings->ask_subject, 200);
    check_need(page, FORM_TEXT, FIELD_REQUIRED, WEBFORM_TEXT_MAX);
    check_address(page, organisation_home(&writing->caller.organisation));
    if (settings->ask_file == FIELD_REQUIRED && writing->message.files.n == 0 &&
        page->faults[FORM_FILE] == FAULT_NONE)
        page->faults[FORM_FILE] = FAULT_MISSING;
    if (!text_is_blank(page->given[FORM_WEBSITE]))
        page->faults[FORM_WEBSITE] = FAULT_TRAP;
    if (!form_token_check(store_key(writing->rq->store), writing->caller.channel.row.id, token,
                          clock_now()))
        page->faults[FORM_TOKEN] = FAULT_OLD;
    for (size_t i = 0; i < FORM_FIELDS; i++)
        if (page->faults[i] != FAULT_NONE)
            return false;
    return true;
}

/* --- on its way in ---------------------------------------------------------------------------- */

static struct bytes raw_of(struct arena *mem, const struct webform_message *message)
{
    struct buf json = BUF(RAW_MAX);
    struct bytes raw;

    json_write(&json, webform_message_fields, message);
    raw = arena_bytes(mem, (struct bytes){ (const uint8_t *)buf_str(&json), json.len });
    buf_free(&json);
    return raw;
}

/* Of the page and what stands in it: the same twice is once. */
static const char *id_of(struct arena *mem, const char *token, const struct bytes *content)
{
    const struct bytes parts[] = {
        { (const uint8_t *)token, strlen(token) },
        *content,
    };
    uint8_t hash[HASH_LEN];

    hash_parts(parts, COUNT(parts), hash);
    return hex_write(mem, (struct bytes){ hash, ID_HEX });
}

static bool take(struct form_writing *writing, struct err *err)
{
    struct arena *mem = writing->rq->mem;
    const char *const *given = writing->page.given;
    struct webform_message *message = &writing->message;
    struct arrival *arrival = &writing->arrival;
    struct bytes content;

    *message = (struct webform_message){
        .id = "",
        .name = given[FORM_NAME],
        .email = given[FORM_EMAIL],
        .phone = given[FORM_PHONE],
        .subject = given[FORM_SUBJECT] ? text_preview(mem, given[FORM_SUBJECT], 200) : NULL,
        .text = given[FORM_TEXT],
        .language = writing->page.language,
        .files = message->files,
    };
    content = raw_of(mem, message);
    message->id = id_of(mem, given[FORM_TOKEN], &content);
    message->sent_at = clock_now();
    arrival->in.channel = writing->caller.channel.row;
    arrival->in.judge = writing->judge;
    arrival->external_id = message->id;
    arrival->raw = raw_of(mem, message);
    webform_incoming(mem, message, &arrival->in.in);
    return arrival_take(writing->rq->store, mem, arrival, err);
}

static bool look(struct tx *tx, void *arg, struct err *err)
{
    struct form_writing *writing = arg;

    return enter(writing->rq, tx, &writing->caller, err) && judge_get(tx, &writing->judge, err);
}

/* Is it worth reading? Whether there is such a form, and who is shut out, is known by the address.
 */
static bool admit(struct request *rq, struct err *err)
{
    struct form_writing writing = { .rq = rq };
    struct scope scope = { .mem = rq->mem };

    return store_read(rq->store, &scope, look, &writing, err);
}

/* What is slow, before the transaction. */
static bool prepare(struct request *rq, struct err *err)
{
    struct form_writing *writing = NEW(rq->mem, struct form_writing);
    struct scope scope = { .mem = rq->mem };

    writing->rq = rq;
    rq->prepared = writing;
    if (is_foreign(rq))
        return err_set(err, ERR_DENIED, "only the form's own page sends it");
    if (!store_read(rq->store, &scope, look, writing, err))
        return false;
    begin_page(rq, &writing->caller, &writing->page);
    if (!chat_rate_take(rq, RATE_FORM, err)) {
        err_clear(err);
        writing->page.view = FORM_BUSY;
        return true;
    }
    return read_parts(writing, err) && (!check(writing) || take(writing, err));
}

/* POST /form/{channel}/messages. At an address of its own: else the browser would forget the page
 * that it was sent from, and who goes back would come to another one. */
static bool post_form(struct request *rq, struct tx *tx, struct err *err)
{
    struct form_writing *writing = rq->prepared;
    struct arrival *arrival = &writing->arrival;
    struct form_caller caller;

    if (!enter(rq, tx, &caller, err))
        return false;
    if (writing->page.view == FORM_BUSY)
        return reply_page_with(rq, 429, &writing->page);
    if (!arrival->external_id)
        return reply_page_with(rq, 422, &writing->page);
    if (!arrival_run(tx, arrival, err))
        return false;
    if (!arrival->reference)
        return err_set(err, ERR_CONFLICT, "this message isn't understood yet");
    reply_header(rq, "Location",
                 arena_printf(rq->mem, "/form/%s/sent/%s", writing->page.channel,
                              form_receipt_make(rq->mem, store_key(rq->store),
                                                caller.channel.row.id, arrival->reference)));
    return reply_content(rq, 303, NULL, "");
}

/* The names of the fields, for who reads the API. */
struct webform {
    struct list name, email, phone, subject, text, file, website, token;
};

static const struct field webform_fields[] = {
    FIELD(webform, name),
    FIELD(webform, email),
    FIELD(webform, phone),
    FIELD(webform, subject),
    FIELD(webform, text, .flags = REQUIRED),
    FIELD(webform, file, .doc = "Up to five"),
    FIELD(webform, website, .doc = "Must stay empty"),
    FIELD(webform, token, .flags = REQUIRED, .doc = "As it stands on the page"),
    { 0 },
};

static const struct route rows[] = {
    ROUTE(GET, "/form/{channel}", READ, get_form, ANYONE, NOTHING, CONTENT("text/html"),
          "The page of a web form."),
    ROUTE(GET, "/form/{channel}/messages", READ, get_form, ANYONE, NOTHING, CONTENT("text/html"),
          "The same, for who comes back to where it was sent."),
    ROUTE(POST, "/form/{channel}/messages", WRITE, post_form, ANYONE, FORM_BODY(webform, BODY_MAX),
          { .status = 303, .type = "text/html" },
          "Sends it: a message in a case; what is wrong with it stands on the page again.", prepare,
          admit),
    ROUTE(GET, "/form/{channel}/sent/{receipt}", READ, get_sent, ANYONE, NOTHING,
          CONTENT("text/html"), "Says under which number it came in."),
};
const struct routes form_page_routes = ROUTES(rows);
