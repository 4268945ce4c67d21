/* Periods: eind volgende week, half april, week 16, het eerste kwartaal. */
#include <string.h>

#include "times_day.h"

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

/* A unit that is a period; "quarter" is one, too, where a period is sure to stand. */
static bool is_period_at(const struct piece *p, size_t at, enum unit *unit)
{
    const struct time_word *word = word_at(p->words, at);

    *unit = word->class == WORD_QUARTER ? UNIT_QUARTER : (enum unit)word->value;
    return word->class == WORD_QUARTER ||
           (word->class == WORD_UNIT && is_period(word->value) && !word->is_plural);
}

/* "(we doen) dit maandag", "this tomorrow": what is done, and when. */
static bool is_object(const struct piece *p, size_t at)
{
    const struct time_word *word = word_at(p->words, at), *next = word_at(p->words, at + 1);

    if (word->class != WORD_THIS)
        return false;
    if (word->to - word->from == strlen("dit"))
        return next->class == WORD_WEEKDAY || next->class == WORD_DAY || next->class == WORD_PART ||
               next->class == WORD_MONTH;
    return next->class == WORD_DAY && next->to - next->from > strlen("morgen");
}

/* What "this", "next", "coming" and "last" are of. */
size_t pointed_at(const struct piece *p, size_t at)
{
    enum word_class how = class_at(p->words, at);
    size_t end = at + 1;
    struct said_day *day = p->day;
    enum unit unit;

    if ((how != WORD_THIS && how != WORD_NEXT && how != WORD_COMING && how != WORD_LAST) ||
        is_object(p, at))
        return 0;
    *day = (struct said_day){ .is_this = how == WORD_THIS,
                              .is_next = how == WORD_NEXT,
                              .is_last = how == WORD_LAST };
    day->shift = how == WORD_LAST ? -1 : how == WORD_THIS ? 0 : 1;
    switch (class_at(p->words, end)) {
    case WORD_WEEKDAY:
    case WORD_WEEKDAY_SHORT:
        day->form = DAY_WEEKDAY;
        day->weekday = value_at(p->words, end);
        return is_sign(p->words, end + 1, '.') && word_at(p->words, end + 1)->is_glued &&
                       word_at(p->words, end + 2)->sentence == word_at(p->words, end)->sentence
                   ? end + 2 /* "a.s. ma. (om 9.30 uur)" */
                   : end + 1;
    case WORD_UNIT:
    case WORD_QUARTER:
        if (!is_period_at(p, end, &unit))
            return 0;
        day->form = DAY_PERIOD;
        day->period = unit;
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
        day->month = value_at(p->words, end);
        return end + 1;
    case WORD_FEAST:
        day->form = DAY_FEAST;
        day->feast = value_at(p->words, end);
        return end + 1;
    case WORD_PART:
        *p->part = (enum day_part)value_at(p->words, end);
        day->form = DAY_RELATIVE;
        return how == WORD_NEXT ? 0 : (day->offset = how == WORD_LAST ? -1 : 0, end + 1);
    case WORD_DAY: /* deze morgen */
        *p->part = PART_MORNING;
        day->form = DAY_RELATIVE;
        return how == WORD_THIS && value_at(p->words, end) == 1 ? end + 1 : 0;
    default:
        return 0;
    }
}

/* "semaine prochaine", "lundi prochain", "vrijdag a.s.", "vrijdag jl.": behind what it is of. */
size_t pointed_behind(const struct piece *p, size_t end)
{
    enum word_class how = class_at(p->words, end);
    struct said_day *day = p->day;

    /* "the week after next" */
    if (is_qualifier(p->words, end, QUALIFIER_AFTER) && class_at(p->words, end + 1) == WORD_NEXT &&
        class_at(p->words, end + 2) != WORD_WEEKDAY && class_at(p->words, end + 2) != WORD_UNIT) {
        if (day->form == DAY_WEEKDAY)
            day->plus_weeks = 1;
        else
            day->shift = 2;
        return end + 2;
    }
    if ((how != WORD_NEXT && how != WORD_COMING && how != WORD_LAST) ||
        (how == WORD_LAST && value_at(p->words, end) == 0)) /* "vrijdag past mij" */
        return end;
    /* "vrijdag volgende week": the next piece reads it */
    if (class_at(p->words, end + 1) == WORD_UNIT || class_at(p->words, end + 1) == WORD_WEEKDAY ||
        class_at(p->words, end + 1) == WORD_WORKDAY || class_at(p->words, end + 1) == WORD_MONTH)
        return end;
    day->is_last = how == WORD_LAST;
    day->shift = how == WORD_LAST ? -1 : 1;
    return end + 1;
}

