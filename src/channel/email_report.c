#include "email_report.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "../base/text.h"
#include "email_files.h"
#include "email_header.h"
#include "email_parse.h"
#include "email_text.h"

enum { STATUS_MAX = 256 << 10, FIELD_MAX = 16 << 10, STATUS_LENGTH_MAX = 12 };

/* One recipient's block of message/delivery-status. */
struct recipient {
    const char *original, *final, *action, *status, *words;
};

/* "rfc822; jan@x.nl" or "smtp; 550 …" without its first word. */
static const char *after_type(const char *value)
{
    const char *semicolon = value ? strchr(value, ';') : NULL;

    if (!semicolon)
        return value;
    return semicolon + 1 + strspn(semicolon + 1, " \t");
}

/* A field that begins at s: its value unfolded; `next` is the line behind it. */
static const char *unfold(struct arena *mem, const char *s, const char **next)
{
    const char *end = s;

    do {
        end += strcspn(end, "\n");
        end += *end == '\n';
    } while (*end == ' ' || *end == '\t');
    *next = end;
    size_t len = (size_t)(end - s);
    return email_one_line(mem, arena_text_n(mem, s, len < FIELD_MAX ? len : FIELD_MAX),
                          EMAIL_REPORT_WORDS_MAX);
}

static void take_field(struct arena *mem, struct recipient *to, const char *field)
{
    const struct {
        const char *name;
        const char **at;
    } rows[] = {
        { "Original-Recipient:", &to->original },
        { "Final-Recipient:",    &to->final    },
        { "Action:",             &to->action   },
        { "Status:",             &to->status   },
        { "Diagnostic-Code:",    &to->words    },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t len = strlen(rows[i].name);
        if (strncasecmp(field, rows[i].name, len) == 0)
            *rows[i].at = text_trim(mem, field + len);
    }
}

/* One block, up to the blank line; returns what follows. */
static const char *read_block(struct arena *mem, const char *s, struct recipient *to)
{
    *to = (struct recipient){ 0 };
    while (*s && *s != '\n')
        take_field(mem, to, unfold(mem, s, &s));
    return s + strspn(s, "\n");
}

static const char *first_word(struct arena *mem, const char *s, size_t max)
{
    size_t len = s ? strcspn(s, " \t(") : 0;

    return len > 0 && len <= max ? arena_text_n(mem, s, len) : NULL;
}

/* What may have happened, by how much it decides: whoever failed, then whoever waits. */
static const char *const actions[] = { "expanded", "relayed", "delivered", "delayed", "failed" };

/* 1 and up for a known action, else 0. */
static size_t rank(const struct recipient *to)
{
    for (size_t i = 0; to->action && i < COUNT(actions); i++)
        if (strncasecmp(to->action, actions[i], strlen(actions[i])) == 0)
            return i + 1;
    return 0;
}

static const char *address_in(struct arena *mem, const char *field)
{
    const char *address = after_type(field);

    return address ? mail_address(mem, address) : NULL;
}

static void add(struct arena *mem, struct delivery_report *report, struct reported one)
{
    struct list *list = &report->recipients;

    if (!list->items)
        list->items = NEW_ARRAY(mem, struct reported, EMAIL_REPORTED_MAX);
    if (list->n < EMAIL_REPORTED_MAX)
        ((struct reported *)list->items)[list->n++] = one;
}

static void add_block(struct arena *mem, struct delivery_report *report, const struct recipient *to)
{
    struct reported one = { .final = address_in(mem, to->final),
                            .action = actions[rank(to) - 1],
                            .status = first_word(mem, to->status, STATUS_LENGTH_MAX),
                            .words = after_type(to->words) };

    one.recipient = address_in(mem, to->original);
    if (!one.recipient)
        one.recipient = one.final;
    add(mem, report, one);
}

static bool read_status(struct arena *mem, struct bytes status, struct delivery_report *report)
{
    size_t len = status.len < STATUS_MAX ? status.len : STATUS_MAX;
    const char *s = email_text(mem, (struct bytes){ status.data, len }, NULL);
    struct recipient one;

    s += strspn(s, "\n");
    for (size_t wanted = COUNT(actions); wanted > 0; wanted--)
        for (const char *at = s; *at && report->recipients.n < EMAIL_REPORTED_MAX;) {
            at = read_block(mem, at, &one);
            if (rank(&one) == wanted)
                add_block(mem, report, &one);
        }
    return report->recipients.n > 0;
}

