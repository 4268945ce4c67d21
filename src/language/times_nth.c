/* The nth of something: de eerste maandag van mei, the last working day of the month, de 15e van
 * volgende maand, 2e pinksterdag, de eerste werkdag (na …). */
#include "times_day.h"

enum { NTH_MAX = 31, FROM_LAST = 90 /* an ordinal from here on counts from the end */ };

/* "eerste", "2e", "last". */
static size_t ordinal_at(const struct time_words *words, size_t at, int32_t *nth)
{
    const struct time_word *word = word_at(words, at), *rank = word_at(words, at + 1);

    *nth = word->value;
    if (word->class == WORD_ORDINAL)
        return at + 1;
    if (word->class == WORD_LAST) {
        *nth = 99;
        return at + 1;
    }
    if (word->class != WORD_NUMBER || word->digits == 0 || word->value < 1 ||
        word->value > NTH_MAX || !rank->is_glued ||
        (rank->class != WORD_RANK && rank->class != WORD_ARTICLE))
        return 0;
    return at + 2;
}

/* What is counted: "maandagochtend", "werkdag", "week". */
static size_t kind_at(const struct piece *p, size_t at, struct said_day *out)
{
    const struct time_word *word = word_at(p->words, at);
    bool is_weekday = p->is_short && word->class == WORD_WEEKDAY_SHORT;

    switch (is_weekday ? WORD_WEEKDAY : word->class) {
    case WORD_WEEKDAY:
        out->nth = NTH_WEEKDAY;
        out->weekday = word->value;
        if (class_at(p->words, at + 1) != WORD_PART)
            return at + 1;
        *p->part = (enum day_part)value_at(p->words, at + 1);
        return at + 2;
    case WORD_WORKDAY:
        out->nth = NTH_WORKDAY;
        return at + 1;
    case WORD_UNIT:
        out->nth = word->value == UNIT_DAY       ? NTH_DAY
                   : word->value == UNIT_WEEKEND ? NTH_WEEKEND
                                                 : NTH_WEEK;
        return word->value == UNIT_DAY || word->value == UNIT_WEEKEND || word->value == UNIT_WEEK
                   ? at + 1
                   : 0;
    default:
        return 0;
    }
}

static bool is_container(const struct said_day *day)
{
    return day->form == DAY_MONTH ||
           (day->form == DAY_PERIOD && day->period != UNIT_DAY && day->period != UNIT_WEEKEND);
}

/* "van de maand", "in mei", "april"; 0 when nothing contains it. */
static size_t container_at(const struct piece *piece, size_t at, struct said_day *out)
{
    struct piece inner = *piece;
    enum day_part part = PART_NONE;
    size_t from = at, end;

    inner.day = out;
    inner.part = &part;
    if (class_at(inner.words, from) == WORD_OF || is_qualifier(inner.words, from, QUALIFIER_IN))
        from++;
    else if (class_at(inner.words, from) != WORD_MONTH &&
             class_at(inner.words, from + 1) != WORD_MONTH) /* de janvier */
        return 0;
    from = skip(inner.words, from, WORD_ARTICLE, WORD_ARTICLE);
    if ((end = pointed_at(&inner, from)) == 0)
        end = month_or_unit_at(&inner, from);
    return end > 0 && is_container(out) ? end : 0;
}

static bool is_between(const struct time_words *words, size_t at)
{
    return is_qualifier(words, at, QUALIFIER_AFTER) || is_qualifier(words, at, QUALIFIER_BEFORE);
}

/* Not in a month, but by itself or after another day. */
static size_t alone_at(const struct piece *p, size_t end, int32_t nth, const struct said_day *kind)
{
    int32_t n = nth >= FROM_LAST ? 1 : nth;

    if (kind->nth == NTH_WORKDAY && nth <= NTH_MAX) {
        *p->day = (struct said_day){ DAY_OPEN, .offset = n };
        return end;
    }
    if (!is_between(p->words, end))
        return 0;
    if (kind->nth == NTH_WEEKDAY)
        *p->day = (struct said_day){ DAY_WEEKDAY, .weekday = kind->weekday, .plus_weeks = n - 1 };
    else if (kind->nth == NTH_DAY)
        *p->day = (struct said_day){ DAY_FOLLOWING, .offset = n, .is_counted = true };
    else if (kind->nth == NTH_WORKDAY)
        *p->day = (struct said_day){ DAY_OPEN, .offset = n, .is_counted = true };
    else
        return 0;
    return end;
}

/* "2e pinksterdag": so many days on from the first. */
static size_t feast_at(const struct piece *p, size_t at, int32_t nth)
{
    int32_t feast = value_at(p->words, at);

    if (class_at(p->words, at) != WORD_FEAST || FEAST_DAYS(feast) != 1 || nth > 2)
        return 0;
    *p->day = (struct said_day){ DAY_FEAST, .feast = feast + 10 * (nth - 1) };
    return at + 1;
}

size_t nth_at(const struct piece *p, size_t at)
{
    struct said_day kind = { 0 }, whole = { 0 };
    enum day_part before = *p->part;
    size_t end, behind;
    int32_t nth;

    at = skip(p->words, at, WORD_ARTICLE, WORD_ARTICLE);
    if ((end = ordinal_at(p->words, at, &nth)) == 0)
        return 0;
    if ((behind = feast_at(p, end, nth)) > 0)
        return behind;
    /* "the first two weeks of April" end with the second */
    if (class_at(p->words, end) == WORD_NUMBER && is_unit(p->words, end + 1, UNIT_WEEK) &&
        (nth == 1 || nth == 99)) {
        nth = nth == 1 ? value_at(p->words, end) : nth;
        end++;
    }
    if ((behind = kind_at(p, end, &kind)) > 0) {
        end = behind;
    } else {
        kind.nth = NTH_DAY; /* the 15th of next month */
        if (class_at(p->words, at) == WORD_LAST || class_at(p->words, end) == WORD_MONTH)
            return 0;
    }
    if (nth > NTH_MAX && nth < FROM_LAST)
        return 0;
    if ((at = container_at(p, end, &whole)) > 0 && (behind > 0 || whole.form == DAY_PERIOD)) {
        *p->day = whole;
        p->day->form = DAY_NTH;
        p->day->offset = nth;
        p->day->nth = kind.nth;
        p->day->weekday = kind.weekday;
        return at;
    }
    if (behind > 0 && (at = alone_at(p, end, nth, &kind)) > 0 && class_at(p->words, at) != WORD_OF)
        return at;
    *p->part = before;
    return 0;
}
