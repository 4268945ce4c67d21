#include "times_read.h"

enum {
    CONNECTORS_MAX = 5, /* words between two parts of one expression */
    PREFIX_MAX = 6,     /* words in front of it */
};

bool is_counted(const struct time_words *words, size_t at)
{
    const struct time_word *word = word_at(words, at);

    switch (word->class) {
    case WORD_UNIT:
    case WORD_WORKDAY:
    case WORD_MONTH:
    case WORD_MONTH_SHORT:
    case WORD_VAGUE:
        return true;
    case WORD_SIGN:
        if (word->value == '%')
            return true;
        /* 12,50 and 3/4 and 06-12345678: part of a longer number */
        return word->is_glued && word_at(words, at + 1)->is_glued &&
               word_at(words, at + 1)->class == WORD_NUMBER;
    case WORD_OTHER:
        return word->is_glued;
    default:
        return false;
    }
}

/* --- the whole --- */

static bool is_connector(const struct parser *p, size_t at)
{
    switch (class_at(p->words, at)) {
    case WORD_QUALIFIER:
    case WORD_ARTICLE:
    case WORD_OF:
    case WORD_FILL:
    case WORD_ALREADY:
    case WORD_DURING:
    case WORD_A:
        return true;
    case WORD_SIGN:
        return value_at(p->words, at) == ',' || value_at(p->words, at) == '(';
    default:
        return false;
    }
}

static bool has_day(const struct said *said)
{
    return said->day.form != DAY_NONE;
}

static bool limits(enum qualifier qualifier)
{
    return qualifier == QUALIFIER_BEFORE || qualifier == QUALIFIER_BY ||
           qualifier == QUALIFIER_UNTIL || qualifier == QUALIFIER_FROM ||
           qualifier == QUALIFIER_AFTER || qualifier == QUALIFIER_AROUND;
}

/* A clock time or a window; what stands in front of it says how it's meant. */
static size_t add_clock(const struct parser *p, size_t at, enum qualifier qualifier)
{
    struct said *said = p->said;
    bool is_sure =
        p->is_short || has_day(said) || said->part != PART_NONE ||
        (qualifier != QUALIFIER_NONE && qualifier != QUALIFIER_ON && qualifier != QUALIFIER_OVER &&
         qualifier != QUALIFIER_IN && qualifier != QUALIFIER_WITHIN);
    bool is_bare_fine = qualifier == QUALIFIER_AT || qualifier == QUALIFIER_AROUND || p->is_short;
    struct said_clock clock;
    size_t end;

    if ((qualifier == QUALIFIER_NONE || qualifier == QUALIFIER_AT) && limits(said->qualifier))
        qualifier = said->qualifier; /* "vanaf morgen 9 uur" */
    if ((qualifier == QUALIFIER_BEFORE || qualifier == QUALIFIER_BY ||
         qualifier == QUALIFIER_UNTIL || qualifier == QUALIFIER_FROM ||
         qualifier == QUALIFIER_AFTER || has_day(said)) &&
        class_at(p->words, at) == WORD_NUMBER && qualifier != QUALIFIER_ON &&
        qualifier != QUALIFIER_NONE)
        is_bare_fine =
            is_bare_fine || (has_day(said) && limits(qualifier)) ||
            (class_at(p->words, at + 1) != WORD_OTHER &&
             class_at(p->words, at + 1) != WORD_NUMBER && class_at(p->words, at + 1) != WORD_HOURS);
    if ((end = window_at(p->words, at,
                         p->is_short || (at > 0 && class_at(p->words, at - 1) == WORD_OF)
                             ? QUALIFIER_FROM
                             : qualifier,
                         is_sure, said)) > 0) {
        said->clock_qualifier = QUALIFIER_BETWEEN;
        return end;
    }
    if (qualifier == QUALIFIER_BETWEEN ||
        (end = clock_at(p->words, at, is_sure, is_bare_fine, &clock)) == 0)
        return 0;
    said->has_clock = true;
    said->clock = clock;
    said->clock_qualifier = qualifier;
    return end;
}

