#include "email_header.h"

#include <string.h>
#include <strings.h>

#include "../base/text.h"
#include "email_checks.h"
#include "email_parse.h"
#include "email_text.h"

enum { DATE_LENGTH_MAX = 200, YEAR_MIN = 1990, YEAR_MAX = 2100, VALUE_MAX = 200 };

const char *mail_message_id(struct arena *mem, const char *raw_value)
{
    const char *s = raw_value ? strchr(raw_value, '<') : NULL;
    size_t len;

    s = s ? s + 1 : raw_value;
    if (!s)
        return NULL;
    s += strspn(s, " \t\r\n");
    len = strcspn(s, "> \t\r\n");
    if (len == 0 || len > EMAIL_MESSAGE_ID_MAX)
        return NULL;
    const char *id = utf8_repair(mem, s, len);
    return text_is_blank(id) ? NULL : id;
}

static size_t count_addresses(const char *value)
{
    size_t n = 0;

    for (; (value = strchr(value, '@')) && n < EMAIL_ADDRESSES_MAX; value++)
        n++;
    return n;
}

/* The parties of every field of that name: some mailers write several. */
static struct list parties(struct arena *mem, GMimeObject *mail, const char *name)
{
    GMimeHeaderList *headers = g_mime_object_get_header_list(mail);
    struct party_list list = { 0 };
    const char *value;

    for (int i = 0; i < g_mime_header_list_get_count(headers); i++)
        if ((value = mime_header_at(headers, i, name)))
            list.max += count_addresses(value);
    if (list.max > EMAIL_ADDRESSES_MAX)
        list.max = EMAIL_ADDRESSES_MAX;
    list.items = NEW_ARRAY(mem, struct party, list.max);
    for (int i = 0; i < g_mime_header_list_get_count(headers) && list.n < list.max; i++)
        if ((value = mime_header_at(headers, i, name)))
            mail_parties(mem, value, &list);
    return (struct list){ list.items, list.n };
}

static struct party first_party(struct arena *mem, GMimeObject *mail, const char *name)
{
    struct list list = parties(mem, mail, name);

    return list.n > 0 ? *(struct party *)list.items : (struct party){ "", NULL };
}

static void read_sender(struct arena *mem, GMimeObject *mail, struct incoming *out)
{
    struct list from = parties(mem, mail, "From");

    out->only_says = true;
    out->checks = email_checks(mem, mail, &from);
    out->from = from.n > 0 ? *(struct party *)from.items : (struct party){ "", NULL };
    if (!out->from.address)
        out->from = first_party(mem, mail, "Sender");
    /* "From: MAILER-DAEMON": a name to show, nobody to answer to. */
    if (!out->from.address && mime_header(mail, "From"))
        out->from.name = mime_decode(mem, mime_header(mail, "From"), EMAIL_NAME_MAX);
    out->reply_to = first_party(mem, mail, "Reply-To");
    if (text_equal(out->reply_to.address, out->from.address))
        out->reply_to = (struct party){ "", NULL };
}

static void read_delivered_to(struct arena *mem, GMimeObject *mail, struct incoming *out)
{
    static const char *const names[] = { "Delivered-To", "X-Original-To", "Envelope-To",
                                         "X-Envelope-To" };
    struct list found[COUNT(names)];
    size_t n = 0;

    for (size_t i = 0; i < COUNT(names); i++) {
        found[i] = parties(mem, mail, names[i]);
        n += found[i].n;
    }
    const char **texts = NEW_ARRAY(mem, const char *, n);
    out->delivered_to = (struct list){ texts, 0 };
    for (size_t i = 0; i < COUNT(names); i++)
        for (size_t j = 0; j < found[i].n && out->delivered_to.n < EMAIL_ADDRESSES_MAX; j++)
            texts[out->delivered_to.n++] = ((struct party *)found[i].items)[j].address;
}

static void add_reference(struct arena *mem, struct list *list, const char *id)
{
    const char **texts = list->items;

    id = mail_message_id(mem, id);
    if (!id || list->n == EMAIL_REFERENCES_MAX)
        return;
    for (size_t i = 0; i < list->n; i++)
        if (text_equal(texts[i], id))
            return;
    texts[list->n++] = id;
}

/* Where the last "<…" in front of `end` begins; NULL: there is none. */
static const char *last_id(const char *value, const char *end)
{
    return memrchr(value, '<', (size_t)(end - value));
}

static void read_references(struct arena *mem, GMimeObject *mail, struct incoming *out)
{
    static const char *const names[] = { "In-Reply-To", "References" };

    out->references = (struct list){ NEW_ARRAY(mem, const char *, EMAIL_REFERENCES_MAX), 0 };
    for (size_t i = 0; i < COUNT(names); i++) {
        const char *value = mime_header(mail, names[i]);
        const char *id = value ? last_id(value, value + strlen(value)) : NULL;
        if (value && !id && strchr(value, '@'))
            add_reference(mem, &out->references, value);
        for (; id && out->references.n < EMAIL_REFERENCES_MAX; id = last_id(value, id))
            add_reference(mem, &out->references, id);
    }
}