bool is_year(const struct time_words *words, size_t at)
{
    const struct time_word *word = word_at(words, at);

    return word->class == WORD_NUMBER && word->digits == 4 && word->value >= 1900 &&
           word->value < 2200;
}

size_t month_or_unit_at(const struct piece *p, size_t at)
{
    enum unit unit;

    if (class_at(p->words, at) == WORD_MONTH) {
        *p->day = (struct said_day){ DAY_MONTH, .month = value_at(p->words, at) };
        return year_at(p, at + 1);
    }
    if (is_year(p->words, at)) { /* "begin 2028" */
        *p->day =
            (struct said_day){ DAY_PERIOD, .period = UNIT_YEAR, .year = value_at(p->words, at) };
        return at + 1;
    }
    if (is_word(p->words, at, WORD_FEAST, FEAST(1, 1, 1))) { /* "begin van het nieuwe jaar" */
        *p->day = (struct said_day){ DAY_PERIOD, .period = UNIT_YEAR, .shift = 1 };
        return at + 1;
    }
    if (!is_period_at(p, at, &unit))
        return 0;
    *p->day = (struct said_day){ DAY_PERIOD, .period = unit };
    return pointed_behind(p, at + 1);
}

size_t closing_at(const struct piece *p, size_t at)
{
    size_t end;
    enum unit unit;

    if (class_at(p->words, at) == WORD_THIS)
        at++;
    if (!is_period_at(p, at, &unit) && class_at(p->words, at) != WORD_MONTH)
        return 0;
    end = at + 1;
    if (!word_at(p->words, at)->is_possessive && class_at(p->words, end) == WORD_OTHER)
        end++; /* is, om … is */
    if (class_at(p->words, end) != WORD_OUT && !is_qualifier(p->words, end, QUALIFIER_OVER) &&
        !is_qualifier(p->words, end, QUALIFIER_AT))
        return 0;
    *p->day = (struct said_day){ DAY_PERIOD, .period = unit, .edge = EDGE_END };
    if (class_at(p->words, at) == WORD_MONTH)
        *p->day = (struct said_day){ DAY_MONTH, .month = value_at(p->words, at), .edge = EDGE_END };
    return end + 1;
}

size_t period_end_at(const struct piece *p, size_t at)
{
    enum unit unit;

    if (!is_period_at(p, at, &unit) || class_at(p->words, at + 1) != WORD_END ||
        (unit == UNIT_WEEK && !word_at(p->words, at)->is_possessive))
        return 0;
    *p->day = (struct said_day){ DAY_PERIOD, .period = unit, .edge = EDGE_END };
    return at + 2;
}

/* "de week van 15 april", "week 16". */
size_t week_at(const struct piece *p, size_t at)
{
    size_t end = skip(p->words, at, WORD_ARTICLE, WORD_ARTICLE), behind;

    if (!is_unit(p->words, end, UNIT_WEEK))
        return 0;
    end++;
    if ((behind = calendar_date_at(p, end)) > 0) { /* "week commencing 22 March" */
        p->day->form = DAY_WEEK_OF;
        return behind;
    }
    if (class_at(p->words, end) == WORD_NUMBER && value_at(p->words, end) >= 1 &&
        value_at(p->words, end) <= 53 && word_at(p->words, end)->digits > 0) {
        *p->day = (struct said_day){ DAY_WEEK, .offset = value_at(p->words, end) };
        return end + 1;
    }
    if (class_at(p->words, end) != WORD_OF && class_at(p->words, end) != WORD_QUALIFIER)
        return 0;
    end = calendar_date_at(p, skip(p->words, end + 1, WORD_WEEKDAY, WORD_ARTICLE));
    if (end > 0)
        p->day->form = DAY_WEEK_OF;
    return end;
}

