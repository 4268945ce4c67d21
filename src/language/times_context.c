/* What the words around an expression of time say of it. Looks at a bounded number of them. */
#include <string.h>

#include "times_read.h"

enum {
    CONTEXT_MAX = 12, /* words looked at on each side */
    NOUN_MAX = 5,     /* words of what a time belongs to: "(over) de nieuwe rekening (van)" */
    TOPIC_MAX = 3,    /* the same, without a "van" */
    RATHER_MAX = 8,   /* words from "liever" to "dan" */
};

static bool ends_clause(const struct time_word *word)
{
    switch (word->class) {
    case WORD_SIGN:
        return word->value == ',' || word->value == ';' || word->value == ':' ||
               word->value == '.' || word->value == '!' || word->value == '?' || word->value == 0;
    case WORD_BUT:
    case WORD_AND:
    case WORD_WHICH:
        return true;
    default:
        return false;
    }
}

/* Does a word of the class stand in the same clause, or sentence? `value`: of which; -1: any. */
static bool is_around_value(const struct time_words *words, const struct said *said,
                            enum word_class class, int32_t value, bool in_clause)
{
    for (size_t i = said->first, n = 0; i > 0 && n < CONTEXT_MAX; i--, n++) {
        const struct time_word *word = &words->words[i - 1];

        if (word->sentence != said->sentence || (in_clause && ends_clause(word)))
            break;
        if (word->class == class && (value < 0 || word->value == value))
            return true;
    }
    for (size_t i = said->end, n = 0; i < words->n && n < CONTEXT_MAX; i++, n++) {
        const struct time_word *word = &words->words[i];

        if (word->sentence != said->sentence || (in_clause && ends_clause(word)))
            break;
        if (word->class == class && (value < 0 || word->value == value))
            return true;
    }
    return false;
}

static bool is_around(const struct time_words *words, const struct said *said,
                      enum word_class class, bool in_clause)
{
    return is_around_value(words, said, class, -1, in_clause);
}

/* "staat gepland voor woensdag": the "voor" is no limit. */
static bool is_for(const struct time_words *words, const struct said *said)
{
    for (size_t i = said->first, n = 0; i > 0 && n < 4; i--, n++) {
        const struct time_word *word = &words->words[i - 1];

        if (word->sentence != said->sentence)
            return false;
        if (word->class == WORD_FOR)
            return true;
    }
    return false;
}

/* --- what it belongs to --- */

/* May it stand in what a time belongs to: "de (gemiste) afspraak"? */
static bool is_noun_word(enum word_class class)
{
    return class == WORD_OTHER || class == WORD_ARTICLE || class == WORD_FOR ||
           class == WORD_EVENT || class == WORD_OLD || class == WORD_OPEN || class == WORD_NOT ||
           class == WORD_FILL || class == WORD_MOVE || class == WORD_DIE || class == WORD_NEXT ||
           class == WORD_COMING;
}

static bool is_topic(const struct time_word *word)
{
    return word->class == WORD_TOPIC ||
           (word->class == WORD_QUALIFIER &&
            (word->value == QUALIFIER_OVER || word->value == QUALIFIER_AROUND));
}

/* What stands in front of the noun in front of `at`; NULL when there is no noun of at most `max`
 * words, or the sentence begins there. */
static const struct time_word *before_noun(const struct time_words *words, size_t at, size_t max)
{
    uint32_t sentence = word_at(words, at)->sentence;
    size_t n = 0;

    while (at > 0 && n <= max && words->words[at - 1].sentence == sentence) {
        const struct time_word *word = &words->words[at - 1];

        if (!is_noun_word(word->class))
            return n > 0 ? word : NULL;
        at--;
        n++;
    }
    return NULL;
}

/* "vóór de vergadering van 3 april", "na …"; "voor" may be for. */
static bool is_limit(const struct time_word *word)
{
    return word->class == WORD_QUALIFIER &&
           (word->value == QUALIFIER_AFTER ||
            (word->value == QUALIFIER_BEFORE && word->to - word->from > strlen("voor")));
}

/* "over de levering op zaterdag", "voor de zitting op 2 april", "tickets for Saturday". */
static bool is_of_noun(const struct time_words *words, const struct said *said,
                       const struct time_word *before)
{
    size_t first = said->first;

    if (first > 0 && words->words[first - 1].class == WORD_FOR_DAY &&
        words->words[first - 1].sentence == said->sentence)
        return first < 2 || words->words[first - 2].class != WORD_FOR; /* "booked for Friday" */
    if (!before || is_topic(before))
        return before != NULL;
    return said->qualifier == QUALIFIER_ON &&
           (before->class == WORD_FOR_DAY ||
            (before->class == WORD_QUALIFIER && before->value == QUALIFIER_BEFORE &&
             !is_limit(before)));
}

/* "uw brief van 3 april": what it belongs to, not when something will be done. */
static void see_owner(const struct time_words *words, const struct said *previous,
                      struct said *said)
{
    bool has_of = class_at(words, said->first) == WORD_OF, is_glued;
    const struct time_word *before = before_noun(words, said->first, has_of ? NOUN_MAX : TOPIC_MAX);

    if (!has_of) {
        said->is_aside = said->is_aside || (!said->has_length && is_of_noun(words, said, before));
        return;
    }
    /* "the morning of the 4th", "van 6 tot 8 april" */
    is_glued = previous && previous->end == said->first;
    if (is_glued || said->has_window || is_qualifier(words, said->end, QUALIFIER_UNTIL))
        return;
    if (before && is_limit(before) && said->part == PART_NONE) {
        said->qualifier = (enum qualifier)before->value;
        return;
    }
    said->is_aside = true;
    said->is_not_it = said->is_not_it || (before && is_topic(before));
}

