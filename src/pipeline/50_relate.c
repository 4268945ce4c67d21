/* 50_relate.c — which case is it about? The conversation's; else one whose reference stands in
 * the subject or in the words, if the sender has a part in it; else a new one.
 */
#include "pipeline.h"

#include "../base/text.h"
#include "../domain/people/people.h"

#include <string.h>

enum { OWN_WORDS_MAX = 8000 /* bytes in which a reference is looked for */ };

static bool is_reference_letter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The next word of the form 4K7-M2QX in a text; NULL when there is none. */
static const char *next_reference(struct arena *mem, const char **at)
{
    for (const char *dash = strchr(*at, '-'); dash; dash = strchr(dash + 1, '-')) {
        size_t before = 0, after = 0;
        while (before < 8 && dash - before > *at && is_reference_letter(dash[-1 - (long)before]))
            before++;
        while (after < 8 && is_reference_letter(dash[1 + after]))
            after++;
        if (before == 3 && after >= 4) {
            *at = dash + 1 + after;
            return arena_text_n(mem, dash - 3, 4 + after);
        }
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

bool inbound_relate(struct tx *tx, struct inbound *in, struct err *err)
{
    bool found;

    if (in->conversation.id.n != 0)
        return case_get(tx, place_of(in), &in->c, err);
    if (!by_reference(tx, in, &found, err))
        return false;
    if (!found)
        in->c = (struct casefile){
            .title = text_is_blank(title_of(in)) ? "…" : title_of(in),
            .status = CASE_NEW,
            .person_id = in->person,
            .channel_id = in->channel.id,
        };
    return true;
}
