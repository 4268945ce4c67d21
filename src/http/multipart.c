#include "multipart.h"

#include "../base/text.h"
#include "limits.h"

#include <ctype.h>
#include <string.h>

enum { BOUNDARY_MAX = 70 };

/* What is left of the body. */
struct reader {
    struct arena *mem;
    struct bytes rest;
    const char *line; /* CR LF, "--" and the boundary: what ends a content */
    size_t line_len;
};

static void skip(struct reader *reader, size_t len)
{
    reader->rest.data += len;
    reader->rest.len -= len;
}

static bool begins(struct bytes b, const char *start, size_t len)
{
    return b.len >= len && memcmp(b.data, start, len) == 0;
}

/* --- parameters: ; name=value -------------------------------------------------------------- */

/* The text between quotes, moving *at behind it; NULL when it doesn't end. A backslash quotes a
 * quote and itself only: browsers leave it bare in names. */
static char *read_quoted(struct arena *mem, const char **at)
{
    const char *from = *at + 1;
    char *out = arena_alloc(mem, strlen(from) + 1);
    size_t n = 0;

    while (*from != '"') {
        if (*from == '\\' && (from[1] == '"' || from[1] == '\\'))
            from++;
        if (*from == '\0')
            return NULL;
        out[n++] = *from++;
    }
    out[n] = '\0';
    *at = from + 1;
    return out;
}

static char *read_bare(struct arena *mem, const char **at)
{
    size_t len = strcspn(*at, "; \t\"");
    const char *from = *at;

    *at += len;
    return len > 0 ? arena_text_n(mem, from, len) : NULL;
}

struct parameter {
    const char *name; /* NULL: there is none any more */
    const char *value;
};

static bool next_parameter(struct arena *mem, const char **at, struct parameter *out,
                           struct err *err)
{
    size_t len;

    *out = (struct parameter){ 0 };
    *at += strspn(*at, " \t");
    if (**at == '\0')
        return true;
    if (*(*at)++ != ';')
        return err_set(err, ERR_MALFORMED, "a semicolon is missing in a header");
    *at += strspn(*at, " \t");
    len = strcspn(*at, "=; \t\"");
    if (len == 0 || (*at)[len] != '=')
        return err_set(err, ERR_MALFORMED, "a header holds something that isn't name=value");
    out->name = arena_text_n(mem, *at, len);
    *at += len + 1;
    out->value = **at == '"' ? read_quoted(mem, at) : read_bare(mem, at);
    return out->value || err_set(err, ERR_MALFORMED, "a value in a header has no end, or is empty");
}

/* Is the header's first word this one? Moves *at behind it. */
static bool read_word(const char **at, const char *word)
{
    size_t len = strlen(word);

    *at += strspn(*at, " \t");
    if (strncasecmp(*at, word, len) != 0 || !strchr("; \t", (*at)[len]))
        return false;
    *at += len;
    return true;
}

static bool is_boundary(const char *text)
{
    size_t len = strlen(text);

    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char)text[i]) && !strchr("'()+_,-./:=? ", text[i]))
            return false;
    return len > 0 && len <= BOUNDARY_MAX && text[len - 1] != ' ';
}

static bool find_boundary(struct reader *reader, const char *type, struct err *err)
{
    struct parameter parameter = { 0 };
    const char *boundary = NULL;

    if (!type || !read_word(&type, "multipart/form-data"))
        return err_set(err, ERR_UNSUPPORTED, "the body must be multipart/form-data");
    do {
        if (!next_parameter(reader->mem, &type, &parameter, err))
            return err_prefix(err, "Content-Type: ");
        if (!parameter.name || strcasecmp(parameter.name, "boundary") != 0)
            continue;
        if (boundary)
            return err_set(err, ERR_MALFORMED, "Content-Type names two boundaries");
        boundary = parameter.value;
    } while (parameter.name);
    if (!boundary || !is_boundary(boundary))
        return err_set(err, ERR_MALFORMED, "Content-Type must name a boundary of 1 to %d letters",
                       BOUNDARY_MAX);
    reader->line = arena_printf(reader->mem, "\r\n--%s", boundary);
    reader->line_len = strlen(reader->line);
    return true;
}

