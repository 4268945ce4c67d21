#include "email_write.h"

#include <string.h>

#include "../base/buf.h"
#include "../base/text.h"
#include "email_header.h"
#include "email_markup.h"
#include "email_mime.h"
#include "email_parse.h"
#include "email_text.h"

enum {
    MAIL_LINE_MAX = 998,     /* bytes; RFC 5322, section 2.1.1 */
    REFERENCES_WRITTEN = 20, /* the first and the newest: a thread is found by these */
    BOUNDARY_MAX = 40        /* letters of the message id in a boundary */
};

static void unref(GMimeObject **object)
{
    if (*object)
        g_object_unref(*object);
}

/* An address that stands in a header without quoting: what a mail server takes. */
static bool is_plain_address(const char *s)
{
    size_t len = s ? strlen(s) : 0;
    const char *at = s ? strchr(s, '@') : NULL;

    if (!at || at == s || !at[1] || strchr(at + 1, '@') || len > EMAIL_ADDRESS_MAX)
        return false;
    for (size_t i = 0; i < len; i++)
        if ((uint8_t)s[i] <= ' ' || (uint8_t)s[i] >= 0x7f || strchr("()<>[]:;,\\\"", s[i]))
            return false;
    return s[0] != '.' && at[-1] != '.' && at[1] != '.';
}

/* What stands between <> in a Message-ID, In-Reply-To or References. */
static bool is_plain_id(const char *s)
{
    size_t len = s ? strlen(s) : 0;

    for (size_t i = 0; i < len; i++)
        if ((uint8_t)s[i] <= ' ' || (uint8_t)s[i] >= 0x7f || s[i] == '<' || s[i] == '>')
            return false;
    /* With its <> and a folding space it fits a line, also behind the header's name. */
    return len > 0 && len <= MAIL_LINE_MAX - 20;
}

static bool check(const struct email_draft *draft, struct err *err)
{
    size_t files = 0;

    if (!is_plain_id(draft->message_id))
        return err_set(err, ERR_INTERNAL, "a mail without a message id of its own");
    if (draft->to.n == 0)
        return err_field(err, "to", "nobody to send it to");
    if (draft->to.n + draft->cc.n > EMAIL_RECIPIENTS_MAX)
        return err_field(err, "to", "more than %d recipients", EMAIL_RECIPIENTS_MAX);
    for (size_t i = 0; i < draft->files.n; i++)
        files += ((const struct incoming_file *)draft->files.items)[i].data.len;
    if (files > EMAIL_WRITTEN_FILES_MAX)
        return err_set(err, ERR_TOO_LARGE, "the files are larger than %d MB together",
                       EMAIL_WRITTEN_FILES_MAX >> 20);
    if (strlen(draft->text) > EMAIL_WRITTEN_TEXT_MAX ||
        (draft->quote_text && strlen(draft->quote_text) > EMAIL_WRITTEN_TEXT_MAX) ||
        (draft->signature && strlen(draft->signature) > EMAIL_WRITTEN_TEXT_MAX))
        return err_set(err, ERR_TOO_LARGE, "the text is larger than %d MB",
                       EMAIL_WRITTEN_TEXT_MAX >> 20);
    return true;
}

static bool add_parties(struct arena *mem, GMimeMessage *message, GMimeAddressType type,
                        const struct party *parties, size_t n, struct err *err)
{
    InternetAddressList *list = g_mime_message_get_addresses(message, type);

    for (size_t i = 0; i < n; i++) {
        if (!is_plain_address(parties[i].address))
            return err_field(err, "to", "the address %.60s can't be written to",
                             parties[i].address ? parties[i].address : "(none)");
        const char *name = parties[i].name ? parties[i].name : "";
        InternetAddress *address = internet_address_mailbox_new(
            email_one_line(mem, utf8_repair(mem, name, strlen(name)), EMAIL_NAME_MAX),
            parties[i].address);
        internet_address_set_charset(address, "utf-8");
        internet_address_list_add(list, address);
        g_object_unref(address);
    }
    return true;
}

static bool add_everybody(struct arena *mem, GMimeMessage *message, const struct email_draft *draft,
                          struct err *err)
{
    size_t answers = draft->reply_to.address ? 1 : 0;

    return add_parties(mem, message, GMIME_ADDRESS_TYPE_FROM, &draft->from, 1, err) &&
           add_parties(mem, message, GMIME_ADDRESS_TYPE_REPLY_TO, &draft->reply_to, answers, err) &&
           add_parties(mem, message, GMIME_ADDRESS_TYPE_TO, draft->to.items, draft->to.n, err) &&
           add_parties(mem, message, GMIME_ADDRESS_TYPE_CC, draft->cc.items, draft->cc.n, err);
}

