/* Lengths: drie werkdagen, anderhalf uur, 1 à 2 weken; and what they are counted from. */
#include <string.h>

#include "times_read.h"

enum { AMOUNT_MAX = 999, NOUN_MAX = 3 /* words of a noun that has a day */ };

static bool is_range_mark(const struct parser *p, size_t at)
{
    return class_at(p->words, at) == WORD_AND || class_at(p->words, at) == WORD_A ||
           class_at(p->words, at) == WORD_OF || is_qualifier(p->words, at, QUALIFIER_UNTIL) ||
           is_sign(p->words, at, '-') || is_sign(p->words, at, 0);
}

/* "(two) and a half"; `at` when that doesn't follow. */
static size_t and_half_at(const struct parser *p, size_t at, int32_t *halves)
{
    size_t half = class_at(p->words, at + 1) == WORD_A ? at + 2 : at + 1;

    if (class_at(p->words, at) != WORD_AND || class_at(p->words, half) != WORD_HALF)
        return at;
    *halves += 1;
    return half + 1;
}

/* The amount, in halves. */
static size_t amount_at(const struct parser *p, size_t at, int32_t *halves)
{
    switch (class_at(p->words, at)) {
    case WORD_HALF:
        *halves = 1;
        return at + 1;
    case WORD_MORE_HALF:
        *halves = 3;
        return at + 1;
    case WORD_VAGUE:
        p->said->is_vague = true;
        *halves = 2 * value_at(p->words, at);
        return at + 1;
    case WORD_ONE:
        if (class_at(p->words, at + 1) == WORD_NUMBER) /* "een kleine twee uur" */
            return amount_at(p, at + 1, halves);
        *halves = class_at(p->words, at + 1) == WORD_HALF ? 1 : 2;
        return at + (*halves == 1 ? 2 : 1);
    case WORD_A:
        *halves = class_at(p->words, at + 1) == WORD_HALF ? 1 : 2;
        return at + (*halves == 1 ? 2 : 1);
    case WORD_NUMBER:
        break;
    default:
        return 0;
    }
    if (value_at(p->words, at) > AMOUNT_MAX)
        return 0;
    *halves = 2 * value_at(p->words, at);
    if ((is_sign(p->words, at + 1, ',') || is_sign(p->words, at + 1, '.')) &&
        word_at(p->words, at + 1)->is_glued && class_at(p->words, at + 2) == WORD_NUMBER &&
        word_at(p->words, at + 2)->is_glued) {
        *halves += value_at(p->words, at + 2) >= 5 && value_at(p->words, at + 2) < 10 ? 1 : 0;
        return at + 3;
    }
    return and_half_at(p, at + 1, halves);
}

/* "(two days)' time" */
static size_t time_behind(const struct parser *p, size_t at)
{
    const struct time_word *mark = word_at(p->words, at), *time = word_at(p->words, at + 1);

    return mark->class == WORD_SIGN && mark->is_glued &&
                   (mark->value == '\'' || mark->value == 0) && time->class == WORD_OTHER &&
                   time->to - time->from == strlen("time")
               ? at + 2
               : at;
}

static size_t unit_at(const struct parser *p, size_t at)
{
    if (class_at(p->words, at) == WORD_UNIT) {
        p->said->unit = (enum unit)value_at(p->words, at);
        return time_behind(p, at + 1);
    }
    if (class_at(p->words, at) != WORD_WORKDAY)
        return 0;
    p->said->unit = UNIT_WORKDAY;
    return at + 1;
}