/* --- headers of a part ---------------------------------------------------------------------- */

/* What browsers write for the three characters that would end a name: %22, %0D and %0A. All else
 * behind a % is meant as it stands. */
static const char *undo_escapes(struct arena *mem, const char *text)
{
    static const struct {
        const char *escape;
        char c;
    } rows[] = {
        { "%22", '"'  },
        { "%0d", '\r' },
        { "%0a", '\n' },
    };
    char *out = arena_text(mem, text);
    size_t n = 0;

    while (*text) {
        char c = *text;
        size_t len = 1;
        for (size_t i = 0; c == '%' && len == 1 && i < COUNT(rows); i++)
            if (strncasecmp(text, rows[i].escape, 3) == 0)
                c = rows[i].c, len = 3;
        out[n++] = c;
        text += len;
    }
    out[n] = '\0';
    return out;
}

static bool set_once(const char **slot, const char *value, const char *what, struct err *err)
{
    if (*slot)
        return err_set(err, ERR_MALFORMED, "it has two of %s", what);
    *slot = value;
    return true;
}

/* filename* is not for forms (RFC 7578, 4.2): beside a filename it is passed over. */
static bool read_disposition(struct arena *mem, struct part *part, const char *value,
                             struct err *err)
{
    struct parameter parameter = { 0 };
    bool is_extended = false;

    if (part->name)
        return err_set(err, ERR_MALFORMED, "it has two of Content-Disposition");
    if (!read_word(&value, "form-data"))
        return err_set(err, ERR_MALFORMED, "its Content-Disposition must be form-data");
    do {
        bool ok = next_parameter(mem, &value, &parameter, err);
        if (!ok)
            return false;
        if (!parameter.name)
            break;
        if (strcasecmp(parameter.name, "name") == 0)
            ok = set_once(&part->name, undo_escapes(mem, parameter.value), "name", err);
        else if (strcasecmp(parameter.name, "filename") == 0)
            ok = set_once(&part->filename, undo_escapes(mem, parameter.value), "filename", err);
        else if (strcasecmp(parameter.name, "filename*") == 0)
            is_extended = true;
        if (!ok)
            return false;
    } while (true);
    if (is_extended && !part->filename)
        return err_set(err, ERR_MALFORMED, "write filename in UTF-8 instead of filename*");
    return part->name || err_set(err, ERR_MALFORMED, "its Content-Disposition has no name");
}

/* RFC 7578 has done away with encodings; those that change nothing are still sent. */
static bool check_encoding(const char *value, struct err *err)
{
    static const char *const plain[] = { "7bit", "8bit", "binary" };

    for (size_t i = 0; i < COUNT(plain); i++)
        if (strcasecmp(value, plain[i]) == 0)
            return true;
    return err_set(err, ERR_MALFORMED, "send its bytes as they are, without transfer encoding");
}

static bool is_line(struct bytes line)
{
    for (size_t i = 0; i < line.len; i++)
        if ((line.data[i] < ' ' && line.data[i] != '\t') || line.data[i] == 0x7f)
            return false;
    return utf8_is_valid(line.data, line.len);
}

static bool read_header(struct arena *mem, struct part *part, struct bytes line, struct err *err)
{
    const char *text, *value;
    size_t len;

    if (!is_line(line))
        return err_set(err, ERR_MALFORMED, "its headers aren't UTF-8 in lines that CR LF ends");
    text = arena_text_n(mem, (const char *)line.data, line.len);
    len = strcspn(text, ": \t");
    if (len == 0 || text[len] != ':')
        return err_set(err, ERR_MALFORMED, "its headers hold a line that isn't one");
    value = text_trim(mem, text + len + 1);
    text = arena_text_n(mem, text, len);
    if (strcasecmp(text, "Content-Disposition") == 0)
        return read_disposition(mem, part, value, err);
    if (strcasecmp(text, "Content-Type") == 0)
        return set_once(&part->type, value, "Content-Type", err);
    if (strcasecmp(text, "Content-Transfer-Encoding") == 0)
        return check_encoding(value, err);
    return true;
}

