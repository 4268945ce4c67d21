/* Days: morgen, vrijdag 12 april, 3/12/2027, de 19e, Pasen. */
#include "times_day.h"

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
size_t year_at(const struct piece *p, size_t at)
{
    const struct time_word *word;
    size_t skipped = is_sign(p->words, at, ',') ? at + 1 : at;

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
    end = is_sign(p->words, end, '.') && class_at(p->words, end + 1) == WORD_MONTH ? end + 1 : end;
    end = skip(p->words, end, WORD_OF, WORD_OF);
    if (class_at(p->words, end) != WORD_MONTH && class_at(p->words, end) != WORD_MONTH_SHORT)
        return 0;
    *p->day = (struct said_day){ .form = DAY_DATE,
                                 .dayofmonth = value_at(p->words, at),
                                 .month = value_at(p->words, end) };
    end++;
    if (is_sign(p->words, end, '.') && class_at(p->words, end - 1) == WORD_MONTH_SHORT &&
        word_at(p->words, end + 1)->digits == 4)
        end++;
    return year_at(p, end);
}

/* "April 12th, 2026". */
static size_t month_day_at(const struct piece *p, size_t at)
{
    const struct time_word *number = word_at(p->words, at + 1), *behind;
    size_t end;

    if ((class_at(p->words, at) != WORD_MONTH && class_at(p->words, at) != WORD_MONTH_SHORT) ||
        !is_day_of_month(p, at + 1) || number->digits == 0)
        return 0;
    end = rank_at(p, at + 2);
    behind = word_at(p->words, end);
    if (end == at + 2 && (is_counted(p->words, end) || behind->class == WORD_HALF_DAY ||
                          (behind->is_glued && is_sign(p->words, end, ':'))))
        return 0;
    *p->day = (struct said_day){ .form = DAY_DATE,
                                 .dayofmonth = number->value,
                                 .month = value_at(p->words, at) };
    return year_at(p, end);
}

static bool is_glued_number(const struct piece *p, size_t at)
{
    return class_at(p->words, at) == WORD_NUMBER && word_at(p->words, at)->is_glued &&
           word_at(p->words, at)->digits > 0;
}

