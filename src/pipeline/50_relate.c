/* 50_relate.c — which case is it about? The conversation's, unless that is only whom it is from and
 * the words name another; else one whose reference stands in
 * the subject or in the words, if the sender has a part in it; else a new one.
 */
#include "pipeline.h"

#include "../base/text.h"
#include "../domain/people/people.h"

#include <string.h>

enum {
    OWN_WORDS_MAX = 8000, /* bytes in which a reference is looked for */
    WORD_MAX = 8,
    REFERENCE_LETTERS = 7
};

static bool is_reference_letter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* How many letters stand here, counted up to WORD_MAX. */
static size_t letters_at(const char *s)
{
    size_t n = 0;

    while (n < WORD_MAX && is_reference_letter(s[n]))
        n++;
    return n;
}

static bool has_small_letter(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] >= 'a' && s[i] <= 'z')
            return true;
    return false;
}

/* Where the second half goes on, behind what people type, or their telephone makes of it, between
 * the halves. NULL: something else stands there. */
static const char *behind_gap(const char *s, bool *is_dash)
{
    static const struct {
        const char *text;
        bool is_dash;
    } gaps[] = {
        { "-",            true  },
        { "\xe2\x80\x90", true  }, /* the hyphens and dashes of Unicode */
        { "\xe2\x80\x91", true  },
        { "\xe2\x80\x93", true  },
        { " ",            false },
        { "\xc2\xa0",     false }, /* a blank that doesn't break */
    };

    for (size_t i = 0; i < COUNT(gaps); i++)
        if (text_starts(s, gaps[i].text)) {
            *is_dash = gaps[i].is_dash;
            return s + strlen(gaps[i].text);
        }
    return NULL;
}

/* A reference whose first word of `n` letters stands at s, as 4K7-M2QX; NULL when there is none.
 * Its check character is right. With its dash it may be in small letters; without, it must
 * look like one to begin with. */
static const char *reference_at(struct arena *mem, const char *s, size_t n, const char **end)
{
    const char *rest = s + 3, *reference;
    bool is_dash = false;
    size_t after;
    int64_t number;

    if (n == 3)
        rest = behind_gap(s + n, &is_dash);
    else if (n != REFERENCE_LETTERS)
        return NULL;
    after = rest ? letters_at(rest) : 0;
    if (after < 4 || (after > 4 && !is_dash))
        return NULL;
    reference = arena_printf(mem, "%.3s-%.*s", s, (int)after, rest);
    if ((!is_dash && has_small_letter(reference, 3 + 1 + after)) ||
        !reference_read(reference, 3 + 1 + after, &number))
        return NULL;
    *end = rest + after;
    return reference;
}

/* The next word of the form 4K7-M2QX, 4K7 M2QX or 4K7M2QX in a text; NULL when there is none. */
static const char *next_reference(struct arena *mem, const char **at)
{
    const char *s = *at, *reference;
    size_t n;

    while (*s) {
        n = letters_at(s);
        reference = reference_at(mem, s, n, at);
        if (reference)
            return reference;
        s += n;
        while (is_reference_letter(*s)) /* a long word is none */
            s++;
        s += *s != '\0';
    }
    return NULL;
}

static bool takes_part(struct tx *tx, const struct inbound *in, const struct casefile *c, bool *out,
                       struct err *err)
{
    int64_t n = 0;

    if (!person_is_same(tx, c->person_id, in->person, out, err))
        return false;
    if (*out || !db_number(tx, SQL_INBOUND_PART_OF_CASE,
                           ARGS(arg_organisation(tx), arg_id(c->id), arg_id(in->person)), &n, err))
        return *out;
    *out = n > 0;
    return true;
}

/* The first reference in a text that names a case in which the sender has a part. */
static bool by_words(struct tx *tx, struct inbound *in, const char *at, bool *found,
                     struct err *err)
{
    const char *reference;
    struct casefile c;
    bool is_part;

    *found = false;
    while ((reference = next_reference(tx->mem, &at))) {
        if (!case_by_reference(tx, reference, &c, found, err))
            return false;
        if (!*found)
            continue;
        if (!takes_part(tx, in, &c, &is_part, err))
            return false;
        *found = is_part;
        if (is_part) {
            in->c = c;
            return true;
        }
    }
    return true;
}

/* In its subject, else in its own words: what it quotes may name another. */
static bool by_reference(struct tx *tx, struct inbound *in, bool *found, struct err *err)
{
    const char *text = in->in.text, *subject = in->in.subject;
    size_t len = strlen(text), own = in->in.fold_at < len ? in->in.fold_at : len;

    if (!by_words(tx, in, subject ? subject : "", found, err))
        return false;
    return *found ||
           by_words(tx, in, arena_text_n(tx->mem, text, own < OWN_WORDS_MAX ? own : OWN_WORDS_MAX),
                    found, err);
}

/* Where what comes in lives, also when that was merged into another case. */
static case_id place_of(const struct inbound *in)
{
    if (in->answered.n != 0)
        return in->answered;
    return in->conversation.place_case_id.n != 0 ? in->conversation.place_case_id
                                                 : in->conversation.case_id;
}

static const char *title_of(const struct inbound *in)
{
    return text_is_blank(in->in.subject) ? in->in.text : in->in.subject;
}

void inbound_begin_case(struct inbound *in)
{
    in->c = (struct casefile){
        .title = text_is_blank(title_of(in)) ? "…" : title_of(in),
        .status = CASE_NEW,
        .person_id = in->person,
        .channel_id = in->channel.id,
    };
}

bool inbound_is_loose(const struct inbound *in)
{
    return in->conversation.id.n != 0 && in->in.thread_key && in->is_judged && !in->in.is_auto &&
           (channel_type_named(in->channel.type)->skills & BY_ADDRESS);
}

bool inbound_relate(struct tx *tx, struct inbound *in, struct err *err)
{
    bool found = false, is_known = in->conversation.id.n != 0;

    /* Who isn't who he says he is has a part in nothing. */
    if ((!is_known || inbound_is_loose(in)) && !in->is_doubtful &&
        !by_reference(tx, in, &found, err))
        return false;
    if (found) {
        in->leaves_thread = is_known;
        return true;
    }
    if (is_known)
        return case_get(tx, place_of(in), &in->c, err);
    inbound_begin_case(in);
    return true;
}
