#include "email_files.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../base/picture.h"
#include "../base/text.h"
#include "email_parse.h"
#include "email_text.h"
#include "email_words.h"

enum { HEADER_BLOCK_MAX = 64 << 10, CONTENT_ID_MAX = 300 };

struct bytes mail_header_block(struct bytes raw)
{
    size_t max = raw.len < HEADER_BLOCK_MAX ? raw.len : HEADER_BLOCK_MAX;

    for (size_t at = 0; at + 1 < max; at++) {
        if (raw.data[at] != '\n')
            continue;
        if (raw.data[at + 1] == '\n' ||
            (raw.data[at + 1] == '\r' && at + 2 < max && raw.data[at + 2] == '\n'))
            return (struct bytes){ raw.data, at + 1 };
    }
    return (struct bytes){ raw.data, max };
}

/* An attached mail is called by its subject. */
static const char *name_of_mail(struct arena *mem, struct bytes raw)
{
    CLEANUP(mime_close) struct mime_mail inner = { 0 };
    struct err err;
    const char *subject;

    if (!mime_open(mem, mail_header_block(raw), &inner, &err))
        return "";
    subject = mime_header(inner.root, "Subject");
    const char *name = subject ? email_file_name(mem, mime_decode(mem, subject, EMAIL_SUBJECT_MAX),
                                                 EMAIL_NAME_MAX - 4)
                               : "";
    return *name ? arena_printf(mem, "%s.eml", name) : "message.eml";
}

