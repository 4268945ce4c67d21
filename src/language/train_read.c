#include "train.h"

#include <stdio.h>
#include <string.h>

enum { LINE_MAX_BYTES = 1 << 16, COLUMNS_MAX = 16 };

static bool complain(const char *path, size_t line, const char *what)
{
    fprintf(stderr, "%s:%zu: %s\n", path, line, what);
    return false;
}

static void close_file(FILE **file)
{
    if (*file)
        fclose(*file);
}

/* Splits a line at its tabs, in place. */
static size_t columns_of(char *line, char *out[COLUMNS_MAX])
{
    size_t n = 0;

    line[strcspn(line, "\r\n")] = '\0';
    for (char *left = line, *column; n < COLUMNS_MAX && (column = strsep(&left, "\t"));)
        out[n++] = column;
    return n;
}

static void add_words(struct cue_slot *slots, const char *words, enum cue cue)
{
    while (*words) {
        size_t len = strcspn(words, " ");

        if (len > 0)
            cue_add(slots, words, len, cue);
        words += len + (words[len] == ' ');
    }
}

bool cues_read(const char *path, struct cue_slot *slots)
{
    static char line[LINE_MAX_BYTES];
    CLEANUP(close_file) FILE *file = fopen(path, "r");
    char *columns[COLUMNS_MAX];
    size_t n = 0;

    if (!file)
        return complain(path, 0, "can't be read");
    for (; fgets(line, sizeof(line), file); n++) {
        if (columns_of(line, columns) != 2)
            return complain(path, n + 1, "a cue and its words, please");
        if (n == 0)
            continue;
        if (n > CUES_N || strcmp(columns[0], cue_names[n - 1]) != 0)
            return complain(path, n + 1, "isn't the cue of feature.h");
        add_words(slots, columns[1], (enum cue)(n - 1));
    }
    return n == CUES_N + 1 || complain(path, n, "fewer cues than in feature.h");
}

/* Where the text and each label stand; false: the file is for another task. */
static bool find_columns(const struct task *task, char **columns, size_t n, size_t *text,
                         size_t at[HEADS_MAX])
{
    size_t found = 0;

    *text = COLUMNS_MAX;
    for (size_t i = 0; i < n; i++) {
        const char *name = columns[i];

        if (strcmp(name, "text") == 0)
            *text = i;
        for (size_t head = 0; head < task->heads_n; head++)
            if (strcmp(name, task->heads[head].name) == 0) {
                at[head] = i;
                found++;
            }
    }
    return *text < COLUMNS_MAX && found == task->heads_n;
}

static int label_of(const struct head *head, const char *label)
{
    for (size_t class = 0; class < head->classes_n; class ++)
        if (strcmp(head->classes[class], label) == 0)
            return (int)class;
    return -1;
}

bool rows_read(struct arena *mem, const struct task *task, const struct cue_slot *slots,
               const char *path, size_t file, struct rows *out)
{
    static char line[LINE_MAX_BYTES];
    CLEANUP(close_file) FILE *from = fopen(path, "r");
    char *columns[COLUMNS_MAX];
    size_t n = 1, text, at[HEADS_MAX], names_n;

    if (!from || !fgets(line, sizeof(line), from))
        return complain(path, 0, "can't be read");
    if (!out->items)
        out->items = NEW_ARRAY(mem, struct row, ROWS_MAX);
    names_n = columns_of(line, columns);
    if (!find_columns(task, columns, names_n, &text, at))
        return true;
    while (fgets(line, sizeof(line), from)) {
        struct row *row = &out->items[out->n++];
        struct tokens tokens;

        n++;
        if (columns_of(line, columns) != names_n || out->n == ROWS_MAX)
            return complain(path, n, "has not the columns of the first line");
        row->file = file;
        for (size_t head = 0; head < task->heads_n; head++) {
            row->labels[head] = label_of(&task->heads[head], columns[at[head]]);
            if (row->labels[head] < 0 && *columns[at[head]])
                return complain(path, n, "has an unknown label");
        }
        tokens_of(mem, columns[text], strlen(columns[text]), &tokens);
        features_with(mem, slots, &tokens, 0, tokens.n, &row->features);
        row->found = NEW_ARRAY(mem, uint32_t, row->features.n + 1);
    }
    return true;
}

bool rows_has(const struct rows *rows, size_t file)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->items[i].file == file)
            return true;
    return false;
}
