/* Days: morgen, vrijdag 12 april, 3/12/2027, de 19e, Pasen. */
#include <string.h>

#include "times_day.h"

enum { LETTERS_MIN = 13 /* a smaller ordinal in letters is rather of what follows */ };

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

/* "(maart) volgend jaar", "(3 april) van dit jaar" */
static size_t year_from_now_at(const struct piece *p, size_t at)
{
    enum word_class how;

    if (class_at(p->words, at) == WORD_OF || is_qualifier(p->words, at, QUALIFIER_IN))
        at++;
    how = class_at(p->words, at);
    if ((how != WORD_NEXT && how != WORD_COMING && how != WORD_THIS) ||
        !is_unit(p->words, at + 1, UNIT_YEAR))
        return 0;
    p->day->has_in_year = true;
    p->day->in_year = how == WORD_THIS ? 0 : 1;
    return at + 2;
}

size_t year_at(const struct piece *p, size_t at)
{
    size_t skipped = is_sign(p->words, at, ',') ? at + 1 : at, end;

    if ((end = year_from_now_at(p, at)) > 0)
        return end;
    if (!is_year(p->words, skipped))
        return at;
    p->day->year = value_at(p->words, skipped);
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
    if (has_third || is_counted(p->words, at + 3))
        return 0;
    if (mark == '.') /* "op 17.03" */
        return p->qualifier == QUALIFIER_ON && !p->is_behind && at > 0 &&
                       class_at(p->words, at - 1) == WORD_QUALIFIER &&
                       word_at(p->words, at + 2)->digits == 2 &&
                       class_at(p->words, at + 3) != WORD_SIGN
                   ? at + 3
                   : 0;
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

size_t calendar_date_at(const struct piece *p, size_t at)
{
    size_t end;

    if ((end = day_month_at(p, at)) == 0 && (end = month_day_at(p, at)) == 0)
        end = numbers_at(p, at);
    return end > 0 && is_date(p->day) ? end : 0;
}

/* "uiterlijk de vijftiende", not "op de eerste rij". */
static bool is_date_in_letters(const struct piece *p, size_t at)
{
    const struct time_word *behind = word_at(p->words, at + 1);

    bool is_for = at > 1 && class_at(p->words, at - 2) == WORD_FOR_DAY;

    if ((p->qualifier == QUALIFIER_NONE && !is_for) || p->qualifier == QUALIFIER_IN)
        return false;
    if (behind->class == WORD_SIGN)
        return behind->value != 0 && strchr(".,;:!?)", behind->value) != NULL;
    return value_at(p->words, at) >= LETTERS_MIN && behind->class != WORD_UNIT &&
           behind->class != WORD_WORKDAY && behind->class != WORD_WEEKDAY;
}

/* "the morning of the 16th", "the 29th or 30th" */
static bool goes_on(const struct time_words *words, size_t at)
{
    return at > 1 &&
           ((class_at(words, at - 1) == WORD_OF &&
             (class_at(words, at - 2) == WORD_PART || class_at(words, at - 2) == WORD_RANK)) ||
            (class_at(words, at - 1) == WORD_AND && class_at(words, at - 2) == WORD_RANK));
}

/* "de 19e", "the 19th", "uiterlijk de vijftiende". */
static size_t of_month_at(const struct piece *p, size_t at)
{
    size_t number = class_at(p->words, at) == WORD_ARTICLE ? at + 1 : at, end = number + 1;
    bool is_in_letters = class_at(p->words, number) == WORD_ORDINAL, has_rank;

    if ((class_at(p->words, number) != WORD_NUMBER && !is_in_letters) ||
        !is_day_of_month(p, number))
        return 0;
    end = is_in_letters ? end : rank_at(p, end);
    has_rank = is_in_letters || end > number + 1;
    if (!has_rank && !(class_at(p->words, at) == WORD_ARTICLE && p->qualifier == QUALIFIER_ON &&
                       class_at(p->words, end) == WORD_SIGN))
        return 0;
    if (class_at(p->words, end) == WORD_MONTH || class_at(p->words, end) == WORD_MONTH_SHORT)
        return 0;
    if (has_rank && number == at && p->qualifier == QUALIFIER_NONE && !goes_on(p->words, at))
        return 0; /* "16th floor" */
    /* "de 2e keer" */
    if (value_at(p->words, number) < 10 && class_at(p->words, end) == WORD_OTHER &&
        p->qualifier == QUALIFIER_NONE)
        return 0;
    if (is_in_letters && !is_date_in_letters(p, number))
        return 0;
    *p->day = (struct said_day){ DAY_OF_MONTH, .dayofmonth = value_at(p->words, number) };
    return end;
}

/* --- days --- */

/* "over een week", "in a fortnight", "over veertien dagen" */
static size_t weeks_behind(const struct piece *p, size_t at, int32_t *weeks)
{
    size_t end = at + 1;
    int32_t n = value_at(p->words, end);
    bool is_one = class_at(p->words, end) == WORD_ONE || class_at(p->words, end) == WORD_A;

    if (!is_qualifier(p->words, at, QUALIFIER_OVER) && !is_qualifier(p->words, at, QUALIFIER_IN))
        return 0;
    if ((!is_one && class_at(p->words, end) != WORD_NUMBER) || n >= 60)
        return 0;
    end++;
    if (is_unit(p->words, end, UNIT_DAY) && (n % 7 == 0 || n == 8 || n == 15))
        *weeks = n / 7; /* acht dagen are a week */
    else if (is_unit(p->words, end, UNIT_WEEK) || is_unit(p->words, end, UNIT_FORTNIGHT))
        *weeks = is_unit(p->words, end, UNIT_WEEK) ? n : 2 * n;
    else
        return 0;
    return end + 1;
}

/* "in week 12", "van de week erop" */
static size_t named_week_behind(const struct piece *p, size_t at)
{
    struct said_day week = { 0 };
    struct piece inner = *p;
    size_t end;

    inner.day = &week;
    if (is_unit(p->words, at, UNIT_WEEK) &&
        (is_word(p->words, at + 1, WORD_THERE, 1) || is_word(p->words, at + 1, WORD_BUT, 1))) {
        p->day->has_week = true;
        p->day->shift = 1;
        return at + 2;
    }
    end = week_at(&inner, at);
    if (end == 0 || p->day->form != DAY_WEEKDAY)
        return 0;
    week.pick = p->day->weekday + 1;
    *p->day = week;
    return end;
}

/* Behind a weekday: "over een week", "volgende week", "in de volgende week"; or the week in front
 * of it: "volgende week dinsdag". */
static size_t week_behind(const struct piece *p, size_t at)
{
    size_t end = at, behind;
    enum word_class how;

    if ((behind = weeks_behind(p, at, &p->day->plus_weeks)) > 0)
        return behind;
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
            is_qualifier(p->words, end, QUALIFIER_IN))
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
    if (end == at && class_at(p->words, at + 1) != WORD_NUMBER)
        return at;
    return (behind = named_week_behind(p, end)) > 0 ? behind : at;
}