/* All headers, with the empty line behind them. */
static bool read_head(struct reader *reader, struct part *part, struct err *err)
{
    const uint8_t *begin = reader->rest.data;

    for (;;) {
        size_t used = (size_t)(reader->rest.data - begin);
        size_t room = FORM_HEAD_MAX - used;
        size_t len = reader->rest.len < room ? reader->rest.len : room;
        const uint8_t *end = len > 0 ? memmem(reader->rest.data, len, "\r\n", 2) : NULL;
        struct bytes line = reader->rest;
        if (!end && reader->rest.len >= room)
            return err_set(err, ERR_TOO_LARGE, "its headers are larger than %d bytes",
                           FORM_HEAD_MAX);
        if (!end)
            return err_set(err, ERR_MALFORMED, "the form ends in its headers");
        line.len = (size_t)(end - line.data);
        skip(reader, line.len + 2);
        if (line.len == 0)
            return part->name ||
                   err_set(err, ERR_MALFORMED, "it has no Content-Disposition with its name");
        if (!read_header(reader->mem, part, line, err))
            return false;
    }
}

/* --- parts --------------------------------------------------------------------------------- */

/* Behind a boundary: is it the last one? */
static bool read_end(struct reader *reader, bool *is_last, struct err *err)
{
    *is_last = begins(reader->rest, "--", 2);
    if (*is_last)
        return true;
    while (reader->rest.len > 0 && (*reader->rest.data == ' ' || *reader->rest.data == '\t'))
        skip(reader, 1);
    if (!begins(reader->rest, "\r\n", 2))
        return err_set(err, ERR_MALFORMED, "the form's boundary stands inside a longer line");
    skip(reader, 2);
    return true;
}

/* What comes before the first boundary is nobody's. */
static bool find_first(struct reader *reader, struct err *err)
{
    const uint8_t *found;

    if (begins(reader->rest, reader->line + 2, reader->line_len - 2)) {
        skip(reader, reader->line_len - 2);
        return true;
    }
    found = reader->rest.len > 0
                ? memmem(reader->rest.data, reader->rest.len, reader->line, reader->line_len)
                : NULL;
    if (!found)
        return err_set(err, ERR_MALFORMED,
                       "the form doesn't hold the boundary that Content-Type names");
    skip(reader, (size_t)(found - reader->rest.data) + reader->line_len);
    return true;
}

/* The line break before a boundary belongs to it; of an empty content it may be the one that ends
 * the headers. */
static bool read_content(struct reader *reader, struct bytes *out, struct err *err)
{
    const uint8_t *begin = reader->rest.data;
    const uint8_t *found = memmem(begin - 2, reader->rest.len + 2, reader->line, reader->line_len);

    if (!found)
        return err_set(err, ERR_MALFORMED, "it has no end: the form was cut off");
    *out = (struct bytes){ begin, found > begin ? (size_t)(found - begin) : 0 };
    reader->rest.len -= (size_t)(found + reader->line_len - begin);
    reader->rest.data = found + reader->line_len;
    return true;
}

bool multipart_read(struct arena *mem, const char *type, struct bytes body, struct list *out,
                    struct err *err)
{
    struct reader reader = { .mem = mem, .rest = body };
    struct part *parts = NEW_ARRAY(mem, struct part, FORM_PARTS_MAX);
    bool is_last;

    *out = (struct list){ .items = parts };
    if (!find_boundary(&reader, type, err) || !find_first(&reader, err) ||
        !read_end(&reader, &is_last, err))
        return false;
    while (!is_last) {
        struct part *part = &parts[out->n];
        if (out->n == FORM_PARTS_MAX)
            return err_set(err, ERR_TOO_LARGE, "the form has more than %d parts", FORM_PARTS_MAX);
        out->n++;
        if (!read_head(&reader, part, err) || !read_content(&reader, &part->content, err) ||
            !read_end(&reader, &is_last, err))
            return err_prefix(err, "part %zu of the form: ", out->n);
    }
    return true;
}
