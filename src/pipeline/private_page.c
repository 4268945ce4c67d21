/* private_page.c — the page behind a private link: it says what it is, a button opens it, and one
 * goes on there in private, with a script or without.
 *
 * GET never changes anything: programs that look at links for others press no button. Whose browser
 * opened it has the visitor's secret in a cookie for this one path, and with a script hands it to
 * the chat's own page. Nobody else sees anything of the case.
 */
#include "chat.h"

#include "../auth/caller.h"
#include "../base/form.h"
#include "../base/text.h"
#include "../domain/people/people.h"
#include "private_html.h"

#include <string.h>

#define PRIVATE_COOKIE "gestand_private"
enum { COOKIE_SECONDS = 30 * 24 * 3600, FORM_MAX = 3 * CHAT_TEXT_MAX + 1024, DRAFT_ID_LEN = 16 };

/* A request for a link, as far as it is known whose. */
struct private_visit {
    struct private_link link;
    struct chat_caller caller; /* the visitor's, of who opened it */
    struct private_page page;
    bool is_his; /* this browser opened it */
    const char *token;
};

static const int statuses[PRIVATE_VIEWS] = {
    [VIEW_WAITING] = 200, [VIEW_ASK] = 200,       [VIEW_TALK] = 200, [VIEW_UNKNOWN] = 404,
    [VIEW_OVER] = 410,    [VIEW_ELSEWHERE] = 410, [VIEW_SHUT] = 403, [VIEW_BUSY] = 429,
};

/* --- who asks for what ------------------------------------------------------------------------ */

static bool find_device(struct request *rq, struct tx *tx, struct private_visit *visit,
                        struct err *err)
{
    const char *cookies = request_header(rq, "Cookie");
    uint8_t hash[HASH_LEN];
    visitor_id id;
    bool found;

    visit->token = cookies ? cookie_value(rq->mem, cookies, PRIVATE_COOKIE) : NULL;
    if (visit->link.visitor_id.n == 0 || !visitor_token_read(visit->token, &id, hash) ||
        id.n != visit->link.visitor_id.n)
        return true;
    if (!visitor_find(tx, id, &visit->caller.visitor, &found, err))
        return false;
    visit->is_his =
        found && secret_equal(visit->caller.visitor.secret_hash, (struct bytes){ hash, HASH_LEN });
    return true;
}

static enum private_view view_of(const struct private_visit *visit, instant now)
{
    const struct private_link *link = &visit->link;

    if (visit->is_his)
        return link->said == SAID_NOTHING ? VIEW_ASK : VIEW_TALK;
    if (link->opened_at.ms > 0)
        return VIEW_ELSEWHERE;
    return link->withdrawn_at.ms > 0 || link->expires_at.ms <= now.ms ? VIEW_OVER : VIEW_WAITING;
}

/* The chat that it leads to, and where it came from. */
static bool open_channels(struct tx *tx, struct private_visit *visit, struct err *err)
{
    struct chat_caller *caller = &visit->caller;
    struct channel from;

    if (!channel_open(tx, visit->link.channel_id, &caller->channel, err) ||
        !channel_get(tx, visit->link.from_channel_id, &from, err) ||
        !organisation_get(tx, &caller->organisation, err))
        return false;
    caller->settings = caller->channel.settings;
    visit->page.channel = from.name;
    visit->page.colour = caller->settings->colour;
    visit->page.site = text_is_blank(caller->settings->title) ? caller->settings->address
                                                              : caller->settings->title;
    return true;
}

static bool check_shut(struct request *rq, struct tx *tx, struct private_visit *visit,
                       struct err *err)
{
    visitor_id id = visit->is_his ? visit->caller.visitor.id : (visitor_id){ 0 };
    bool blocked;