/* "ma 10.00", "di. 14:30": a short weekday is one. */
static bool is_hour_and_minutes(const struct time_words *words, size_t at)
{
    if (is_sign(words, at, '.') && word_at(words, at)->is_glued)
        at++;
    return class_at(words, at) == WORD_NUMBER && value_at(words, at) <= 24 &&
           class_at(words, at + 1) == WORD_SIGN && word_at(words, at + 1)->is_glued &&
           (value_at(words, at + 1) == ':' || value_at(words, at + 1) == '.') &&
           class_at(words, at + 2) == WORD_NUMBER && word_at(words, at + 2)->is_glued &&
           word_at(words, at + 2)->digits == 2 && value_at(words, at + 2) < 60;
}

size_t week_of_day_at(const struct time_words *words, size_t at, struct said_day *day)
{
    enum day_part part = PART_NONE;
    struct piece p = { words, false, false, QUALIFIER_NONE, day, &part };

    if (day->form != DAY_WEEKDAY || day->has_week || day->is_last || day->plus_weeks != 0)
        return at;
    return week_behind(&p, at);
}

/* A date may stand behind its weekday: then the date counts. */
static size_t date_behind(const struct piece *piece, size_t end)
{
    struct piece on = *piece, *p = &on;
    size_t from = is_sign(p->words, end, ',') || is_sign(p->words, end, '.') ? end + 1 : end, date;

    on.qualifier = QUALIFIER_ON;
    on.is_behind = true;
    from = skip(p->words, from, WORD_ARTICLE, WORD_ARTICLE);
    if ((date = calendar_date_at(p, from)) > 0)
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
    if (!is_sure && !is_hour_and_minutes(p->words, end))
        return 0;
    *p->day = day;
    end = pointed_behind(p, end);
    /* "lundi prochain" and "vrijdag a.s." are the first to come */
    return week_behind(p, end);
}

