#include "err.h"

#include "text.h"

#include <stdio.h>
#include <string.h>

void err_clear(struct err *err)
{
    err->code = ERR_NONE;
    err->text[0] = '\0';
    err->type = NULL;
    err->retry_after_ms = 0;
    err->fields_n = 0;
}

/* As vsnprintf, but what doesn't fit is cut between two characters. */
static void print_cut(char *out, size_t size, const char *format, va_list args)
{
    int len = vsnprintf(out, size, format, args);

    if (len < 0)
        out[0] = '\0';
    else if ((size_t)len >= size)
        out[utf8_cut(out, size - 1, size - 1)] = '\0';
}

PRINTF(3, 4) static void print(char *out, size_t size, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    print_cut(out, size, format, args);
    va_end(args);
}

bool err_set(struct err *err, enum err_code code, const char *format, ...)
{
    /* The old text may be among the arguments. */
    char text[sizeof(err->text)];
    va_list args;

    va_start(args, format);
    print_cut(text, sizeof(text), format, args);
    va_end(args);
    err_clear(err);
    err->code = code;
    memcpy(err->text, text, sizeof(text));
    return false;
}

bool err_type(struct err *err, const char *type)
{
    err->type = type;
    return false;
}

/* The text of an error in fields is its first field: "title is missing". */
static void text_of_fields(struct err *err)
{
    print(err->text, sizeof(err->text), "%s %s", err->fields[0].pointer + 1, err->fields[0].detail);
}

bool err_field(struct err *err, const char *pointer, const char *format, ...)
{
    va_list args;
    size_t i = err->code == ERR_INVALID ? err->fields_n : 0;

    if (i == ERR_FIELDS_MAX)
        return false;
    print(err->fields[i].pointer, sizeof(err->fields[i].pointer), "%s%s",
          pointer[0] == '/' ? "" : "/", pointer);
    va_start(args, format);
    print_cut(err->fields[i].detail, sizeof(err->fields[i].detail), format, args);
    va_end(args);
    err->code = ERR_INVALID;
    err->type = NULL;
    err->retry_after_ms = 0;
    err->fields_n = i + 1;
    if (i == 0)
        text_of_fields(err);
    return false;
}

bool err_prefix(struct err *err, const char *format, ...)
{
    char prefix[sizeof(err->text)], rest[sizeof(err->text)];
    va_list args;

    va_start(args, format);
    print_cut(prefix, sizeof(prefix), format, args);
    va_end(args);
    memcpy(rest, err->text, sizeof(rest));
    print(err->text, sizeof(err->text), "%s%s", prefix, rest);
    return false;
}

void err_nest(struct err *err, size_t from, const char *pointer)
{
    if (err->code != ERR_INVALID)
        return;
    for (size_t i = from; i < err->fields_n; i++) {
        char rest[sizeof(err->fields[i].pointer)];

        memcpy(rest, err->fields[i].pointer, sizeof(rest));
        print(err->fields[i].pointer, sizeof(err->fields[i].pointer), "%s%s", pointer, rest);
    }
    if (from == 0 && err->fields_n > 0)
        text_of_fields(err);
}

bool err_is_temporary(const struct err *err)
{
    return err->code == ERR_BUSY || err->code == ERR_TOO_MANY || err->code == ERR_FULL;
}
