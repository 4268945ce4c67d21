#include "imap_reply.h"

#include "../base/text.h"

#include <string.h>
#include <strings.h>

static struct bytes slice(struct bytes all, size_t from, size_t to)
{
    /* Of what isn't there (NULL) only that. */
    return all.len == 0 ? all : (struct bytes){ all.data + from, to - from };
}

static struct bytes without_line_end(struct bytes line)
{
    if (line.len > 0 && line.data[line.len - 1] == '\n')
        line.len--;
    if (line.len > 0 && line.data[line.len - 1] == '\r')
        line.len--;
    return line;
}

/* Cuts the first word off and the space behind it. */
static struct bytes take_word(struct bytes *rest)
{
    const uint8_t *space = rest->len > 0 ? memchr(rest->data, ' ', rest->len) : NULL;
    size_t len = space ? (size_t)(space - rest->data) : rest->len;
    struct bytes word = { rest->data, len };

    *rest = slice(*rest, space ? len + 1 : len, rest->len);
    return word;
}

bool imap_is(struct bytes text, const char *word)
{
    return strlen(word) == text.len && strncasecmp((const char *)text.data, word, text.len) == 0;
}

static enum imap_status status_of(struct bytes word)
{
    static const struct {
        const char *word;
        enum imap_status status;
    } rows[] = {
        { "OK",      IMAP_OK      },
        { "NO",      IMAP_NO      },
        { "BAD",     IMAP_BAD     },
        { "BYE",     IMAP_BYE     },
        { "PREAUTH", IMAP_PREAUTH },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        if (imap_is(word, rows[i].word))
            return rows[i].status;
    return IMAP_NONE;
}

/* Lines for people may end in {5} and mean nothing by it. */
static bool is_for_people(struct bytes line)
{
    if (line.len > 0 && line.data[0] == '+')
        return true;
    take_word(&line);
    return status_of(take_word(&line)) != IMAP_NONE;
}

bool imap_number(struct bytes text, int64_t *out)
{
    return int_read((const char *)text.data, text.len, out) && *out >= 0;
}

/* Does the line announce a literal: {123} or {123+} at its end? False too when the number is
 * nonsense: the reply is then broken at another place. */
static bool announces(struct bytes line, int64_t *len)
{
    size_t end, from;

    line = without_line_end(line);
    if (line.len < 3 || line.data[line.len - 1] != '}')
        return false;
    end = line.len - 1;
    if (line.data[end - 1] == '+')
        end--;
    from = end;
    while (from > 0 && line.data[from - 1] >= '0' && line.data[from - 1] <= '9')
        from--;
    return from > 0 && line.data[from - 1] == '{' && from < end &&
           imap_number(slice(line, from, end), len);
}

enum imap_scanned imap_scan(struct imap_scan *scan, struct bytes came, size_t max)
{
    for (;;) {
        const uint8_t *end;
        struct bytes line;
        int64_t literal;

        if (scan->at > came.len)
            return IMAP_MORE;
        end = came.len > scan->at ? memchr(came.data + scan->at, '\n', came.len - scan->at) : NULL;
        scan->at = end ? (size_t)(end - came.data) + 1 : came.len;
        if (scan->at - scan->line > IMAP_LINE_MAX || scan->at > max)
            return IMAP_BROKEN;
        if (!end)
            return IMAP_MORE;
        line = slice(came, scan->line, scan->at);
        if ((scan->line == 0 && is_for_people(line)) || !announces(line, &literal))
            return IMAP_WHOLE;
        if (++scan->literals > IMAP_LITERALS_MAX || literal > (int64_t)(max - scan->at))
            return IMAP_BROKEN;
        scan->at += (size_t)literal;
        scan->line = scan->at;
    }
}

static void read_status(struct bytes rest, struct imap_reply *out)
{
    const uint8_t *close;

    if (rest.len > 0 && rest.data[0] == '[') {
        close = memchr(rest.data, ']', rest.len);
        if (close) {
            size_t end = (size_t)(close - rest.data);
            out->code = slice(rest, 1, end);
            rest = slice(rest, end + 1, rest.len);
            if (rest.len > 0 && rest.data[0] == ' ')
                rest = slice(rest, 1, rest.len);
        }
    }
    out->words = rest;
}

bool imap_reply_read(struct bytes reply, struct imap_reply *out)
{
    struct bytes rest = without_line_end(reply), word;

    *out = (struct imap_reply){ .number = -1 };
    if (rest.len == 0)
        return false;
    out->tag = take_word(&rest);
    if (imap_is(out->tag, "+")) {
        out->kind = IMAP_CONTINUE;
        read_status(rest, out);
        return true;
    }
    word = take_word(&rest);
    out->status = status_of(word);
    if (!imap_is(out->tag, "*")) {
        out->kind = IMAP_TAGGED;
        read_status(rest, out);
        return out->tag.len > 0 && out->status >= IMAP_OK && out->status <= IMAP_BAD;
    }
    if (out->status != IMAP_NONE) {
        out->kind = IMAP_NOTE;
        read_status(rest, out);
        return true;
    }
    out->kind = IMAP_DATA;
    if (imap_number(word, &out->number))
        word = take_word(&rest);
    else
        out->number = -1;
    out->name = word;
    out->values = (struct imap_cursor){ .in = rest };
    return word.len > 0;
}

static struct imap_value wrong(struct imap_cursor *values)
{
    values->at = values->in.len;
    values->depth = SIZE_MAX; /* never again a value */
    return (struct imap_value){ .kind = IMAP_WRONG };
}

static struct imap_value read_quoted(struct imap_cursor *values)
{
    size_t at = values->at + 1, from = at;
    bool is_escaped = false;

