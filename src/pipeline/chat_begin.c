/* chat_begin.c — before somebody is a visitor: the page for the frame, what it needs to know, and
 * the beginning, for which a little work is to be done.
 */
#include "chat.h"

#include "../base/text.h"
#include "../channel/chat_challenge.h"

#include <string.h>

enum { LANGUAGE_MAX_BYTES = 2 };

/* What the page in the frame may do, and where the frame may stand. */
static const char policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types svelte-trusted-html; frame-ancestors ";

/* GET /chat/{channel} */
static bool get_page(struct request *rq, struct tx *tx, struct err *err)
{
    struct chat_caller caller;

    if (!chat_enter(rq, tx, &caller, err) || !reply_page_of(rq, "/chat.html", err))
        return false;
    reply_header(rq, "Content-Security-Policy",
                 arena_printf(rq->mem, "%s%s", policy, chat_ancestors(rq->mem, caller.settings)));
    reply_header(rq, "X-Frame-Options", NULL); /* frame-ancestors says it better */
    reply_header(rq, "Cross-Origin-Resource-Policy", "cross-origin");
    reply_header(rq, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    return true;
}

/* GET /demo/{channel}: the page of an invented site, for the chat that ./run makes and no other. */
static bool get_demo(struct request *rq, struct tx *tx, struct err *err)
{
    struct chat_caller caller;

    if (!chat_enter(rq, tx, &caller, err))
        return false;
    if (!text_equal(caller.channel.row.address, CHAT_DEMO_ADDRESS))
        return err_set(err, ERR_NOT_FOUND, "there is no demo here");
    if (!reply_page_of(rq, "/demo.html", err))
        return false;
    reply_header(rq, "Content-Security-Policy",
                 "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
                 "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                 "require-trusted-types-for 'script'; trusted-types gestand-worker");
    return true;
}

struct chat_site {
    const char *title, *colour, *language, *greeting, *offline_text;
    bool is_open, has_mail;
    instant opens_at;
    int64_t file_mb, files_max, text_max;
    const char *challenge;
};

static const struct field chat_site_fields[] = {
    FIELD(chat_site, title, .flags = REQUIRED),
    FIELD(chat_site, colour, .doc = "Of the brand; null: the widget's own"),
    FIELD(chat_site, language, .flags = REQUIRED),
    FIELD(chat_site, greeting),
    FIELD(chat_site, offline_text),
    FIELD(chat_site, is_open),
    FIELD(chat_site, opens_at, .doc = "When somebody is there again"),
    FIELD(chat_site, has_mail, .doc = "Answers and transcripts can go by mail"),
    FIELD(chat_site, file_mb),
    FIELD(chat_site, files_max, .doc = "With one message"),
    FIELD(chat_site, text_max, .doc = "Bytes of one message"),
    FIELD(chat_site, challenge, .flags = REQUIRED, .doc = "What to solve before a chat can begin"),
    { 0 },
};

/* Who begins many has more to do for each. */
static int64_t bits_of(const struct request *rq, const struct chat_settings *settings)
{
    int64_t bits = settings->challenge_bits > 0 ? settings->challenge_bits : CHAT_BITS;

    for (int64_t n = chat_begun_lately(rq); n >= 10 && bits < CHAT_BITS_MAX; n /= 2)
        bits++;
    return bits;
}

/* GET /chat/{channel}/site */
static bool get_site(struct request *rq, struct tx *tx, struct err *err)
{
    const struct chat_settings *settings;
    struct chat_caller caller;
    struct chat_site site;
    instant opens_at;
    bool is_open;

    if (!chat_enter(rq, tx, &caller, err) || !chat_is_open(tx, &caller, &is_open, &opens_at, err))
        return false;
    settings = caller.settings;
    site = (struct chat_site){
        .title = text_is_blank(settings->title) ? settings->address : settings->title,
        .colour = settings->colour,
        .language = settings->language,
        .greeting = settings->greeting,
        .offline_text = settings->offline_text,
        .is_open = is_open,
        .opens_at = opens_at,
        .has_mail = !text_is_blank(settings->mail_channel),
        .file_mb = settings->file_mb > 0 ? settings->file_mb : CHAT_FILE_MB,
        .files_max = CHAT_FILES_MAX,
        .text_max = CHAT_TEXT_MAX,
        .challenge = chat_challenge_make(rq->mem, store_key(rq->store), caller.channel.row.id,
                                         bits_of(rq, settings), tx->now),
    };
    return reply(rq, 200, chat_site_fields, &site);
}

struct chat_begin {
    const char *challenge, *number, *language, *page;
};

static const struct field chat_begin_fields[] = {
    FIELD(chat_begin, challenge, .flags = REQUIRED, .min = 1, .max = CHAT_CHALLENGE_MAX),
    FIELD(chat_begin, number, .flags = REQUIRED, .min = 1, .max = 20,
          .doc = "With which SHA-256 of challenge.number begins with enough zero bits"),
    FIELD(chat_begin, language, .max = LANGUAGE_MAX_BYTES),
    FIELD(chat_begin, page, .max = 2000, .doc = "The address of the page with the widget"),
    { 0 },
};

struct chat_begun {
    visitor_id id;
    const char *token;
};

static const struct field chat_begun_fields[] = {
    FIELD(chat_begun, id, .flags = REQUIRED),
    FIELD(chat_begun, token, .flags = REQUIRED,
          .doc = "Goes along as X-Visitor; it is told only now"),
    { 0 },
};

static bool prepare_begin(struct request *rq, struct err *err)
{
    return chat_rate_take(rq, RATE_BEGIN, err);
}

static bool check_begin(struct request *rq, struct tx *tx, struct chat_caller *caller,
                        struct err *err)
{
    const struct chat_begin *begin = rq->body;
    uint8_t *used = arena_alloc(tx->mem, HASH_LEN);
    bool blocked;

    if (!chat_enter(rq, tx, caller, err) ||
        !chat_challenge_check(store_key(rq->store), caller->channel.row.id, begin->challenge,
                              begin->number, tx->now, used, err))
        return false;
    caller->visitor = (struct visitor){
        .channel_id = caller->channel.row.id,
        .challenge = { used, HASH_LEN },
        .address_hash = visitor_address_hash(tx->mem, rq->store, rq->address),
        .language =
            language_is_known(begin->language) ? begin->language : caller->settings->language,
        .page = begin->page ? text_preview(tx->mem, begin->page, VISITOR_PAGE_MAX) : NULL,
        .state = VISITOR_HERE,
    };
    return visitor_is_blocked(tx, (visitor_id){ 0 }, caller->visitor.address_hash, &blocked, err) &&
           (!blocked || err_set(err, ERR_DENIED, "this chat was closed"));
}

/* POST /chat/{channel}/visitors */
static bool post_visitor(struct request *rq, struct tx *tx, struct err *err)
{
    const char *secret = random_text(rq->mem, VISITOR_SECRET_LEN);
    struct chat_caller caller;
    struct chat_begun begun;
    uint8_t hash[HASH_LEN];
    bool taken;

    hash_bytes((struct bytes){ (const uint8_t *)secret, VISITOR_SECRET_LEN }, hash);
    if (!check_begin(rq, tx, &caller, err))
        return false;
    caller.visitor.secret_hash = (struct bytes){ hash, HASH_LEN };
    if (!visitor_add(tx, &caller.visitor, &taken, err))
        return false;
    if (taken)
        return err_set(err, ERR_DENIED, "this challenge was used before: ask for another one");
    begun = (struct chat_begun){
        caller.visitor.id,
        arena_printf(rq->mem, "%s.%s", id_text("vis", caller.visitor.id.n).s, secret),
    };
    return reply(rq, 201, chat_begun_fields, &begun);
}

static const struct route rows[] = {
    ROUTE(GET, "/chat/{channel}", READ, get_page, ANYONE, NOTHING, CONTENT("text/html"),
          "The chat's page, for a frame on the pages that the channel's settings name."),
    ROUTE(GET, "/demo/{channel}", READ, get_demo, ANYONE, NOTHING, CONTENT("text/html"),
          "The page of an invented site with the chat on it, where ./run has made one."),
    ROUTE(GET, "/chat/{channel}/site", READ, get_site, ANYONE, NOTHING, ONE(chat_site),
          "Says how a chat looks, whether somebody is there, and what to solve to begin."),
    ROUTE(POST, "/chat/{channel}/visitors", WRITE, post_visitor, ANYONE, BODY(chat_begin),
          MADE(chat_begun), "Begins a chat.", prepare_begin,
          .told_once = "begin another chat with a new Idempotency-Key"),
};
const struct routes chat_begin_routes = ROUTES(rows);
