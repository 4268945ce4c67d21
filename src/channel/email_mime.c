#include "email_mime.h"

#include <pthread.h>
#include <string.h>
#include <strings.h>

#include "../base/text.h"
#include "email_parse.h"
#include "email_sax.h"
#include "email_text.h"
#include "email_words.h"

#ifdef __SANITIZE_ADDRESS__
#define LEAKS_ARE_CHECKED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LEAKS_ARE_CHECKED
#endif
#endif
#ifdef LEAKS_ARE_CHECKED
#include <sanitizer/lsan_interface.h>
#endif

enum {
    /* GMime compares each line that starts with "--" with every open boundary: about this many
     * bytes are compared in a second. */
    COMPARED_BYTES_MAX = 2000 * 1000 * 1000,
    LEVELS_OF_GMIME = 1024, /* deeper parts stay closed */
    SMALLEST_COMPARISON = 16,
    /* GMime remembers the name of each charset it meets for ever. */
    ENCODED_WORDS_MAX = 100 * 1000,
    FIELD_MAX = 64 << 10,    /* bytes of a header field; what is longer is read so far */
    HEADLESS_LINES_MAX = 64, /* so far down a lost header is looked for */
    PART_TYPES = 2
};

/* The mail that this thread is parsing; its parts count themselves here. */
static _Thread_local struct mime_mail *parsing;

/* GMime can't be stopped, but it ends where its source ends. */
static void dry_up(struct mime_mail *mail)
{
    g_mime_stream_set_bounds(mail->stream, 0, g_mime_stream_tell(mail->stream));
}

/* Called for a part without a Content-Type or with a type that init_once() names. */
static void count_part(GTypeInstance *instance, gpointer class)
{
    (void)instance, (void)class;
    if (parsing && ++parsing->seen.parts == EMAIL_PARTS_MAX + 1)
        dry_up(parsing);
}

/* Parts of all other types are known by their header. */
static void count_header(GMimeParser *parser, const char *name, const char *value, gint64 offset,
                         gpointer user_data)
{
    (void)parser, (void)offset, (void)user_data;
    for (const char *at = value; *at; at++)
        parsing->seen.words += *at == '*' || (*at == '=' && at[1] == '?');
    parsing->seen.types += strcasecmp(name, "Content-Type") == 0;
    if (++parsing->seen.headers > EMAIL_HEADERS_MAX || parsing->seen.types > EMAIL_PARTS_MAX ||
        parsing->seen.words > ENCODED_WORDS_MAX)
        dry_up(parsing);
}

/* A type like `parent` whose objects count themselves. */
static GType counted_type(GType parent, const char *name)
{
    GTypeQuery of;

    g_type_query(parent, &of);
    return g_type_register_static_simple(parent, name, of.class_size, NULL, of.instance_size,
                                         count_part, 0);
}

static void init_once(void)
{
    static const struct {
        const char *type, *subtype;
        bool has_parts;
    } rows[] = {
        { "text",        "*",            false },
        { "application", "x-pkcs7-mime", false },
        { "application", "pkcs7-mime",   false },
        { "message",     "rfc822",       false },
        { "message",     "rfc2822",      false },
        { "message",     "global",       false },
        { "message",     "news",         false },
        { "message",     "partial",      false },
        { "multipart",   "*",            true  },
        { "multipart",   "encrypted",    true  },
        { "multipart",   "signed",       true  },
    };

#ifdef LEAKS_ARE_CHECKED
    __lsan_disable(); /* GMime forgets the rows that are replaced */
#endif
    g_mime_init();
    GType part = counted_type(GMIME_TYPE_PART, "GestandPart");
    GType multipart = counted_type(GMIME_TYPE_MULTIPART, "GestandMultipart");
    for (size_t i = 0; i < COUNT(rows); i++)
        g_mime_object_register_type(rows[i].type, rows[i].subtype,
                                    rows[i].has_parts ? multipart : part);
    html_init();
#ifdef LEAKS_ARE_CHECKED
    __lsan_enable();
#endif
}

