#include "times_read.h"

enum {
    CONNECTORS_MAX = 5, /* words between two parts of one expression */
    PREFIX_MAX = 6,     /* words in front of it */
    AMOUNT_MAX = 999,
};

struct parser {
    const struct time_words *words;
    bool is_short;
    struct said *said;
};

const struct time_word *word_at(const struct time_words *words, size_t at)
{
    return &words->words[at < words->n ? at : words->n];
}

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

static enum word_class class_at(const struct parser *p, size_t at)
{
    return word_at(p->words, at)->class;
}

static int32_t value_at(const struct parser *p, size_t at)
{
    return word_at(p->words, at)->value;
}

static bool is_qualifier(const struct parser *p, size_t at, enum qualifier qualifier)
{
    return class_at(p, at) == WORD_QUALIFIER && value_at(p, at) == (int32_t)qualifier;
}

static bool is_sign(const struct parser *p, size_t at, char c)
{
    return class_at(p, at) == WORD_SIGN && value_at(p, at) == c;
}

/* --- lengths: drie werkdagen, anderhalf uur, 1 à 2 weken, een uur of twee --- */

static bool is_range_mark(const struct parser *p, size_t at)
{
    return class_at(p, at) == WORD_AND || class_at(p, at) == WORD_A || class_at(p, at) == WORD_OF ||
           is_qualifier(p, at, QUALIFIER_UNTIL) || is_sign(p, at, '-') || is_sign(p, at, 0);
}

/* The amount, in halves. */
static size_t amount_at(const struct parser *p, size_t at, int32_t *halves)
{
    switch (class_at(p, at)) {
    case WORD_HALF:
        *halves = 1;
        return at + 1;
    case WORD_MORE_HALF:
        *halves = 3;
        return at + 1;
    case WORD_VAGUE:
        p->said->is_vague = true;
        *halves = 2 * value_at(p, at);
        return at + 1;
    case WORD_ONE:
    case WORD_A:
        *halves = class_at(p, at + 1) == WORD_HALF ? 1 : 2;
        return at + (*halves == 1 ? 2 : 1);
    case WORD_NUMBER:
        break;
    default:
        return 0;
    }
    if (value_at(p, at) > AMOUNT_MAX)
        return 0;
    *halves = 2 * value_at(p, at);
    if ((is_sign(p, at + 1, ',') || is_sign(p, at + 1, '.')) &&
        word_at(p->words, at + 1)->is_glued && class_at(p, at + 2) == WORD_NUMBER &&
        word_at(p->words, at + 2)->is_glued) {
        *halves += value_at(p, at + 2) >= 5 && value_at(p, at + 2) < 10 ? 1 : 0;
        return at + 3;
    }
    if (class_at(p, at + 1) == WORD_AND && class_at(p, at + 2) == WORD_HALF) {
        *halves += 1;
        return at + 3;
    }
    return at + 1;
}

static size_t unit_at(const struct parser *p, size_t at)
{
    if (class_at(p, at) == WORD_UNIT) {
        p->said->unit = (enum unit)value_at(p, at);
        return at + 1;
    }
    if (class_at(p, at) != WORD_WORKDAY)
        return 0;
    p->said->unit = UNIT_WORKDAY;
    return at + 1;
}

/* Behind the unit: "an hour and a half", "een uur of twee". */
static size_t length_end(const struct parser *p, size_t end, int32_t *halves)
{
    if (class_at(p, end) == WORD_AND && class_at(p, end + 1) == WORD_HALF) {
        *halves += 1;
        return end + 2;
    }
    if (class_at(p, end) == WORD_AND && class_at(p, end + 1) == WORD_A &&
        class_at(p, end + 2) == WORD_HALF) {
        *halves += 1;
        return end + 3;
    }
    if (*halves == 2 && class_at(p, end) == WORD_OF && class_at(p, end + 1) == WORD_NUMBER &&
        value_at(p, end + 1) < 10 && !is_counted(p->words, end + 2)) {
        *halves = 2 * value_at(p, end + 1);
        return end + 2;
    }
    return end;
}

