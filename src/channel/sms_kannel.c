#include "sms_kannel.h"

#include "../base/buf.h"
#include "../base/crypt.h"
#include "../base/fetch.h"
#include "../base/form.h"
#include "../base/text.h"

#include <iconv.h>
#include <stdio.h>
#include <string.h>

enum { ASK_MS = 20000, SECRET_LEN = 32, SECRET_LEAST = 16 };

static const struct field settings_fields[] = {
    FIELD(kannel_settings, address, .flags = REQUIRED | LINE, .min = 1, .max = 20,
          .doc = "Whom an SMS is from: a number like +31612345678 or 1008, or a short name"),
    FIELD(kannel_settings, send_url, .flags = REQUIRED | URL, .max = 500,
          .doc = "Kannel's smsbox, as http://10.0.0.5:13013/cgi-bin/sendsms"),
    FIELD(kannel_settings, username, .flags = REQUIRED | LINE, .max = 100,
          .doc = "Of a group sendsms-user in Kannel's configuration"),
    FIELD(kannel_settings, password, .flags = REQUIRED | SECRET, .max = 200),
    FIELD(kannel_settings, our_url, .flags = URL, .max = 500,
          .doc = "This server as Kannel reaches it, without a path; no delivery reports without"),
    FIELD(kannel_settings, secret, .flags = SECRET, .max = 200,
          .doc = "In the address that Kannel posts to; made for you when left out"),
    SMS_LIMIT_FIELDS(kannel_settings),
    { 0 },
};

/* --- in ----------------------------------------------------------------------------------------
 */

struct bytes kannel_raw(struct arena *mem, const char *query, struct bytes body)
{
    size_t len = strlen(query);
    uint8_t *raw = arena_alloc(mem, len + 1 + body.len);

    memcpy(raw, query, len);
    raw[len] = '\n';
    if (body.len > 0)
        memcpy(raw + len + 1, body.data, body.len);
    return (struct bytes){ raw, len + 1 + body.len };
}

static instant time_of(struct arena *mem, const struct list *query)
{
    const char *text = form_text(mem, query, "time");
    int64_t seconds;

    if (!text || !int_read(text, strlen(text), &seconds) || seconds <= 0 ||
        seconds > INT64_MAX / SECOND_MS)
        return (instant){ 0 };
    return (instant){ seconds * SECOND_MS };
}

static struct bytes bytes_of(const char *s)
{
    return (struct bytes){ (const uint8_t *)s, strlen(s) };
}

void kannel_query(struct arena *mem, const char *query, instant *at, const char **id)
{
    struct list form;
    struct err err;

    *at = (instant){ 0 };
    *id = NULL;
    err_clear(&err);
    if (!form_read(mem, bytes_of(query), &form, &err))
        return;
    *at = time_of(mem, &form);
    *id = form_text(mem, &form, "id");
    if (text_is_blank(*id))
        *id = NULL;
}

static void close_iconv(iconv_t *converter)
{
    if (*converter != (iconv_t)-1)
        iconv_close(*converter);
}

/* From a charset of one byte a character. */
static char *read_single(struct arena *mem, const char *charset, struct bytes body)
{
    CLEANUP(close_iconv) iconv_t converter = iconv_open("UTF-8", charset);
    size_t room = body.len * 4, left = body.len;
    char *out = arena_alloc(mem, room + 1), *to = out, *from = (char *)body.data;

    if (converter == (iconv_t)-1)
        return utf8_repair(mem, body.data, body.len);
    while (left > 0 && iconv(converter, &from, &left, &to, &room) == (size_t)-1 && left > 0) {
        *to++ = '?'; /* one of the few places where nothing stands */
        room--;
        from++;
        left--;
    }
    return utf8_repair(mem, out, (size_t)(to - out));
}

