#include "email.h"

#include "../base/text.h"
#include "../language/detect.h"
#include "email_intro.h"
#include "email_parse.h"
#include "email_write.h"
#include "imap.h"
#include "smtp.h"

#include <stdio.h>
#include <string.h>

const char *const mail_security_names[] = { "tls", "starttls", "plain", NULL };

static const struct field settings_fields[] = {
    FIELD(email_settings, address, .flags = REQUIRED | EMAIL, .max = 254,
          .doc = "What people write to"),
    FIELD(email_settings, sender_name, .flags = LINE, .max = 100,
          .doc = "Stands before the address in From"),
    FIELD(email_settings, signature, .max = 4000, .doc = "Under what we write"),
    FIELD(email_settings, has_reply_token,
          .doc = "Answers come to address+token@…: turn it on once mail to address+test@… arrives"),
    FIELD(email_settings, checked_by, .flags = LINE, .max = 253,
          .doc = "The name with which your mail server begins its Authentication-Results, as "
                 "mx.example.org, or - for Microsoft 365, which writes none: what it found about "
                 "senders then counts"),
    FIELD(email_settings, imap_host, .flags = HOST, .max = 253,
          .doc = "Left out: mail is only handed in, by gestand deliver"),
    FIELD(email_settings, imap_port, .min = 0, .max = 65535, .doc = "993 or 143 when left out"),
    FIELD(email_settings, imap_security, .names = mail_security_names),
    FIELD(email_settings, imap_user, .flags = LINE, .max = 254, .doc = "The address when left out"),
    FIELD(email_settings, imap_password, .flags = SECRET | LINE, .max = 1000),
    FIELD(email_settings, imap_folders, .flags = LINE, .max = 1000,
          .doc = "Folders to read, with commas between; INBOX when left out"),
    FIELD(email_settings, sent_folder, .flags = LINE, .max = 200,
          .doc = "Where other programs keep what they sent for us; read too"),
    FIELD(email_settings, smtp_host, .flags = HOST, .max = 253,
          .doc = "The IMAP host when left out"),
    FIELD(email_settings, smtp_port, .min = 0, .max = 65535, .doc = "465 or 587 when left out"),
    FIELD(email_settings, smtp_security, .names = mail_security_names),
    FIELD(email_settings, smtp_user, .flags = LINE, .max = 254,
          .doc = "The IMAP user when left out"),
    FIELD(email_settings, smtp_password, .flags = SECRET | LINE, .max = 1000,
          .doc = "The IMAP password when left out"),
    FIELD(email_settings, ca_file, .flags = LINE, .max = 500,
          .doc =
              "File with the certificates that may sign the servers'; the system's when left out"),
    { 0 },
};

/* --- settings ------------------------------------------------------------------------------- */

static bool check(struct arena *mem, void *settings, struct err *err)
{
    struct email_settings *email = settings;

    email->address = text_lower(mem, email->address);
    if (text_is_blank(email->smtp_host) && text_is_blank(email->imap_host))
        return err_field(err, "/settings/smtp_host", "is missing: where does our mail go out?");
    if (email_folders(mem, email).n == 0)
        return err_field(err, "/settings/imap_folders", "names no folder");
    return smtp_address_is_valid(email->address) ||
           err_field(err, "/settings/address", "isn't an address that mail can be sent from");
}

static const char *address(const void *settings)
{
    return ((const struct email_settings *)settings)->address;
}

static const char *checker(const void *settings)
{
    return ((const struct email_settings *)settings)->checked_by;
}

/* What was left out is looked up when it's needed, and never stored: it follows what it is taken
 * from. */
static const char *or_else(const char *given, const char *other)
{
    return text_is_blank(given) ? other : given;
}

static unsigned port_of(int64_t given, unsigned security, unsigned tls, unsigned other)
{
    if (given != 0)
        return (unsigned)given;
    return security == MAIL_TLS ? tls : other;
}

