#include "sms_twilio.h"

#include "../base/buf.h"
#include "../base/crypt.h"
#include "../base/fetch.h"
#include "../base/form.h"
#include "../base/json.h"
#include "../base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ASK_MS = 20000, ANSWER_MAX = 64 * 1024, MEDIA_MAX = 10, SIGNED_MAX = 1 << 20 };

static const char twilio_api[] = "https://api.twilio.com";

static const struct field settings_fields[] = {
    FIELD(twilio_settings, address, .flags = REQUIRED | LINE, .min = 1, .max = 20,
          .doc = "Your number with the provider, like +31612345678, or a short name"),
    FIELD(twilio_settings, account, .flags = REQUIRED | LINE, .max = 100,
          .doc = "The account's id (Account SID)"),
    FIELD(twilio_settings, token, .flags = REQUIRED | SECRET, .max = 200,
          .doc = "The account's token (Auth Token): it also signs what comes in"),
    FIELD(twilio_settings, our_url, .flags = REQUIRED | URL, .max = 500,
          .doc = "This server as the provider reaches it, without a path"),
    FIELD(twilio_settings, api_url, .flags = URL, .max = 500,
          .doc = "Of another provider that speaks as Twilio does; Twilio's own when left out"),
    SMS_LIMIT_FIELDS(twilio_settings),
    { 0 },
};

/* --- signatures --------------------------------------------------------------------------------
 */

static int by_name(const void *a, const void *b)
{
    const struct form_value *x = a, *y = b;
    size_t least = x->value.len < y->value.len ? x->value.len : y->value.len;
    int order = strcmp(x->name, y->name);

    if (order == 0 && least > 0)
        order = memcmp(x->value.data, y->value.data, least);
    return order != 0 ? order : (x->value.len > y->value.len) - (x->value.len < y->value.len);
}

/* The address, and all values behind their names, sorted by them. */
static struct bytes signed_text(struct arena *mem, const char *url, const struct list *form)
{
    struct form_value *values = NEW_ARRAY(mem, struct form_value, form->n);
    struct buf out = BUF(SIGNED_MAX);
    struct bytes text;

    if (form->n > 0) {
        memcpy(values, form->items, form->n * sizeof(*values));
        qsort(values, form->n, sizeof(*values), by_name);
    }
    buf_text(&out, url);
    for (size_t i = 0; i < form->n; i++) {
        buf_text(&out, values[i].name);
        buf_add(&out, values[i].value.data, values[i].value.len);
    }
    text = arena_bytes(mem, (struct bytes){ (const uint8_t *)buf_str(&out), out.len });
    buf_free(&out);
    return text;
}

bool twilio_signature_is_good(struct arena *mem, const struct twilio_settings *settings,
                              const char *url, const struct list *form, const char *header)
{
    struct bytes key = { (const uint8_t *)settings->token, strlen(settings->token) }, given;
    uint8_t wanted[20];

    hmac_sha1(key, signed_text(mem, url, form), wanted);
    return base64_read(mem, header, &given) &&
           secret_equal(given, (struct bytes){ wanted, sizeof(wanted) });
}

/* --- in ----------------------------------------------------------------------------------------
 */

/* What was sent with it stands behind the text, where the provider has it. */
static const char *text_of(struct arena *mem, const struct list *form)
{
    const char *body = form_text(mem, form, "Body"), *media;

    if (!body)
        body = "";
    for (int i = 0; i < MEDIA_MAX; i++) {
        media = form_text(mem, form, arena_printf(mem, "MediaUrl%d", i));
        if (media)
            body = arena_printf(mem, "%s%s%s", body, *body ? "\n" : "", media);
    }
    return body;
}

bool twilio_parse(struct arena *mem, struct bytes raw, struct incoming *out, struct err *err)
{
    struct list form;
    struct sms sms;

    if (!form_read(mem, raw, &form, err))
        return false;
    sms = (struct sms){
        .id = form_text(mem, &form, "MessageSid"),
        .from = form_text(mem, &form, "From"),
        .to = form_text(mem, &form, "To"),
        .text = text_of(mem, &form),
    };
    if (text_is_blank(sms.from))
        return err_set(err, ERR_INVALID, "it doesn't say who it is from");
    sms_incoming(mem, &sms, out);
    return true;
}

enum sms_report twilio_report(struct arena *mem, const struct list *form, const char **words)
{
    static const struct {
        const char *status;
        enum sms_report report;
    } rows[] = {
        { "sent",        SMS_TAKEN     },
        { "delivered",   SMS_DELIVERED },
        { "read",        SMS_READ      },
        { "undelivered", SMS_FAILED    },
        { "failed",      SMS_FAILED    },
        { "canceled",    SMS_FAILED    },
    };
    const char *status = form_text(mem, form, "MessageStatus");
    const char *code = form_text(mem, form, "ErrorCode");

    *words = status;
    if (!text_is_blank(code))
        *words = arena_printf(mem, "%s (error %s)", status ? status : "", code);
    for (size_t i = 0; status && i < COUNT(rows); i++)
        if (strcmp(rows[i].status, status) == 0)
            return rows[i].report;
    return SMS_NOTHING;
}

/* --- out ---------------------------------------------------------------------------------------
 */

