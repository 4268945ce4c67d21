#include "flag_table.h"

#include <endian.h>
#include <string.h>

enum { END_REST_MIN = 3 /* letters in front of an ending */, PARTICIPLE_MIN = 6 };

/* A word as it stands in a row: what is behind it is zero, and what no row holds is cut off. */
struct key {
    char text[sizeof(((struct flag_word *)0)->text)];
    size_t len;
};

static struct key key_of(const char *word, size_t len)
{
    struct key key = { .len = len < sizeof(key.text) ? len : sizeof(key.text) };

    memcpy(key.text, word, key.len);
    return key;
}

/* The first letters, as a number that sorts as they do. */
static uint64_t head_of(const char *text)
{
    uint64_t head;

    memcpy(&head, text, sizeof(head));
    return be64toh(head);
}

/* How many of the rows stand in front of the word or are the word, of those up to `high`; none in
 * front of `low` is looked at. */
static size_t row_after(const struct flag_word *rows, size_t low, size_t high,
                        const struct key *key)
{
    const size_t rest = sizeof(uint64_t);
    uint64_t head = head_of(key->text);

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct flag_word *row = &rows[middle];
        uint64_t other = head_of(row->text);

        if (other < head || (other == head && memcmp(row->text + rest, key->text + rest,
                                                     sizeof(key->text) - rest) <= 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t common_start(const struct flag_word *row, const struct key *key)
{
    size_t n = 0;

    while (n < key->len && n < row->len && row->text[n] == key->text[n])
        n++;
    return n;
}

/* The longest start that the word has. What stands in front of it in the table has at least so
 * much in common with it as any start it has: so each look makes the word shorter. */
static uint64_t start_flags(const struct flag_words *words, struct key key)
{
    size_t low = words->from[(uint8_t)key.text[0]], after = words->from[(uint8_t)key.text[0] + 1];

    while (key.len > 0) {
        const struct flag_word *row;
        size_t common;

        after = row_after(words->rows, low, after, &key);
        if (after == low)
            return 0;
        row = &words->rows[after - 1];
        common = common_start(row, &key);
        if (common == row->len)
            return row->flags;
        memset(key.text + common, 0, key.len - common);
        key.len = common;
    }
    return 0;
}

static uint64_t whole_flags(const struct flag_words *words, const struct key *key, size_t len)
{
    uint8_t first = (uint8_t)key->text[0];
    size_t low = words->from[first];
    size_t after = row_after(words->rows, low, words->from[first + 1], key);
    const struct flag_word *row = after > low ? &words->rows[after - 1] : NULL;

    return row && row->len == len && memcmp(row->text, key->text, len) == 0 ? row->flags : 0;
}

static uint64_t end_flags(const struct flag_table *table, const char *word, size_t len)
{
    struct key backwards = { .len = 0 };

    for (size_t i = len; i > END_REST_MIN && backwards.len < sizeof(backwards.text); i--)
        backwards.text[backwards.len++] = word[i - 1];
    return start_flags(&table->ends, backwards);
}

uint64_t flags_of(const struct flag_table *table, const char *word, size_t len)
{
    struct key key = key_of(word, len);
    uint64_t flags = whole_flags(&table->wholes, &key, len) | start_flags(&table->starts, key);

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