    while (at < values->in.len && values->in.data[at] != '"') {
        if (values->in.data[at] == '\\') {
            is_escaped = true;
            at++;
        }
        at++;
    }
    if (at >= values->in.len)
        return wrong(values);
    values->at = at + 1;
    return (struct imap_value){ IMAP_STRING, slice(values->in, from, at), is_escaped };
}

static struct imap_value read_literal(struct imap_cursor *values)
{
    const uint8_t *data = values->in.data;
    const uint8_t *end = memchr(data + values->at, '\n', values->in.len - values->at);
    size_t from = end ? (size_t)(end - data) + 1 : 0;
    int64_t len;

    if (!end || !announces(slice(values->in, values->at, from), &len) ||
        len > (int64_t)(values->in.len - from))
        return wrong(values);
    values->at = from + (size_t)len;
    return (struct imap_value){ IMAP_STRING, slice(values->in, from, values->at), false };
}

/* A word; what stands in [ ] belongs to it, spaces and all: BODY[HEADER.FIELDS (TO)]<0>. */
static struct imap_value read_atom(struct imap_cursor *values)
{
    size_t at = values->at;
    bool in_brackets = false;

    for (; at < values->in.len; at++) {
        uint8_t c = values->in.data[at];
        if (c == '\r' || c == '\n' || c == 0)
            break;
        if (c == '[')
            in_brackets = true;
        else if (c == ']')
            in_brackets = false;
        else if (!in_brackets && strchr(" ()\"", c))
            break;
    }
    if (in_brackets || at == values->at)
        return wrong(values);
    struct imap_value atom = { IMAP_ATOM, slice(values->in, values->at, at), false };
    values->at = at;
    return atom;
}

struct imap_value imap_next(struct imap_cursor *values)
{
    const uint8_t *data = values->in.data;

    if (values->depth == SIZE_MAX)
        return wrong(values);
    while (values->at < values->in.len && data[values->at] == ' ')
        values->at++;
    if (values->at >= values->in.len)
        return values->depth > 0 ? wrong(values) : (struct imap_value){ .kind = IMAP_END };
    switch (data[values->at]) {
    case '(':
        if (++values->depth > IMAP_NESTING_MAX)
            return wrong(values);
        values->at++;
        return (struct imap_value){ .kind = IMAP_OPEN };
    case ')':
        if (values->depth == 0)
            return wrong(values);
        values->depth--;
        values->at++;
        return (struct imap_value){ .kind = IMAP_CLOSE };
    case '"':
        return read_quoted(values);
    case '{':
        return read_literal(values);
    default:
        return read_atom(values);
    }
}

bool imap_skip(struct imap_cursor *values)
{
    size_t depth = values->depth;
    struct imap_value value = imap_next(values);

    if (value.kind == IMAP_ATOM || value.kind == IMAP_STRING)
        return true;
    if (value.kind != IMAP_OPEN)
        return false;
    while (values->depth > depth && value.kind != IMAP_WRONG)
        value = imap_next(values);
    return value.kind != IMAP_WRONG;
}

char *imap_text(struct arena *mem, struct imap_value value)
{
    char *plain;
    size_t len = 0;

    if (!value.is_escaped)
        return utf8_repair(mem, value.text.data, value.text.len);
    plain = arena_alloc(mem, value.text.len + 1);
    for (size_t i = 0; i < value.text.len; i++) {
        if (value.text.data[i] == '\\' && i + 1 < value.text.len)
            i++;
        plain[len++] = (char)value.text.data[i];
    }
    return utf8_repair(mem, plain, len);
}

bool imap_has(struct imap_cursor words, const char *word)
{
    struct imap_value value;

    while ((value = imap_next(&words)).kind == IMAP_ATOM)
        if (imap_is(value.text, word))
            return true;
    return false;
}

bool imap_code_is(const struct imap_reply *reply, const char *name)
{
    struct bytes rest = reply->code;

    return imap_is(take_word(&rest), name);
}

bool imap_uid(struct bytes text, uint32_t *out)
{
    int64_t number;

    if (!imap_number(text, &number) || number > UINT32_MAX)
        return false;
    *out = (uint32_t)number;
    return true;
}

bool imap_code_number(const struct imap_reply *reply, const char *name, uint32_t *out)
{
    struct bytes rest = reply->code;

    return imap_is(take_word(&rest), name) && imap_uid(rest, out);
}