static void add_value(struct arena *mem, struct buf *form, const char *name, const char *value)
{
    buf_printf(form, "%s%s=%s", form->len > 0 ? "&" : "", name, percent_write(mem, value));
}

static struct bytes form_of(struct arena *mem, const struct twilio_settings *twilio,
                            const struct outgoing *message)
{
    struct buf form = BUF(64 * 1024);
    struct bytes bytes;

    add_value(mem, &form, "From", twilio->address);
    add_value(mem, &form, "To", message->to.address);
    add_value(mem, &form, "Body", message->text);
    add_value(mem, &form, "StatusCallback",
              arena_printf(mem, "%s/api/v1/channels/%s/twilio/%s", twilio->our_url,
                           message->channel, message->id));
    bytes = arena_bytes(mem, (struct bytes){ (const uint8_t *)buf_str(&form), form.len });
    buf_free(&form);
    return bytes;
}

static bool ask(struct arena *mem, const struct twilio_settings *twilio, const char *method,
                const char *path, struct bytes body, struct fetched *out, struct err *err)
{
    const char *login = arena_printf(mem, "%s:%s", twilio->account, twilio->token);
    const char *base = text_is_blank(twilio->api_url) ? twilio_api : twilio->api_url;
    const struct fetch_header headers[] = {
        { "Content-Type", "application/x-www-form-urlencoded" },
        { "Authorization", arena_printf(mem, "Basic %s",
         base64_write(mem, (struct bytes){ (const uint8_t *)login,
                                                                          strlen(login) })) },
    };
    struct fetch rq = {
        .method = method,
        .url = arena_printf(mem, "%s/2010-04-01/Accounts/%s%s", base,
                            percent_write(mem, twilio->account), path),
        .headers = headers,
        .headers_n = COUNT(headers),
        .body = body,
        .timeout_ms = ASK_MS,
        .max = ANSWER_MAX,
    };

    return fetch(mem, &rq, out, err);
}

static const char *words_of(struct arena *mem, const struct fetched *answer, const char *name)
{
    return json_text_at(mem, utf8_repair(mem, answer->body.data, answer->body.len), name);
}

static void read_answer(struct arena *mem, const struct fetched *answer, struct receipt *out)
{
    const char *words;

    sms_answered(answer->status, out);
    words = words_of(mem, answer, out->delivery == DELIVERY_SENT ? "status" : "message");
    snprintf(out->words, sizeof(out->words), "the provider answered %d%s%.200s", answer->status,
             words ? ": " : "", words ? words : "");
}

static void send(struct arena *mem, const void *settings, const struct outgoing *message,
                 struct receipt *out)
{
    const struct twilio_settings *twilio = settings;
    struct fetched answer;
    struct err err;

    *out = (struct receipt){ 0 };
    err_clear(&err);
    if (ask(mem, twilio, "POST", "/Messages.json", form_of(mem, twilio, message), &answer, &err))
        read_answer(mem, &answer, out);
    else
        sms_no_answer(&answer, &err, out);
}

/* --- settings ----------------------------------------------------------------------------------
 */

static bool check(struct arena *mem, void *settings, struct err *err)
{
    struct twilio_settings *twilio = settings;
    size_t len = twilio->api_url ? strlen(twilio->api_url) : 0;

    if (len > 0 && twilio->api_url[len - 1] == '/')
        twilio->api_url = arena_text_n(mem, twilio->api_url, len - 1);
    return sms_check_address(twilio->address, err) && sms_check_our_url(mem, &twilio->our_url, err);
}

static const char *address(const void *settings)
{
    return ((const struct twilio_settings *)settings)->address;
}

static void show_secret(struct arena *mem, const void *settings, const char *channel,
                        struct channel_secret *out)
{
    const struct twilio_settings *twilio = settings;

    *out = (struct channel_secret){
        .url = arena_printf(mem, "%s/api/v1/channels/%s/twilio", twilio->our_url, channel),
    };
}

static struct channel_room room(const void *settings)
{
    return sms_room(&((const struct twilio_settings *)settings)->limits);
}

static int64_t rate(const void *settings)
{
    return ((const struct twilio_settings *)settings)->limits.per_second;
}

static bool test(struct arena *mem, const void *settings, struct err *err)
{
    const struct twilio_settings *twilio = settings;
    struct fetched answer;

    if (!ask(mem, twilio, "GET", ".json", (struct bytes){ 0 }, &answer, err))
        return false;
    if (answer.status == 200)
        return true;
    if (answer.status == 401 || answer.status == 403 || answer.status == 404)
        return err_set(err, ERR_UPSTREAM, "the provider doesn't know this account and token");
    return err_set(err, ERR_UPSTREAM, "the provider answers %d", answer.status);
}

const struct channel_type twilio_channel = {
    .name = "sms_twilio",
    .message_host = "sms.invalid",
    .skills = CAN_BEGIN | BY_ADDRESS,
    .address_kind = IDENTITY_PHONE,
    .answers_to = ANSWERS_TO(IDENTITY_PHONE),
    .settings_fields = settings_fields,
    .settings_size = sizeof(struct twilio_settings),
    .check = check,
    .address = address,
    .show_secret = show_secret,
    .room = room,
    .rate = rate,
    .parse = twilio_parse,
    .send = send,
    .test = test,
};