/* "(1 uur) en 30 minuten", "(1u)30", "(twee uur) en een kwartier": in minutes then. */
static size_t minutes_behind(const struct parser *p, size_t at, int32_t *halves)
{
    bool has_and = class_at(p->words, at) == WORD_AND;
    size_t number = has_and ? at + 1 : at;
    const struct time_word *word = word_at(p->words, number);
    int32_t minutes = 0;
    size_t end = 0;

    if (p->said->unit != UNIT_HOUR)
        return at;
    if (word->class == WORD_NUMBER && word->value < 60 &&
        is_unit(p->words, number + 1, UNIT_MINUTE)) {
        minutes = word->value;
        end = number + 2;
    } else if (word->class == WORD_NUMBER && word->digits == 2 && word->value < 60 &&
               word->is_glued) {
        minutes = word->value;
        end = number + 1;
    } else if (has_and && word->class == WORD_QUARTER) {
        minutes = 15;
        end = number + 1;
    } else if (has_and && word->class == WORD_ONE &&
               is_unit(p->words, number + 1, UNIT_QUARTER_HOUR)) {
        minutes = 15;
        end = number + 2;
    }
    if (end == 0)
        return at;
    *halves = *halves * 60 + 2 * minutes;
    p->said->unit = UNIT_MINUTE;
    return end;
}

/* "een uur of twee", "a day or two" */
static bool is_or(const struct parser *p, size_t at)
{
    return class_at(p->words, at) == WORD_OF || is_word(p->words, at, WORD_AND, 1);
}

/* "een dag of twee, drie" */
static size_t about_end(const struct parser *p, size_t end, int32_t *halves)
{
    int32_t more = 2 * value_at(p->words, end + 1);

    if (!is_sign(p->words, end, ',') || class_at(p->words, end + 1) != WORD_NUMBER ||
        more != *halves + 2 || is_counted(p->words, end + 2))
        return end;
    *halves = more;
    return end + 2;
}

/* Behind the unit: "an hour and a half", "een uur of twee". */
static size_t length_end(const struct parser *p, size_t end, int32_t *halves)
{
    size_t behind;

    if ((behind = minutes_behind(p, end, halves)) > end ||
        (behind = and_half_at(p, end, halves)) > end)
        return behind;
    if (*halves == 2 && is_or(p, end) && class_at(p->words, end + 1) == WORD_NUMBER &&
        value_at(p->words, end + 1) < (p->said->unit == UNIT_MINUTE ? 60 : 16) &&
        !is_counted(p->words, end + 2)) {
        *halves = 2 * value_at(p->words, end + 1);
        p->said->is_about = true;
        return about_end(p, end + 2, halves);
    }
    if (*halves == 2 && class_at(p->words, end) == WORD_OF &&
        class_at(p->words, end + 1) == WORD_MORE_HALF) {
        *halves = 3;
        p->said->is_about = true;
        return end + 2;
    }
    if (is_word(p->words, end, WORD_FILL, 2)) { /* "een paar dagen nog" */
        p->said->is_then = true;
        return end + 1;
    }
    return is_word(p->words, end, WORD_FILL, 1) ? end + 1 : end;
}

/* "the next hour" is a length, "next week" a period. */
static bool is_short_unit(const struct parser *p, size_t at)
{
    return is_unit(p->words, at, UNIT_HOUR) || is_unit(p->words, at, UNIT_QUARTER_HOUR) ||
           is_unit(p->words, at, UNIT_MINUTE);
}

/* "I'll be with you in ten." */
static bool is_bare_minutes(const struct parser *p, size_t end, int32_t halves)
{
    return p->said->qualifier == QUALIFIER_IN && halves % 10 == 0 && halves <= 120 &&
           class_at(p->words, end - 1) == WORD_NUMBER &&
           (end >= p->words->n || is_sign(p->words, end, '.') || is_sign(p->words, end, '!') ||
            is_sign(p->words, end, ',') ||
            word_at(p->words, end)->sentence != word_at(p->words, end - 1)->sentence) &&
           !(end + 1 < p->words->n && word_at(p->words, end + 1)->is_glued);
}