    if (!visitor_is_blocked(tx, id, visitor_address_hash(tx->mem, tx->store, rq->address), &blocked,
                            err))
        return false;
    if (blocked)
        visit->page.view = VIEW_SHUT;
    else if (!visit->caller.channel.row.enabled)
        visit->page.view = VIEW_OVER;
    return true;
}

/* Makes the transaction the link's organisation's. */
static bool enter(struct request *rq, struct tx *tx, struct private_visit *visit, struct err *err)
{
    const char *secret = request_param(rq, "secret");
    bool found;

    *visit = (struct private_visit){
        .page = { .view = VIEW_UNKNOWN, .language = "nl", .secret = secret, .now = tx->now },
    };
    if (!private_link_find(tx, secret, &visit->link, &found, err))
        return false;
    if (!found)
        return true;
    visit->page.link = &visit->link;
    visit->page.language = visit->link.language;
    if (!open_channels(tx, visit, err) || !find_device(rq, tx, visit, err))
        return false;
    tx->actor = (struct actor){ ACTOR_CHANNEL, visit->link.channel_id.n };
    if (visit->is_his)
        tx->actor = (struct actor){ ACTOR_CUSTOMER, visit->caller.visitor.person_id.n };
    visit->page.view = view_of(visit, tx->now);
    return check_shut(rq, tx, visit, err);
}

/* Our page is the only one whose forms come here. */
static bool is_foreign(const struct request *rq)
{
    const char *origin = request_header(rq, "Origin"), *own;

    own = origin ? strstr(origin, "://") : NULL;
    return origin && !text_equal(origin, "null") &&
           !(own && text_equal(own + 3, request_header(rq, "Host")));
}

/* --- answers ---------------------------------------------------------------------------------- */

