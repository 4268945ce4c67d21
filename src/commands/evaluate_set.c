#include "evaluate_set.h"

#include "../base/text.h"
#include "../domain/understanding/judge.h"
#include "../language/personal.h"
#include "../language/promises.h"
#include "../language/referrals.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { VALUES_MAX = 16, NAME_SHOWN = 40 };

/* --- what columns mean ------------------------------------------------------------------------ */

typedef bool cell_check(const char *cell, const char *const *words, size_t n);

static bool is_word(const char *cell, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n && words[i]; i++)
        if (text_equal(cell, words[i]))
            return true;
    return false;
}

static bool is_any(const char *cell, const char *const *words, size_t n)
{
    (void)words;
    (void)n;
    return !text_is_blank(cell);
}

static bool is_code(const char *cell, const char *const *words, size_t n)
{
    (void)words;
    (void)n;
    return strlen(cell) == 2 && strspn(cell, "abcdefghijklmnopqrstuvwxyz") == 2;
}

static bool is_moment(const char *cell, const char *const *words, size_t n)
{
    instant at;

    (void)words;
    (void)n;
    return set_moment(cell, &at);
}

static bool are_kinds(const char *cell, const char *const *words, size_t n)
{
    char name[NAME_SHOWN];

    (void)words;
    (void)n;
    for (size_t len; *cell; cell += len + (cell[len] == ',')) {
        bool is_known = false;

        len = strcspn(cell, ",");
        snprintf(name, sizeof(name), "%.*s", (int)len, cell);
        for (int kind = 0; kind < PERSONAL_KINDS; kind++)
            is_known |= text_equal(personal_kind_name((enum personal_kind)kind), name);
        if (!is_known)
            return false;
    }
    return true;
}

static const char *const yes_no[] = { "0", "1" };
static const char *const firmness[] = { "firm", "soft" };
#define MOMENT "a moment like 2026-03-12T17:00+01:00"

/* What is looked at; other columns may be there, too. */
static const struct column {
    const char *name;
    cell_check *check;
    const char *wanted; /* in words; NULL: one of `words` */
    const char *const *words;
    size_t words_n;     /* or up to a NULL */
    bool may_be_empty;  /* in every row, */
    const char *unless; /* or where that column says so: */
    const char *says;
    const char *beside; /* says nothing without that column */
    bool is_measured;   /* by itself */
} columns[] = {
#define WORDS(w, n)          is_word, NULL, w, n
#define OTHER(check, wanted) check, wanted, NULL, 0
    { "text",       OTHER(is_any,          "a text"),                          false, NULL,         NULL,   NULL,         false },
    { "lang",       OTHER(is_code,         "two letters, like nl"),            false, NULL,         NULL,   NULL,         true  },
    { "polarity",   WORDS(polarity_names,  VALUES_MAX),                        false, NULL,         NULL,   NULL,         true  },
    { "emotion",    WORDS(emotion_names,   VALUES_MAX),                        false, NULL,         NULL,   NULL,         true  },
    { "intent",     WORDS(intent_names,    VALUES_MAX),                        false, NULL,         NULL,   NULL,         true  },
    { "urgency",    WORDS(urgency_names,   VALUES_MAX),                        false, NULL,         NULL,   NULL,         true  },
    { "is_promise", WORDS(yes_no,          COUNT(yes_no)),                     false, NULL,         NULL,   NULL,         true  },
    { "action",     WORDS(promise_actions, ACTIONS_N),                         false, "is_promise", "0",    "is_promise", false },
    { "deadline",   OTHER(is_moment,       MOMENT),                            true,  NULL,         NULL,   "is_promise", false },
    { "firmness",   WORDS(firmness,        COUNT(firmness)),                   false, "is_promise", "0",    "is_promise", false },
    { "reference",  OTHER(is_moment,       MOMENT),                            false, NULL,         NULL,   NULL,         false },
    { "types",      OTHER(are_kinds,       "kinds like bsn,phone or nothing"), true,  NULL,         NULL,   NULL,         true  },
    { "kind",       WORDS(referral_kinds,  REFERRAL_KINDS_N),                  false, "kind",       "none", "target",     true  },
    { "target",     OTHER(is_any,          "what the text names"),             true,  NULL,         NULL,   "kind",       false },
};

static const struct column *column_named(const char *name)
{
    for (size_t i = 0; i < COUNT(columns); i++)
        if (text_equal(columns[i].name, name))
            return &columns[i];
    return NULL;
}

/* --- reading ---------------------------------------------------------------------------------- */

static bool PRINTF(4, 5)
    wrong(const struct labelled_set *set, size_t line, struct err *err, const char *format, ...)
{
    char words[300];
    va_list list;

    va_start(list, format);
    vsnprintf(words, sizeof(words), format, list);
    va_end(list);
    return err_set(err, ERR_MALFORMED, "%s: line %zu %s", set->path, line, words);
}

static size_t cells_of(struct arena *mem, const char *line, size_t len,
                       const char *cells[SET_COLUMNS_MAX])
{
    size_t n = 0, from = 0;

    for (size_t at = 0; at <= len; at++)
        if (at == len || line[at] == '\t') {
            if (n < SET_COLUMNS_MAX)
                cells[n] = arena_text_n(mem, line + from, at - from);
            n++;
            from = at + 1;
        }
    return n;
}

static bool read_columns(struct arena *mem, const char *line, size_t len, size_t number,
                         struct labelled_set *out, struct err *err)
{
    bool is_measured = false;