/* A filler or an adjective may stand inside: "drie volle dagen". */
size_t length_at(const struct parser *p, size_t at, bool is_one_fine)
{
    int32_t halves = 0, more;
    bool has_coming = false;
    size_t end = at, next;

    while (end < at + 3 &&
           (class_at(p->words, end) == WORD_ARTICLE || class_at(p->words, end) == WORD_COMING ||
            class_at(p->words, end) == WORD_NEXT || class_at(p->words, end) == WORD_FILL)) {
        if (is_word(p->words, end, WORD_COMING, 2) && !is_unit(p->words, end + 1, UNIT_DAY))
            return 0; /* "een dezer dagen" */
        has_coming = has_coming || class_at(p->words, end) == WORD_COMING ||
                     class_at(p->words, end) == WORD_NEXT;
        end++;
    }
    p->said->is_vague = false;
    /* "de komende dagen", "binnen het uur" */
    if ((class_at(p->words, end) == WORD_UNIT || class_at(p->words, end) == WORD_WORKDAY) &&
        end > 0 &&
        (end > at || class_at(p->words, end - 1) == WORD_ARTICLE ||
         (p->said->qualifier == QUALIFIER_WITHIN && !word_at(p->words, end)->is_plural)) &&
        class_at(p->words, end + 1) != WORD_NUMBER) {
        bool is_coming =
            class_at(p->words, end - 1) == WORD_COMING || class_at(p->words, end - 1) == WORD_NEXT;
        bool is_many = word_at(p->words, end)->is_plural;

        if ((!is_one_fine && !is_coming) || is_unit(p->words, end, UNIT_WEEKEND))
            return 0;
        if (is_coming && !is_many && !is_short_unit(p, end))
            return 0;
        p->said->is_vague = is_coming && is_many;
        p->said->halves = is_coming && is_many ? 6 : 2;
        if (is_coming)
            p->said->qualifier = QUALIFIER_WITHIN;
        end = unit_at(p, end);
        return length_end(p, end, &p->said->halves);
    }
    if ((end = amount_at(p, end, &halves)) == 0)
        return 0;
    if (is_range_mark(p, end) && (next = amount_at(p, end + 1, &more)) > 0 &&
        (class_at(p->words, next) == WORD_UNIT || class_at(p->words, next) == WORD_WORKDAY) &&
        more >= halves) {
        halves = more;
        end = next;
    }
    if (class_at(p->words, end) == WORD_FILL ||
        (class_at(p->words, end) == WORD_OTHER && class_at(p->words, end + 1) == WORD_WORKDAY))
        end++;
    /* "4 (vier) weken" */
    if (is_sign(p->words, end, '(') && class_at(p->words, end + 1) == WORD_NUMBER &&
        is_sign(p->words, end + 2, ')'))
        end += 3;
    if (is_bare_minutes(p, end, halves)) {
        p->said->unit = UNIT_MINUTE;
        p->said->halves = halves;
        return end;
    }
    if ((end = unit_at(p, end)) == 0)
        return 0;
    end = length_end(p, end, &halves);
    p->said->halves = halves;
    if (has_coming)
        p->said->qualifier = QUALIFIER_WITHIN; /* "de komende twee weken" */
    return end;
}

/* --- what it is counted from --- */

static bool counts_weeks(const struct said *said)
{
    return said->has_length && (said->unit == UNIT_WEEK || said->unit == UNIT_FORTNIGHT) &&
           said->halves % 2 == 0;
}

/* "a week on Friday", "two weeks from Monday", "a week today", "two weeks tomorrow": a day, and no
 * term that ends on one. */
static size_t day_of_weeks(const struct parser *p, size_t at)
{
    struct said *said = p->said;
    bool has_word =
        is_qualifier(p->words, at, QUALIFIER_FROM) || is_qualifier(p->words, at, QUALIFIER_ON);
    const struct time_word *day = word_at(p->words, has_word ? at + 1 : at);
    int32_t weeks = said->unit == UNIT_FORTNIGHT ? said->halves : said->halves / 2;

    if (!counts_weeks(said) || said->qualifier != QUALIFIER_NONE)
        return 0;
    if (day->class == WORD_WEEKDAY)
        said->day = (struct said_day){ DAY_WEEKDAY, .weekday = day->value, .plus_weeks = weeks };
    else if (!has_word && day->class == WORD_DAY && day->value >= 0 && !said->is_already)
        said->day = (struct said_day){ DAY_RELATIVE, .offset = day->value, .plus_weeks = weeks };
    else
        return 0;
    said->has_length = false;
    return has_word ? at + 2 : at + 1;
}