/* Kannel hands GSM-7 over as UTF-8, and UCS-2 as it came, unless it was told to convert it. */
static char *text_of(struct arena *mem, const char *charset, struct bytes body)
{
    static const char *const single[] = { "ISO-8859-1", "ISO-8859-15", "WINDOWS-1252" };

    if (text_equal(charset, "UTF-16BE"))
        return sms_read_ucs2(mem, body);
    for (size_t i = 0; i < COUNT(single); i++)
        if (text_equal(charset, single[i]))
            return read_single(mem, single[i], body);
    return utf8_repair(mem, body.data, body.len);
}

/* Bytes that are no text: a logo, a ring tone, a setting. */
static void take_bytes(struct arena *mem, struct bytes body, struct incoming *out)
{
    struct incoming_file *file = NEW(mem, struct incoming_file);

    *file = (struct incoming_file){ .name = "sms.bin",
                                    .type = "application/octet-stream",
                                    .data = body };
    out->files = (struct list){ file, 1 };
}

bool kannel_parse(struct arena *mem, struct bytes raw, struct incoming *out, struct err *err)
{
    const uint8_t *end = raw.len > 0 ? memchr(raw.data, '\n', raw.len) : NULL;
    size_t len = end ? (size_t)(end - raw.data) : raw.len;
    struct bytes body = { raw.data + len + (end != NULL), raw.len - len - (end != NULL) };
    bool is_text;
    struct list query;
    struct sms sms;

    if (!form_read(mem, (struct bytes){ raw.data, len }, &query, err))
        return false;
    is_text = !text_equal(form_text(mem, &query, "coding"), "1");
    sms = (struct sms){
        .id = form_text(mem, &query, "id"),
        .from = form_text(mem, &query, "from"),
        .to = form_text(mem, &query, "to"),
        .text = is_text ? text_of(mem, form_text(mem, &query, "charset"), body) : "",
        .sent_at = time_of(mem, &query),
    };
    if (text_is_blank(sms.from))
        return err_set(err, ERR_INVALID,
                       "it doesn't say who it is from: post-url in Kannel's configuration needs "
                       "from=%%p");
    sms_incoming(mem, &sms, out);
    if (!is_text)
        take_bytes(mem, body, out);
    return true;
}

enum sms_report kannel_report(struct arena *mem, const char *query, const char **words)
{
    static const struct {
        const char *type;
        enum sms_report report;
    } rows[] = {
        { "1",  SMS_DELIVERED },
        { "2",  SMS_FAILED    },
        { "8",  SMS_TAKEN     },
        { "16", SMS_FAILED    },
    };
    const char *type;
    struct list form;
    struct err err;

    *words = NULL;
    err_clear(&err);
    if (!form_read(mem, bytes_of(query), &form, &err))
        return SMS_NOTHING;
    type = form_text(mem, &form, "type");
    *words = form_text(mem, &form, "words");
    for (size_t i = 0; type && i < COUNT(rows); i++)
        if (strcmp(rows[i].type, type) == 0)
            return rows[i].report;
    return SMS_NOTHING;
}

/* --- out ---------------------------------------------------------------------------------------
 */

static const char *path_of(struct arena *mem, const struct kannel_settings *kannel,
                           const char *channel)
{
    return arena_printf(mem, "%s/api/v1/channels/%s/kannel/%s",
                        kannel->our_url ? kannel->our_url : "", channel,
                        percent_write(mem, kannel->secret));
}

static const char *report_url(struct arena *mem, const struct kannel_settings *kannel,
                              const struct outgoing *message)
{
    return arena_printf(mem, "%s/%s?type=%%d&words=%%A", path_of(mem, kannel, message->channel),
                        message->id);
}

static void read_answer(struct arena *mem, const struct fetched *answer, struct receipt *out)
{
    const char *words =
        text_preview(mem, utf8_repair(mem, answer->body.data, answer->body.len), 200);

    sms_answered(answer->status, out);
    snprintf(out->words, sizeof(out->words), "Kannel (%d): %.200s", answer->status, words);
}