/* The Message-ID in a header block that stands in `raw`. */
static const char *id_in_header(struct arena *mem, struct bytes raw)
{
    CLEANUP(mime_close) struct mime_mail original = { 0 };
    struct err err;

    if (raw.len == 0 || !mime_open(mem, mail_header_block(raw), &original, &err))
        return NULL;
    return mail_message_id(mem, mime_header(original.root, "Message-ID"));
}

/* "5.1.1" or "#5.1.1" anywhere in a text; NULL when there is none. */
static const char *status_in_text(struct arena *mem, const char *s)
{
    for (; *s; s++) {
        if ((*s != '4' && *s != '5') || s[1] != '.' || !isdigit((uint8_t)s[2]))
            continue;
        size_t len = 2 + strspn(s + 2, "0123456789");
        if (s[len] == '.' && isdigit((uint8_t)s[len + 1]) && len <= 5)
            return arena_text_n(mem, s, len + 1 + strspn(s + len + 1, "0123456789"));
    }
    return NULL;
}

/* The first "<jan@x.nl>:" line of qmail's text; NULL when there is none. */
static const char *qmail_recipient(struct arena *mem, const char *text, const char **words)
{
    for (const char *s = text; s; s = strchr(s, '\n')) {
        s += *s == '\n';
        size_t len = strcspn(s, "\n");
        if (*s != '<' || len < 4 || len > EMAIL_ADDRESS_MAX || strncmp(s + len - 2, ">:", 2) != 0)
            continue;
        *words = s + len + (s[len] == '\n');
        return mail_address(mem, arena_text_n(mem, s + 1, len - 3));
    }
    return NULL;
}

/* The old mail's Message-ID in the copy that exim and qmail append to their text. */
static const char *id_in_text(struct arena *mem, const char *text)
{
    const char *at = strcasestr(text, "\nMessage-ID:");

    return at ? mail_message_id(mem, arena_text_n(mem, at + 12, strcspn(at + 12, "\n"))) : NULL;
}

/* Each of "jan@x.nl, piet@x.nl" as somebody of whom the same is said as of `one`. */
static void add_failed(struct arena *mem, struct delivery_report *report, const char *addresses,
                       struct reported one)
{
    for (const char *s = addresses; *s; s += strspn(s, ", ")) {
        size_t len = strcspn(s, ", ");

        one.recipient = mail_address(mem, arena_text_n(mem, s, len));
        if (one.recipient)
            add(mem, report, one);
        s += len;
    }
}

/* A report for people only. */
static bool read_text(struct arena *mem, GMimeObject *mail, struct incoming *out)
{
    const char *failed = mime_header(mail, "X-Failed-Recipients");
    const char *words = out->text;

    if (failed)
        failed = mime_decode(mem, failed, FIELD_MAX);
    else if (out->is_auto && strstr(out->text, "qmail-send program"))
        failed = qmail_recipient(mem, out->text, &words);
    if (!failed)
        return false;
    /* Under a dashed line both append a copy of the mail. */
    const char *copy = strstr(words, "\n---");
    size_t len = copy ? (size_t)(copy - words) : strlen(words);
    struct reported one = { .action = "failed",
                            .status = status_in_text(mem, words),
                            .words = text_preview(mem, arena_text_n(mem, words, len),
                                                  EMAIL_REPORT_WORDS_MAX) };
    add_failed(mem, &out->report, failed + strspn(failed, ", "), one);
    out->report.message_id = id_in_text(mem, out->text);
    return out->report.recipients.n > 0;
}

void mail_report_read(struct arena *mem, GMimeObject *mail, const struct report_parts *parts,
                      struct incoming *out)
{
    struct delivery_report *report = &out->report;

    if (parts->status.len > 0)
        out->is_report = read_status(mem, parts->status, report);
    if (!out->is_report)
        out->is_report = read_text(mem, mail, out);
    if (!out->is_report)
        return;
    out->is_auto = true;
    report->is_from_server = mail_is_from_server(mem, mail, &out->from);
    if (!report->message_id)
        report->message_id = id_in_header(mem, parts->original);
    if (!report->message_id && out->references.n > 0)
        report->message_id = *(const char **)out->references.items;
}
