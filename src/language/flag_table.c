#include "flag_table.h"

#include <string.h>

enum { END_REST_MIN = 3 /* letters in front of an ending */, END_MAX = 24, PARTICIPLE_MIN = 6 };

static size_t common_start(const struct flag_word *row, const char *word, size_t len)
{
    size_t n = 0;

    while (n < len && n < row->len && row->text[n] == word[n])
        n++;
    return n;
}

/* How many of the rows stand in front of the word or are the word. */
static size_t row_after(const struct flag_word *rows, size_t n, const char *word, size_t len)
{
    size_t low = 0;

    while (low < n) {
        size_t middle = low + (n - low) / 2;
        const struct flag_word *row = &rows[middle];
        size_t common = common_start(row, word, len);

        if (common == row->len ||
            (common < len && (uint8_t)row->text[common] < (uint8_t)word[common]))
            low = middle + 1;
        else
            n = middle;
    }
    return low;
}

/* The longest start that the word has. What stands in front of it in the table has at least so
 * much in common with it as any start it has: so each look makes the word shorter. */
static uint64_t start_flags(const struct flag_word *rows, size_t n, const char *word, size_t len)
{
    while (len > 0) {
        size_t after = row_after(rows, n, word, len);
        const struct flag_word *row;

        if (after == 0)
            return 0;
        row = &rows[after - 1];
        if (row->len <= len && common_start(row, word, len) == row->len)
            return row->flags;
        len = common_start(row, word, len);
    }
    return 0;
}

static uint64_t end_flags(const struct flag_table *table, const char *word, size_t len)
{
    char backwards[END_MAX];
    size_t n = 0;

    for (size_t i = len; i > END_REST_MIN && n < END_MAX; i--)
        backwards[n++] = word[i - 1];
    return start_flags(table->ends, table->ends_n, backwards, n);
}

uint64_t flags_of(const struct flag_table *table, const char *word, size_t len)
{
    size_t after = row_after(table->wholes, table->wholes_n, word, len);
    const struct flag_word *row = after > 0 ? &table->wholes[after - 1] : NULL;
    uint64_t flags = 0;

    if (row && row->len == len && memcmp(row->text, word, len) == 0)
        flags = row->flags;
    flags |= start_flags(table->starts, table->starts_n, word, len);
    return flags ? flags : end_flags(table, word, len);
}

static bool ends(const char *word, size_t len, const char *end)
{
    size_t end_len = strlen(end);

    return len >= end_len && memcmp(word + len - end_len, end, end_len) == 0;
}

bool looks_like_participle(const char *word, size_t len)
{
    static const char *const starts[] = { "be", "ver", "her", "ont" };

    if (len < PARTICIPLE_MIN)
        return false;
    if (ends(word, len, "ed"))
        return true;
    if (!ends(word, len, "d") && !ends(word, len, "t") && !ends(word, len, "en"))
        return false;
    for (size_t at = 0; at + PARTICIPLE_MIN <= len && at <= 6; at++)
        if (word[at] == 'g' && word[at + 1] == 'e')
            return true;
    for (size_t i = 0; i < COUNT(starts); i++)
        if (strncmp(word, starts[i], strlen(starts[i])) == 0 && !ends(word, len, "en"))
            return true;
    return false;
}