void email_init(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, init_once);
}

static size_t line_end(struct bytes raw, size_t at)
{
    const uint8_t *end = memchr(raw.data + at, '\n', raw.len - at);

    return end ? (size_t)(end - raw.data) + 1 : raw.len;
}

static bool line_starts(struct bytes raw, size_t at, const char *start)
{
    size_t len = strlen(start);

    return raw.len - at >= len && strncasecmp((const char *)raw.data + at, start, len) == 0;
}

/* How often "boundary" stands anywhere: more can't be open at a time. */
static size_t count_boundaries(struct bytes raw)
{
    size_t n = 0;

    for (size_t at = 0; at + 8 <= raw.len; at++)
        if ((raw.data[at] | 0x20) == 'b' && line_starts(raw, at, "boundary"))
            n++;
    return n < LEVELS_OF_GMIME ? n : LEVELS_OF_GMIME;
}

static bool is_affordable(struct bytes raw)
{
    uint64_t dashes = 0;

    for (size_t at = 0, next; at < raw.len; at = next) {
        next = line_end(raw, at);
        if (line_starts(raw, at, "--"))
            dashes += next - at + SMALLEST_COMPARISON;
    }
    return dashes == 0 || dashes * count_boundaries(raw) < COMPARED_BYTES_MAX;
}

/* What some gateways leave in front of the headers: a byte order mark, an mbox line. */
static struct bytes without_preamble(struct bytes raw)
{
    size_t at = line_starts(raw, 0, "\xef\xbb\xbf") ? 3 : 0;

    if (line_starts(raw, at, "From ") || line_starts(raw, at, ">From "))
        at = line_end(raw, at);
    return (struct bytes){ raw.data + at, raw.len - at };
}

static void point_at(struct mime_mail *mail, struct bytes raw)
{
    if (mail->stream)
        g_object_unref(mail->stream);
    /* GMime only reads it. */
    mail->view = (GByteArray){ (guint8 *)(uintptr_t)raw.data, (guint)raw.len };
    mail->stream = g_mime_stream_mem_new();
    g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(mail->stream), &mail->view);
}

/* The end of a line and of those that continue it: one header field, if it stands in a header. */
static size_t field_end(struct bytes raw, size_t at)
{
    do
        at = line_end(raw, at);
    while (at < raw.len && (raw.data[at] == ' ' || raw.data[at] == '\t'));
    return at;
}

/* GMime puts names of charsets on the stack, whatever their length. So fields that are too long
 * are cut up, in a copy of the same length: the bodies are read from the original afterwards. */
static struct bytes tamed(struct arena *mem, struct bytes raw)
{
    static const char cut[] = "\nx:";
    uint8_t *copy = NULL;

    for (size_t at = 0, end; at < raw.len; at = end) {
        end = field_end(raw, at);
        for (size_t i = at + FIELD_MAX; i + sizeof(cut) < end; i += FIELD_MAX) {
            if (!copy)
                copy = (uint8_t *)(uintptr_t)arena_bytes(mem, raw).data;
            memcpy(copy + i, cut, sizeof(cut) - 1);
        }
    }
    return copy ? (struct bytes){ copy, raw.len } : raw;
}

static bool parse(struct arena *mem, struct mime_mail *mail, struct bytes raw)
{
    point_at(mail, tamed(mem, raw));
    GMimeParser *parser = g_mime_parser_new_with_stream(mail->stream);

    g_mime_parser_set_header_regex(parser, "^", count_header, NULL);
    parsing = mail;
    mail->root = g_mime_parser_construct_part(parser, NULL);
    parsing = NULL;
    g_object_unref(parser);
    mail->view.data = (guint8 *)(uintptr_t)raw.data;
    return mail->root != NULL;
}

/* GMime refuses a mail whose first line is no header, or that ends within one: looks for the
 * headers further down, and ends them properly. */