/* The thread, oldest first, one a line, ended by what is answered; long threads lose their
 * middle. NULL: none. */
static const char *references(struct arena *mem, const struct email_draft *draft)
{
    const char *const *ids = draft->references.items;
    size_t n = draft->references.n;
    CLEANUP(buf_free) struct buf out = BUF((size_t)(REFERENCES_WRITTEN + 2) * (MAIL_LINE_MAX + 3));

    for (size_t i = 0; i < n; i++) {
        bool is_kept = i == 0 || n - i < REFERENCES_WRITTEN;
        if (is_kept && is_plain_id(ids[i]) && !text_equal(ids[i], draft->in_reply_to))
            buf_printf(&out, "%s<%s>", out.len > 0 ? "\n " : " ", ids[i]);
    }
    if (is_plain_id(draft->in_reply_to))
        buf_printf(&out, "%s<%s>", out.len > 0 ? "\n " : " ", draft->in_reply_to);
    return out.len > 0 ? arena_printf(mem, "%s\n", buf_str(&out)) : NULL;
}

/* A value that is folded already: GMime would lose ids that it finds odd. */
static void set_folded(GMimeObject *object, const char *name, const char *raw_value)
{
    GMimeHeaderList *headers = g_mime_object_get_header_list(object);

    g_mime_header_list_set(headers, name, "", NULL);
    g_mime_header_set_raw_value(g_mime_header_list_get_header(headers, name), raw_value);
}

static void add_headers(struct arena *mem, GMimeMessage *message, const struct email_draft *draft)
{
    GMimeObject *object = GMIME_OBJECT(message);
    const char *subject = draft->subject ? draft->subject : "";
    const char *thread = references(mem, draft);

    subject = email_one_line(mem, utf8_repair(mem, subject, strlen(subject)), EMAIL_SUBJECT_MAX);
    g_mime_message_set_subject(message, subject, "utf-8");
    g_mime_object_set_header(object, "Date", instant_mail(mem, draft->sent_at), NULL);
    set_folded(object, "Message-ID", arena_printf(mem, " <%s>\n", draft->message_id));
    if (is_plain_id(draft->in_reply_to))
        set_folded(object, "In-Reply-To", arena_printf(mem, " <%s>\n", draft->in_reply_to));
    if (thread)
        set_folded(object, "References", thread);
    if (draft->is_auto)
        g_mime_object_set_header(object, "Auto-Submitted", "auto-generated", NULL);
    g_mime_object_set_header(object, "MIME-Version", "1.0", NULL);
}

static GMimeDataWrapper *content_of(const void *data, size_t len)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(data, len);
    GMimeDataWrapper *content =
        g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);

    g_object_unref(stream);
    return content;
}

static GMimeObject *new_part(const char *type, const char *subtype, const void *data, size_t len,
                             GMimeContentEncoding encoding)
{
    GMimePart *part = g_mime_part_new_with_type(type, subtype);
    GMimeDataWrapper *content = content_of(data, len);

    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(part, encoding);
    g_object_unref(content);
    return GMIME_OBJECT(part);
}

/* Quoted-printable whatever it holds: nothing on the way may wrap it or eat the space of "-- ". */
static void add_text(GMimeMultipart *to, const char *subtype, const char *text)
{
    CLEANUP(unref)
    GMimeObject *part =
        new_part("text", subtype, text, strlen(text), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);

    g_mime_object_set_content_type_parameter(part, "charset", "utf-8");
    g_mime_multipart_add(to, part);
}

/* The type of a file as it may stand in a header. A mail or a multipart within must not be
 * encoded, so that it goes as bytes. */
static void split_type(const char *type, char media[64], char subtype[64])
{
    static const char fine[] = "abcdefghijklmnopqrstuvwxyz0123456789.+-";
    size_t len = type ? strspn(type, fine) : 0;
    const char *rest = len > 0 && type[len] == '/' ? type + len + 1 : NULL;
    size_t rest_len = rest ? strspn(rest, fine) : 0;

    memcpy(media, "application", 12);
    memcpy(subtype, "octet-stream", 13);
    if (rest_len == 0 || rest[rest_len] || rest_len > 63 || len > 63 ||
        text_starts(type, "message/") || text_starts(type, "multipart/"))
        return;
    memcpy(media, type, len);
    media[len] = '\0';
    memcpy(subtype, rest, rest_len + 1);
}