/* "voor de middag", "tegen de avond": noon as a clock time, the others as a part of the day. */
static size_t add_part(const struct parser *p, size_t at, enum qualifier qualifier)
{
    struct said *said = p->said;
    bool is_tomorrow_word = class_at(p->words, at) == WORD_DAY && value_at(p->words, at) == 1 &&
                            said->day.form == DAY_WEEKDAY;
    enum day_part part;

    if (class_at(p->words, at) != WORD_PART && !is_tomorrow_word)
        return 0;
    part = is_tomorrow_word ? PART_MORNING : (enum day_part)value_at(p->words, at);
    if (part == PART_MIDDAY && class_at(p->words, at - (at > 0)) == WORD_ARTICLE &&
        (qualifier == QUALIFIER_BEFORE || qualifier == QUALIFIER_BY ||
         qualifier == QUALIFIER_AROUND || qualifier == QUALIFIER_UNTIL)) {
        if (said->has_clock)
            return 0;
        said->has_clock = true;
        said->clock = (struct said_clock){ .minute = 12 * 60, .is_named = true };
        said->clock_qualifier = qualifier;
        return at + 1;
    }
    if (part == PART_EARLY && !has_day(said) && class_at(p->words, at + 1) != WORD_DAY &&
        class_at(p->words, at + 1) != WORD_WEEKDAY && class_at(p->words, at + 1) != WORD_QUALIFIER)
        return 0; /* "vroeg" is "asked" too */
    said->part = part == PART_MIDDAY && qualifier == QUALIFIER_AFTER ? PART_AFTERNOON : part;
    if (!has_day(said)) {
        said->is_part_alone = true;
        said->qualifier = QUALIFIER_NONE;
    }
    return at + 1;
}

/* "tussen maandag en woensdag": the second is what it is kept by. */
static size_t add_second_day(const struct parser *p, size_t end, enum qualifier qualifier,
                             struct said_day *day)
{
    struct said_day second;
    enum day_part part = PART_NONE;
    size_t after;

    if (qualifier != QUALIFIER_BETWEEN || class_at(p->words, end) != WORD_AND)
        return end;
    after = day_at(p->words, end + 1, p->is_short, QUALIFIER_ON, &second, &part);
    if (after == 0)
        return end;
    if (second.form == DAY_WEEKDAY) {
        p->said->has_anchor = true;
        p->said->anchor = *day;
    }
    if (second.form == DAY_FEAST)
        second.is_until = true;
    *day = second;
    return after;
}

static size_t add_day(const struct parser *p, size_t at, enum qualifier qualifier)
{
    struct said *said = p->said;
    struct said_day day;
    enum day_part part = PART_NONE;
    size_t end;

    if (qualifier == QUALIFIER_BETWEEN && class_at(p->words, at) == WORD_NUMBER &&
        class_at(p->words, at + 1) == WORD_AND)
        at += 2; /* "tussen 3 en 5 december" */
    end = day_at(p->words, at, p->is_short, qualifier, &day, &part);
    if (end == 0)
        return 0;
    if (part != PART_NONE && said->part == PART_NONE)
        said->part = part;
    end = add_second_day(p, end, qualifier, &day);
    said->day = day;
    said->qualifier = qualifier;
    said->is_part_alone = false;
    if (day.is_last || (day.form == DAY_RELATIVE && day.offset < 0))
        said->is_past = true;
    /* "dinsdag na Pasen", "de dag na Koningsdag" */
    if (is_qualifier(p->words, end, QUALIFIER_AFTER) &&
        (day.form == DAY_WEEKDAY || day.form == DAY_OPEN || day.form == DAY_FOLLOWING)) {
        struct said_day anchor;
        size_t from = end + 1, after;

        while (class_at(p->words, from) == WORD_ARTICLE && from < end + 3)
            from++;
        after = day_at(p->words, from, false, QUALIFIER_AFTER, &anchor, &part);
        if (after == 0 && class_at(p->words, from) == WORD_UNIT &&
            value_at(p->words, from) == UNIT_WEEKEND) {
            anchor = (struct said_day){ DAY_PERIOD, .period = UNIT_WEEKEND };
            after = from + 1;
        }
        if (after > 0) {
            said->has_anchor = true;
            said->anchor = anchor;
            return after;
        }
    }
    if (day.form == DAY_FOLLOWING)
        said->is_event = true; /* the day after something unknown */
    return end;
}

