#include "times_read.h"

#include <string.h>

enum {
    CONNECTORS_MAX = 5, /* words between two parts of one expression */
    PREFIX_MAX = 6,     /* words in front of it */
    MOVED_MAX = 8,      /* words back to "moved" */
    HOURS_OF_DAY = 24,
    HOURS_WITH_MINUTES = 6, /* "1h30" is a length, "9h30" a clock time */
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

static bool has_day(const struct said *said)
{
    return said->day.form != DAY_NONE;
}

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
    case WORD_SOON: /* "maandag direct om 9 uur" */
        return has_day(p->said);
    case WORD_SIGN:
        return value_at(p->words, at) == ',' || value_at(p->words, at) == '(';
    default:
        return false;
    }
}

static bool limits(enum qualifier qualifier)
{
    return qualifier == QUALIFIER_BEFORE || qualifier == QUALIFIER_BY ||
           qualifier == QUALIFIER_UNTIL || qualifier == QUALIFIER_FROM ||
           qualifier == QUALIFIER_AFTER || qualifier == QUALIFIER_AROUND;
}

/* "This time" is a clock time with a day: "this time tomorrow". */
static bool is_of_day(const struct parser *p, size_t end)
{
    enum word_class class = class_at(p->words, end);

    return has_day(p->said) || p->said->has_length || class == WORD_DAY || class == WORD_WEEKDAY ||
           class == WORD_NEXT || is_qualifier(p->words, end, QUALIFIER_ON);
}

/* "half zes ongeveer", "11-ish": where that ends. */
static size_t add_about(const struct parser *p, size_t end)
{
    struct said *said = p->said;
    size_t about = is_sign(p->words, end, '-') ? end + 1 : end;

    if (class_at(p->words, about) != WORD_ISH && !is_word(p->words, about, WORD_FILL, 1))
        return end;
    if (said->clock_qualifier == QUALIFIER_NONE || said->clock_qualifier == QUALIFIER_AT ||
        said->clock_qualifier == QUALIFIER_BY)
        said->clock_qualifier = QUALIFIER_AROUND;
    return about + 1;
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
    if (clock.minute == CLOCK_NOW && !is_of_day(p, end))
        return 0;
    /* "points 1 to 7", "one by one" */
    if (!clock.is_named && at > 1 && class_at(p->words, at - 1) == WORD_QUALIFIER &&
        class_at(p->words, at - 2) == WORD_NUMBER && !has_day(said))
        return 0;
    said->has_clock = true;
    said->clock = clock;
    said->clock_qualifier = qualifier;
    return add_about(p, end);
}

/* "vroeg" is "asked" too. */
static bool may_be_early(const struct parser *p, size_t at)
{
    const struct time_word *word = word_at(p->words, at);
    enum word_class next = class_at(p->words, at + 1);

    if (next == WORD_DAY || next == WORD_WEEKDAY || next == WORD_QUALIFIER)
        return true;
    return word->to - word->from > strlen("vroeg") &&
           (next == WORD_NEXT || next == WORD_COMING || next == WORD_THIS);
}

/* "early on Tuesday", "early tomorrow": where the day begins, 0: no day stands behind. */
static size_t early_at(const struct parser *p, size_t at)
{
    size_t day = is_qualifier(p->words, at + 1, QUALIFIER_ON) ? at + 2 : at + 1;

    if (class_at(p->words, at) != WORD_BEGIN || has_day(p->said) || p->said->part != PART_NONE ||
        (class_at(p->words, day) != WORD_WEEKDAY && class_at(p->words, day) != WORD_DAY))
        return 0;
    p->said->part = PART_EARLY;
    return day;
}

