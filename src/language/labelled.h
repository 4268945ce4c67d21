/* labelled.h — labelled text as it stands in data/: lines with tabs between, the first of which
 * names the columns. For the programs of the build: they stop at the first thing that is wrong.
 */
#pragma once

#include "../base/arena.h"

struct labelled {
    const char *path;
    char **names;
    size_t columns_n;
    char ***rows; /* each of columns_n cells */
    size_t n;
};

/* Every row has all columns. */
void labelled_read(struct arena *mem, const char *path, struct labelled *out);
bool labelled_has(const struct labelled *set, const char *column);
/* The cell of a row; a set without the column is refused. */
char *labelled_cell(const struct labelled *set, size_t row, const char *column);
/* A file as it is, with a NUL behind it. */
char *labelled_text(struct arena *mem, const char *path);
