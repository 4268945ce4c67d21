/* reply.c — what goes out: structs as JSON, files, and problems (RFC 9457). */
#include "inside.h"

#include "../base/form.h"
#include "../base/json.h"
#include "../base/log.h"
#include "../base/text.h"

#include <string.h>

static struct exchange *of(struct request *rq)
{
    return (struct exchange *)rq;
}

void reply_reset(struct exchange *ex)
{
    buf_clear(&ex->reply);
    ex->status = 0;
    ex->reply_type = NULL;
    ex->headers = NULL;
    ex->is_stream = false;
    ex->stream_topic = 0;
    ex->reading = (struct reading){ 0 };
}

void reply_header(struct request *rq, const char *name, const char *value)
{
    struct reply_header *header = NEW(rq->mem, struct reply_header);

    *header = (struct reply_header){ name, arena_text(rq->mem, value), of(rq)->headers };
    of(rq)->headers = header;
}

static struct buf *begin(struct request *rq, int status, const char *type)
{
    struct exchange *ex = of(rq);

    ex->status = status;
    ex->reply_type = type;
    return &ex->reply;
}

bool reply(struct request *rq, int status, const struct field *fields, const void *row)
{
    json_write(begin(rq, status, "application/json"), fields, row);
    return true;
}

bool reply_versioned(struct request *rq, int status, int64_t version, const struct field *fields,
                     const void *row)
{
    reply_header(rq, "ETag", arena_printf(rq->mem, "\"%lld\"", (long long)version));
    return reply(rq, status, fields, row);
}

bool reply_list(struct request *rq, const struct field *fields, size_t size,
                const struct list *items, const char *next)
{
    struct buf *out = begin(rq, 200, "application/json");

    buf_text(out, "{\"items\":");
    json_write_list(out, fields, size, items->items, items->n);
    buf_text(out, ",\"next\":");
    json_write_text(out, next);
    buf_char(out, '}');
    return true;
}

bool reply_page(struct request *rq, const struct field *fields, size_t size,
                const struct list *items, int64_t limit)
{
    const char *next = NULL;

    if (items->n > 0 && (int64_t)items->n >= limit) {
        const char *last = (const char *)items->items + (items->n - 1) * size;
        next = cursor_write(rq->mem, *(const int64_t *)(last + fields[0].at), 0);
    }
    return reply_list(rq, fields, size, items, next);
}

bool reply_nothing(struct request *rq)
{
    begin(rq, 204, NULL);
    return true;
}

bool reply_text(struct request *rq, const char *type, const char *text)
{
    return reply_content(rq, 200, type, text);
}

bool reply_content(struct request *rq, int status, const char *type, const char *text)
{
    buf_text(begin(rq, status, type), text);
    return true;
}

/* Types that a browser shows without running anything in them. */
static bool is_safe_type(const char *type)
{
    static const char *const safe[] = { "image/png",  "image/jpeg", "image/gif",       "image/webp",
                                        "image/avif", "text/plain", "application/pdf", "audio/mpeg",
                                        "audio/ogg",  "video/mp4" };

    for (size_t i = 0; i < COUNT(safe); i++)
        if (strcmp(type, safe[i]) == 0)
            return true;
    return false;
}

/* RFC 6266 with RFC 8187: an ASCII name for the old, the true one for the others. */
static char *disposition(struct arena *mem, const char *name, bool is_inline)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
    struct buf out = BUF(4096);
    char *text;

    buf_printf(&out, "%s; filename=\"", is_inline ? "inline" : "attachment");
    for (const char *c = name; *c; c++)
        buf_char(&out, strchr(plain, *c) ? *c : '_');
    buf_text(&out, "\"; filename*=UTF-8''");
    buf_text(&out, percent_write(mem, name));
    text = arena_text(mem, buf_str(&out));
    buf_free(&out);
    return text;
}

bool reply_file(struct request *rq, const char *name, const char *type, struct bytes content,
                bool is_inline)
{
    bool is_safe = is_safe_type(type);

    buf_add(begin(rq, 200, is_safe ? arena_text(rq->mem, type) : "application/octet-stream"),
            content.data, content.len);
    reply_header(rq, "Content-Disposition",
                 disposition(rq->mem, text_preview(rq->mem, name, 200), is_inline && is_safe));
    return true;
}

bool reply_stream(struct request *rq, int64_t after, int64_t newest, bool has_presence)
{
    begin(rq, 200, NULL);
    of(rq)->is_stream = true;
    of(rq)->stream_after = after < newest ? after : newest;
    of(rq)->stream_newest = newest;
    of(rq)->stream_has_presence = has_presence;
    return true;
}