/* "voor de middag", "tegen de avond": noon as a clock time, the others as a part of the day. */
static size_t add_part(const struct parser *p, size_t at, enum qualifier qualifier)
{
    struct said *said = p->said;
    bool is_tomorrow_word = class_at(p->words, at) == WORD_DAY && value_at(p->words, at) == 1 &&
                            said->day.form == DAY_WEEKDAY;
    enum day_part part;

    if (class_at(p->words, at) == WORD_HALF_DAY && has_day(said)) { /* "tomorrow am" */
        said->part = value_at(p->words, at) == 0 ? PART_MORNING : PART_AFTERNOON;
        return at + 1;
    }
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
    if (part == PART_EARLY && !has_day(said) && !may_be_early(p, at))
        return 0;
    said->part = part == PART_MIDDAY && qualifier == QUALIFIER_AFTER ? PART_AFTERNOON : part;
    said->is_early = said->is_early || part == PART_EARLY;
    said->is_in_night = part == PART_NIGHT && word_at(p->words, at)->is_plural;
    if (part == PART_NIGHT && word_at(p->words, at)->is_english && has_day(said))
        said->part = PART_EVENING; /* "Thursday night" */
    if (!has_day(said) && !said->has_length) {
        said->is_part_alone = true;
        said->qualifier = QUALIFIER_NONE;
    }
    return has_day(said) ? week_of_day_at(p->words, at + 1, &said->day) : at + 1;
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

/* "dinsdag na Pasen", "de dag voor Koningsdag", "de week na 1 mei"; 0: none stands behind. */
static size_t add_anchor(const struct parser *p, size_t end)
{
    struct said *said = p->said;
    bool is_before = is_qualifier(p->words, end, QUALIFIER_BEFORE);
    bool is_day = said->day.form == DAY_WEEKDAY || said->day.form == DAY_OPEN;
    enum day_part part = PART_NONE;
    struct said_day anchor = { 0 };
    size_t from = end + 1, after;

    if ((!is_day && !said->day.is_counted) ||
        (!is_before && !is_qualifier(p->words, end, QUALIFIER_AFTER)))
        return 0;
    while (class_at(p->words, from) == WORD_ARTICLE && from < end + 3)
        from++;
    after = day_at(p->words, from, false, QUALIFIER_AFTER, &anchor, &part);
    if (after == 0 && is_unit(p->words, from, UNIT_WEEKEND)) {
        anchor = (struct said_day){ DAY_PERIOD, .period = UNIT_WEEKEND };
        after = from + 1;
    }
    if (after == 0)
        after = noun_day_at(p, from, &anchor);
    if (after == 0 || (is_before && anchor.form != DAY_DATE && anchor.form != DAY_FEAST &&
                       anchor.form != DAY_WEEKDAY))
        return 0;
    said->has_anchor = true;
    said->is_before = is_before;
    said->anchor = anchor;
    return after;
}

/* "(de eerste werkdag) daarna", "(the Friday) before": of a day that was named before. Without one
 * it's soft. */
static size_t add_reference(const struct parser *p, size_t end)
{
    struct said *said = p->said;
    bool is_before =
        is_qualifier(p->words, end, QUALIFIER_BEFORE) || is_word(p->words, end, WORD_THERE, -1);
    bool is_word_alone = is_there(p->words, end) ||
                         ((is_before || is_qualifier(p->words, end, QUALIFIER_AFTER)) &&
                          (class_at(p->words, end + 1) == WORD_SIGN ||
                           class_at(p->words, end + 1) == WORD_WHICH || end + 1 >= p->words->n));

    /* "the (very) next day" */
    if (said->day.form == DAY_PERIOD && said->day.period == UNIT_DAY && said->day.is_next &&
        said->qualifier == QUALIFIER_NONE) {
        said->day = (struct said_day){ DAY_FOLLOWING, .offset = 1 };
        said->refers = REFERS_AFTER;
        return end;
    }
    if (!is_word_alone ||
        (said->day.form != DAY_WEEKDAY && said->day.form != DAY_OPEN && !said->day.is_counted))
        return 0;
    said->refers = is_before ? REFERS_BEFORE : REFERS_AFTER;
    said->is_event = said->day.form != DAY_WEEKDAY;
    return end + 1;
}

static size_t add_day(const struct parser *p, size_t at, enum qualifier qualifier)
{
    struct said *said = p->said;
    struct said_day day;
    enum day_part part = PART_NONE;
    size_t end, after;

    if (qualifier == QUALIFIER_BETWEEN && class_at(p->words, at) == WORD_NUMBER &&
        class_at(p->words, at + 1) == WORD_AND)
        at += 2; /* "tussen 3 en 5 december" */
    if (said->part == PART_NIGHT && class_at(p->words, at) == WORD_NUMBER &&
        (is_qualifier(p->words, at + 1, QUALIFIER_ON) ||
         is_qualifier(p->words, at + 1, QUALIFIER_UNTIL)) &&
        class_at(p->words, at + 2) == WORD_NUMBER) {
        at += 2; /* "(de nacht van) 28 op 29 maart" */
        said->is_in_night = true;
    }
    end = day_at(p->words, at, p->is_short, qualifier, &day, &part);
    if (end == 0)
        return 0;
    if (part != PART_NONE && said->part == PART_NONE)
        said->part = part;
    end = add_second_day(p, end, qualifier, &day);
    /* "in de nacht van zaterdag op zondag" */
    if (said->part == PART_NIGHT && day.form == DAY_WEEKDAY &&
        (is_qualifier(p->words, end, QUALIFIER_ON) ||
         is_qualifier(p->words, end, QUALIFIER_UNTIL)) &&
        is_word(p->words, end + 1, WORD_WEEKDAY, (day.weekday + 1) % 7))
        end += 2;
    said->day = day;
    said->qualifier = qualifier;
    said->is_part_alone = false;
    if (day.is_last || (day.form == DAY_RELATIVE && day.offset < 0))
        said->is_past = true;
    if ((after = add_anchor(p, end)) > 0 || (after = add_reference(p, end)) > 0)
        return after;
    if (day.is_counted && is_qualifier(p->words, end, QUALIFIER_BEFORE)) {
        said->day.form = DAY_NONE; /* "de dag voor u" */
        return 0;
    }
    if (day.is_counted)
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

static bool limits_or_at(enum qualifier qualifier)
{
    return qualifier == QUALIFIER_AT || qualifier == QUALIFIER_BEFORE ||
           qualifier == QUALIFIER_BY || qualifier == QUALIFIER_UNTIL ||
           qualifier == QUALIFIER_AROUND || qualifier == QUALIFIER_BETWEEN;
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
        if ((end = early_at(p, i)) > 0)
            return end;
        /* "Monday, first thing" */
        if ((said->part == PART_NONE ||
             (said->part == PART_EARLY && !is_word(p->words, i, WORD_PART, PART_EARLY))) &&
            (!has_comma || is_word(p->words, i, WORD_PART, PART_EARLY)) &&
            (end = add_part(p, i, qualifier)) > 0)
            return end;
        if (!is_connector(p, i))
            return 0;
        if (class_at(p->words, i) == WORD_SIGN) {
            if (has_comma || is_first ||
                (said->has_clock && said->clock_qualifier == QUALIFIER_BEFORE && !has_day(said)))
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
    case WORD_NOW:
        if (value_at(p->words, at) == 0)
            return 0;
        said->special = SPECIAL_LATER;
        return at + 1;
    case WORD_LATER:
        said->special = SPECIAL_LATER;
        said->minutes = value_at(p->words, at);
        return at + 1;
    case WORD_SAME: /* "diezelfde dag": one that was named before */
        if (class_at(p->words, at + 1) != WORD_DAY && class_at(p->words, at + 1) != WORD_PART &&
            class_at(p->words, at + 1) != WORD_UNIT && class_at(p->words, at + 1) != WORD_WEEKDAY)
            return 0;
        said->special = SPECIAL_SOFT;
        if (class_at(p->words, at + 1) != WORD_WEEKDAY)
            said->refers = REFERS_SAME;
        if (class_at(p->words, at + 1) == WORD_PART)
            said->part = (enum day_part)value_at(p->words, at + 1);
        else if (class_at(p->words, at + 1) == WORD_DAY)
            said->part = PART_MORNING; /* "diezelfde morgen" */
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
        else if (class == WORD_FILL && value_at(p->words, i) == 2)
            said->is_then = true; /* "nog drie dagen" */
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

/* "moved from Thursday to Monday": no days that come again. */
static bool is_moved(const struct parser *p, size_t at)
{
    uint32_t sentence = word_at(p->words, at)->sentence;

    for (size_t n = 0; at > 0 && n < MOVED_MAX; n++) {
        at--;
        if (word_at(p->words, at)->sentence != sentence)
            return false;
        if (class_at(p->words, at) == WORD_MOVE)
            return true;
    }
    return false;
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
        class_at(p->words, at + 2) == class_at(p->words, at) && !is_moved(p, at))
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

/* "voor de zomer", "volgend voorjaar": nobody knows the day. */
static size_t season_at(const struct parser *p, size_t at)
{
    enum word_class how = class_at(p->words, at);
    bool is_pointed =
        how == WORD_THIS || how == WORD_NEXT || how == WORD_COMING || how == WORD_LAST;

    if (is_pointed || (how == WORD_ARTICLE && p->said->qualifier != QUALIFIER_NONE))
        at++;
    if (class_at(p->words, at) != WORD_SEASON ||
        (!is_pointed && p->said->qualifier == QUALIFIER_NONE))
        return 0;
    p->said->special = SPECIAL_SOFT;
    p->said->is_past = how == WORD_LAST || p->said->qualifier == QUALIFIER_SINCE;
    return at + 1;
}

/* "Sending now, 2 mins.": a length between two marks is how long it takes. */
static bool is_alone(const struct time_words *words, size_t at, size_t end)
{
    bool is_first = at == 0 || class_at(words, at - 1) == WORD_SIGN ||
                    word_at(words, at - 1)->sentence != word_at(words, at)->sentence;
    bool is_last = class_at(words, end) == WORD_SIGN ||
                   word_at(words, end)->sentence != word_at(words, at)->sentence;

    return is_first && is_last && class_at(words, end - 1) == WORD_UNIT &&
           !is_unit(words, end - 1, UNIT_MONTH) && !is_unit(words, end - 1, UNIT_YEAR);
}

/* "geef me (nog) tien minuten", "allow three weeks" */
static bool is_granted(const struct parser *p, size_t at)
{
    if (at > 0 && class_at(p->words, at - 1) == WORD_FILL)
        at--;
    return at > 0 && class_at(p->words, at - 1) == WORD_GRANT;
}

/* Behind a length in days: "over 3 dagen om 10 uur", "over twee weken op vrijdag". */
static size_t add_to_length(const struct parser *p, size_t end)
{
    struct said *said = p->said;
    bool is_moment = said->qualifier == QUALIFIER_OVER || said->qualifier == QUALIFIER_IN;
    enum qualifier qualifier = p->is_short ? QUALIFIER_AT : QUALIFIER_NONE;
    size_t after;

    if (said->is_past || said->is_event || said->is_recurring ||
        (said->qualifier == QUALIFIER_NONE && !p->is_short))
        return end;
    for (size_t i = end; i < end + 4; i++) {
        enum word_class class = class_at(p->words, i);

        if (is_moment && class == WORD_WEEKDAY && !said->has_anchor &&
            (qualifier == QUALIFIER_ON || i == end) && said->unit != UNIT_DAY) {
            said->day = (struct said_day){ DAY_WEEKDAY, .weekday = value_at(p->words, i) };
            end = i + 1;
            break;
        }
        if (qualifier != QUALIFIER_NONE && qualifier != QUALIFIER_ON && limits_or_at(qualifier) &&
            (after = add_clock(p, i, qualifier)) > 0)
            return after;
        if (class != WORD_ARTICLE && class != WORD_QUALIFIER &&
            !(i == end && class == WORD_SIGN && value_at(p->words, i) == ','))
            return end;
        if (class == WORD_QUALIFIER)
            qualifier = (enum qualifier)value_at(p->words, i);
    }
    return end;
}

/* "Met een dag of drie", "met een weekje hebt u hem": over; not "met 14 dagen opzegtermijn". */
static size_t with_length_at(const struct parser *p, size_t at)
{
    bool is_first = at == 0 || class_at(p->words, at - 1) == WORD_SIGN ||
                    word_at(p->words, at - 1)->sentence != p->said->sentence;
    size_t from = at + 1, end;

    if (!is_word(p->words, at, WORD_OTHER, OTHER_WITH))
        return 0;
    while (class_at(p->words, from) == WORD_FILL && from < at + 3)
        from++;
    p->said->qualifier = QUALIFIER_OVER;
    end = length_at(p, from, false);
    if (end > 0 && (is_first || p->said->is_about))
        return end;
    *p->said = (struct said){ .first = at, .sentence = p->said->sentence };
    return 0;
}

/* Of what may be either: "2h", "2 hours", "24 uur" are lengths, "14u", "2 uur", "9h30" clock
 * times. */
static bool is_length_in_short(const struct parser *p, size_t at)
{
    const struct said *said = p->said;
    const struct time_word *number = word_at(p->words, at), *unit = word_at(p->words, at + 1);
    bool has_minutes = said->unit == UNIT_MINUTE;

    if (number->class != WORD_NUMBER || !is_unit(p->words, at + 1, UNIT_HOUR) ||
        number->value >= HOURS_OF_DAY)
        return true;
    if (has_minutes)
        return unit->is_english && number->value <= HOURS_WITH_MINUTES;
    return (unit->is_english || unit->to - unit->from > strlen("uur")) &&
           number->value <= HOURS_OF_DAY / 2;
}

/* "2h", "1h30", "+3u", "kwartier": a length, when all of what stands there is one. */
static size_t short_length_at(const struct parser *p, size_t at)
{
    struct said *said = p->said;
    bool is_added = is_sign(p->words, at, '+');
    size_t from = is_added ? at + 1 : at, end = length_at(p, from, true);

    if (is_unit(p->words, from, UNIT_QUARTER_HOUR)) {
        said->unit = UNIT_QUARTER_HOUR;
        said->halves = 2;
        end = from + 1;
    }
    if (end == p->words->n && (is_added || is_length_in_short(p, from)))
        return end;
    *said = (struct said){ .first = at, .sentence = said->sentence };
    return 0;
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
    if ((end = with_length_at(&p, at)) > 0 || (is_short && (end = short_length_at(&p, at)) > 0)) {
        out->has_length = true;
        out->end = end;
        return end;
    }
    start = prefix_at(&p, at);
    if ((end = season_at(&p, start)) > 0) {
        out->end = end;
        return end;
    }
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
        if (end > 0 && out->qualifier == QUALIFIER_NONE && is_granted(&p, at))
            out->qualifier = QUALIFIER_WITHIN;
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
    out->is_then = (out->has_length && (out->is_then || is_alone(words, at, end))) ||
                   class_at(words, end) == WORD_AND ||
                   (is_sign(words, end, ',') && class_at(words, end + 1) == WORD_BUT);
    out->end = end = tail_at(&p, end);
    if (is_of_days(out))
        out->end = add_to_length(&p, end);
    trim(&p);
    return out->end;
}