struct mail_server email_imap_server(const struct email_settings *settings)
{
    return (struct mail_server){
        .host = settings->imap_host,
        .port = port_of(settings->imap_port, settings->imap_security, 993, 143),
        .security = settings->imap_security,
        .user = or_else(settings->imap_user, settings->address),
        .password = settings->imap_password,
        .ca_file = or_else(settings->ca_file, NULL),
    };
}

struct mail_server email_smtp_server(const struct email_settings *settings)
{
    struct mail_server imap = email_imap_server(settings);

    return (struct mail_server){
        .host = or_else(settings->smtp_host, imap.host),
        .port = port_of(settings->smtp_port, settings->smtp_security, 465, 587),
        .security = settings->smtp_security,
        .user = or_else(settings->smtp_user, imap.user),
        .password = or_else(settings->smtp_password, imap.password),
        .ca_file = imap.ca_file,
    };
}

struct list email_folders(struct arena *mem, const struct email_settings *settings)
{
    const char *at = text_is_blank(settings->imap_folders) ? "INBOX" : settings->imap_folders;
    const char **names = NEW_ARRAY(mem, const char *, strlen(at) + 1);
    size_t n = 0;

    while (*at) {
        size_t len = strcspn(at, ",");
        const char *name = text_trim(mem, arena_text_n(mem, at, len));
        if (*name)
            names[n++] = name;
        at += len + (at[len] == ',');
    }
    return (struct list){ names, n };
}

/* --- out -------------------------------------------------------------------------------------- */

/* address+token@domain */
static struct party reply_party(struct arena *mem, const struct email_settings *settings,
                                const char *token)
{
    const char *at = strrchr(settings->address, '@');

    if (!settings->has_reply_token || !token)
        return (struct party){ "", NULL };
    return (struct party){ settings->sender_name ? settings->sender_name : "",
                           arena_printf(mem, "%.*s+%s%s", (int)(at - settings->address),
                                        settings->address, token, at) };
}

static const char *quote_intro(struct arena *mem, const struct outgoing *message)
{
    if (!message->quote_text)
        return NULL;
    return email_quote_intro(mem, message->language, message->time_zone, &message->quote_party,
                             message->quote_at);
}

/* So that a screen reader speaks it. Where the words don't say, it's the organisation's. */
static const char *language_of(struct arena *mem, const struct outgoing *message)
{
    struct detect_hints hints = { .organisation = language_of_code(
                                      message->language ? message->language : "") };
    struct tokens tokens;

    tokens_of(mem, message->text, strlen(message->text), &tokens);
    return language_codes[detect_language(&tokens, &hints).language];
}

static struct list write_files(struct arena *mem, const struct list *files)
{
    const struct outgoing_file *from = files->items;
    struct incoming_file *out = NEW_ARRAY(mem, struct incoming_file, files->n);

    for (size_t i = 0; i < files->n; i++)
        out[i] = (struct incoming_file){ .name = from[i].name,
                                         .type = from[i].type,
                                         .data = from[i].data };
    return (struct list){ out, files->n };
}

/* The reference stands in the subject, so that a mail program that drops headers doesn't lose
 * the thread. */
static const char *subject_of(struct arena *mem, const struct outgoing *message)
{
    if (strstr(message->subject, message->case_reference))
        return message->subject;
    return arena_printf(mem, "%s [%s]", message->subject, message->case_reference);
}

static bool write_mail(struct arena *mem, const struct email_settings *settings,
                       const struct outgoing *message, struct bytes *out, struct err *err)
{
    const char *const *references = message->references.items;
    size_t n = message->references.n;
    struct email_draft draft = {
        .message_id = message->message_id,
        .from = { settings->sender_name ? settings->sender_name : "", settings->address },
        .reply_to = reply_party(mem, settings, message->reply_token),
        .to = { (void *)&message->to,                               1                 },
        .cc = message->cc,
        .subject = subject_of(mem, message),
        .text = message->text,
        .signature = text_is_blank(settings->signature) ? NULL : settings->signature,
        .quote_intro = quote_intro(mem, message),
        .quote_text = message->quote_text,
        .in_reply_to = n > 0 ? references[n - 1] : NULL,
        .references = message->references,
        .language = language_of(mem, message),
        .sent_at = message->at,
        .files = write_files(mem, &message->files),
        .is_auto = message->is_auto,
    };
    return email_write(mem, &draft, out, err);
}

