/* html_api.c — a message's HTML as a page, and the pictures that it has on other servers: we ask
 * for them, so that nobody there learns who reads the mail, and where.
 */
#include "messages.h"

#include "../../base/fetch.h"
#include "../../base/picture.h"
#include "../../base/text.h"
#include "../../channel/email_safe.h"
#include "../files/files.h"

#include <string.h>

enum { PICTURE_MAX = 8 << 20, MOVES_MAX = 4 }; /* bytes; how often a picture may be elsewhere */
static const int64_t PICTURE_TIMEOUT_MS = 8 * SECOND_MS;

/* The page holds nothing but words, styles and pictures (email_safe.h); and were there more in it,
 * it would do nothing: no script runs, no form is sent, nothing is fetched but pictures. It keeps
 * its origin, so that the desk can measure it in its frame; without a script that gives it no
 * power. Links open in a window of their own, which this policy doesn't hold. */
static const char html_policy[] =
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

enum images { IMAGES_OWN, IMAGES_REMOTE };
static const char *const images_names[] = { "own", "remote", NULL };

struct html_query {
    unsigned images;
};

static const struct field html_query_fields[] = {
    FIELD(html_query, images, .names = images_names,
          .doc = "Only those that came with the mail when left out; remote ones are fetched by us, "
                 "and tell their server that the mail was read, but not by whom"),
    { 0 },
};

struct html_reading {
    message_id id;
    struct message message;
};

static bool read_html(struct tx *tx, void *arg, struct err *err)
{
    struct html_reading *reading = arg;

    return message_get(tx, reading->id, &reading->message, err) &&
           (reading->message.html || err_set(err, ERR_NOT_FOUND, "the message has no HTML"));
}

/* The pictures that the HTML names by "cid:…". */
static struct own_picture *own_pictures(struct arena *mem, const struct list *files, size_t *n)
{
    struct own_picture *own = NEW_ARRAY(mem, struct own_picture, files->n + 1);

    *n = 0;
    for (size_t i = 0; i < files->n; i++) {
        const struct file *file = &((const struct file *)files->items)[i];
        if (file->content_id)
            own[(*n)++] =
                (struct own_picture){ file->content_id,
                                      arena_printf(mem, "/api/v1/files/%s/content?inline=true",
                                                   id_text("fil", file->id.n).s) };
    }
    return own;
}

/* GET /api/v1/messages/{id}/html: made outside of a snapshot, for it may take its time. */
static bool get_html(struct request *rq, struct tx *tx, struct err *err)
{
    const struct html_query *query = rq->body;
    struct html_reading reading = { 0 };
    struct safe_rules rules = { 0 };

    (void)tx;
    if (!request_id(rq, "id", "msg", &reading.id.n, err) ||
        !request_read(rq, read_html, &reading, err))
        return false;
    rules.own = own_pictures(rq->mem, &reading.message.files, &rules.own_n);
    if (query->images == IMAGES_REMOTE)
        rules.remote_path =
            arena_printf(rq->mem, "/api/v1/messages/%s/pictures/", id_text("msg", reading.id.n).s);
    reply_header(rq, "Content-Security-Policy", html_policy);
    reply_header(rq, "X-Frame-Options", "SAMEORIGIN");
    request_was_read(rq, "audit.case_read", reading.message.case_id, request_param(rq, "id"));
    return reply_text(rq, "text/html; charset=utf-8",
                      email_safe_page(rq->mem, reading.message.html, &rules).html);
}

/* --- pictures -------------------------------------------------------------------------------- */

/* The address of the picture that the page numbers so: nothing else is ever asked for. */
static bool find_picture(struct request *rq, const char **out, struct err *err)
{
    const char *number = request_param(rq, "number");
    struct html_reading reading = { 0 };
    struct safe_rules rules = { 0 };

    if (!request_id(rq, "id", "msg", &reading.id.n, err) ||
        !request_read(rq, read_html, &reading, err))
        return false;
    if (!int_read(number, strlen(number), &rules.wanted))
        rules.wanted = 0;
    *out = email_safe_page(rq->mem, reading.message.html, &rules).wanted;
    return *out || err_set(err, ERR_NOT_FOUND, "the message has no such picture");
}

/* Each address on the way is guarded like the first one. */
static bool fetch_picture(struct arena *mem, const char *url, struct fetched *out, struct err *err)
{
    static const struct fetch_header headers[] = {
        { "Accept", "image/*" }
    };

    for (int moves = 0; url; moves++) {
        const struct fetch rq = { .method = "GET",
                                  .url = url,
                                  .headers = headers,
                                  .headers_n = COUNT(headers),
                                  .timeout_ms = PICTURE_TIMEOUT_MS,
                                  .max = PICTURE_MAX };
        if (!fetch(mem, &rq, out, err))
            return false;
        url = moves < MOVES_MAX ? out->moved_to : NULL;
    }
    return out->status == 200 ||
           err_set(err, ERR_UPSTREAM, "the picture's server answered %d", out->status);
}

/* GET /api/v1/messages/{id}/pictures/{number}: what it is says its first bytes, not its server. A
 * browser keeps it for a while: looked at again, the mail tells nothing more. */
static bool get_picture(struct request *rq, struct tx *tx, struct err *err)
{
    const char *url, *type;
    struct fetched fetched;

    (void)tx;
    if (!find_picture(rq, &url, err) || !fetch_picture(rq->mem, url, &fetched, err))
        return false;
    type = picture_type(fetched.body);
    if (!type)
        return err_set(err, ERR_UPSTREAM, "what the picture's server sent is no picture");
    reply_header(rq, "Cache-Control", "private, max-age=3600");
    return reply_file(rq, "picture", type, fetched.body, true);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/messages/{id}/html", ALONE, get_html, CASE_READ, QUERY(html_query),
          CONTENT("text/html"), "Shows a message's HTML as a page that is safe in a frame."),
    ROUTE(GET, "/api/v1/messages/{id}/pictures/{number}", OUTSIDE, get_picture, CASE_READ, NOTHING,
          CONTENT("*/*"),
          "Fetches a picture that the page names, from another server; PNG, JPEG, GIF and WebP."),
};
const struct routes message_html_routes = ROUTES(rows);