static const char *ending_of(const char *type)
{
    static const struct {
        const char *type, *ending;
    } rows[] = {
        { "application/pdf",          ".pdf"  },
        { "application/zip",          ".zip"  },
        { "application/pkcs7-mime",   ".p7m"  },
        { "application/x-pkcs7-mime", ".p7m"  },
        { "audio/mpeg",               ".mp3"  },
        { "image/gif",                ".gif"  },
        { "image/heic",               ".heic" },
        { "image/jpeg",               ".jpg"  },
        { "image/png",                ".png"  },
        { "image/webp",               ".webp" },
        { "text/calendar",            ".ics"  },
        { "text/csv",                 ".csv"  },
        { "text/html",                ".html" },
        { "text/plain",               ".txt"  },
        { "text/vcard",               ".vcf"  },
        { "text/x-vcard",             ".vcf"  },
        { "video/mp4",                ".mp4"  },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        if (strcmp(rows[i].type, type) == 0)
            return rows[i].ending;
    return ".bin";
}

/* The value of a header, ready for GMime; NULL when there is none. */
static const char *joined(struct arena *mem, GMimeObject *part, const char *header)
{
    const char *raw = mime_header(part, header);

    return raw ? email_words_joined(
                     mem,
                     email_text(mem, (struct bytes){ (const uint8_t *)raw, strlen(raw) }, NULL))
               : NULL;
}

static bool has_word(const char *value)
{
    return value && strstr(value, "=?");
}

/* A name in encoded words: GMime has read it already, but only so far. NULL when it's none. */
static const char *encoded_name(struct arena *mem, GMimeObject *part)
{
    const char *disposition = joined(mem, part, "Content-Disposition"), *name = NULL;
    const char *type = joined(mem, part, "Content-Type");

    if (!has_word(disposition) && !has_word(type))
        return NULL;
    if (disposition) {
        GMimeContentDisposition *read = g_mime_content_disposition_parse(NULL, disposition);
        name = arena_text(mem, g_mime_content_disposition_get_parameter(read, "filename"));
        g_object_unref(read);
    }
    if (type && !name) {
        GMimeContentType *read = g_mime_content_type_parse(NULL, type);
        name = arena_text(mem, g_mime_content_type_get_parameter(read, "name"));
        g_object_unref(read);
    }
    return name;
}

/* "" when none was given. */
static const char *given_name(struct arena *mem, GMimeObject *part)
{
    const char *given = GMIME_IS_PART(part) ? encoded_name(mem, part) : NULL;

    if (!given && GMIME_IS_PART(part))
        given = g_mime_part_get_filename(GMIME_PART(part));
    if (!given)
        return "";
    return email_file_name(mem, mime_decode(mem, given, EMAIL_SUBJECT_MAX), EMAIL_NAME_MAX);
}

static bool is_mail_type(const char *type)
{
    return strcmp(type, "message/rfc822") == 0 || strcmp(type, "message/rfc2822") == 0 ||
           strcmp(type, "message/global") == 0 || strcmp(type, "message/news") == 0;
}

bool mail_file_has_disposition(GMimeObject *part, const char *wanted)
{
    const char *disposition = g_mime_object_get_disposition(part);

    return disposition && strcasecmp(disposition, wanted) == 0;
}

/* As a browser wants it said. Who knows no better calls everything a row of bytes: what is shown
 * is then known by how it begins. */
static const char *type_of(const char *said, struct bytes content)
{
    static const struct {
        const char *said, *is;
    } others[] = {
        { "application/x-pdf", "application/pdf" },
        { "image/jpg",         "image/jpeg"      },
        { "image/pjpeg",       "image/jpeg"      },
        { "image/x-png",       "image/png"       },
    };
    const char *picture;

    for (size_t i = 0; i < COUNT(others); i++)
        if (strcmp(others[i].said, said) == 0)
            return others[i].is;
    if (strcmp(said, "application/octet-stream") != 0)
        return said;
    if (content.len > 5 && memcmp(content.data, "%PDF-", 5) == 0)
        return "application/pdf";
    picture = picture_type(content);
    return picture ? picture : said;
}

struct incoming_file mail_file_read(struct arena *mem, GMimeObject *part, const char *type,
                                    size_t number)
{
    const char *id = g_mime_object_get_content_id(part);
    struct incoming_file file = { .data = mime_content(mem, part) };

    file.type = type = type_of(type, file.data);
    file.name = given_name(mem, part);
    if (!*file.name)
        file.name = is_mail_type(type)
                        ? name_of_mail(mem, file.data)
                        : arena_printf(mem, "attachment-%zu%s", number, ending_of(type));
    file.content_id = id ? utf8_repair(mem, id, strlen(id)) : NULL;
    file.is_inline = mail_file_has_disposition(part, "inline") && text_starts(type, "image/");
    return file;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef";
    const char *found = c ? strchr(digits, c | 0x20) : NULL;

    return found ? (int)(found - digits) : -1;
}

const char *email_content_id(struct arena *mem, const char *s)
{
    size_t len = 0, to = 0;

    while (len < CONTENT_ID_MAX && s[len] && !strchr("\"' \t\n>)<&", s[len]))
        len++;
    char *id = arena_alloc(mem, len + 1);

    for (size_t at = 0; at < len; at++) {
        bool is_coded =
            s[at] == '%' && at + 2 < len && hex_digit(s[at + 1]) >= 0 && hex_digit(s[at + 2]) >= 0;
        id[to++] = is_coded ? (char)(16 * hex_digit(s[at + 1]) + hex_digit(s[at + 2])) : s[at];
        at += is_coded ? 2 : 0;
    }
    return id;
}

void mail_file_match_ids(struct arena *mem, struct incoming_file *files, size_t n, const char *html)
{
    const char **ids = NEW_ARRAY(mem, const char *, 2 * n + 1);
    size_t ids_n = 0;

    for (const char *s = html; s && ids_n < 2 * n; s++) {
        s = strcasestr(s, "cid:");
        if (!s)
            break;
        ids[ids_n++] = email_content_id(mem, s + 4);
    }
    qsort(ids, ids_n, sizeof(*ids), compare_texts);
    for (struct incoming_file *file = files; file < files + n; file++) {
        if (file->content_id &&
            !bsearch(&file->content_id, ids, ids_n, sizeof(*ids), compare_texts))
            file->content_id = NULL;
        file->is_inline = file->is_inline || file->content_id;
    }
}
