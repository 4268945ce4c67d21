/* evaluate_set.h — a labelled set: lines with tabs between, the first of which names the columns.
 *
 * As people's programs write it: with or without a BOM, lines ended by LF or CRLF, empty lines
 * anywhere. All of it is checked when it is read, so that no figure comes of a label that nobody
 * has: what is wrong is ERR_MALFORMED, with the line's number and what to do.
 */
#pragma once

#include "../base/arena.h"
#include "../base/clock.h"
#include "../base/err.h"

enum { SET_COLUMNS_MAX = 16, SET_LANGUAGES_MAX = 8 };

struct set_row {
    const char *cells[SET_COLUMNS_MAX];
    size_t line;
};

struct labelled_set {
    const char *path;
    const char *columns[SET_COLUMNS_MAX];
    size_t columns_n;
    struct set_row *rows; /* at least one */
    size_t n;
};

/* `path` is for the words of an error. */
MUST_CHECK bool set_read(struct arena *mem, const char *path, const char *text, size_t len,
                         struct labelled_set *out, struct err *err);
bool set_has(const struct labelled_set *set, const char *column);
/* The cell of a row; NULL when the set hasn't the column. */
const char *set_cell(const struct labelled_set *set, const struct set_row *row, const char *column);
/* "2024-03-12T10:15+01:00", seconds may stand there, too. */
bool set_moment(const char *text, instant *out);