/* A filler or an adjective may stand inside: "drie volle dagen". */
static size_t length_at(const struct parser *p, size_t at, bool is_one_fine)
{
    int32_t halves = 0, more;
    bool has_coming = false;
    size_t end = at, next;

    while (end < at + 3 && (class_at(p, end) == WORD_ARTICLE || class_at(p, end) == WORD_COMING ||
                            class_at(p, end) == WORD_NEXT || class_at(p, end) == WORD_FILL)) {
        has_coming = has_coming || class_at(p, end) == WORD_COMING || class_at(p, end) == WORD_NEXT;
        end++;
    }
    p->said->is_vague = false;
    /* "de komende dagen", "binnen het uur" */
    if ((class_at(p, end) == WORD_UNIT || class_at(p, end) == WORD_WORKDAY) && end > 0 &&
        (end > at || class_at(p, end - 1) == WORD_ARTICLE)) {
        bool is_coming = class_at(p, end - 1) == WORD_COMING || class_at(p, end - 1) == WORD_NEXT;
        bool is_many = word_at(p->words, end)->is_plural;

        if (!is_one_fine && !(is_coming && is_many))
            return 0;
        if (is_coming && !is_many)
            return 0;
        p->said->is_vague = is_coming;
        p->said->halves = is_coming ? 6 : 2;
        if (is_coming)
            p->said->qualifier = QUALIFIER_WITHIN;
        return unit_at(p, end);
    }
    if ((end = amount_at(p, end, &halves)) == 0)
        return 0;
    if (is_range_mark(p, end) && (next = amount_at(p, end + 1, &more)) > 0 &&
        (class_at(p, next) == WORD_UNIT || class_at(p, next) == WORD_WORKDAY) && more >= halves) {
        halves = more;
        end = next;
    }
    if (class_at(p, end) == WORD_FILL ||
        (class_at(p, end) == WORD_OTHER && class_at(p, end + 1) == WORD_WORKDAY))
        end++;
    /* "4 (vier) weken" */
    if (is_sign(p, end, '(') && class_at(p, end + 1) == WORD_NUMBER && is_sign(p, end + 2, ')'))
        end += 3;
    if ((end = unit_at(p, end)) == 0)
        return 0;
    end = length_end(p, end, &halves);
    p->said->halves = halves;
    if (has_coming)
        p->said->qualifier = QUALIFIER_WITHIN; /* "de komende twee weken" */
    return end;
}

/* --- the whole --- */