bool reply_hints(struct request *rq, int64_t topic, int64_t newest)
{
    begin(rq, 200, NULL);
    of(rq)->is_stream = true;
    of(rq)->stream_topic = topic;
    of(rq)->stream_newest = newest;
    return true;
}

bool reply_page_of(struct request *rq, const char *path, struct err *err)
{
    const struct assets *assets = of(rq)->server->settings.assets;
    const struct asset *asset = assets ? asset_find(assets, path) : NULL;

    if (!asset)
        return err_set(err, ERR_NOT_FOUND, "this program was built without its web pages");
    buf_add(begin(rq, 200, asset->type), asset->plain.data, asset->plain.len);
    return true;
}

/* --- problems ------------------------------------------------------------------------------- */

static const struct {
    enum err_code code;
    int status;
    const char *title;
} problems[ERR_CODES_N] = {
    [ERR_NONE] = { ERR_NONE,            500, "Something went wrong"            },
    [ERR_INVALID] = { ERR_INVALID,         422, "Something in it isn't right"     },
    [ERR_MALFORMED] = { ERR_MALFORMED,       400, "It can't be read"                },
    [ERR_UNAUTHENTICATED] = { ERR_UNAUTHENTICATED, 401, "Log in first"                    },
    [ERR_DENIED] = { ERR_DENIED,          403, "Not allowed"                     },
    [ERR_NOT_FOUND] = { ERR_NOT_FOUND,       404, "Not found"                       },
    [ERR_METHOD] = { ERR_METHOD,          405, "Not possible here"               },
    [ERR_CONFLICT] = { ERR_CONFLICT,        409, "It conflicts with what is there" },
    [ERR_GONE] = { ERR_GONE,            410, "Gone"                            },
    [ERR_CHANGED] = { ERR_CHANGED,         412, "It was changed meanwhile"        },
    [ERR_TOO_LARGE] = { ERR_TOO_LARGE,       413, "Too large"                       },
    [ERR_UNSUPPORTED] = { ERR_UNSUPPORTED,     415, "Not a type for this"             },
    [ERR_PRECONDITION] = { ERR_PRECONDITION,    428, "If-Match is missing"             },
    [ERR_TOO_MANY] = { ERR_TOO_MANY,        429, "Too many"                        },
    [ERR_INTERNAL] = { ERR_INTERNAL,        500, "Something went wrong here"       },
    [ERR_UPSTREAM] = { ERR_UPSTREAM,        502, "Another server refused"          },
    [ERR_BUSY] = { ERR_BUSY,            503, "Busy"                            },
    [ERR_FULL] = { ERR_FULL,            507, "No room"                         },
};

static void write_errors(struct buf *out, const struct err *err)
{
    buf_text(out, ",\"errors\":[");
    for (size_t i = 0; i < err->fields_n; i++) {
        const char *pointer = err->fields[i].pointer;
        buf_text(out, i > 0 ? ",{\"pointer\":" : "{\"pointer\":");
        json_write_text(out, pointer);
        buf_text(out, ",\"detail\":");
        json_write_text(out, err->fields[i].detail);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

/* What went wrong inside is for the log; the person gets a word to ask for it. */
static const char *hide(struct exchange *ex, const struct err *err)
{
    const char *word = random_text(ex->rq.mem, 8);

    LOG_ERROR("http.request", "path=%s word=%s err=\"%s\"", ex->rq.route ? ex->rq.route->path : "-",
              word, err->text);
    atomic_fetch_add_explicit(&ex->server->failed, 1, memory_order_relaxed);
    return arena_printf(ex->rq.mem,
                        "something went wrong on our side; the log tells more under \"%s\"", word);
}

void reply_problem(struct exchange *ex, const struct err *err)
{
    int status = problems[err->code].status;
    struct buf *out = &ex->reply;
    int64_t seconds = (err->retry_after_ms + SECOND_MS - 1) / SECOND_MS;

    reply_reset(ex);
    begin(&ex->rq, status, "application/problem+json");
    buf_printf(out, "{\"type\":\"%s\",\"title\":", err->type ? err->type : "about:blank");
    json_write_text(out, problems[err->code].title);
    buf_printf(out, ",\"status\":%d,\"detail\":", status);
    json_write_text(out, status == 500 ? hide(ex, err) : err->text);
    if (err->fields_n > 0)
        write_errors(out, err);
    buf_char(out, '}');
    if (err->code == ERR_UNAUTHENTICATED)
        reply_header(&ex->rq, "WWW-Authenticate", "Bearer");
    if (seconds > 0 || err->code == ERR_BUSY)
        reply_header(&ex->rq, "Retry-After",
                     arena_printf(ex->rq.mem, "%lld", (long long)(seconds > 0 ? seconds : 1)));
}