static bool counts_days(const struct said *said)
{
    return said->unit == UNIT_DAY || said->unit == UNIT_WORKDAY || said->unit == UNIT_WEEK ||
           said->unit == UNIT_FORTNIGHT || said->unit == UNIT_MONTH || said->unit == UNIT_QUARTER ||
           said->unit == UNIT_YEAR;
}

/* Is a length counted from a day behind this word? "voor" may be "for", and "of" a genitive. */
static bool counts_from(const struct said *said, const struct time_words *words, size_t at,
                        const struct said_day *day)
{
    bool is_named = day->form == DAY_DATE || day->form == DAY_FEAST || day->form == DAY_WEEKDAY ||
                    day->form == DAY_RELATIVE;

    if (class_at(words, at) == WORD_OF)
        return is_named && said->qualifier == QUALIFIER_WITHIN;
    if (is_qualifier(words, at, QUALIFIER_BEFORE))
        return is_named && said->qualifier != QUALIFIER_WITHIN &&
               said->qualifier != QUALIFIER_OVER && said->qualifier != QUALIFIER_IN;
    return is_qualifier(words, at, QUALIFIER_AFTER) ||
           (is_qualifier(words, at, QUALIFIER_FROM) && is_named);
}

size_t noun_day_at(const struct parser *p, size_t at, struct said_day *out)
{
    uint32_t sentence = word_at(p->words, at)->sentence;
    enum day_part part = PART_NONE;
    size_t end;

    for (size_t n = 0; n <= NOUN_MAX && word_at(p->words, at)->sentence == sentence; n++, at++) {
        enum word_class class = class_at(p->words, at);

        if (n > 0 && (class == WORD_OF || is_qualifier(p->words, at, QUALIFIER_ON))) {
            at += class_at(p->words, at + 1) == WORD_ARTICLE ? 2 : 1;
            end = day_at(p->words, at, false, QUALIFIER_ON, out, &part);
            return out->form == DAY_DATE || out->form == DAY_WEEKDAY || out->form == DAY_OF_MONTH
                       ? end
                       : 0;
        }
        if (class != WORD_OTHER && class != WORD_ARTICLE && class != WORD_EVENT &&
            class != WORD_FOR)
            return 0;
    }
    return 0;
}

/* "(binnen een week) na 1 april", "(twee dagen) voor Pasen", "(within 3 days) of today". */
static size_t anchor_at(const struct parser *p, size_t at)
{
    struct said *said = p->said;
    enum day_part part = PART_NONE;
    struct said_day day = { 0 };
    size_t from = at + 1, end;

    if (class_at(p->words, from) == WORD_ARTICLE)
        from++;
    if (class_at(p->words, from) == WORD_NOW) {
        day.form = DAY_RELATIVE;
        end = from + 1;
    } else {
        end = day_at(p->words, from, p->is_short, QUALIFIER_AFTER, &day, &part);
        if (end == 0 && is_unit(p->words, from, UNIT_WEEKEND)) {
            day = (struct said_day){ DAY_PERIOD, .period = UNIT_WEEKEND };
            end = from + 1;
        }
        if (end == 0)
            end = noun_day_at(p, from, &day);
    }
    if (end == 0 || day.is_last || day.is_counted || !counts_from(said, p->words, at, &day) ||
        (!counts_days(said) && !(day.form == DAY_RELATIVE && day.offset == 0)))
        return 0;
    said->is_before = is_qualifier(p->words, at, QUALIFIER_BEFORE);
    if (said->qualifier == QUALIFIER_NONE || said->qualifier == QUALIFIER_ON)
        said->qualifier = said->is_before ? QUALIFIER_BY : QUALIFIER_OVER;
    /* From today is what a length is counted from anyway. */
    said->has_anchor = day.form != DAY_RELATIVE || day.offset != 0 || day.plus_weeks != 0;
    said->anchor = day;
    return end;
}