static bool ask(struct arena *mem, const struct kannel_settings *kannel,
                const struct fetch_header *more, size_t more_n, const char *text,
                struct fetched *out, struct err *err)
{
    struct fetch_header headers[12] = {
        { "Content-Type",      "text/plain; charset=UTF-8" },
        { "X-Kannel-Username", kannel->username            },
        { "X-Kannel-Password", kannel->password            },
        { "X-Kannel-From",     kannel->address             },
    };
    struct fetch rq = { .method = "POST",
                        .url = kannel->send_url,
                        .headers = headers,
                        .headers_n = 4,
                        .body = bytes_of(text),
                        .timeout_ms = ASK_MS };

    for (size_t i = 0; i < more_n; i++)
        headers[rq.headers_n++] = more[i];
    return fetch(mem, &rq, out, err);
}

static void send(struct arena *mem, const void *settings, const struct outgoing *message,
                 struct receipt *out)
{
    const struct kannel_settings *kannel = settings;
    struct fetch_header headers[4] = {
        { "X-Kannel-To",     message->to.address                   },
        { "X-Kannel-Coding", sms_is_gsm(message->text) ? "0" : "2" },
    };
    size_t n = 2;
    struct fetched answer;
    struct err err;

    *out = (struct receipt){ 0 };
    err_clear(&err);
    if (kannel->our_url) {
        headers[n++] = (struct fetch_header){ "X-Kannel-DLR-Mask", "31" }; /* all there are */
        headers[n++] =
            (struct fetch_header){ "X-Kannel-DLR-URL", report_url(mem, kannel, message) };
    }
    if (ask(mem, kannel, headers, n, message->text, &answer, &err))
        read_answer(mem, &answer, out);
    else
        sms_no_answer(&answer, &err, out);
}

/* --- settings ----------------------------------------------------------------------------------
 */

static bool check(struct arena *mem, void *settings, struct err *err)
{
    struct kannel_settings *kannel = settings;

    if (text_is_blank(kannel->secret))
        kannel->secret = random_text(mem, SECRET_LEN);
    if (strlen(kannel->secret) < SECRET_LEAST)
        return err_field(err, "settings/secret", "must be %d characters or more", SECRET_LEAST);
    return sms_check_address(kannel->address, err) && sms_check_our_url(mem, &kannel->our_url, err);
}

static const char *address(const void *settings)
{
    return ((const struct kannel_settings *)settings)->address;
}

static void show_secret(struct arena *mem, const void *settings, const char *channel,
                        struct channel_secret *out)
{
    const struct kannel_settings *kannel = settings;

    *out = (struct channel_secret){
        .secret = kannel->secret,
        .url = arena_printf(mem, "%s?from=%%p&to=%%P&id=%%I&time=%%T&coding=%%c&charset=%%C",
                            path_of(mem, kannel, channel)),
    };
}

static struct channel_room room(const void *settings)
{
    return sms_room(&((const struct kannel_settings *)settings)->limits);
}

static int64_t rate(const void *settings)
{
    return ((const struct kannel_settings *)settings)->limits.per_second;
}

/* Without a number to send to it says so, to who may send. */
static bool test(struct arena *mem, const void *settings, struct err *err)
{
    const struct kannel_settings *kannel = settings;
    struct fetched answer;

    if (!ask(mem, kannel, NULL, 0, "test", &answer, err))
        return false;
    if (answer.status == 400)
        return true;
    if (answer.status == 401 || answer.status == 403)
        return err_set(err, ERR_UPSTREAM,
                       "Kannel doesn't let %s in: look at username, password "
                       "and user-allow-ip of its sendsms-user",
                       kannel->username);
    return err_set(err, ERR_UPSTREAM, "this doesn't answer as Kannel's sendsms: it says %d",
                   answer.status);
}

const struct channel_type kannel_channel = {
    .name = "sms_kannel",
    .message_host = "sms.invalid",
    .skills = CAN_BEGIN | BY_ADDRESS,
    .address_kind = IDENTITY_PHONE,
    .answers_to = ANSWERS_TO(IDENTITY_PHONE),
    .settings_fields = settings_fields,
    .settings_size = sizeof(struct kannel_settings),
    .check = check,
    .address = address,
    .show_secret = show_secret,
    .room = room,
    .rate = rate,
    .parse = kannel_parse,
    .send = send,
    .test = test,
};