static bool reply_view(struct request *rq, const struct private_page *page)
{
    reply_header(rq, "Content-Security-Policy", private_policy(rq->mem, page));
    reply_header(rq, "X-Robots-Tag", "noindex");
    reply_header(rq, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    return reply_content(rq, statuses[page->view], "text/html; charset=utf-8",
                         private_html(rq->mem, page));
}

static bool reply_back(struct request *rq)
{
    reply_header(rq, "Location", arena_printf(rq->mem, "/p/%s", request_param(rq, "secret")));
    return reply_content(rq, 303, NULL, "");
}

/* Too many tries are told in words, as the rest is. */
static bool prepare(struct request *rq, struct err *err)
{
    static struct private_page busy = { .view = VIEW_BUSY, .language = "nl" };

    if (chat_rate_take(rq, RATE_LINK, err))
        return true;
    err_clear(err);
    rq->prepared = &busy;
    return true;
}

/* GET /p/{secret} */
static bool get_page(struct request *rq, struct tx *tx, struct err *err)
{
    struct private_visit visit;
    struct private_page *page = &visit.page;

    if (rq->prepared)
        return reply_view(rq, rq->prepared);
    if (!enter(rq, tx, &visit, err))
        return false;
    if (page->view != VIEW_TALK)
        return reply_view(rq, page);
    if (!chat_items_newest(tx, &visit.caller.visitor, &page->items, err))
        return false;
    page->token = visit.token;
    page->draft_id = random_text(rq->mem, DRAFT_ID_LEN);
    if (visit.link.is_public && visit.link.said == SAID_YES && visit.link.proved_at.ms == 0)
        page->code = private_link_code(rq->mem, store_key(tx->store), visit.link.id);
    return reply_view(rq, page);
}

/* --- opening it ------------------------------------------------------------------------------- */

/* A visitor without a person's name yet, in a conversation of the link's case. */
static bool make_visitor(struct request *rq, struct tx *tx, struct private_visit *visit,
                         const char *secret, struct err *err)
{
    struct visitor *visitor = &visit->caller.visitor;
    uint8_t *hash = arena_alloc(tx->mem, HASH_LEN), *challenge = arena_alloc(tx->mem, HASH_LEN);
    bool taken;

    hash_bytes((struct bytes){ (const uint8_t *)secret, VISITOR_SECRET_LEN }, hash);
    random_bytes(challenge, HASH_LEN); /* the link was the work to do */
    *visitor = (struct visitor){
        .channel_id = visit->link.channel_id,
        .secret_hash = { hash,      HASH_LEN },
        .challenge = { challenge, HASH_LEN },
        .address_hash = visitor_address_hash(tx->mem, tx->store, rq->address),
        .language = visit->link.language,
        .state = VISITOR_HERE,
        .round = 1,
    };
    return visitor_add(tx, visitor, &taken, err);
}

static bool begin_conversation(struct tx *tx, struct private_visit *visit, struct err *err)
{
    struct visitor *visitor = &visit->caller.visitor;
    const char *address = arena_text(tx->mem, id_text("vis", visitor->id.n).s);
    struct conversation conversation = { .channel_id = visit->link.channel_id, .subject = "" };
    struct casefile c;
    bool is_new;

    if (!case_get(tx, visit->link.case_id, &c, err) ||
        !person_by_address(tx, IDENTITY_EXTERNAL, address,
                           visitor_name(tx->mem, visitor, visit->caller.organisation.language),
                           BY_MESSAGE, &visitor->person_id, &is_new, err))
        return false;
    conversation.person_id = visitor->person_id;
    conversation.case_id = c.id;
    conversation.place_case_id = c.place.n != c.id.n ? c.place : (case_id){ 0 };
    conversation.thread_key = visitor_thread(tx->mem, visitor, 1);
    return conversation_add(tx, &conversation, err) && visitor_save_identity(tx, visitor, err) &&
           visitor_goes_on(tx, visitor, conversation.id, 1, err);
}

static void set_cookie(struct request *rq, const struct private_visit *visit, const char *secret)
{
    reply_header(rq, "Set-Cookie",
                 arena_printf(rq->mem,
                              PRIVATE_COOKIE "=%s.%s; Path=/p/%s; Max-Age=%d; HttpOnly; "
                                             "SameSite=Lax%s",
                              id_text("vis", visit->caller.visitor.id.n).s, secret,
                              visit->page.secret, COOKIE_SECONDS, rq->is_secure ? "; Secure" : ""));
}

/* POST /p/{secret} */
static bool post_open(struct request *rq, struct tx *tx, struct err *err)
{
    const char *secret = random_text(rq->mem, VISITOR_SECRET_LEN);
    struct private_visit visit;
    bool opened;

    if (rq->prepared)
        return reply_view(rq, rq->prepared);
    if (is_foreign(rq))
        return err_set(err, ERR_DENIED, "only the link's own page opens it");
    if (!enter(rq, tx, &visit, err))
        return false;
    if (visit.is_his && visit.page.view != VIEW_SHUT)
        return reply_back(rq);
    if (visit.page.view != VIEW_WAITING)
        return reply_view(rq, &visit.page);
    if (!make_visitor(rq, tx, &visit, secret, err))
        return false;
    tx->actor = (struct actor){ ACTOR_CHANNEL, visit.link.channel_id.n };
    if (!private_link_open(tx, &visit.link, visit.caller.visitor.id, &opened, err))
        return false;
    if (!opened) /* at the same moment: the visitor that nobody is lapses by itself */
        return err_set(err, ERR_GONE, "this link was opened a moment ago");
    set_cookie(rq, &visit, secret);
    return begin_conversation(tx, &visit, err) && reply_back(rq);
}

/* --- saying something ------------------------------------------------------------------------- */

/* POST /p/{secret}/answer */
static bool post_answer(struct request *rq, struct tx *tx, struct err *err)
{
    struct private_visit visit;
    struct list form;
    const char *is;

    if (rq->prepared)
        return reply_view(rq, rq->prepared);
    if (is_foreign(rq))
        return err_set(err, ERR_DENIED, "only the link's own page answers for it");
    if (!form_read(rq->mem, rq->raw, &form, err) || !enter(rq, tx, &visit, err))
        return false;
    if (!visit.is_his || visit.page.view == VIEW_SHUT)
        return reply_view(rq, &visit.page);
    is = form_text(rq->mem, &form, "is");
    if (!text_equal(is, "yes") && !text_equal(is, "no"))
        return err_field(err, "is", "must be yes or no");
    return private_link_say(tx, &visit.link, text_equal(is, "yes") ? SAID_YES : SAID_NO, err) &&
           reply_back(rq);
}

struct looking {
    struct request *rq;
    struct private_visit visit;
    struct judge judge;
};

static bool look(struct tx *tx, void *arg, struct err *err)
{
    struct looking *looking = arg;

    return enter(looking->rq, tx, &looking->visit, err) && judge_get(tx, &looking->judge, err);
}

/* What is slow of a message, before the transaction; nothing for whom it isn't. */
static bool prepare_message(struct request *rq, struct err *err)
{
    struct scope scope = { .mem = rq->mem };
    struct looking looking = { .rq = rq };
    struct chat_writing *writing;
    struct list form;
    const char *text;

    if (!chat_rate_take(rq, RATE_SEND, err) || !form_read(rq->mem, rq->raw, &form, err) ||
        !store_read(rq->store, &scope, look, &looking, err))
        return false;
    text = form_text(rq->mem, &form, "text");
    if (is_foreign(rq) || !looking.visit.is_his || text_is_blank(text))
        return true;
    writing = NEW(rq->mem, struct chat_writing);
    writing->rq = rq;
    writing->caller = looking.visit.caller;
    writing->judge = looking.judge;
    writing->message =
        (struct chat_message){ .id = form_text(rq->mem, &form, "id"),
                               .text = arena_text_n(rq->mem, text,
                                                    utf8_cut(text, strlen(text), CHAT_TEXT_MAX)) };
    if (!writing->message.id)
        return err_field(err, "id", "is missing");
    rq->prepared = writing;
    return chat_complete(writing, err);
}

/* POST /p/{secret}/messages */
static bool post_message(struct request *rq, struct tx *tx, struct err *err)
{
    struct chat_writing *writing = rq->prepared;
    struct private_visit visit;
    struct chat_sent sent;

    if (!enter(rq, tx, &visit, err))
        return false;
    if (!visit.is_his || visit.page.view == VIEW_SHUT)
        return reply_view(rq, &visit.page);
    if (!writing)
        return reply_back(rq);
    writing->caller = visit.caller;
    tx->actor = (struct actor){ ACTOR_CHANNEL, visit.link.channel_id.n };
    return chat_take(tx, writing, &sent, err) && reply_back(rq);
}

#define BACK { .status = 303, .type = "text/html" }
/* Its cookie, and the link in its Location. */
#define PAGE_AGAIN "look at the page again"

static const struct route rows[] = {
    ROUTE(GET, "/p/{secret}", READ, get_page, ANYONE, NOTHING, CONTENT("text/html"),
          "The page behind a private link; looking at it opens nothing.", prepare),
    ROUTE(POST, "/p/{secret}", WRITE, post_open, ANYONE, RAW_BODY(1024), BACK,
          "Opens a private link, once, for the browser that asks.", prepare,
          .told_once = PAGE_AGAIN),
    ROUTE(POST, "/p/{secret}/answer", WRITE, post_answer, ANYONE, RAW_BODY(1024), BACK,
          "Says whether who opened a private link is whom it is for.", prepare,
          .told_once = PAGE_AGAIN),
    ROUTE(POST, "/p/{secret}/messages", WRITE, post_message, ANYONE, RAW_BODY(FORM_MAX), BACK,
          "Writes in the private conversation from a page without a script.", prepare_message,
          .told_once = PAGE_AGAIN),
};
const struct routes private_page_routes = ROUTES(rows);
