/* Days and periods: morgen, vrijdag 12 april, 3/12/2027, eind volgende week, half april, Pasen. */
#include "times_read.h"

struct piece {
    const struct time_words *words;
    bool is_short;
    bool is_behind;           /* a weekday */
    enum qualifier qualifier; /* in front */
    struct said_day *day;
    enum day_part *part;
};

static enum word_class class_at(const struct piece *p, size_t at)
{
    return word_at(p->words, at)->class;
}

static int32_t value_at(const struct piece *p, size_t at)
{
    return word_at(p->words, at)->value;
}

static bool is_unit(const struct piece *p, size_t at, enum unit unit)
{
    return class_at(p, at) == WORD_UNIT && value_at(p, at) == (int32_t)unit;
}

static bool is_sign(const struct piece *p, size_t at, char c)
{
    return class_at(p, at) == WORD_SIGN && value_at(p, at) == c;
}

static size_t skip(const struct piece *p, size_t at, enum word_class first, enum word_class second)
{
    for (int i = 0; i < 3 && (class_at(p, at) == first || class_at(p, at) == second); i++)
        at++;
    return at;
}

/* --- dates --- */

static bool is_day_of_month(const struct piece *p, size_t at)
{
    const struct time_word *word = word_at(p->words, at);

    if (word->class == WORD_ORDINAL)
        return word->value < 32;
    return word->class == WORD_NUMBER && word->value >= 1 && word->value <= 31 && word->digits <= 2;
}

/* The e of 19e, the de of 2de; the st of 1st. */
static size_t rank_at(const struct piece *p, size_t at)
{
    const struct time_word *word = word_at(p->words, at);

    return word->is_glued && (word->class == WORD_RANK || word->class == WORD_ARTICLE) ? at + 1
                                                                                       : at;
}

/* A year behind a date: 2026, or '26. */
static size_t year_at(const struct piece *p, size_t at)
{
    const struct time_word *word;
    size_t skipped = is_sign(p, at, ',') ? at + 1 : at;

    word = word_at(p->words, skipped);
    if (word->class != WORD_NUMBER || word->digits != 4 || word->value < 1900 || word->value > 2199)
        return at;
    p->day->year = word->value;
    return skipped + 1;
}

/* "12 april 2026", "the 19th of May". */
static size_t day_month_at(const struct piece *p, size_t at)
{
    size_t end = rank_at(p, at + 1);

    if (!is_day_of_month(p, at))
        return 0;
    end = is_sign(p, end, '.') && class_at(p, end + 1) == WORD_MONTH ? end + 1 : end;
    end = skip(p, end, WORD_OF, WORD_OF);
    if (class_at(p, end) != WORD_MONTH && class_at(p, end) != WORD_MONTH_SHORT)
        return 0;
    *p->day = (struct said_day){ .form = DAY_DATE,
                                 .dayofmonth = value_at(p, at),
                                 .month = value_at(p, end) };
    end++;
    if (is_sign(p, end, '.') && class_at(p, end - 1) == WORD_MONTH_SHORT &&
        word_at(p->words, end + 1)->digits == 4)
        end++;
    return year_at(p, end);
}

/* "April 12th, 2026". */
static size_t month_day_at(const struct piece *p, size_t at)
{
    const struct time_word *number = word_at(p->words, at + 1), *behind;
    size_t end;

    if ((class_at(p, at) != WORD_MONTH && class_at(p, at) != WORD_MONTH_SHORT) ||
        !is_day_of_month(p, at + 1) || number->digits == 0)
        return 0;
    end = rank_at(p, at + 2);
    behind = word_at(p->words, end);
    if (end == at + 2 && (is_counted(p->words, end) || behind->class == WORD_HALF_DAY ||
                          (behind->is_glued && is_sign(p, end, ':'))))
        return 0;
    *p->day = (struct said_day){ .form = DAY_DATE,
                                 .dayofmonth = number->value,
                                 .month = value_at(p, at) };
    return year_at(p, end);
}

static bool is_glued_number(const struct piece *p, size_t at)
{
    return class_at(p, at) == WORD_NUMBER && word_at(p->words, at)->is_glued &&
           word_at(p->words, at)->digits > 0;
}