/* "het eerste kwartaal van 2027" */
size_t quarter_at(const struct piece *p, size_t at)
{
    size_t end = skip(p->words, at, WORD_ARTICLE, WORD_ARTICLE);

    if (class_at(p->words, end) == WORD_QUARTER_OF) {
        *p->day = (struct said_day){ DAY_NTH_QUARTER, .offset = value_at(p->words, end) };
        return year_at(p, end + 1);
    }
    if (class_at(p->words, end) != WORD_ORDINAL || value_at(p->words, end) > 4 ||
        (!is_unit(p->words, end + 1, UNIT_QUARTER) && class_at(p->words, end + 1) != WORD_QUARTER))
        return 0;
    *p->day = (struct said_day){ DAY_NTH_QUARTER, .offset = value_at(p->words, end) };
    return year_at(p, skip(p->words, end + 2, WORD_OF, WORD_OF));
}

/* Begin, middle or end: how many words; 0: none. */
static size_t edge_at(const struct piece *p, size_t at, enum edge *edge)
{
    size_t end = skip(p->words, at, WORD_ARTICLE, WORD_ARTICLE);

    switch (class_at(p->words, end)) {
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
    case WORD_HALF: /* "half april", "half volgende maand" */
        *edge = EDGE_MIDDLE;
        if (class_at(p->words, end + 1) != WORD_MONTH &&
            (class_at(p->words, end + 2) != WORD_UNIT ||
             (class_at(p->words, end + 1) != WORD_NEXT &&
              class_at(p->words, end + 1) != WORD_COMING &&
              class_at(p->words, end + 1) != WORD_THIS)))
            return 0;
        break;
    case WORD_LAST: /* the last day of the month */
        *edge = EDGE_END;
        if (!is_unit(p->words, end + 1, UNIT_DAY) || class_at(p->words, end + 2) != WORD_OF)
            return 0;
        end++;
        break;
    case WORD_ORDINAL: /* de eerste helft van */
        if (value_at(p->words, end) == 99 && class_at(p->words, end + 2) == WORD_OF &&
            (is_unit(p->words, end + 1, UNIT_DAY) || class_at(p->words, end + 1) == WORD_WORKDAY)) {
            *edge = EDGE_END;
            end++;
            break;
        }
        if (class_at(p->words, end + 1) != WORD_HALF)
            return 0;
        *edge = value_at(p->words, end) == 1 ? EDGE_MIDDLE : EDGE_END;
        end++;
        break;
    default:
        return 0;
    }
    return end + 1;
}

size_t edged_at(const struct piece *p, size_t at)
{
    enum edge edge;
    size_t end = edge_at(p, at, &edge);

    if (end == 0)
        return 0;
    end = skip(p->words, end, WORD_OF, WORD_ARTICLE);
    if (class_at(p->words, end) == WORD_PART ||
        (class_at(p->words, end) == WORD_DAY && edge == EDGE_NONE) ||
        class_at(p->words, end) == WORD_THIS_PART) {
        /* "eind van de middag": its end is what we take anyway */
        *p->day =
            (struct said_day){ DAY_RELATIVE, .is_of_any = class_at(p->words, end) == WORD_PART };
        if (class_at(p->words, end) == WORD_DAY)
            p->day->offset = value_at(p->words, end);
        else
            *p->part = (enum day_part)value_at(p->words, end);
        return end + 1;
    }
    if (class_at(p->words, end) == WORD_DAY && edge != EDGE_BEGIN) {
        *p->day =
            (struct said_day){ DAY_RELATIVE, .offset = value_at(p->words, end), .edge = edge };
        return end + 1;
    }
    if (class_at(p->words, end) == WORD_WORKDAY && !word_at(p->words, end)->is_plural) {
        *p->day = (struct said_day){ DAY_RELATIVE, .edge = edge, .is_of_any = true };
        return end + 1; /* "the end of the working day" */
    }
    if ((at = nth_at(p, end)) == 0 && (at = week_at(p, end)) == 0 &&
        (at = quarter_at(p, end)) == 0 && (at = pointed_at(p, end)) == 0)
        at = month_or_unit_at(p, end);
    if (at == 0)
        return 0;
    p->day->edge = edge;
    p->day->is_of_any =
        p->day->form == DAY_PERIOD && p->day->period == UNIT_DAY && p->day->shift == 0;
    return at;
}
