#include "snippet.h"

#include "../base/text.h"
#include "words.h"

#include <string.h>

enum { SOUGHT_MAX = 16, BEGINNING_MIN = 3 }; /* as store/search.c searches */

const struct field mark_fields[] = { FIELD(mark, from), FIELD(mark, to), { 0 } };

/* The words one by one, with the letter in front. */
struct sought {
    char first;
    const char *words[SOUGHT_MAX];
    size_t n;
    bool is_prefix; /* the last one may go on */
};

static void split(struct arena *mem, const char *words, struct sought *out)
{
    while (*words && out->n < SOUGHT_MAX) {
        size_t len = strcspn(words, " ");
        out->words[out->n++] = arena_text_n(mem, words, len);
        words += len;
        words += *words == ' ';
    }
    out->is_prefix =
        out->is_prefix && out->n > 0 && strlen(out->words[out->n - 1]) >= BEGINNING_MIN;
}

/* --- words of a text that isn't folded ----------------------------------------------------- */

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/* Where folding may make white space or punctuation of a character. */
static bool may_end_word(uint32_t c)
{
    return (c >= 0xa0 && c < 0xc0) || (c >= 0x2000 && c < 0x2c00) || (c >= 0x3000 && c < 0x3400) ||
           c >= 0xf900;
}

static bool is_part_of_word(struct arena *mem, const char *s, size_t len, uint32_t c)
{
    const char *folded;

    if (!is_letter((unsigned char)*s))
        return false;
    if (!may_end_word(c))
        return true;
    folded = text_fold(mem, arena_text_n(mem, s, len));
    return *folded == '\0' || is_letter((unsigned char)*folded);
}

/* The next word at or behind *from: bytes [*from, *to). */
static bool next_word(struct arena *mem, const char *text, size_t len, size_t *from, size_t *to)
{
    size_t at = *from;

    for (bool inside = false; at < len;) {
        size_t before = at;
        uint32_t c = utf8_next(text, len, &at);

        if (is_part_of_word(mem, text + before, at - before, c)) {
            if (!inside)
                *from = before;
            inside = true;
            *to = at;
        } else if (inside) {
            return true;
        }
        if (at == len && inside)
            return true;
    }
    return false;
}

/* --- which of them were sought ------------------------------------------------------------- */

/* Folding and stemming leave the first letter alone, if it is a plain one: most words are seen
 * not to be meant without either. */
static bool may_match(const struct sought *sought, const char *word)
{
    unsigned char c = (unsigned char)*word;

    if (c >= 0x80)
        return true;
    if (c >= 'A' && c <= 'Z')
        c |= 0x20;
    for (size_t i = 0; i < sought->n; i++)
        if ((unsigned char)sought->words[i][1] == c)
            return true;
    return false;
}

static bool is_sought(struct arena *mem, const struct sought *sought, const char *word, size_t len)
{
    const char *text, *stem;

    if (!may_match(sought, word))
        return false;
    text = arena_text_n(mem, word, len);
    stem = words_of(mem, sought->first, &text, 1);
    for (size_t i = 0; i < sought->n; i++) {
        if (strcmp(stem, sought->words[i]) == 0)
            return true;
        if (i + 1 == sought->n && sought->is_prefix && text_starts(stem, sought->words[i]))
            return true;
    }
    return false;
}

/* The next word that was sought. */
static bool next_sought(struct arena *mem, const struct sought *sought, const char *text,
                        size_t len, size_t *from, size_t *to)
{
    while (next_word(mem, text, len, from, to)) {
        if (is_sought(mem, sought, text + *from, *to - *from))
            return true;
        *from = *to;
    }
    return false;
}

static struct list marks_in(struct arena *mem, const struct sought *sought, const char *text)
{
    size_t len = strlen(text), from = 0, to = 0, n = 0;
    struct mark *marks = NEW_ARRAY(mem, struct mark, len / 2 + 1);

    for (; next_sought(mem, sought, text, len, &from, &to); from = to)
        marks[n++] = (struct mark){ (int64_t)from, (int64_t)to };
    return (struct list){ marks, n };
}

/* Where a snippet begins: at a word, a little before the hit. */
static size_t start_before(const char *text, size_t hit)
{
    size_t at = hit > SNIPPET_LEAD ? hit - SNIPPET_LEAD : 0;

    if (at == 0)
        return 0;
    while (at < hit && !strchr(" \t\r\n", text[at - 1]))
        at++;
    return at;
}

void snippet_of(struct arena *mem, char first, const char *text, const char *words, bool is_prefix,
                struct snippet *out)
{
    CLEANUP(arena_freep) struct arena *scratch = arena_new("snippet");
    struct sought sought = { .first = first, .is_prefix = is_prefix };
    size_t from = 0, to = 0, start = 0;

    split(scratch, words, &sought);
    /* Every word that may be meant is folded: too much to keep until the reply is sent. */
    if (next_sought(scratch, &sought, text, strlen(text), &from, &to))
        start = start_before(text, from);
    out->text = text_preview(mem, text + start, SNIPPET_MAX - (start > 0 ? strlen("…") : 0));
    if (start > 0)
        out->text = arena_printf(mem, "…%s", out->text);
    out->marks = marks_in(mem, &sought, out->text);
}