/* "vrijdagochtend 27 december": the date says which Friday. */
static size_t add_date(const struct parser *p, size_t at)
{
    struct said_day day;
    enum day_part part = PART_NONE;
    size_t end;

    if ((p->said->day.form != DAY_WEEKDAY && p->said->day.form != DAY_RELATIVE) ||
        class_at(p->words, at) == WORD_QUALIFIER)
        return 0;
    end = day_at(p->words, at, p->is_short, QUALIFIER_NONE, &day, &part);
    if (end == 0 || day.form != DAY_DATE)
        return 0;
    p->said->day = day;
    p->said->is_past = day.is_last;
    return end;
}

/* The next part of the expression from `at` on, past the words between; 0: it ends here. */
static size_t part_at(const struct parser *p, size_t at, bool is_first)
{
    struct said *said = p->said;
    enum qualifier qualifier = is_first ? said->qualifier : QUALIFIER_NONE;
    bool has_comma = false;
    size_t end;

    for (size_t i = at; i <= at + CONNECTORS_MAX; i++) {
        bool is_first_here = is_first || i > at || !has_comma;

        if (word_at(p->words, i)->sentence !=
            word_at(p->words, at - (at > 0 && !is_first))->sentence)
            return 0;
        if (!said->has_clock && (!has_comma || qualifier != QUALIFIER_NONE || has_day(said)) &&
            (end = add_clock(p, i, qualifier)) > 0)
            return end;
        if (!has_day(said) && is_first_here && (!has_comma || is_first) &&
            (end = add_day(p, i, qualifier)) > 0)
            return end;
        if (!is_first && (end = add_date(p, i)) > 0)
            return end;
        if (said->part == PART_NONE && !has_comma && (end = add_part(p, i, qualifier)) > 0)
            return end;
        if (!is_connector(p, i))
            return 0;
        if (class_at(p->words, i) == WORD_SIGN) {
            if (has_comma || is_first)
                return 0;
            has_comma = true;
        }
        if (class_at(p->words, i) == WORD_QUALIFIER)
            qualifier = (enum qualifier)value_at(p->words, i);
        else if (class_at(p->words, i) == WORD_A)
            qualifier = QUALIFIER_AT;
        else if (class_at(p->words, i) == WORD_OF && qualifier == QUALIFIER_NONE)
            continue;
    }
    return 0;
}

static size_t special_at(const struct parser *p, size_t at)
{
    struct said *said = p->said;

    switch (class_at(p->words, at)) {
    case WORD_SOFT:
        said->special = SPECIAL_SOFT;
        return at + 1;
    case WORD_SOON:
        said->special = SPECIAL_SOON;
        said->minutes = value_at(p->words, at);
        return at + 1;
    case WORD_LATER:
        said->special = SPECIAL_LATER;
        return at + 1;
    case WORD_SAME: /* "diezelfde dag": one that was named before */
        if (class_at(p->words, at + 1) != WORD_DAY && class_at(p->words, at + 1) != WORD_PART &&
            class_at(p->words, at + 1) != WORD_UNIT && class_at(p->words, at + 1) != WORD_WEEKDAY)
            return 0;
        said->special = SPECIAL_SOFT;
        return at + 2;
    case WORD_SO: /* "ik app je zo even", "ik bel zo" */
        if (p->is_short)
            return 0; /* Sunday */
        if (class_at(p->words, at + 1) != WORD_EVEN &&
            !(class_at(p->words, at + 1) == WORD_SIGN && value_at(p->words, at + 1) != ',' &&
              at > 0 && !is_sign(p->words, at - 1, ',')))
            return 0;
        said->special = SPECIAL_SOON;
        said->minutes = 60;
        return at + 1;
    default:
        return 0;
    }
}

static bool counts(enum qualifier qualifier)
{
    return qualifier == QUALIFIER_WITHIN || qualifier == QUALIFIER_OVER ||
           qualifier == QUALIFIER_IN;
}

/* The words in front: what they say, and where they end. A second one that counts wins:
 * "uiterlijk binnen", "nog vóór". */