/* "volgend jaar in maart", "next year on 3 May". */
static size_t date_in_year(const struct piece *p, size_t end)
{
    struct said_day year = *p->day;
    size_t from = end, after;

    if (year.form != DAY_PERIOD || year.period != UNIT_YEAR || year.edge != EDGE_NONE ||
        year.year != 0)
        return end;
    if (is_qualifier(p->words, from, QUALIFIER_IN) || is_qualifier(p->words, from, QUALIFIER_ON))
        from++;
    if ((after = calendar_date_at(p, from)) == 0 &&
        (class_at(p->words, from) != WORD_MONTH || (after = month_or_unit_at(p, from)) == 0)) {
        *p->day = year;
        return end;
    }
    p->day->has_in_year = true;
    p->day->in_year = year.shift;
    return after;
}

static bool is_week(const struct said_day *day)
{
    return day->edge == EDGE_NONE &&
           ((day->form == DAY_PERIOD && day->period == UNIT_WEEK) || day->form == DAY_WEEK ||
            day->form == DAY_WEEK_OF || (day->form == DAY_NTH && day->nth == NTH_WEEK));
}

/* "volgende week dinsdag", "next week, on the Tuesday", "in week 20 op dinsdag". */
static size_t weekday_behind(const struct piece *p, size_t end)
{
    struct said_day week = *p->day;
    size_t from = end, date;

    if (!is_week(&week) || week.pick != 0)
        return end;
    if (is_sign(p->words, from, ',') && is_qualifier(p->words, from + 1, QUALIFIER_ON))
        from++;
    if (is_qualifier(p->words, from, QUALIFIER_ON))
        from = skip(p->words, from + 1, WORD_ARTICLE, WORD_ARTICLE);
    if (class_at(p->words, from) != WORD_WEEKDAY &&
        !(p->is_short && class_at(p->words, from) == WORD_WEEKDAY_SHORT))
        return end;
    if ((date = date_behind(p, from + 1)) > 0)
        return date;
    *p->day = week;
    if (week.form == DAY_PERIOD)
        *p->day =
            (struct said_day){ DAY_WEEKDAY, .weekday = value_at(p->words, from), .has_week = true,
                               .shift = week.shift, .is_last = week.is_last };
    else
        p->day->pick = value_at(p->words, from) + 1;
    return from + 1;
}

/* "de dag", "de week" (na …). */
static size_t counted_day_at(const struct piece *p, size_t at)
{
    bool is_article = at > 0 && class_at(p->words, at - 1) == WORD_ARTICLE;
    struct said_day *day = p->day;

    if (!is_qualifier(p->words, at + 1, QUALIFIER_AFTER) &&
        !is_qualifier(p->words, at + 1, QUALIFIER_BEFORE) && !is_there(p->words, at + 1))
        return 0;
    if (class_at(p->words, at + 2) == WORD_NEXT) /* the week after next */
        return 0;
    if (is_unit(p->words, at, UNIT_DAY))
        *day = (struct said_day){ DAY_FOLLOWING, .offset = 1, .is_counted = true };
    else if (class_at(p->words, at) == WORD_WORKDAY)
        *day = (struct said_day){ DAY_OPEN, .offset = 1, .is_counted = true };
    else if (is_article &&
             (is_unit(p->words, at, UNIT_WEEK) || is_unit(p->words, at, UNIT_WEEKEND)))
        *day = (struct said_day){ DAY_PERIOD, .period = (enum unit)value_at(p->words, at),
                                  .is_counted = true };
    else
        return 0;
    return word_at(p->words, at)->is_plural ? 0 : at + 1;
}

