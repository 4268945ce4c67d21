#include "draw.h"

#include "../base/buf.h"
#include "../base/text.h"

#include <ctype.h>
#include <string.h>

enum { TEXT_MAX = 64 * 1024, DEPTH_MAX = 12 };

/* --- chance -------------------------------------------------------------------------------- */

/* SplitMix64 (Steele, Lea and Flood, 2014). */
static uint64_t next(struct dice *dice)
{
    uint64_t z = dice->state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

struct dice dice_of(uint64_t seed, uint64_t n)
{
    struct dice dice = { seed };

    dice.state = next(&dice) ^ n;
    dice.state = next(&dice);
    return dice;
}

int64_t dice_below(struct dice *dice, int64_t n)
{
    return n > 0 ? (int64_t)(next(dice) % (uint64_t)n) : 0;
}

int64_t dice_between(struct dice *dice, int64_t low, int64_t high)
{
    return low + dice_below(dice, high - low + 1);
}

bool dice_in_100(struct dice *dice, int times)
{
    return dice_below(dice, 100) < times;
}

size_t dice_weighed(struct dice *dice, const int *weights, size_t n)
{
    int64_t sum = 0, at;
    size_t i = 0;

    for (size_t k = 0; k < n; k++)
        sum += weights[k];
    for (at = dice_below(dice, sum); i + 1 < n && at >= weights[i]; i++)
        at -= weights[i];
    return i;
}

/* --- texts --------------------------------------------------------------------------------- */

struct drawing {
    struct dice *dice;
    const struct word *words;
    size_t words_n;
    struct buf *out;
};

/* The end of what begins at `s`: a | or ] of its own depth, or the text's end. */
static size_t part_length(const char *s, size_t len)
{
    int depth = 0;

    for (size_t i = 0; i < len; i++) {
        if (depth == 0 && (s[i] == '|' || s[i] == ']'))
            return i;
        depth += (s[i] == '[') - (s[i] == ']');
    }
    return len;
}

static size_t count_parts(const char *s, size_t len, size_t *whole)
{
    size_t n = 1, at = part_length(s, len);

    while (at < len && s[at] == '|') {
        n++;
        at += 1 + part_length(s + at + 1, len - at - 1);
    }
    *whole = at;
    return n;
}

static void draw(struct drawing *d, const char *s, size_t len, int depth);

/* Draws one of what stands between brackets; how much that is, the closing one included. */
static size_t draw_choice(struct drawing *d, const char *s, size_t len, int depth)
{
    size_t whole, n = count_parts(s, len, &whole), at = 0;

    for (int64_t skip = dice_below(d->dice, (int64_t)n); skip > 0; skip--)
        at += part_length(s + at, whole - at) + 1;
    draw(d, s + at, part_length(s + at, whole - at), depth + 1);
    return whole + 1;
}

static size_t draw_word(struct drawing *d, const char *s, size_t len, int depth)
{
    const char *end = memchr(s, '}', len);
    size_t name = end ? (size_t)(end - s) : len;

    for (size_t i = 0; i < d->words_n; i++)
        if (strlen(d->words[i].name) == name && memcmp(d->words[i].name, s, name) == 0)
            draw(d, d->words[i].text, strlen(d->words[i].text), depth + 1);
    return name + 1;
}

static void draw(struct drawing *d, const char *s, size_t len, int depth)
{
    for (size_t i = 0; i < len && depth < DEPTH_MAX; i++) {
        if (s[i] == '[')
            i += draw_choice(d, s + i + 1, len - i - 1, depth);
        else if (s[i] == '{')
            i += draw_word(d, s + i + 1, len - i - 1, depth);
        else
            buf_char(d->out, s[i]);
    }
}

/* Without the blanks that an empty part leaves. */
static char *tidy(struct arena *mem, const char *text)
{
    char *out = arena_text(mem, text);
    size_t n = 0;

    for (const char *c = text; *c; c++) {
        if (*c == ' ' && (n == 0 || out[n - 1] == ' ' || out[n - 1] == '\n'))
            continue;
        if (strchr(".,?!:\n", *c) && n > 0 && out[n - 1] == ' ')
            n--;
        out[n++] = *c;
    }
    while (n > 0 && out[n - 1] == ' ')
        n--;
    out[n] = '\0';
    return out;
}

char *draw_text(struct arena *mem, struct dice *dice, const char *pattern, const struct word *words,
                size_t words_n)
{
    CLEANUP(buf_free) struct buf out = BUF(TEXT_MAX);
    struct drawing d = { dice, words, words_n, &out };

    draw(&d, pattern, strlen(pattern), 0);
    return tidy(mem, buf_str(&out));
}

/* --- slips --------------------------------------------------------------------------------- */

enum slip { SLIP_SWAP, SLIP_DROP, SLIP_DOUBLE, SLIPS_N };

static void slip(struct buf *out, struct dice *dice, const char *word, size_t len)
{
    size_t at = 1 + (size_t)dice_below(dice, (int64_t)len - 2);

    buf_add(out, word, at);
    switch ((enum slip)dice_below(dice, SLIPS_N)) {
    case SLIP_SWAP:
        buf_char(out, word[at + 1]);
        buf_char(out, word[at]);
        buf_add(out, word + at + 2, len - at - 2);
        return;
    case SLIP_DROP:
        buf_add(out, word + at + 1, len - at - 1);
        return;
    case SLIP_DOUBLE:
        buf_char(out, word[at]);
        buf_add(out, word + at, len - at);
        return;
    case SLIPS_N:
        return;
    }
}

char *draw_slips(struct arena *mem, struct dice *dice, const char *text, int in_100)
{
    CLEANUP(buf_free) struct buf out = BUF(TEXT_MAX);
    size_t len;

    for (const char *at = text; *at; at += len) {
        for (len = 0; isalpha((unsigned char)at[len]); len++)
            ;
        /* A word with an accent stays whole, and so does what is part of a number or a name. */
        if (len >= 4 && islower((unsigned char)at[0]) && !((unsigned char)at[len] & 0x80) &&
            (!at[len] || !strchr("0123456789-@", at[len])) && dice_in_100(dice, in_100))
            slip(&out, dice, at, len);
        else
            buf_add(&out, at, len > 0 ? len : 1);
        len = len > 0 ? len : 1;
    }
    return arena_text(mem, buf_str(&out));
}