/* "3/12", "03-12-2027", "3.12.2027", "2027-12-03". */
static size_t numbers_at(const struct piece *p, size_t at)
{
    const struct time_word *first = word_at(p->words, at);
    int32_t mark = value_at(p, at + 1), second = value_at(p, at + 2), third = value_at(p, at + 4);
    bool has_third;

    if (first->class != WORD_NUMBER || first->digits == 0 || class_at(p, at + 1) != WORD_SIGN ||
        (mark != '/' && mark != '-' && mark != '.') || !word_at(p->words, at + 1)->is_glued ||
        !is_glued_number(p, at + 2))
        return 0;
    has_third = is_sign(p, at + 3, (char)mark) && word_at(p->words, at + 3)->is_glued &&
                is_glued_number(p, at + 4);
    if (has_third && first->digits == 4 && mark == '-') {
        *p->day = (struct said_day){ DAY_DATE, .year = first->value, .month = second,
                                     .dayofmonth = third };
        return at + 5;
    }
    if (first->digits > 2 || word_at(p->words, at + 2)->digits > 2)
        return 0;
    *p->day = (struct said_day){ DAY_DATE, .dayofmonth = first->value, .month = second };
    if (has_third && (word_at(p->words, at + 4)->digits == 4 ||
                      (word_at(p->words, at + 4)->digits == 2 && mark != '.'))) {
        p->day->year = third < 100 ? 2000 + third : third;
        return at + 5;
    }
    /* 1/2 may be a half and 1-2 a range: only a day in front or a preposition makes them dates. */
    if (mark == '.' || has_third || is_counted(p->words, at + 3))
        return 0;
    if (p->is_behind && mark == '-' && first->value < second)
        return 0; /* "ma 9-11" are hours */
    return mark == '/' || p->qualifier == QUALIFIER_ON || p->is_short ? at + 3 : 0;
}

static bool is_date(const struct said_day *day)
{
    static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return day->month >= 1 && day->month <= 12 && day->dayofmonth >= 1 &&
           day->dayofmonth <= days[day->month - 1] &&
           (day->year == 0 || (day->year >= 1970 && day->year <= 2199));
}

static size_t date_at(const struct piece *p, size_t at)
{
    size_t end;

    if ((end = day_month_at(p, at)) == 0 && (end = month_day_at(p, at)) == 0)
        end = numbers_at(p, at);
    return end > 0 && is_date(p->day) ? end : 0;
}

/* "de 19e", "the 19th". */
static size_t of_month_at(const struct piece *p, size_t at)
{
    size_t number = class_at(p, at) == WORD_ARTICLE ? at + 1 : at, end = number + 1;

    if (class_at(p, number) != WORD_NUMBER || !is_day_of_month(p, number))
        return 0;
    end = rank_at(p, end);
    if (end == number + 1 && !(class_at(p, at) == WORD_ARTICLE && p->qualifier == QUALIFIER_ON &&
                               class_at(p, end) == WORD_SIGN))
        return 0;
    if (class_at(p, end) == WORD_MONTH || class_at(p, end) == WORD_MONTH_SHORT)
        return 0;
    if (end > number + 1 && number == at && p->qualifier == QUALIFIER_NONE)
        return 0;
    /* "de 2e keer" */
    if (value_at(p, number) < 10 && class_at(p, end) == WORD_OTHER &&
        p->qualifier == QUALIFIER_NONE)
        return 0;
    *p->day = (struct said_day){ DAY_OF_MONTH, .dayofmonth = value_at(p, number) };
    return end;
}

/* --- periods --- */

static bool is_period(int32_t unit)
{
    switch ((enum unit)unit) {
    case UNIT_DAY:
    case UNIT_WEEK:
    case UNIT_WEEKEND:
    case UNIT_MONTH:
    case UNIT_QUARTER:
    case UNIT_YEAR:
        return true;
    case UNIT_MINUTE:
    case UNIT_HOUR:
    case UNIT_WORK_HOUR:
    case UNIT_DAY_AND_NIGHT:
    case UNIT_WORKDAY:
    case UNIT_FORTNIGHT:
    case UNIT_QUARTER_HOUR:
        return false;
    }
    return false;
}