    out->columns_n = cells_of(mem, line, len, out->columns);
    if (out->columns_n > SET_COLUMNS_MAX)
        return wrong(out, number, err, "names %zu columns: %d are the most", out->columns_n,
                     SET_COLUMNS_MAX);
    if (!set_has(out, "text"))
        return wrong(out, number, err,
                     "must name the columns, with tabs between, and text among them");
    for (size_t i = 0; i < out->columns_n; i++) {
        const struct column *column = column_named(out->columns[i]);

        for (size_t k = 0; k < i; k++)
            if (text_equal(out->columns[k], out->columns[i]))
                return wrong(out, number, err, "names the column %s twice",
                             text_preview(mem, out->columns[i], NAME_SHOWN));
        if (column && column->beside && !set_has(out, column->beside))
            return wrong(out, number, err, "names a column %s: it needs a column %s beside it",
                         column->name, column->beside);
        is_measured |= column && column->is_measured;
    }
    return is_measured ||
           wrong(out, number, err,
                 "names nothing that can be measured: add lang, polarity, emotion, intent, "
                 "urgency, is_promise, types, or kind and target");
}

/* "neg, neu or pos" */
static const char *words_of(struct arena *mem, const struct column *column)
{
    const char *out = column->words ? column->words[0] : column->wanted;

    for (size_t i = 1; column->words && i < column->words_n && column->words[i]; i++) {
        bool is_last = i + 1 == column->words_n || !column->words[i + 1];
        out = arena_printf(mem, "%s%s%s", out, is_last ? " or " : ", ", column->words[i]);
    }
    return out;
}

static bool is_fine(const struct labelled_set *set, const struct set_row *row,
                    const struct column *column, const char *cell)
{
    if (column->may_be_empty && *cell == '\0')
        return true;
    if (column->unless && text_equal(set_cell(set, row, column->unless), column->says))
        return true;
    return column->check(cell, column->words, column->words_n);
}

static bool check_row(struct arena *mem, const struct labelled_set *set, const struct set_row *row,
                      struct err *err)
{
    for (size_t i = 0; i < COUNT(columns); i++) {
        const char *cell = set_cell(set, row, columns[i].name);

        if (cell && !is_fine(set, row, &columns[i], cell))
            return wrong(set, row->line, err, "has \"%s\" as %s: it must be %s%s",
                         text_preview(mem, cell, NAME_SHOWN), columns[i].name,
                         words_of(mem, &columns[i]),
                         text_equal(columns[i].unless, columns[i].name)
                             ? arena_printf(mem, " or %s", columns[i].says)
                             : "");
    }
    return true;
}

static bool read_line(struct arena *mem, const char *line, size_t len, size_t number,
                      struct labelled_set *out, struct err *err)
{
    struct set_row *row = &out->rows[out->n];
    size_t n;

    if (!utf8_is_valid(line, len))
        return wrong(out, number, err, "isn't UTF-8: save the file as that");
    if (len == 0)
        return true;
    if (out->columns_n == 0)
        return read_columns(mem, line, len, number, out, err);
    row->line = number;
    n = cells_of(mem, line, len, row->cells);
    if (n != out->columns_n)
        return wrong(out, number, err, "has %zu cells, and the first line names %zu columns", n,
                     out->columns_n);
    out->n++;
    return check_row(mem, out, row, err);
}

bool set_read(struct arena *mem, const char *path, const char *text, size_t len,
              struct labelled_set *out, struct err *err)
{
    static const char bom[] = "\xef\xbb\xbf";
    size_t lines = 1, number = 1;

    if (len >= 3 && memcmp(text, bom, 3) == 0) {
        text += 3;
        len -= 3;
    }
    for (size_t at = 0; at < len; at++)
        lines += text[at] == '\n';
    *out = (struct labelled_set){ .path = path, .rows = NEW_ARRAY(mem, struct set_row, lines) };
    for (size_t from = 0, to; from < len; from = to + 1, number++) {
        const char *end = memchr(text + from, '\n', len - from);
        size_t line;

        to = end ? (size_t)(end - text) : len;
        line = to - from;
        line -= line > 0 && text[to - 1] == '\r';
        if (!read_line(mem, text + from, line, number, out, err))
            return false;
    }
    return out->n > 0 || err_set(err, ERR_MALFORMED,
                                 "%s: needs a first line that names its columns, with tabs "
                                 "between, and a row behind it",
                                 path);
}

static size_t column_at(const struct labelled_set *set, const char *column)
{
    size_t i = 0;

    while (i < set->columns_n && !text_equal(set->columns[i], column))
        i++;
    return i;
}

bool set_has(const struct labelled_set *set, const char *column)
{
    return column_at(set, column) < set->columns_n;
}

const char *set_cell(const struct labelled_set *set, const struct set_row *row, const char *column)
{
    size_t at = column_at(set, column);

    return at < set->columns_n ? row->cells[at] : NULL;
}

bool set_moment(const char *text, instant *out)
{
    enum { MINUTES = 16, MOST = 40 };
    char whole[MOST + 4];
    size_t len = strlen(text);

    if (len <= MINUTES || len > MOST)
        return false;
    if (text[MINUTES] != ':') {
        snprintf(whole, sizeof(whole), "%.16s:00%s", text, text + MINUTES);
        text = whole;
    }
    return instant_read(text, strlen(text), out);
}