/* "3/12", "03-12-2027", "3.12.2027", "2027-12-03". */
static size_t numbers_at(const struct piece *p, size_t at)
{
    const struct time_word *first = word_at(p->words, at);
    int32_t mark = value_at(p->words, at + 1), second = value_at(p->words, at + 2),
            third = value_at(p->words, at + 4);
    bool has_third;

    if (first->class != WORD_NUMBER || first->digits == 0 ||
        class_at(p->words, at + 1) != WORD_SIGN || (mark != '/' && mark != '-' && mark != '.') ||
        !word_at(p->words, at + 1)->is_glued || !is_glued_number(p, at + 2))
        return 0;
    has_third = is_sign(p->words, at + 3, (char)mark) && word_at(p->words, at + 3)->is_glued &&
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

size_t date_at(const struct piece *p, size_t at)
{
    size_t end;

    if ((end = day_month_at(p, at)) == 0 && (end = month_day_at(p, at)) == 0)
        end = numbers_at(p, at);
    return end > 0 && is_date(p->day) ? end : 0;
}

/* "de 19e", "the 19th". */
static size_t of_month_at(const struct piece *p, size_t at)
{
    size_t number = class_at(p->words, at) == WORD_ARTICLE ? at + 1 : at, end = number + 1;

    if (class_at(p->words, number) != WORD_NUMBER || !is_day_of_month(p, number))
        return 0;
    end = rank_at(p, end);
    if (end == number + 1 &&
        !(class_at(p->words, at) == WORD_ARTICLE && p->qualifier == QUALIFIER_ON &&
          class_at(p->words, end) == WORD_SIGN))
        return 0;
    if (class_at(p->words, end) == WORD_MONTH || class_at(p->words, end) == WORD_MONTH_SHORT)
        return 0;
    if (end > number + 1 && number == at && p->qualifier == QUALIFIER_NONE)
        return 0;
    /* "de 2e keer" */
    if (value_at(p->words, number) < 10 && class_at(p->words, end) == WORD_OTHER &&
        p->qualifier == QUALIFIER_NONE)
        return 0;
    *p->day = (struct said_day){ DAY_OF_MONTH, .dayofmonth = value_at(p->words, number) };
    return end;
}

/* --- days --- */

/* Behind a weekday: "over een week", "volgende week", "in de volgende week"; or the week in front
 * of it: "volgende week dinsdag". */
static size_t week_behind(const struct piece *p, size_t at)
{
    size_t end = at;
    enum word_class how;

    if (class_at(p->words, end) == WORD_QUALIFIER && value_at(p->words, end) == QUALIFIER_OVER) {
        end++;
        if (class_at(p->words, end) == WORD_ONE || class_at(p->words, end) == WORD_NUMBER) {
            p->day->plus_weeks = value_at(p->words, end) < 60 ? value_at(p->words, end) : 0;
            if (is_unit(p->words, end + 1, UNIT_WEEK))
                return end + 2;
        }
        p->day->plus_weeks = 0;
        return at;
    }
    if (is_unit(p->words, end, UNIT_FORTNIGHT)) {
        p->day->plus_weeks = 2;
        return end + 1;
    }
    /* "Friday week" */
    if (is_unit(p->words, end, UNIT_WEEK) && class_at(p->words, end + 1) != WORD_NEXT &&
        class_at(p->words, end + 1) != WORD_NUMBER) {
        p->day->plus_weeks = 1;
        return end + 1;
    }
    for (int i = 0; i < 3; i++)
        if (class_at(p->words, end) == WORD_OF || class_at(p->words, end) == WORD_ARTICLE ||
            (class_at(p->words, end) == WORD_QUALIFIER && value_at(p->words, end) == QUALIFIER_IN))
            end++;
    how = class_at(p->words, end);
    if ((how == WORD_NEXT || how == WORD_THIS || how == WORD_COMING || how == WORD_LAST) &&
        is_unit(p->words, end + 1, UNIT_WEEK)) {
        p->day->has_week = true;
        p->day->shift = how == WORD_LAST ? -1 : how == WORD_THIS ? 0 : 1;
        p->day->is_last = how == WORD_LAST;
        return end + 2;
    }
    if (is_unit(p->words, end, UNIT_WEEK) &&
        class_at(p->words, end + 1) == WORD_NEXT) { /* prochaine */
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
    size_t from = is_sign(p->words, end, ',') || is_sign(p->words, end, '.') ? end + 1 : end, date;

    on.qualifier = QUALIFIER_ON;
    on.is_behind = true;
    from = skip(p->words, from, WORD_ARTICLE, WORD_ARTICLE);
    if ((date = date_at(p, from)) > 0)
        return date;
    from = class_at(p->words, end) == WORD_ARTICLE ? end : from;
    return of_month_at(p, from);
}

static size_t weekday_at(const struct piece *p, size_t at)
{
    bool is_sunday = class_at(p->words, at) == WORD_SO && p->is_short; /* "zo" */
    struct said_day day = { DAY_WEEKDAY, .weekday = is_sunday ? 6 : value_at(p->words, at) };
    bool is_sure = class_at(p->words, at) == WORD_WEEKDAY || p->is_short;
    size_t end = at + 1, date;

    if (class_at(p->words, at) != WORD_WEEKDAY && class_at(p->words, at) != WORD_WEEKDAY_SHORT &&
        !is_sunday)
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
    if (class_at(p->words, from) == WORD_QUALIFIER && value_at(p->words, from) == QUALIFIER_ON)
        from++;
    if (class_at(p->words, from) != WORD_WEEKDAY &&
        !(p->is_short && class_at(p->words, from) == WORD_WEEKDAY_SHORT))
        return end;
    if ((date = date_behind(p, from + 1)) > 0)
        return date;
    *p->day = (struct said_day){ DAY_WEEKDAY, .weekday = value_at(p->words, from), .has_week = true,
                                 .shift = week.shift, .is_last = week.is_last };
    return from + 1;
}

/* "de eerste werkdag", "de dag" (na …). */
static size_t counted_day_at(const struct piece *p, size_t at)
{
    bool is_after;

    if (class_at(p->words, at) == WORD_ORDINAL && class_at(p->words, at + 1) == WORD_WORKDAY &&
        value_at(p->words, at) < 32) {
        *p->day = (struct said_day){ DAY_OPEN, .offset = value_at(p->words, at) };
        return at + 2;
    }
    is_after = class_at(p->words, at + 1) == WORD_QUALIFIER &&
               value_at(p->words, at + 1) == QUALIFIER_AFTER;
    if (is_after && (is_unit(p->words, at, UNIT_DAY) || class_at(p->words, at) == WORD_WORKDAY)) {
        *p->day = (struct said_day){ is_unit(p->words, at, UNIT_DAY) ? DAY_FOLLOWING : DAY_OPEN,
                                     .offset = 1 };
        return at + 1;
    }
    return 0;
}

static size_t plain_at(const struct piece *p, size_t at)
{
    bool is_inside = p->qualifier != QUALIFIER_NONE && p->qualifier != QUALIFIER_AT;

    switch (class_at(p->words, at)) {
    case WORD_DAY:
        *p->day = (struct said_day){ DAY_RELATIVE, .offset = value_at(p->words, at) };
        return at + 1;
    case WORD_THIS_PART:
        *p->day = (struct said_day){ DAY_RELATIVE, .offset = 0 };
        *p->part = (enum day_part)value_at(p->words, at);
        return at + 1;
    case WORD_FEAST:
        *p->day = (struct said_day){ DAY_FEAST, .feast = value_at(p->words, at) };
        return at + 1;
    case WORD_MONTH:
        return is_inside ? month_or_unit_at(p, at) : 0;
    case WORD_UNIT: /* "in het weekend", "la semaine prochaine" */
        if (class_at(p->words, at + 1) == WORD_NEXT || class_at(p->words, at + 1) == WORD_LAST ||
            (value_at(p->words, at) == UNIT_WEEKEND && at > 0 &&
             (class_at(p->words, at - 1) == WORD_ARTICLE || is_inside)))
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
        (class_at(words, end) == WORD_QUALIFIER || is_unit(words, end, UNIT_WEEK) ||
         is_unit(words, end, UNIT_FORTNIGHT)))
        return week_behind(&p, end);
    if (out->form == DAY_DATE && class_at(words, end) == WORD_LAST) {
        out->is_last = true;
        return end + 1;
    }
    if (out->form == DAY_DATE && class_at(words, end) == WORD_COMING)
        return end + 1;
    return weekday_behind(&p, end);
}