/* What "this", "next", "coming" and "last" are of. */
static size_t pointed_at(const struct piece *p, size_t at)
{
    enum word_class how = class_at(p, at);
    size_t end = at + 1;
    struct said_day *day = p->day;

    if (how != WORD_THIS && how != WORD_NEXT && how != WORD_COMING && how != WORD_LAST)
        return 0;
    *day = (struct said_day){ .is_this = how == WORD_THIS,
                              .is_next = how == WORD_NEXT,
                              .is_last = how == WORD_LAST };
    day->shift = how == WORD_LAST ? -1 : how == WORD_THIS ? 0 : 1;
    switch (class_at(p, end)) {
    case WORD_WEEKDAY:
    case WORD_WEEKDAY_SHORT:
        day->form = DAY_WEEKDAY;
        day->weekday = value_at(p, end);
        return end + 1;
    case WORD_UNIT:
        if (!is_period(value_at(p, end)) || word_at(p->words, end)->is_plural)
            return 0;
        day->form = DAY_PERIOD;
        day->period = (enum unit)value_at(p, end);
        /* "komend weekend" is the first to come */
        if (day->period == UNIT_WEEKEND && how == WORD_COMING)
            day->shift = 0;
        return end + 1;
    case WORD_WORKDAY:
        day->form = DAY_OPEN;
        day->offset = how == WORD_LAST ? -1 : 1;
        return how == WORD_THIS ? 0 : end + 1;
    case WORD_MONTH:
        day->form = DAY_MONTH;
        day->month = value_at(p, end);
        return end + 1;
    case WORD_FEAST:
        day->form = DAY_FEAST;
        day->feast = value_at(p, end);
        return end + 1;
    case WORD_PART:
        *p->part = (enum day_part)value_at(p, end);
        day->form = DAY_RELATIVE;
        return how == WORD_NEXT ? 0 : (day->offset = how == WORD_LAST ? -1 : 0, end + 1);
    case WORD_DAY: /* deze morgen */
        *p->part = PART_MORNING;
        day->form = DAY_RELATIVE;
        return how == WORD_THIS && value_at(p, end) == 1 ? end + 1 : 0;
    default:
        return 0;
    }
}

/* "semaine prochaine", "lundi prochain", "vrijdag a.s.", "vrijdag jl.": behind what it is of. */
static size_t pointed_behind(const struct piece *p, size_t end)
{
    enum word_class how = class_at(p, end);
    struct said_day *day = p->day;

    if (how != WORD_NEXT && how != WORD_COMING && how != WORD_LAST)
        return end;
    /* "vrijdag volgende week": the next piece reads it */
    if (class_at(p, end + 1) == WORD_UNIT || class_at(p, end + 1) == WORD_WEEKDAY ||
        class_at(p, end + 1) == WORD_WORKDAY || class_at(p, end + 1) == WORD_MONTH)
        return end;
    day->is_last = how == WORD_LAST;
    day->shift = how == WORD_LAST ? -1 : 1;
    return end + 1;
}

static size_t month_or_unit_at(const struct piece *p, size_t at)
{
    if (class_at(p, at) == WORD_MONTH) {
        *p->day = (struct said_day){ DAY_MONTH, .month = value_at(p, at) };
        return year_at(p, at + 1);
    }
    if (class_at(p, at) != WORD_UNIT || !is_period(value_at(p, at)))
        return 0;
    *p->day = (struct said_day){ DAY_PERIOD, .period = (enum unit)value_at(p, at) };
    return pointed_behind(p, at + 1);
}

/* "de week van 15 april", "week 16", "de eerste week van april". */
static size_t week_at(const struct piece *p, size_t at)
{
    int32_t nth = 0;
    size_t end = skip(p, at, WORD_ARTICLE, WORD_ARTICLE);

    if (class_at(p, end) == WORD_ORDINAL) {
        nth = value_at(p, end);
        end++;
    }
    if (!is_unit(p, end, UNIT_WEEK))
        return 0;
    end++;
    if (nth == 0 && class_at(p, end) == WORD_NUMBER && value_at(p, end) >= 1 &&
        value_at(p, end) <= 53 && word_at(p->words, end)->digits > 0) {
        *p->day = (struct said_day){ DAY_WEEK, .offset = value_at(p, end) };
        return end + 1;
    }
    if (class_at(p, end) != WORD_OF && class_at(p, end) != WORD_QUALIFIER)
        return 0;
    end = skip(p, end + 1, WORD_WEEKDAY, WORD_ARTICLE);
    if (nth > 0) {
        end = class_at(p, end) == WORD_MONTH || class_at(p, end) == WORD_UNIT
                  ? month_or_unit_at(p, end)
                  : pointed_at(p, end);
        if (end == 0 || (p->day->form != DAY_MONTH && p->day->period != UNIT_MONTH))
            return 0;
        p->day->offset = nth;
        p->day->form = DAY_WEEK_OF_MONTH;
        return end;
    }
    end = date_at(p, end);
    if (end > 0)
        p->day->form = DAY_WEEK_OF;
    return end;
}