static size_t prefix_at(const struct parser *p, size_t at)
{
    struct said *said = p->said;
    bool is_already = false;
    size_t i = at;

    for (; i < at + PREFIX_MAX; i++) {
        enum word_class class = class_at(p->words, i);

        if (class == WORD_EVERY)
            said->is_recurring = true;
        else if (class == WORD_QUALIFIER && value_at(p->words, i) == QUALIFIER_AROUND &&
                 counts(said->qualifier))
            i += is_sign(p->words, i + 1, '.') ? 1 : 0; /* "over ca. 3 weken" */
        else if (class == WORD_QUALIFIER)
            said->qualifier = (enum qualifier)value_at(p->words, i);
        else if (class == WORD_PER && !said->qualifier)
            said->qualifier = QUALIFIER_ON;
        else if (class == WORD_ALREADY)
            is_already = true;
        else if (class != WORD_FILL && !(class == WORD_ARTICLE && said->qualifier))
            break;
    }
    said->is_already = is_already && said->qualifier == QUALIFIER_NONE;
    return i;
}

static size_t moment_at(const struct parser *p, size_t at)
{
    size_t end = part_at(p, at, true), next;

    if (end == 0)
        return 0;
    for (int i = 0; i < 3 && (next = part_at(p, end, false)) > 0; i++)
        end = next;
    return end;
}

/* Days that come again: "maandag t/m vrijdag", "op werkdagen", "zondagen". */
static size_t recurring_at(const struct parser *p, size_t at)
{
    for (int i = 0;
         i < 2 && (class_at(p->words, at) == WORD_OF || class_at(p->words, at) == WORD_ARTICLE);
         i++)
        at++;
    if (class_at(p->words, at) == WORD_WEEKDAYS)
        return at + 1;
    if ((class_at(p->words, at) == WORD_WEEKDAY || class_at(p->words, at) == WORD_WEEKDAY_SHORT) &&
        (is_qualifier(p->words, at + 1, QUALIFIER_UNTIL) || is_sign(p->words, at + 1, '-')) &&
        class_at(p->words, at + 2) == class_at(p->words, at))
        return at + 3;
    return 0;
}

/* "om binnen twee dagen", "het vandaag": the first word is the sentence's. */
static void trim(const struct parser *p)
{
    size_t first = p->said->first;
    enum word_class next = class_at(p->words, first + 1);

    if (first + 1 < p->said->end &&
        ((is_qualifier(p->words, first, QUALIFIER_AT) && next == WORD_QUALIFIER) ||
         (class_at(p->words, first) == WORD_ARTICLE &&
          (next == WORD_QUALIFIER || next == WORD_DAY || next == WORD_THIS_PART))))
        p->said->first++;
}

size_t said_at(const struct time_words *words, size_t at, bool is_short, struct said *out)
{
    struct parser p = { words, is_short, out };
    size_t start, end;

    *out = (struct said){ .first = at, .sentence = word_at(words, at)->sentence };
    if ((end = special_at(&p, at)) > 0) {
        out->end = end;
        return end;
    }
    start = prefix_at(&p, at);
    if ((end = recurring_at(&p, start)) > 0) {
        out->is_recurring = true;
        out->end = end;
        return end;
    }
    if (counts(out->qualifier) && (end = length_at(&p, start, out->qualifier != QUALIFIER_IN)) > 0)
        out->has_length = true;
    else if ((end = moment_at(&p, start)) == 0) {
        end = length_at(&p, start, out->qualifier == QUALIFIER_BY);
        out->has_length = end > 0;
    }
    /* "binnen": the fillers in front are no part of it. */
    if (end == 0 && out->is_recurring) {
        out->end = start;
        return start;
    }
    if (end == 0)
        return 0;
    if (out->has_length && out->is_already)
        out->is_past = true; /* "al drie weken" */
    if (out->qualifier == QUALIFIER_SINCE || out->clock_qualifier == QUALIFIER_SINCE)
        out->is_past = true;
    out->end = tail_at(&p, end);
    out->is_then = class_at(words, end) == WORD_AND ||
                   (is_sign(words, end, ',') && class_at(words, end + 1) == WORD_BUT);
    trim(&p);
    return out->end;
}
