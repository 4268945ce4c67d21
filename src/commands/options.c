#include "options.h"

#include "../base/buf.h"
#include "../base/text.h"

#include <stdio.h>
#include <string.h>

enum { HELP_MAX = 64 * 1024, NAME_MAX_LEN = 64, OPTIONS_MAX = 32 };

/* "password-file" for the field password_file. */
static const char *name_of(const struct option *option, char out[NAME_MAX_LEN])
{
    size_t i = 0;

    for (; option->field.name[i] && i < NAME_MAX_LEN - 1; i++)
        out[i] = option->field.name[i] == '_' ? '-' : option->field.name[i];
    out[i] = '\0';
    return out;
}

static bool is_flag(const struct option *option)
{
    return option->field.kind == KIND_BOOL;
}

static bool is_required(const struct option *option)
{
    return option->is_operand || (option->field.flags & REQUIRED);
}

/* --- values -------------------------------------------------------------------------------- */

/* The values that a field with names takes, as "all, web, work". */
static void list_names(const char *const *names, char *out, size_t size)
{
    size_t len = 0;

    out[0] = '\0';
    for (size_t i = 0; names[i] && len < size; i++)
        len += (size_t)snprintf(out + len, size - len, "%s%s", i > 0 ? ", " : "", names[i]);
}

static bool take_number(const struct field *field, const char *value, const char *what, void *out,
                        struct err *err)
{
    int64_t n;

    if (!int_read(value, strlen(value), &n) || n < field->min || (field->max > 0 && n > field->max))
        return err_set(err, ERR_MALFORMED, "%s wants a whole number, not '%s'", what, value);
    *(int64_t *)out = n;
    return true;
}

static bool take_name(const struct field *field, const char *value, const char *what, void *out,
                      struct err *err)
{
    char names[128];

    if (enum_read(field->names, value, strlen(value), out))
        return true;
    list_names(field->names, names, sizeof(names));
    return err_set(err, ERR_MALFORMED, "%s wants one of %s, not '%s'", what, names, value);
}

static bool take_id(const struct field *field, const char *value, const char *what, void *out,
                    struct err *err)
{
    const char *prefix = kind_prefix(field->kind);

    return id_read(prefix, value, strlen(value), out) ||
           err_set(err, ERR_MALFORMED, "%s wants an id like %s_01h…, not '%s'", what, prefix,
                   value);
}

static bool take_text(const struct field *field, const char *value, const char *what, void *out,
                      struct err *err)
{
    if (value[0] == '\0' || !utf8_is_valid(value, strlen(value)))
        return err_set(err, ERR_MALFORMED, "%s wants a text of at least one character, in UTF-8",
                       what);
    if ((field->flags & EMAIL) && !text_is_email(value))
        return err_set(err, ERR_MALFORMED, "%s wants a mail address, not '%s'", what, value);
    *(const char **)out = value;
    return true;
}

/* `what` is how the option is called towards the person. */
static bool take_value(const struct option *option, const char *value, const char *what, void *row,
                       struct err *err)
{
    const struct field *field = &option->field;
    void *out = (char *)row + field->at;

    if (field->kind == KIND_INT)
        return take_number(field, value, what, out, err);
    if (field->kind == KIND_ENUM)
        return take_name(field, value, what, out, err);
    if (kind_prefix(field->kind))
        return take_id(field, value, what, out, err);
    return take_text(field, value, what, out, err);
}

/* --- words --------------------------------------------------------------------------------- */

struct reading {
    const struct option *options;
    size_t options_n;
    int n;
    char *const *words;
    int at;             /* the next word */
    bool only_operands; /* behind -- */
    bool given[OPTIONS_MAX];
    void *out;
};

static const struct option *find_option(const struct reading *r, const char *name, size_t len)
{
    char own[NAME_MAX_LEN];

    for (size_t i = 0; i < r->options_n; i++)
        if (!r->options[i].is_operand && strlen(name_of(&r->options[i], own)) == len &&
            memcmp(own, name, len) == 0)
            return &r->options[i];
    return NULL;
}