/* "het eerste kwartaal van 2027" */
static size_t quarter_at(const struct piece *p, size_t at)
{
    size_t end = skip(p, at, WORD_ARTICLE, WORD_ARTICLE);

    if (class_at(p, end) != WORD_ORDINAL || value_at(p, end) > 4 ||
        (!is_unit(p, end + 1, UNIT_QUARTER) && class_at(p, end + 1) != WORD_QUARTER))
        return 0;
    *p->day = (struct said_day){ DAY_NTH_QUARTER, .offset = value_at(p, end) };
    return year_at(p, skip(p, end + 2, WORD_OF, WORD_OF));
}

/* Begin, middle or end: how many words; 0: none. */
static size_t edge_at(const struct piece *p, size_t at, enum edge *edge)
{
    size_t end = skip(p, at, WORD_ARTICLE, WORD_ARTICLE);

    switch (class_at(p, end)) {
    case WORD_BEGIN:
        *edge = EDGE_BEGIN;
        break;
    case WORD_MIDDLE:
        *edge = EDGE_MIDDLE;
        break;
    case WORD_END:
        *edge = EDGE_END;
        break;
    case WORD_DURING:
        *edge = EDGE_NONE;
        break;
    case WORD_HALF:
        *edge = EDGE_MIDDLE;
        if (class_at(p, end + 1) != WORD_MONTH)
            return 0;
        break;
    case WORD_LAST: /* the last day of the month */
        *edge = EDGE_END;
        if (!is_unit(p, end + 1, UNIT_DAY) || class_at(p, end + 2) != WORD_OF)
            return 0;
        end++;
        break;
    case WORD_ORDINAL: /* de eerste helft van */
        if (value_at(p, end) == 99 && class_at(p, end + 2) == WORD_OF &&
            (is_unit(p, end + 1, UNIT_DAY) || class_at(p, end + 1) == WORD_WORKDAY)) {
            *edge = EDGE_END;
            end++;
            break;
        }
        if (class_at(p, end + 1) != WORD_HALF)
            return 0;
        *edge = value_at(p, end) == 1 ? EDGE_MIDDLE : EDGE_END;
        end++;
        break;
    default:
        return 0;
    }
    return end + 1;
}

static size_t edged_at(const struct piece *p, size_t at)
{
    enum edge edge;
    size_t end = edge_at(p, at, &edge);

    if (end == 0)
        return 0;
    end = skip(p, end, WORD_OF, WORD_ARTICLE);
    if (class_at(p, end) == WORD_PART || (class_at(p, end) == WORD_DAY && edge == EDGE_NONE) ||
        class_at(p, end) == WORD_THIS_PART) {
        /* "eind van de middag": its end is what we take anyway */
        *p->day = (struct said_day){ DAY_RELATIVE, .is_of_any = class_at(p, end) == WORD_PART };
        if (class_at(p, end) == WORD_DAY)
            p->day->offset = value_at(p, end);
        else
            *p->part = (enum day_part)value_at(p, end);
        return end + 1;
    }
    if (class_at(p, end) == WORD_DAY) {
        *p->day = (struct said_day){ DAY_RELATIVE, .offset = value_at(p, end) };
        return end + 1;
    }
    if ((at = week_at(p, end)) == 0 && (at = quarter_at(p, end)) == 0 &&
        (at = pointed_at(p, end)) == 0)
        at = month_or_unit_at(p, end);
    if (at == 0)
        return 0;
    p->day->edge = edge;
    p->day->is_of_any =
        p->day->form == DAY_PERIOD && p->day->period == UNIT_DAY && p->day->shift == 0;
    return at;
}

