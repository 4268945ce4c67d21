/* Lengths: drie werkdagen, anderhalf uur, 1 à 2 weken; and what they are counted from. */
#include "times_read.h"

enum { AMOUNT_MAX = 999 };

static bool is_range_mark(const struct parser *p, size_t at)
{
    return class_at(p->words, at) == WORD_AND || class_at(p->words, at) == WORD_A ||
           class_at(p->words, at) == WORD_OF || is_qualifier(p->words, at, QUALIFIER_UNTIL) ||
           is_sign(p->words, at, '-') || is_sign(p->words, at, 0);
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
    if (class_at(p->words, at + 1) == WORD_AND && class_at(p->words, at + 2) == WORD_HALF) {
        *halves += 1;
        return at + 3;
    }
    return at + 1;
}

static size_t unit_at(const struct parser *p, size_t at)
{
    if (class_at(p->words, at) == WORD_UNIT) {
        p->said->unit = (enum unit)value_at(p->words, at);
        return at + 1;
    }
    if (class_at(p->words, at) != WORD_WORKDAY)
        return 0;
    p->said->unit = UNIT_WORKDAY;
    return at + 1;
}

/* Behind the unit: "an hour and a half", "een uur of twee". */
static size_t length_end(const struct parser *p, size_t end, int32_t *halves)
{
    if (class_at(p->words, end) == WORD_AND && class_at(p->words, end + 1) == WORD_HALF) {
        *halves += 1;
        return end + 2;
    }
    if (class_at(p->words, end) == WORD_AND && class_at(p->words, end + 1) == WORD_A &&
        class_at(p->words, end + 2) == WORD_HALF) {
        *halves += 1;
        return end + 3;
    }
    if (*halves == 2 && class_at(p->words, end) == WORD_OF &&
        class_at(p->words, end + 1) == WORD_NUMBER && value_at(p->words, end + 1) < 10 &&
        !is_counted(p->words, end + 2)) {
        *halves = 2 * value_at(p->words, end + 1);
        return end + 2;
    }
    return end;
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
        has_coming = has_coming || class_at(p->words, end) == WORD_COMING ||
                     class_at(p->words, end) == WORD_NEXT;
        end++;
    }
    p->said->is_vague = false;
    /* "de komende dagen", "binnen het uur" */
    if ((class_at(p->words, end) == WORD_UNIT || class_at(p->words, end) == WORD_WORKDAY) &&
        end > 0 && (end > at || class_at(p->words, end - 1) == WORD_ARTICLE)) {
        bool is_coming =
            class_at(p->words, end - 1) == WORD_COMING || class_at(p->words, end - 1) == WORD_NEXT;
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
    if ((end = unit_at(p, end)) == 0)
        return 0;
    end = length_end(p, end, &halves);
    p->said->halves = halves;
    if (has_coming)
        p->said->qualifier = QUALIFIER_WITHIN; /* "de komende twee weken" */
    return end;
}

static bool is_week_from(const struct parser *p, size_t at)
{
    return p->said->has_length && p->said->unit == UNIT_WEEK && !p->said->qualifier &&
           (is_qualifier(p->words, at, QUALIFIER_FROM) ||
            is_qualifier(p->words, at, QUALIFIER_ON)) &&
           class_at(p->words, at + 1) == WORD_WEEKDAY;
}

/* "twee weken na ontvangst": after what we don't know the day of. */
static bool is_after_event(const struct parser *p, size_t at)
{
    if (!is_qualifier(p->words, at, QUALIFIER_AFTER) || !p->said->has_length)
        return false;
    for (size_t i = at + 1; i < at + 4; i++)
        if (class_at(p->words, i) == WORD_EVENT || class_at(p->words, i) == WORD_OTHER)
            return true;
    return false;
}

/* What a length is counted from: "a week from today", "a week on Monday", "na ontvangst". */
static size_t counted_from(const struct parser *p, size_t at)
{
    struct said *said = p->said;

    if (said->has_length && class_at(p->words, at + 1) == WORD_DAY &&
        value_at(p->words, at + 1) == 0) {
        if (said->qualifier == QUALIFIER_NONE)
            said->qualifier = QUALIFIER_OVER;
        return at + 2;
    }
    if (is_week_from(p, at)) {
        said->has_length = false;
        said->day = (struct said_day){ DAY_WEEKDAY, .weekday = value_at(p->words, at + 1),
                                       .plus_weeks = said->halves / 2 };
        return at + 2;
    }
    if (!is_after_event(p, at))
        return at;
    said->is_event = true;
    return at + 1;
}

/* What stands behind and changes the meaning: ago, per week, na ontvangst, at the latest. */
size_t tail_at(const struct parser *p, size_t end)
{
    struct said *said = p->said;

    for (int i = 0; i < 3; i++) {
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
        case WORD_QUALIFIER:
            return counted_from(p, end);
        default:
            return end;
        }
    }
    return end;
}