/* "twee weken na ontvangst": after what we don't know the day of. */
static bool is_after_event(const struct parser *p, size_t at)
{
    if (!is_qualifier(p->words, at, QUALIFIER_AFTER))
        return false;
    for (size_t i = at + 1; i < at + 4; i++)
        if (class_at(p->words, i) == WORD_EVENT || class_at(p->words, i) == WORD_OTHER)
            return true;
    return false;
}

static size_t counted_from(const struct parser *p, size_t at)
{
    size_t end;

    if (!p->said->has_length || p->said->is_past)
        return at;
    if ((end = day_of_weeks(p, at)) > 0 || (end = anchor_at(p, at)) > 0)
        return end;
    if (!is_after_event(p, at))
        return at;
    p->said->is_event = true;
    return at + 1;
}

/* "(two hours) at most", "(drie werkdagen), hooguit": that makes a term of it. */
static size_t limit_behind(const struct parser *p, size_t at)
{
    enum word_class next;

    if (!p->said->has_length || p->said->qualifier != QUALIFIER_NONE)
        return 0;
    if (is_sign(p->words, at, ','))
        at++;
    next = class_at(p->words, at + 1);
    if (class_at(p->words, at) != WORD_LATE &&
        (!is_qualifier(p->words, at, QUALIFIER_WITHIN) || next == WORD_NUMBER || next == WORD_ONE ||
         next == WORD_A || next == WORD_ARTICLE || next == WORD_VAGUE))
        return 0;
    p->said->qualifier = QUALIFIER_WITHIN;
    return at + 1;
}

/* "twee dagen daarna", "a week beforehand": of a day that was named before; soft without one. */
static size_t referred_at(const struct parser *p, size_t at)
{
    struct said *said = p->said;

    if (!is_there(p->words, at) || !said->has_length || !counts_days(said) ||
        said->qualifier == QUALIFIER_WITHIN || said->is_already)
        return at;
    said->refers = value_at(p->words, at) < 0 ? REFERS_BEFORE : REFERS_AFTER;
    said->is_event = true;
    if (said->qualifier == QUALIFIER_NONE)
        said->qualifier = said->refers == REFERS_BEFORE ? QUALIFIER_BY : QUALIFIER_OVER;
    return at + 1;
}

/* What stands behind and changes the meaning: ago, per week, na ontvangst, at most. */
size_t tail_at(const struct parser *p, size_t end)
{
    struct said *said = p->said;
    size_t limit;

    for (int i = 0; i < 3; i++) {
        if ((limit = limit_behind(p, end)) > 0) {
            end = limit;
            continue;
        }
        switch (class_at(p->words, end)) {
        case WORD_AGO:
            said->is_past = true;
            end++;
            continue;
        case WORD_OLD:
            said->is_static = said->has_length && said->qualifier == QUALIFIER_NONE;
            return end;
        case WORD_PER:
            if (class_at(p->words, end + 1) == WORD_UNIT ||
                class_at(p->words, end + 1) == WORD_WEEKDAY ||
                class_at(p->words, end + 1) == WORD_WORKDAY) {
                said->is_recurring = true;
                return end + 2;
            }
            return end;
        case WORD_THERE:
        case WORD_BUT:
            return referred_at(p, end);
        case WORD_QUALIFIER:
        case WORD_OF:
        case WORD_DAY:
        case WORD_WEEKDAY:
            return counted_from(p, end);
        default:
            return end;
        }
    }
    return end;
}

bool is_of_days(const struct said *said)
{
    return said->has_length && counts_days(said);
}