/* "van de week": this one. */
static size_t this_week_at(const struct piece *p, size_t at)
{
    if (!is_unit(p->words, at, UNIT_WEEK) || at < 1 || word_at(p->words, at)->is_possessive)
        return 0;
    if (class_at(p->words, at - 1) != WORD_OF &&
        (at < 2 || class_at(p->words, at - 1) != WORD_ARTICLE ||
         class_at(p->words, at - 2) != WORD_OF))
        return 0;
    *p->day = (struct said_day){ DAY_PERIOD, .period = UNIT_WEEK };
    return at + 1;
}

static size_t plain_at(const struct piece *p, size_t at)
{
    bool is_inside = p->qualifier != QUALIFIER_NONE && p->qualifier != QUALIFIER_AT;
    size_t end;

    switch (class_at(p->words, at)) {
    case WORD_DAY:
        *p->day = (struct said_day){ DAY_RELATIVE, .offset = value_at(p->words, at) };
        return at + 1;
    case WORD_THIS_PART:
        *p->day = (struct said_day){ DAY_RELATIVE, .offset = 0 };
        *p->part = (enum day_part)value_at(p->words, at);
        return at + 1;
    case WORD_FEAST:
        if (p->qualifier == QUALIFIER_IN && (end = month_or_unit_at(p, at)) > 0) {
            p->day->edge = EDGE_BEGIN; /* "in het nieuwe jaar" */
            return end;
        }
        *p->day = (struct said_day){ DAY_FEAST, .feast = value_at(p->words, at) };
        return at + 1;
    case WORD_MONTH:
        return is_inside ? month_or_unit_at(p, at) : 0;
    case WORD_NUMBER: /* "in 2028" */
        return p->qualifier == QUALIFIER_IN && is_year(p->words, at) ? month_or_unit_at(p, at) : 0;
    case WORD_UNIT: /* "in het weekend", "la semaine prochaine" */
        if (class_at(p->words, at + 1) == WORD_NEXT || class_at(p->words, at + 1) == WORD_LAST ||
            (is_qualifier(p->words, at + 1, QUALIFIER_AFTER) &&
             class_at(p->words, at + 2) == WORD_NEXT) ||
            (value_at(p->words, at) == UNIT_WEEKEND && at > 0 &&
             (class_at(p->words, at - 1) == WORD_ARTICLE || is_inside)))
            return month_or_unit_at(p, at);
        return this_week_at(p, at);
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
    if (qualifier == QUALIFIER_BEFORE && (end = closing_at(&p, at)) > 0)
        return end;
    if ((end = edged_at(&p, at)) == 0 && (end = period_end_at(&p, at)) == 0 &&
        (end = nth_at(&p, at)) == 0 && (end = week_at(&p, at)) == 0 &&
        (end = quarter_at(&p, at)) == 0 && (end = calendar_date_at(&p, at)) == 0 &&
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
    /* "this day week" */
    if (out->form == DAY_PERIOD && out->period == UNIT_DAY && out->is_this &&
        is_unit(words, end, UNIT_WEEK))
        *out = (struct said_day){ DAY_RELATIVE };
    /* "morgen over een week", "tomorrow week" */
    if (out->form == DAY_RELATIVE && *part == PART_NONE && out->offset >= 0 &&
        (class_at(words, end) == WORD_QUALIFIER || is_unit(words, end, UNIT_WEEK) ||
         is_unit(words, end, UNIT_FORTNIGHT)))
        return week_behind(&p, end);
    if (out->form == DAY_DATE && is_word(words, end, WORD_LAST, 1)) {
        out->is_last = true;
        return end + 1;
    }
    if (out->form == DAY_DATE && class_at(words, end) == WORD_COMING)
        return end + 1;
    end = date_in_year(&p, end);
    return weekday_behind(&p, end);
}