/* --- days --- */

/* Behind a weekday: "over een week", "volgende week", "in de volgende week"; or the week in front
 * of it: "volgende week dinsdag". */
static size_t week_behind(const struct piece *p, size_t at)
{
    size_t end = at;
    enum word_class how;

    if (class_at(p, end) == WORD_QUALIFIER && value_at(p, end) == QUALIFIER_OVER) {
        end++;
        if (class_at(p, end) == WORD_ONE || class_at(p, end) == WORD_NUMBER) {
            p->day->plus_weeks = value_at(p, end) < 60 ? value_at(p, end) : 0;
            if (is_unit(p, end + 1, UNIT_WEEK))
                return end + 2;
        }
        p->day->plus_weeks = 0;
        return at;
    }
    if (is_unit(p, end, UNIT_FORTNIGHT)) {
        p->day->plus_weeks = 2;
        return end + 1;
    }
    /* "Friday week" */
    if (is_unit(p, end, UNIT_WEEK) && class_at(p, end + 1) != WORD_NEXT &&
        class_at(p, end + 1) != WORD_NUMBER) {
        p->day->plus_weeks = 1;
        return end + 1;
    }
    for (int i = 0; i < 3; i++)
        if (class_at(p, end) == WORD_OF || class_at(p, end) == WORD_ARTICLE ||
            (class_at(p, end) == WORD_QUALIFIER && value_at(p, end) == QUALIFIER_IN))
            end++;
    how = class_at(p, end);
    if ((how == WORD_NEXT || how == WORD_THIS || how == WORD_COMING || how == WORD_LAST) &&
        is_unit(p, end + 1, UNIT_WEEK)) {
        p->day->has_week = true;
        p->day->shift = how == WORD_LAST ? -1 : how == WORD_THIS ? 0 : 1;
        p->day->is_last = how == WORD_LAST;
        return end + 2;
    }
    if (is_unit(p, end, UNIT_WEEK) && class_at(p, end + 1) == WORD_NEXT) { /* prochaine */
        p->day->has_week = true;
        p->day->shift = 1;
        return end + 2;
    }
    return at;
}

/* A date may stand behind its weekday: then the date counts. */
static size_t date_behind(const struct piece *piece, size_t end)
{
    struct piece on = *piece, *p = &on;
    size_t from = is_sign(p, end, ',') || is_sign(p, end, '.') ? end + 1 : end, date;

    on.qualifier = QUALIFIER_ON;
    on.is_behind = true;
    from = skip(p, from, WORD_ARTICLE, WORD_ARTICLE);
    if ((date = date_at(p, from)) > 0)
        return date;
    from = class_at(p, end) == WORD_ARTICLE ? end : from;
    return of_month_at(p, from);
}

static size_t weekday_at(const struct piece *p, size_t at)
{
    bool is_sunday = class_at(p, at) == WORD_SO && p->is_short; /* "zo" */
    struct said_day day = { DAY_WEEKDAY, .weekday = is_sunday ? 6 : value_at(p, at) };
    bool is_sure = class_at(p, at) == WORD_WEEKDAY || p->is_short;
    size_t end = at + 1, date;

    if (class_at(p, at) != WORD_WEEKDAY && class_at(p, at) != WORD_WEEKDAY_SHORT && !is_sunday)
        return 0;
    if ((date = date_behind(p, end)) > 0 && p->day->form != DAY_NONE)
        return date;
    if (!is_sure)
        return 0;
    *p->day = day;
    end = pointed_behind(p, end);
    /* "lundi prochain" and "vrijdag a.s." are the first to come */
    return week_behind(p, end);
}

/* "volgende week dinsdag", "next week on Tuesday". */
static size_t weekday_behind(const struct piece *p, size_t end)
{
    struct said_day week = *p->day;
    size_t from = end, date;

    if (week.form != DAY_PERIOD || week.period != UNIT_WEEK || week.edge != EDGE_NONE)
        return end;
    if (class_at(p, from) == WORD_QUALIFIER && value_at(p, from) == QUALIFIER_ON)
        from++;
    if (class_at(p, from) != WORD_WEEKDAY &&
        !(p->is_short && class_at(p, from) == WORD_WEEKDAY_SHORT))
        return end;
    if ((date = date_behind(p, from + 1)) > 0)
        return date;
    *p->day = (struct said_day){ DAY_WEEKDAY, .weekday = value_at(p, from), .has_week = true,
                                 .shift = week.shift, .is_last = week.is_last };
    return from + 1;
}