/* The name in both places where mail readers look, as UTF-8. */
static void set_file_name(GMimeObject *part, const char *name)
{
    GMimeContentType *type = g_mime_object_get_content_type(part);
    GMimeContentDisposition *disposition;

    g_mime_object_set_disposition(part, "attachment");
    g_mime_part_set_filename(GMIME_PART(part), name);
    disposition = g_mime_object_get_content_disposition(part);
    g_mime_param_set_charset(
        g_mime_param_list_get_parameter(g_mime_content_type_get_parameters(type), "name"), "utf-8");
    g_mime_param_set_charset(
        g_mime_param_list_get_parameter(g_mime_content_disposition_get_parameters(disposition),
                                        "filename"),
        "utf-8");
}

static void add_file(struct arena *mem, GMimeMultipart *to, const struct incoming_file *file)
{
    char media[64], subtype[64];
    const char *given = file->name ? file->name : "";
    const char *name = email_file_name(mem, utf8_repair(mem, given, strlen(given)), EMAIL_NAME_MAX);

    split_type(file->type, media, subtype);
    CLEANUP(unref)
    GMimeObject *part =
        new_part(media, subtype, file->data.data, file->data.len, GMIME_CONTENT_ENCODING_BASE64);
    set_file_name(part, *name ? name : "file");
    g_mime_multipart_add(to, part);
}

/* From the message id, so that it is the same each time; what is inside is encoded and can't
 * hold it. */
static void set_boundary(struct arena *mem, GMimeMultipart *parts, const char *kind, const char *id)
{
    char letters[BOUNDARY_MAX + 1];
    size_t n = 0;

    for (const char *s = id; *s && n < BOUNDARY_MAX; s++)
        if (g_ascii_isalnum(*s))
            letters[n++] = *s;
    letters[n] = '\0';
    g_mime_multipart_set_boundary(parts, arena_printf(mem, "=_%s_%s", kind, letters));
}

static GMimeObject *body(struct arena *mem, const struct email_draft *draft)
{
    GMimeMultipart *texts = g_mime_multipart_new_with_subtype("alternative");
    const struct incoming_file *files = draft->files.items;

    set_boundary(mem, texts, "text", draft->message_id);
    add_text(texts, "plain", mail_text(mem, draft));
    add_text(texts, "html", mail_html(mem, draft));
    if (draft->files.n == 0)
        return GMIME_OBJECT(texts);
    GMimeMultipart *all = g_mime_multipart_new_with_subtype("mixed");
    set_boundary(mem, all, "all", draft->message_id);
    g_mime_multipart_add(all, GMIME_OBJECT(texts));
    g_object_unref(texts);
    for (size_t i = 0; i < draft->files.n; i++)
        add_file(mem, all, &files[i]);
    return GMIME_OBJECT(all);
}

/* What every server takes. */
static bool is_sendable(struct bytes mail)
{
    size_t line = 0;

    for (size_t i = 0; i < mail.len; i++) {
        bool is_end = i + 1 < mail.len && mail.data[i] == '\r' && mail.data[i + 1] == '\n';
        if (is_end) {
            line = 0;
            i++;
            continue;
        }
        if (mail.data[i] == '\r' || mail.data[i] == '\n' || mail.data[i] == 0 ||
            mail.data[i] >= 0x80 || ++line > MAIL_LINE_MAX)
            return false;
    }
    return true;
}

static struct bytes to_bytes(struct arena *mem, GMimeMessage *message)
{
    GMimeFormatOptions *options = g_mime_format_options_new();
    GMimeStream *stream = g_mime_stream_mem_new();

    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    g_mime_object_write_to_stream(GMIME_OBJECT(message), options, stream);
    GByteArray *got = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    struct bytes copy = arena_bytes(mem, (struct bytes){ got->data, got->len });
    g_object_unref(stream);
    g_mime_format_options_free(options);
    return copy;
}

bool email_write(struct arena *mem, const struct email_draft *draft, struct bytes *out,
                 struct err *err)
{
    email_init();
    if (!check(draft, err))
        return false;
    CLEANUP(unref) GMimeObject *mail = GMIME_OBJECT(g_mime_message_new(TRUE));
    GMimeMessage *message = GMIME_MESSAGE(mail);
    if (!add_everybody(mem, message, draft, err))
        return false;
    add_headers(mem, message, draft);
    CLEANUP(unref) GMimeObject *content = body(mem, draft);
    g_mime_message_set_mime_part(message, content);
    *out = to_bytes(mem, message);
    return is_sendable(*out) ||
           err_set(err, ERR_INTERNAL, "the mail came out in a form that servers refuse");
}