/* --name VALUE, --name=VALUE or a flag. */
static bool read_option(struct reading *r, const char *word, struct err *err)
{
    size_t len = strcspn(word + 2, "=");
    const char *value = word[2 + len] == '=' ? word + 3 + len : NULL;
    const struct option *option = find_option(r, word + 2, len);
    char what[NAME_MAX_LEN + 2], own[NAME_MAX_LEN];

    if (!option)
        return err_set(err, ERR_MALFORMED, "there is no option '%s': see --help", word);
    snprintf(what, sizeof(what), "--%s", name_of(option, own));
    if (r->given[option - r->options])
        return err_set(err, ERR_MALFORMED, "%s was given twice", what);
    r->given[option - r->options] = true;
    if (is_flag(option)) {
        if (value)
            return err_set(err, ERR_MALFORMED, "%s takes no value", what);
        *(bool *)((char *)r->out + option->field.at) = true;
        return true;
    }
    if (!value && r->at < r->n)
        value = r->words[r->at++];
    if (!value)
        return err_set(err, ERR_MALFORMED, "%s wants a value: %s %s", what, what, option->value);
    return take_value(option, value, what, r->out, err);
}

static bool read_operand(struct reading *r, const char *word, struct err *err)
{
    for (size_t i = 0; i < r->options_n; i++) {
        if (!r->options[i].is_operand || r->given[i])
            continue;
        r->given[i] = true;
        return take_value(&r->options[i], word, r->options[i].value, r->out, err);
    }
    return err_set(err, ERR_MALFORMED, "'%s' is one word too many: see --help", word);
}

static bool check_required(const struct reading *r, struct err *err)
{
    char name[NAME_MAX_LEN];

    for (size_t i = 0; i < r->options_n; i++) {
        const struct option *option = &r->options[i];

        if (r->given[i] || !is_required(option))
            continue;
        if (option->is_operand)
            return err_set(err, ERR_MALFORMED, "%s is missing: see --help", option->value);
        name_of(option, name);
        return err_set(err, ERR_MALFORMED, "--%s is missing: add --%s %s", name, name,
                       option->value);
    }
    return true;
}

static bool is_help(const char *word)
{
    return text_equal(word, "--help") || text_equal(word, "-h");
}

bool options_read(const struct option *options, size_t options_n, int n, char *const *words,
                  void *out, bool *wants_help, struct err *err)
{
    struct reading r = {
        .options = options, .options_n = options_n, .n = n, .words = words, .out = out
    };

    *wants_help = false;
    for (int i = 0; i < n && !text_equal(words[i], "--"); i++)
        *wants_help = *wants_help || is_help(words[i]);
    if (*wants_help)
        return true;
    while (r.at < n) {
        const char *word = words[r.at++];
        bool is_option = !r.only_operands && word[0] == '-' && word[1] != '\0';

        if (is_option && text_equal(word, "--")) {
            r.only_operands = true;
            continue;
        }
        if (is_option && word[1] != '-')
            return err_set(err, ERR_MALFORMED, "there is no option '%s': see --help", word);
        if (!(is_option ? read_option(&r, word, err) : read_operand(&r, word, err)))
            return false;
    }
    return check_required(&r, err);
}

/* --- help ---------------------------------------------------------------------------------- */

static void free_help(struct buf *b)
{
    buf_free(b);
}

/* "--data DIR" */
static void add_option(struct buf *out, const struct option *option)
{
    char name[NAME_MAX_LEN];

    if (!option->is_operand)
        buf_printf(out, "--%s%s", name_of(option, name), is_flag(option) ? "" : " ");
    if (!is_flag(option))
        buf_text(out, option->value);
}

char *options_usage(struct arena *mem, const struct option *options, size_t n)
{
    CLEANUP(free_help) struct buf out = BUF(HELP_MAX);

    for (size_t i = 0; i < n; i++) {
        bool required = is_required(&options[i]);

        buf_text(&out, required ? " " : " [");
        add_option(&out, &options[i]);
        buf_text(&out, required ? "" : "]");
    }
    return arena_text(mem, buf_str(&out));
}

char *options_help(struct arena *mem, const struct option *options, size_t n)
{
    CLEANUP(free_help) struct buf out = BUF(HELP_MAX);
    CLEANUP(free_help) struct buf left = BUF(HELP_MAX);

    for (size_t i = 0; i < n; i++) {
        const struct field *field = &options[i].field;
        char names[128];

        buf_clear(&left);
        add_option(&left, &options[i]);
        buf_printf(&out, "  %-26s %s", buf_str(&left), field->doc);
        if (field->names) {
            list_names(field->names, names, sizeof(names));
            buf_printf(&out, ": %s", names);
        }
        buf_char(&out, '\n');
    }
    return arena_text(mem, buf_str(&out));
}
