#include "labelled.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void fail(const char *path, size_t line, const char *what)
{
    fprintf(stderr, "%s:%zu: %s\n", path, line, what);
    exit(1);
}

char *labelled_text(struct arena *mem, const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text;
    long len;

    if (!file || fseek(file, 0, SEEK_END) != 0 || (len = ftell(file)) < 0)
        fail(path, 0, "can't be read");
    rewind(file);
    text = arena_alloc(mem, (size_t)len + 1);
    if (fread(text, 1, (size_t)len, file) != (size_t)len)
        fail(path, 0, "can't be read");
    fclose(file);
    text[len] = '\0';
    return text;
}

static size_t count(const char *text, char wanted)
{
    size_t n = 0;

    for (; *text; text++)
        n += *text == wanted;
    return n;
}

/* Cuts a line at its tabs, in place. */
static char **cells_of(struct arena *mem, char *line, size_t n)
{
    char **out = NEW_ARRAY(mem, char *, n);

    for (size_t i = 0; i < n; i++)
        out[i] = strsep(&line, "\t");
    return out;
}

void labelled_read(struct arena *mem, const char *path, struct labelled *out)
{
    char *text = labelled_text(mem, path), *line;

    *out =
        (struct labelled){ .path = path, .rows = NEW_ARRAY(mem, char **, count(text, '\n') + 1) };
    for (size_t i = 1; (line = strsep(&text, "\n")); i++) {
        size_t n = count(line, '\t') + 1;

        if (*line == '\0')
            continue;
        if (out->columns_n == 0) {
            out->columns_n = n;
            out->names = cells_of(mem, line, n);
            continue;
        }
        if (n != out->columns_n)
            fail(path, i, "has not the columns of the first line");
        out->rows[out->n++] = cells_of(mem, line, n);
    }
}

static size_t column_of(const struct labelled *set, const char *column)
{
    size_t i = 0;

    while (i < set->columns_n && strcmp(set->names[i], column) != 0)
        i++;
    return i;
}

bool labelled_has(const struct labelled *set, const char *column)
{
    return column_of(set, column) < set->columns_n;
}

char *labelled_cell(const struct labelled *set, size_t row, const char *column)
{
    size_t at = column_of(set, column);

    if (at == set->columns_n)
        fail(set->path, 1, column);
    return set->rows[row][at];
}