/* "de eerste werkdag", "de dag" (na …). */
static size_t counted_day_at(const struct piece *p, size_t at)
{
    bool is_after;

    if (class_at(p, at) == WORD_ORDINAL && class_at(p, at + 1) == WORD_WORKDAY &&
        value_at(p, at) < 32) {
        *p->day = (struct said_day){ DAY_OPEN, .offset = value_at(p, at) };
        return at + 2;
    }
    is_after = class_at(p, at + 1) == WORD_QUALIFIER && value_at(p, at + 1) == QUALIFIER_AFTER;
    if (is_after && (is_unit(p, at, UNIT_DAY) || class_at(p, at) == WORD_WORKDAY)) {
        *p->day =
            (struct said_day){ is_unit(p, at, UNIT_DAY) ? DAY_FOLLOWING : DAY_OPEN, .offset = 1 };
        return at + 1;
    }
    return 0;
}

static size_t plain_at(const struct piece *p, size_t at)
{
    bool is_inside = p->qualifier != QUALIFIER_NONE && p->qualifier != QUALIFIER_AT;

    switch (class_at(p, at)) {
    case WORD_DAY:
        *p->day = (struct said_day){ DAY_RELATIVE, .offset = value_at(p, at) };
        return at + 1;
    case WORD_THIS_PART:
        *p->day = (struct said_day){ DAY_RELATIVE, .offset = 0 };
        *p->part = (enum day_part)value_at(p, at);
        return at + 1;
    case WORD_FEAST:
        *p->day = (struct said_day){ DAY_FEAST, .feast = value_at(p, at) };
        return at + 1;
    case WORD_MONTH:
        return is_inside ? month_or_unit_at(p, at) : 0;
    case WORD_UNIT: /* "in het weekend", "la semaine prochaine" */
        if (class_at(p, at + 1) == WORD_NEXT || class_at(p, at + 1) == WORD_LAST ||
            (value_at(p, at) == UNIT_WEEKEND && at > 0 &&
             (class_at(p, at - 1) == WORD_ARTICLE || is_inside)))
            return month_or_unit_at(p, at);
        return 0;
    default:
        return 0;
    }
}

size_t day_at(const struct time_words *words, size_t at, bool is_short, enum qualifier qualifier,
              struct said_day *out, enum day_part *part)
{
    struct piece p = { words, is_short, false, qualifier, out, part };
    size_t end;

    *out = (struct said_day){ 0 };
    if ((end = edged_at(&p, at)) == 0 && (end = week_at(&p, at)) == 0 &&
        (end = quarter_at(&p, at)) == 0 && (end = date_at(&p, at)) == 0 &&
        (end = weekday_at(&p, at)) == 0 && (end = of_month_at(&p, at)) == 0 &&
        (end = counted_day_at(&p, at)) == 0 && (end = pointed_at(&p, at)) == 0)
        end = plain_at(&p, at);
    if (end == 0)
        return 0;
    if (out->form == DAY_WEEKDAY && !out->has_week && !out->is_last && out->plus_weeks == 0) {
        struct said_day weekday = *out;
        size_t date = date_behind(&p, end);

        if (date > 0)
            return date;
        *out = weekday;
        return week_behind(&p, end);
    }
    /* "morgen over een week", "tomorrow week" */
    if (out->form == DAY_RELATIVE && *part == PART_NONE && out->offset >= 0 &&
        (class_at(&p, end) == WORD_QUALIFIER || is_unit(&p, end, UNIT_WEEK) ||
         is_unit(&p, end, UNIT_FORTNIGHT)))
        return week_behind(&p, end);
    if (out->form == DAY_DATE && class_at(&p, end) == WORD_LAST) {
        out->is_last = true;
        return end + 1;
    }
    if (out->form == DAY_DATE && class_at(&p, end) == WORD_COMING)
        return end + 1;
    return weekday_behind(&p, end);
}