static struct bytes mended(struct arena *mem, struct bytes raw)
{
    static const char *const known[] = { "Received:", "Return-Path:", "From:",   "To:",
                                         "Subject:",  "Date:",        "Message-" };
    size_t at = 0;

    for (int line = 0; line < HEADLESS_LINES_MAX && at < raw.len; line++) {
        for (size_t i = 0; i < COUNT(known); i++) {
            if (!line_starts(raw, at, known[i]))
                continue;
            uint8_t *copy = arena_alloc(mem, raw.len - at + 2);
            memcpy(copy, raw.data + at, raw.len - at);
            memcpy(copy + raw.len - at, "\n\n", 2);
            return (struct bytes){ copy, raw.len - at + 2 };
        }
        at = line_end(raw, at);
    }
    return (struct bytes){ 0 };
}

/* Not a mail at all: everything is text. */
static void all_text(struct mime_mail *mail, struct bytes raw)
{
    point_at(mail, raw);
    GMimePart *part = g_mime_part_new_with_type("text", "plain");
    GMimeDataWrapper *content =
        g_mime_data_wrapper_new_with_stream(mail->stream, GMIME_CONTENT_ENCODING_DEFAULT);

    g_mime_part_set_content(part, content);
    g_object_unref(content);
    mail->root = GMIME_OBJECT(part);
}

/* At most EMAIL_PARTS_MAX twice, at most LEVELS_OF_GMIME deep. */
static size_t count_parts(GMimeObject *part)
{
    size_t n = 1;

    if (GMIME_IS_MULTIPART(part))
        for (int i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(part)); i++)
            n += count_parts(g_mime_multipart_get_part(GMIME_MULTIPART(part), i));
    return n;
}

static bool is_within_limits(struct mime_mail *mail, struct err *err)
{
    mail->parts_n = mail->root ? count_parts(mail->root) : 0;
    if (mail->seen.parts > EMAIL_PARTS_MAX || mail->seen.types > EMAIL_PARTS_MAX ||
        mail->parts_n > EMAIL_PARTS_MAX)
        return err_set(err, ERR_INVALID, "the mail has more than %d parts", EMAIL_PARTS_MAX);
    if (mail->seen.headers > EMAIL_HEADERS_MAX)
        return err_set(err, ERR_INVALID, "the mail has more than %d header lines",
                       EMAIL_HEADERS_MAX);
    if (mail->seen.words > ENCODED_WORDS_MAX)
        return err_set(err, ERR_INVALID, "the mail has too many encoded words in its headers");
    return true;
}

bool mime_open(struct arena *mem, struct bytes raw, struct mime_mail *mail, struct err *err)
{
    *mail = (struct mime_mail){ 0 };
    email_init();
    if (!is_affordable(raw))
        return err_set(err, ERR_INVALID, "the mail has too many lines that look like separators");
    raw = without_preamble(raw);
    bool is_mail = parse(mem, mail, raw);
    if (!is_within_limits(mail, err))
        return false;
    if (is_mail)
        return true;
    struct bytes rest = mended(mem, raw);
    if (rest.len == 0 || !parse(mem, mail, rest))
        all_text(mail, raw);
    return is_within_limits(mail, err);
}

void mime_close(struct mime_mail *mail)
{
    if (mail->root)
        g_object_unref(mail->root);
    if (mail->stream)
        g_object_unref(mail->stream);
    *mail = (struct mime_mail){ 0 };
}

static struct bytes read_all(struct arena *mem, GMimeStream *stream)
{
    gint64 len = g_mime_stream_length(stream);
    uint8_t *data = arena_alloc(mem, len > 0 ? (size_t)len + 1 : 1);
    ssize_t got = 0;

    if (len > 0 && g_mime_stream_seek(stream, stream->bound_start, GMIME_STREAM_SEEK_SET) >= 0)
        got = g_mime_stream_read(stream, (char *)data, (size_t)len);
    return (struct bytes){ data, got > 0 ? (size_t)got : 0 };
}