/* "de factuur die u vrijdag kreeg", "als u voor vrijdag betaalt": in a clause that tells more. */
static bool is_in_side_clause(const struct time_words *words, const struct said *said)
{
    for (size_t at = said->first, n = 0; at > 0 && n < CONTEXT_MAX; at--, n++) {
        const struct time_word *word = &words->words[at - 1];

        if (word->sentence != said->sentence)
            return false;
        if (word->class == WORD_WHICH ||
            (word->class == WORD_DIE && at > 1 && !ends_clause(&words->words[at - 2]) &&
             words->words[at - 2].sentence == said->sentence))
            return true;
        if (ends_clause(word))
            return false;
    }
    return false;
}

/* "u" is the customer, where no number stands in front of it. */
static bool is_you(const struct time_words *words, size_t at)
{
    const struct time_word *word = word_at(words, at);

    return is_word(words, at, WORD_OTHER, OTHER_YOU) ||
           (is_unit(words, at, UNIT_HOUR) && word->to - word->from == 1);
}

/* Does a clause that begins here say what the customer is to do? "zet hem buiten", "u moet",
 * "kunt u"; not "bel u" without its "ik". */
static bool begins_asked(const struct time_words *words, size_t at, bool is_behind_mark)
{
    const struct time_word *word = word_at(words, at);

    if (word->class == WORD_OTHER && word->value == OTHER_GLADLY)
        return is_behind_mark;
    if ((word->class == WORD_OTHER && word->value == OTHER_ASKED) ||
        (word->class == WORD_FOR && word->value == 1))
        return !is_you(words, at + 1);
    return (is_you(words, at) && is_word(words, at + 1, WORD_OTHER, OTHER_MUST)) ||
           (is_word(words, at, WORD_OTHER, OTHER_MUST) && is_you(words, at + 1));
}

/* "…, zet hem voor 7.30 uur buiten": by then the customer does something; but where he is to be at
 * home, we come. */
static bool is_asked(const struct time_words *words, const struct said *said)
{
    size_t at = said->first, n = 0;

    for (; at > 0 && n < CONTEXT_MAX; at--, n++)
        if (words->words[at - 1].sentence != said->sentence || ends_clause(&words->words[at - 1]))
            break;
    if (n == 0 || n == CONTEXT_MAX)
        return false;
    while (at < said->first && class_at(words, at) == WORD_FILL)
        at++;
    return begins_asked(words, at, at > 0 && word_at(words, at - 1)->sentence == said->sentence) &&
           !(said->has_window && is_around_value(words, said, WORD_OTHER, OTHER_PRESENT, true));
}

static bool is_rather(const struct time_words *words, size_t at)
{
    uint32_t sentence = word_at(words, at)->sentence;

    for (size_t n = 0; at > 0 && n < RATHER_MAX; at--, n++) {
        if (words->words[at - 1].sentence != sentence)
            return false;
        if (words->words[at - 1].class == WORD_RATHER)
            return true;
    }
    return false;
}

/* "in plaats van vrijdag", "liever vrijdag dan donderdag", "de brief d.d. 3 april". */
static bool is_refused(const struct time_words *words, const struct said *said)
{
    size_t at = said->first;
    const struct time_word *word;

    if (at > 0 && words->words[at - 1].class == WORD_ARTICLE)
        at--;
    if (at == 0 || words->words[at - 1].sentence != said->sentence)
        return false;
    word = &words->words[at - 1];
    return word->class == WORD_INSTEAD || word->class == WORD_DATED ||
           (word->class == WORD_BUT && word->value == 2 && is_rather(words, at - 1));
}

/* "geldig tot 1 mei": 1; "loopt tot 1 mei": 2, which may be what we see to; else 0. */
static int32_t validity_of(const struct time_words *words, const struct said *said)
{
    if (said->qualifier != QUALIFIER_UNTIL && said->qualifier != QUALIFIER_FROM &&
        said->qualifier != QUALIFIER_ON && class_at(words, said->first) != WORD_OF)
        return 0;
    if (is_word(words, said->end, WORD_OLD, 1))
        return 1;
    for (size_t at = said->first, n = 0; at > 0 && n < TOPIC_MAX; at--, n++) {
        const struct time_word *word = &words->words[at - 1];

        if (word->sentence != said->sentence || ends_clause(word))
            return 0;
        if (word->class == WORD_OLD && word->value > 0)
            return word->value;
    }
    return 0;
}

/* "next month's bill", not "before Sunday's match" and not "Friday's the latest". */
static bool is_owning(const struct time_words *words, const struct said *said)
{
    return word_at(words, said->end - 1)->is_possessive &&
           class_at(words, said->end) != WORD_ARTICLE &&
           (said->qualifier == QUALIFIER_NONE || said->qualifier == QUALIFIER_UNTIL);
}

void said_context(const struct time_words *words, const struct said *previous, struct said *said)
{
    said->is_negated = is_around(words, said, WORD_NOT, true) ||
                       (said->day.form != DAY_FEAST &&
                        is_around(words, said, WORD_FEAST, true)); /* "Pasen valt laat" */
    said->is_for =
        said->qualifier == QUALIFIER_BEFORE && said->day.form != DAY_FEAST && is_for(words, said);
    said->is_hours = said->has_window && is_around(words, said, WORD_OPEN, false);
    said->is_aside = (!said->has_length && word_at(words, said->end - 1)->is_possessive) ||
                     is_in_side_clause(words, said) || validity_of(words, said) == 2;
    said->is_asked = is_asked(words, said);
    said->is_not_it =
        is_refused(words, said) || validity_of(words, said) == 1 || is_owning(words, said);
    see_owner(words, previous, said);
}