instant email_date(const char *text)
{
    instant at = { 0 };

    if (strlen(text) > DATE_LENGTH_MAX)
        return at;
    email_init();
    GDateTime *date = g_mime_utils_header_decode_date(text);
    if (!date)
        return at;
    if (g_date_time_get_year(date) >= YEAR_MIN && g_date_time_get_year(date) <= YEAR_MAX)
        at.ms = g_date_time_to_unix(date) * SECOND_MS;
    g_date_time_unref(date);
    return at;
}

struct sign {
    const char *header;
    const char *value; /* what it starts with; NULL: anything */
};

static bool has_sign(struct arena *mem, GMimeObject *mail, const struct sign *signs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *raw = mime_header(mail, signs[i].header);
        if (raw && (!signs[i].value || strncasecmp(mime_decode(mem, raw, VALUE_MAX), signs[i].value,
                                                   strlen(signs[i].value)) == 0))
            return true;
    }
    return false;
}

static const struct sign auto_signs[] = {
    { "X-Autoreply",         NULL               },
    { "X-Autorespond",       NULL               },
    { "X-Autoresponder",     NULL               },
    { "X-Autoreply-From",    NULL               },
    { "X-Mail-Autoreply",    NULL               },
    { "X-Failed-Recipients", NULL               },
    { "Precedence",          "auto_reply"       },
    { "Precedence",          "auto-reply"       },
    { "Return-Path",         "<>"               },
    { "Content-Type",        "multipart/report" },
    { "X-POST-MessageClass", "9"                }
};

/* Not enough alone: Exchange writes the first on ordinary mail too. */
static const struct sign weak_auto_signs[] = {
    { "X-Auto-Response-Suppress",               NULL       },
    { "X-MS-Exchange-Inbox-Rules-Loop",         NULL       },
    { "X-MS-Exchange-Generated-Message-Source", NULL       },
    { "Precedence",                             "bulk"     },
    { "Precedence",                             "junk"     },
    { "X-Mailer",                               "vacation" },
};

static const struct sign bulk_signs[] = {
    { "List-Id",          NULL   },
    { "List-Unsubscribe", NULL   },
    { "List-Post",        NULL   },
    { "Precedence",       "bulk" },
    { "Precedence",       "list" },
    { "Precedence",       "junk" },
};

static bool is_absence_subject(const char *subject)
{
    static const char *const starts[] = { "automatisch antwoord",
                                          "automatische reactie",
                                          "automatic reply",
                                          "auto reply",
                                          "auto-reply",
                                          "autoreply",
                                          "auto:",
                                          "out of office",
                                          "out of the office",
                                          "afwezig",
                                          "niet aanwezig",
                                          "buiten kantoor",
                                          "met vakantie",
                                          "op vakantie",
                                          "vakantie",
                                          "réponse automatique",
                                          "absence",
                                          "absent",
                                          "abwesenheit",
                                          "automatische antwort",
                                          "ontvangstbevestiging",
                                          "vacation" };

    for (size_t i = 0; i < COUNT(starts); i++)
        if (strncasecmp(subject, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

/* RFC 3834: any value but "no". */
static bool is_auto_submitted(struct arena *mem, GMimeObject *mail)
{
    const char *raw = mime_header(mail, "Auto-Submitted");

    return raw && strncasecmp(mime_decode(mem, raw, VALUE_MAX), "no", 2) != 0;
}

static bool is_daemon(const struct party *from)
{
    return from->address && (strncasecmp(from->address, "mailer-daemon@", 14) == 0 ||
                             strncasecmp(from->address, "postmaster@", 11) == 0);
}

bool mail_is_from_server(struct arena *mem, GMimeObject *mail, const struct party *from)
{
    const char *path = mime_header(mail, "Return-Path");

    if (!path)
        return is_daemon(from) || is_auto_submitted(mem, mail);
    path = text_trim(mem, mime_decode(mem, path, VALUE_MAX));
    return text_equal(path, "<>") || strcasecmp(path, "<MAILER-DAEMON>") == 0;
}

void mail_header_read(struct arena *mem, GMimeObject *mail, struct incoming *out)
{
    const char *subject = mime_header(mail, "Subject"), *date = mime_header(mail, "Date");

    read_sender(mem, mail, out);
    out->to = parties(mem, mail, "To");
    out->cc = parties(mem, mail, "Cc");
    read_delivered_to(mem, mail, out);
    out->subject = subject ? mime_decode(mem, subject, EMAIL_SUBJECT_MAX) : "";
    out->external_id = mail_message_id(mem, mime_header(mail, "Message-ID"));
    read_references(mem, mail, out);
    out->sent_at = email_date(date ? date : "");
    out->is_bulk = has_sign(mem, mail, bulk_signs, COUNT(bulk_signs));
    out->is_auto = is_auto_submitted(mem, mail) ||
                   has_sign(mem, mail, auto_signs, COUNT(auto_signs)) || is_daemon(&out->from) ||
                   (is_absence_subject(out->subject) &&
                    has_sign(mem, mail, weak_auto_signs, COUNT(weak_auto_signs)));
}