/* What follows uuencode's line "begin 644 name". */
static struct bytes after_begin(struct bytes raw)
{
    size_t at = 0;

    while (at < raw.len && !line_starts(raw, at, "begin "))
        at = line_end(raw, at);
    at = at < raw.len ? line_end(raw, at) : 0;
    return (struct bytes){ raw.data + at, raw.len - at };
}

struct bytes mime_content(struct arena *mem, GMimeObject *part)
{
    GMimeDataWrapper *content =
        GMIME_IS_PART(part) ? g_mime_part_get_content(GMIME_PART(part)) : NULL;
    struct bytes raw = { (const uint8_t *)"", 0 };
    GMimeEncoding state;

    if (content)
        raw = read_all(mem, g_mime_data_wrapper_get_stream(content));
    if (raw.len == 0)
        return raw;
    GMimeContentEncoding encoding = g_mime_part_get_content_encoding(GMIME_PART(part));
    if (encoding == GMIME_CONTENT_ENCODING_UUENCODE)
        raw = after_begin(raw);
    else if (encoding != GMIME_CONTENT_ENCODING_BASE64 &&
             encoding != GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE)
        return raw;
    g_mime_encoding_init_decode(&state, encoding);
    char *data = arena_alloc(mem, g_mime_encoding_outlen(&state, raw.len) + 1);
    size_t len = g_mime_encoding_flush(&state, (const char *)raw.data, raw.len, data);
    return (struct bytes){ (const uint8_t *)data, len };
}

static bool is_type_word(const char *s)
{
    size_t len = s ? strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "0123456789.+-_")
                   : 0;

    return len > 0 && len <= 100 && s[len] == '\0';
}

const char *mime_type(struct arena *mem, GMimeObject *part)
{
    GMimeContentType *type = g_mime_object_get_content_type(part);
    const char *media = type ? g_mime_content_type_get_media_type(type) : NULL;
    const char *subtype = type ? g_mime_content_type_get_media_subtype(type) : NULL;

    if (!is_type_word(media) || !is_type_word(subtype))
        return "application/octet-stream";
    return text_lower(mem, arena_printf(mem, "%s/%s", media, subtype));
}

bool mime_type_is(GMimeObject *part, const char *type, const char *subtype)
{
    GMimeContentType *has = g_mime_object_get_content_type(part);

    return has && g_mime_content_type_is_type(has, type, subtype);
}

const char *mime_parameter(struct arena *mem, GMimeObject *part, const char *name)
{
    const char *value = g_mime_object_get_content_type_parameter(part, name);

    return value ? email_text(mem, (struct bytes){ (const uint8_t *)value, strlen(value) }, NULL)
                 : NULL;
}

const char *mime_header(GMimeObject *part, const char *name)
{
    GMimeHeader *header = g_mime_header_list_get_header(g_mime_object_get_header_list(part), name);

    return header ? g_mime_header_get_raw_value(header) : NULL;
}

const char *mime_header_at(GMimeHeaderList *headers, int i, const char *name)
{
    GMimeHeader *header = g_mime_header_list_get_header_at(headers, i);
    bool is_it = strcasecmp(g_mime_header_get_name(header), name) == 0;

    return is_it ? g_mime_header_get_raw_value(header) : NULL;
}

const char *mime_decode(struct arena *mem, const char *raw_value, size_t max)
{
    /* First made valid, so that GMime has no charset to guess. */
    const char *text =
        email_text(mem, (struct bytes){ (const uint8_t *)raw_value, strlen(raw_value) }, NULL);
    char *decoded = g_mime_utils_header_decode_text(NULL, email_words_joined(mem, text));
    const char *line = utf8_repair(mem, decoded, strlen(decoded));

    g_free(decoded);
    return email_one_line(mem, line, max);
}