static bool is_connector(const struct parser *p, size_t at)
{
    switch (class_at(p, at)) {
    case WORD_QUALIFIER:
    case WORD_ARTICLE:
    case WORD_OF:
    case WORD_FILL:
    case WORD_ALREADY:
    case WORD_DURING:
    case WORD_A:
        return true;
    case WORD_SIGN:
        return value_at(p, at) == ',' || value_at(p, at) == '(';
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
        class_at(p, at) == WORD_NUMBER && qualifier != QUALIFIER_ON && qualifier != QUALIFIER_NONE)
        is_bare_fine = is_bare_fine || (has_day(said) && limits(qualifier)) ||
                       (class_at(p, at + 1) != WORD_OTHER && class_at(p, at + 1) != WORD_NUMBER &&
                        class_at(p, at + 1) != WORD_HOURS);
    if ((end = window_at(p->words, at,
                         p->is_short || (at > 0 && class_at(p, at - 1) == WORD_OF) ? QUALIFIER_FROM
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
    bool is_tomorrow_word =
        class_at(p, at) == WORD_DAY && value_at(p, at) == 1 && said->day.form == DAY_WEEKDAY;
    enum day_part part;

    if (class_at(p, at) != WORD_PART && !is_tomorrow_word)
        return 0;
    part = is_tomorrow_word ? PART_MORNING : (enum day_part)value_at(p, at);
    if (part == PART_MIDDAY && class_at(p, at - (at > 0)) == WORD_ARTICLE &&
        (qualifier == QUALIFIER_BEFORE || qualifier == QUALIFIER_BY ||
         qualifier == QUALIFIER_AROUND || qualifier == QUALIFIER_UNTIL)) {
        if (said->has_clock)
            return 0;
        said->has_clock = true;
        said->clock = (struct said_clock){ .minute = 12 * 60, .is_named = true };
        said->clock_qualifier = qualifier;
        return at + 1;
    }
    if (part == PART_EARLY && !has_day(said) && class_at(p, at + 1) != WORD_DAY &&
        class_at(p, at + 1) != WORD_WEEKDAY && class_at(p, at + 1) != WORD_QUALIFIER)
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

    if (qualifier != QUALIFIER_BETWEEN || class_at(p, end) != WORD_AND)
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

    if (qualifier == QUALIFIER_BETWEEN && class_at(p, at) == WORD_NUMBER &&
        class_at(p, at + 1) == WORD_AND)
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
    if (is_qualifier(p, end, QUALIFIER_AFTER) &&
        (day.form == DAY_WEEKDAY || day.form == DAY_OPEN || day.form == DAY_FOLLOWING)) {
        struct said_day anchor;
        size_t from = end + 1, after;

        while (class_at(p, from) == WORD_ARTICLE && from < end + 3)
            from++;
        after = day_at(p->words, from, false, QUALIFIER_AFTER, &anchor, &part);
        if (after == 0 && class_at(p, from) == WORD_UNIT && value_at(p, from) == UNIT_WEEKEND) {
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
        class_at(p, at) == WORD_QUALIFIER)
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
        if (class_at(p, i) == WORD_SIGN) {
            if (has_comma || is_first)
                return 0;
            has_comma = true;
        }
        if (class_at(p, i) == WORD_QUALIFIER)
            qualifier = (enum qualifier)value_at(p, i);
        else if (class_at(p, i) == WORD_A)
            qualifier = QUALIFIER_AT;
        else if (class_at(p, i) == WORD_OF && qualifier == QUALIFIER_NONE)
            continue;
    }
    return 0;
}

static bool is_week_from(const struct parser *p, size_t at)
{
    return p->said->has_length && p->said->unit == UNIT_WEEK && !p->said->qualifier &&
           (is_qualifier(p, at, QUALIFIER_FROM) || is_qualifier(p, at, QUALIFIER_ON)) &&
           class_at(p, at + 1) == WORD_WEEKDAY;
}

/* "twee weken na ontvangst": after what we don't know the day of. */
static bool is_after_event(const struct parser *p, size_t at)
{
    if (!is_qualifier(p, at, QUALIFIER_AFTER) || !p->said->has_length)
        return false;
    for (size_t i = at + 1; i < at + 4; i++)
        if (class_at(p, i) == WORD_EVENT || class_at(p, i) == WORD_OTHER)
            return true;
    return false;
}

/* What a length is counted from: "a week from today", "a week on Monday", "na ontvangst". */
static size_t counted_from(const struct parser *p, size_t at)
{
    struct said *said = p->said;

    if (said->has_length && class_at(p, at + 1) == WORD_DAY && value_at(p, at + 1) == 0) {
        if (said->qualifier == QUALIFIER_NONE)
            said->qualifier = QUALIFIER_OVER;
        return at + 2;
    }
    if (is_week_from(p, at)) {
        said->has_length = false;
        said->day = (struct said_day){ DAY_WEEKDAY, .weekday = value_at(p, at + 1),
                                       .plus_weeks = said->halves / 2 };
        return at + 2;
    }
    if (!is_after_event(p, at))
        return at;
    said->is_event = true;
    return at + 1;
}

/* What stands behind and changes the meaning: ago, per week, na ontvangst, at the latest. */
static size_t tail_at(const struct parser *p, size_t end)
{
    struct said *said = p->said;

    for (int i = 0; i < 3; i++) {
        switch (class_at(p, end)) {
        case WORD_AGO:
            said->is_past = true;
            end++;
            continue;
        case WORD_OLD:
            said->is_static = said->has_length && said->qualifier == QUALIFIER_NONE;
            return end;
        case WORD_PER:
            if (class_at(p, end + 1) == WORD_UNIT || class_at(p, end + 1) == WORD_WEEKDAY ||
                class_at(p, end + 1) == WORD_WORKDAY) {
                said->is_recurring = true;
                return end + 2;
            }
            return end;
        case WORD_QUALIFIER:
            return counted_from(p, end);
        default:
            return end;
        }
    }
    return end;
}

static size_t special_at(const struct parser *p, size_t at)
{
    struct said *said = p->said;

    switch (class_at(p, at)) {
    case WORD_SOFT:
        said->special = SPECIAL_SOFT;
        return at + 1;
    case WORD_SOON:
        said->special = SPECIAL_SOON;
        said->minutes = value_at(p, at);
        return at + 1;
    case WORD_LATER:
        said->special = SPECIAL_LATER;
        return at + 1;
    case WORD_SAME: /* "diezelfde dag": one that was named before */
        if (class_at(p, at + 1) != WORD_DAY && class_at(p, at + 1) != WORD_PART &&
            class_at(p, at + 1) != WORD_UNIT && class_at(p, at + 1) != WORD_WEEKDAY)
            return 0;
        said->special = SPECIAL_SOFT;
        return at + 2;
    case WORD_SO: /* "ik app je zo even", "ik bel zo" */
        if (p->is_short)
            return 0; /* Sunday */
        if (class_at(p, at + 1) != WORD_EVEN &&
            !(class_at(p, at + 1) == WORD_SIGN && value_at(p, at + 1) != ',' && at > 0 &&
              !is_sign(p, at - 1, ',')))
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
        enum word_class class = class_at(p, i);

        if (class == WORD_EVERY)
            said->is_recurring = true;
        else if (class == WORD_QUALIFIER && value_at(p, i) == QUALIFIER_AROUND &&
                 counts(said->qualifier))
            i += is_sign(p, i + 1, '.') ? 1 : 0; /* "over ca. 3 weken" */
        else if (class == WORD_QUALIFIER)
            said->qualifier = (enum qualifier)value_at(p, i);
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
    for (int i = 0; i < 2 && (class_at(p, at) == WORD_OF || class_at(p, at) == WORD_ARTICLE); i++)
        at++;
    if (class_at(p, at) == WORD_WEEKDAYS)
        return at + 1;
    if ((class_at(p, at) == WORD_WEEKDAY || class_at(p, at) == WORD_WEEKDAY_SHORT) &&
        (is_qualifier(p, at + 1, QUALIFIER_UNTIL) || is_sign(p, at + 1, '-')) &&
        class_at(p, at + 2) == class_at(p, at))
        return at + 3;
    return 0;
}

/* "om binnen twee dagen", "het vandaag": the first word is the sentence's. */
static void trim(const struct parser *p)
{
    size_t first = p->said->first;
    enum word_class next = class_at(p, first + 1);

    if (first + 1 < p->said->end &&
        ((is_qualifier(p, first, QUALIFIER_AT) && next == WORD_QUALIFIER) ||
         (class_at(p, first) == WORD_ARTICLE &&
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
    out->is_then = class_at(&p, end) == WORD_AND ||
                   (is_sign(&p, end, ',') && class_at(&p, end + 1) == WORD_BUT);
    trim(&p);
    return out->end;
}