static const char *const *recipients_of(struct arena *mem, const struct outgoing *message,
                                        size_t *n)
{
    const struct party *cc = message->cc.items;
    const char **out = NEW_ARRAY(mem, const char *, message->cc.n + 1);

    *n = 0;
    out[(*n)++] = message->to.address;
    for (size_t i = 0; i < message->cc.n; i++)
        out[(*n)++] = cc[i].address;
    return out;
}

static void send(struct arena *mem, const void *settings, const struct outgoing *message,
                 struct receipt *out)
{
    static const enum delivery deliveries[] = {
        [SMTP_SENT] = DELIVERY_SENT,       [SMTP_REFUSED] = DELIVERY_REFUSED,
        [SMTP_NO_ACCESS] = DELIVERY_LATER, [SMTP_NO_SERVER] = DELIVERY_LATER,
        [SMTP_LATER] = DELIVERY_LATER,     [SMTP_UNKNOWN] = DELIVERY_UNKNOWN,
    };
    struct mail_server server = email_smtp_server(settings);
    struct smtp_mail mail = { .sender = ((const struct email_settings *)settings)->address };
    struct smtp_result result = { 0 };
    struct err err;

    err_clear(&err);
    *out = (struct receipt){ .delivery = DELIVERY_REFUSED };
    if (!write_mail(mem, settings, message, &mail.raw, &err)) {
        snprintf(out->words, sizeof(out->words), "%.250s", err.text);
        return;
    }
    mail.recipients = recipients_of(mem, message, &mail.recipients_n);
    if (smtp_send(&server, &mail, &result, &err))
        snprintf(out->words, sizeof(out->words), "%d %s", result.code, result.words);
    else
        snprintf(out->words, sizeof(out->words), "%.250s", err.text);
    out->delivery = deliveries[result.outcome];
    out->is_channel_down = result.outcome == SMTP_NO_ACCESS || result.outcome == SMTP_NO_SERVER;
}

/* --- trying it out ------------------------------------------------------------------------------
 */

static bool test_reading(struct arena *mem, const struct email_settings *email, struct err *err)
{
    struct mail_server server = email_imap_server(email);
    struct list folders = email_folders(mem, email);
    CLEANUP(imap_close) struct imap *im = NULL;
    struct imap_folder folder;

    if (text_is_blank(email->imap_host))
        return true;
    if (!imap_open(&server, &im, err))
        return err_prefix(err, "reading mail: ");
    for (size_t i = 0; i < folders.n; i++)
        if (!imap_select(im, ((const char **)folders.items)[i], &folder, err))
            return err_prefix(err, "folder %s: ", ((const char **)folders.items)[i]);
    return true;
}

static bool test(struct arena *mem, const void *settings, struct err *err)
{
    const struct email_settings *email = settings;
    struct mail_server server = email_smtp_server(email);

    if (!test_reading(mem, email, err))
        return false;
    return smtp_check(&server, email->address, err) || err_prefix(err, "sending mail: ");
}

const struct channel_type email_channel = {
    .name = "email",
    .skills = CAN_ATTACH | CAN_SUBJECT | IS_FETCHED | CAN_BEGIN | CAN_COPY | CAN_QUOTE | CAN_SIGN,
    .address_kind = IDENTITY_EMAIL,
    .answers_to = ANSWERS_TO(IDENTITY_EMAIL),
    .files_max = EMAIL_WRITTEN_FILES_MAX,
    .settings_fields = settings_fields,
    .settings_size = sizeof(struct email_settings),
    .check = check,
    .address = address,
    .checker = checker,
    .parse = email_parse,
    .send = send,
    .test = test,
};
