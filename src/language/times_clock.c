/* Clock times: 9.30 uur, half drie, kwart voor vier, 2 pm, noon. */
#include <string.h>

#include "times_read.h"

static bool is_hour(const struct time_word *word)
{
    return (word->class == WORD_NUMBER && word->value <= 24 &&
            (word->value > 0 || word->digits > 0)) ||
           word->class == WORD_ONE;
}

static bool is_twelve_hour(const struct time_word *word)
{
    return is_hour(word) && word->value >= 1 && word->value <= 12;
}

static bool is_hour_unit(const struct time_word *word)
{
    return word->class == WORD_OCLOCK || (word->class == WORD_UNIT && word->value == UNIT_HOUR);
}

/* "to" and "past" of English are also "tot" and "afgelopen": by their length. */
static int32_t direction_of(const struct time_word *word)
{
    uint32_t len = word->to - word->from;

    if (word->class == WORD_QUALIFIER && word->value == QUALIFIER_BEFORE)
        return -1;
    if (word->class == WORD_QUALIFIER && word->value == QUALIFIER_UNTIL && len == 2)
        return -1;
    if (word->class == WORD_QUALIFIER && word->value == QUALIFIER_OVER && len == 4)
        return 1;
    if (word->class == WORD_QUALIFIER && word->value == QUALIFIER_AFTER && len == 2)
        return 1; /* kwart na vier, in Flemish */
    return word->class == WORD_LAST && len == 4 ? 1 : 0;
}

static void set(struct said_clock *out, int32_t minute, bool is_named)
{
    *out = (struct said_clock){ .minute = minute, .is_named = is_named };
    out->is_loose = minute > 0 && minute < 7 * 60;
    out->is_bare = minute <= 12 * 60;
}

/* What may follow: "uur", "pm". */
static size_t clock_end(const struct time_words *words, size_t at, struct said_clock *out)
{
    if (is_hour_unit(word_at(words, at))) {
        out->is_named = true;
        at++;
        /* "8.30 u. en" */
        if (word_at(words, at)->class == WORD_SIGN && word_at(words, at)->value == '.' &&
            word_at(words, at - 1)->to - word_at(words, at - 1)->from == 1)
            at++;
    }
    if (word_at(words, at)->class == WORD_HALF_DAY && out->minute < 13 * 60) {
        int32_t hour = out->minute / 60 % 12 + word_at(words, at)->value;

        set(out, hour * 60 + out->minute % 60, true);
        out->is_loose = out->is_bare = false;
        out->is_am = word_at(words, at)->value == 0;
        at++;
    }
    return at;
}

/* Minutes before or after a full or half hour: "kwart voor vier", "tien over half elf". */
static size_t spoken_at(const struct time_words *words, size_t at, struct said_clock *out)
{
    const struct time_word *word = word_at(words, at);
    int32_t minutes = word->value, direction, half = 0;

    if (word->class != WORD_QUARTER && (word->class != WORD_NUMBER || minutes < 1 || minutes > 29))
        return 0;
    at++;
    if (word->class == WORD_NUMBER && word_at(words, at)->class == WORD_UNIT &&
        word_at(words, at)->value == UNIT_MINUTE)
        at++;
    direction = direction_of(word_at(words, at));
    if (direction == 0)
        return 0;
    /* "eleven to one" is from … to … */
    if (is_qualifier(words, at, QUALIFIER_UNTIL) && word->class == WORD_NUMBER &&
        minutes % 5 != 0 && !is_unit(words, at - 1, UNIT_MINUTE))
        return 0;
    at++;
    if (word_at(words, at)->class == WORD_HALF) {
        half = 30;
        at++;
    }
    if (!is_twelve_hour(word_at(words, at)))
        return 0;
    if (is_counted(words, at + 1) && !is_hour_unit(word_at(words, at + 1)))
        return 0;
    set(out, word_at(words, at)->value * 60 - half + direction * minutes, true);
    return clock_end(words, at + 1, out);
}

/* 2:30: "half drie", "half two", "half past two". */
static size_t half_at(const struct time_words *words, size_t at, struct said_clock *out)
{
    int32_t minutes = -30;

    if (word_at(words, at)->class != WORD_HALF)
        return 0;
    at++;
    if (direction_of(word_at(words, at)) > 0) {
        minutes = 30;
        at++;
    }
    if (!is_twelve_hour(word_at(words, at)))
        return 0;
    if (word_at(words, at)->is_english)
        minutes = 30;
    set(out, word_at(words, at)->value * 60 + minutes, true);
    return clock_end(words, at + 1, out);
}

/* 9.30, 14:00, 14u30: two digits behind a mark or an hour, nothing between. */
static bool minutes_at(const struct time_words *words, size_t at, int32_t *minutes)
{
    const struct time_word *word = word_at(words, at);

    if (word->class != WORD_NUMBER || word->digits != 2 || word->value > 59)
        return false;
    *minutes = word->value;
    return true;
}

static size_t digits_at(const struct time_words *words, size_t at, bool is_sure,
                        struct said_clock *out)
{
    const struct time_word *hour = word_at(words, at), *mark = word_at(words, at + 1);
    int32_t minutes;
    size_t end;

    if (hour->digits == 0 || hour->digits > 2 || hour->value > 24 || !mark->is_glued ||
        mark->class != WORD_SIGN || (mark->value != '.' && mark->value != ':') ||
        !word_at(words, at + 2)->is_glued || !minutes_at(words, at + 2, &minutes))
        return 0;
    set(out, hour->value * 60 + minutes, mark->value == ':');
    end = clock_end(words, at + 3, out);
    /* 12.50 may be a price, 13.03.2026 is a date. */
    if ((!out->is_named && !is_sure) ||
        (word_at(words, end)->is_glued && word_at(words, end)->class == WORD_SIGN &&
         word_at(words, end)->value == mark->value && word_at(words, end + 1)->is_glued &&
         word_at(words, end + 1)->class == WORD_NUMBER))
        return 0;
    out->is_loose = out->is_loose && hour->digits == 1 && hour->value > 0; /* 0.30 */
    out->is_bare = out->is_bare && hour->digits == 1;
    out->is_named = true;
    return end;
}

/* "(three) this afternoon", "(zes) vanavond" */
static bool is_part_of_today(const struct time_words *words, size_t at)
{
    return class_at(words, at) == WORD_THIS_PART ||
           (class_at(words, at) == WORD_THIS && class_at(words, at + 1) == WORD_PART);
}

/* "(three) thirty" */
static bool is_spoken_minute(const struct time_word *word)
{
    return word->class == WORD_NUMBER && word->digits == 0 && word->value >= 10 &&
           word->value < 60 && word->value % 5 == 0;
}

/* In front of it stands a mark, or another sentence: "Three this afternoon", not "nummer drie". */
static bool begins(const struct time_words *words, size_t at)
{
    return at == 0 || class_at(words, at - 1) == WORD_SIGN ||
           word_at(words, at - 1)->sentence != word_at(words, at)->sentence;
}

/* Behind a number of hours: they are no length. "zes uur vanavond", "7 uur 's avonds", "16u00". */
static bool tells_clock(const struct time_words *words, size_t at)
{
    int32_t minutes;

    if (minutes_at(words, at, &minutes))
        return word_at(words, at)->is_glued;
    if (class_at(words, at) == WORD_ARTICLE)
        at++;
    return is_part_of_today(words, at) || class_at(words, at) == WORD_PART ||
           class_at(words, at) == WORD_DAY || class_at(words, at) == WORD_WEEKDAY;
}

size_t clock_at(const struct time_words *words, size_t at, bool is_sure, bool is_bare_fine,
                struct said_clock *out)
{
    const struct time_word *word = word_at(words, at), *next = word_at(words, at + 1);
    size_t end;
    int32_t minutes;

    if (word->class == WORD_NUMBER && word->value == 12 && next->class == WORD_CLOCK)
        word = word_at(words, ++at); /* "12 noon" */
    if (word->class == WORD_CLOCK) {
        set(out, word->value, true);
        out->is_bare = out->is_loose = false;
        return at + 1;
    }
    if (word->class == WORD_HOURS && is_sure) {
        set(out, word->value * 60, true);
        return at + 1;
    }
    if ((end = half_at(words, at, out)) > 0 || (end = spoken_at(words, at, out)) > 0 ||
        (end = digits_at(words, at, is_sure, out)) > 0)
        return end;
    if (word->class == WORD_NUMBER && word->digits == 4 && is_sure && is_bare_fine &&
        (word->value < 1000 || is_hour_unit(next)) && word->value < 2400 &&
        word->value % 100 < 60) { /* 0900, 1430 hours */
        set(out, word->value / 100 * 60 + word->value % 100, true);
        out->is_loose = out->is_bare = false;
        return is_hour_unit(next) ? at + 2 : at + 1;
    }
    if (!is_hour(word) || word->digits > 2)
        return 0;
    set(out, word->value * 60, false);
    out->is_loose = out->is_loose && !(word->digits == 2);
    if (word->digits == 0 && word->is_english && is_sure && is_spoken_minute(next) &&
        !is_counted(words, at + 2)) { /* "three thirty" */
        out->minute += next->value;
        out->is_named = true;
        out->is_bare = false;
        return clock_end(words, at + 2, out);
    }
    if (word->class == WORD_ONE && is_hour_unit(next) &&
        next->to - next->from == strlen("hour")) /* "to an hour" */
        return 0;
    if (is_hour_unit(next)) {
        if (!is_sure && next->class != WORD_OCLOCK &&
            (next->is_plural || !tells_clock(words, at + 2)))
            return 0;
        out->is_named = true;
        end = at + 2;
        if (minutes_at(words, end, &minutes) && word->digits > 0 &&
            (word_at(words, end)->is_glued || next->to - next->from > 1)) {
            out->minute += minutes;
            out->is_bare = out->is_bare && minutes == 0;
            end++;
        }
        return clock_end(words, end, out);
    }
    if (next->class == WORD_HALF_DAY)
        return clock_end(words, at + 1, out);
    is_bare_fine = is_bare_fine || next->class == WORD_ISH ||
                   (is_part_of_today(words, at + 1) && begins(words, at));

    if (!is_bare_fine || word->class == WORD_ONE || is_counted(words, at + 1) ||
        (next->class == WORD_RANK && next->is_glued) || /* "the 3rd" */
        (next->class == WORD_OF && word->digits == 0))  /* "one of us" */
        return 0;
    return at + 1;
}

/* The dash of "9-11", which is none of "22-03-2024". */
static bool is_range(const struct time_words *words, size_t at)
{
    const struct time_word *dash = word_at(words, at), *behind = word_at(words, at + 2);

    return dash->class == WORD_SIGN && dash->value == '-' && is_hour(word_at(words, at + 1)) &&
           word_at(words, at + 1)->digits <= 2 &&
           !(behind->class == WORD_SIGN && behind->is_glued && behind->value == '-');
}

/* Between two clock times, whatever stands between: "13.00 en 15.00", "8-12 uur". */
size_t window_at(const struct time_words *words, size_t at, enum qualifier qualifier, bool is_sure,
                 struct said *out)
{
    struct said_clock from, to;
    bool is_open = qualifier == QUALIFIER_BETWEEN;
    const struct time_word *word;
    size_t end;

    is_sure = is_sure || is_open;
    word = word_at(words, at + 1);
    if (is_hour(word_at(words, at)) &&
        (((is_open || qualifier == QUALIFIER_FROM) && direction_of(word) < 0) ||
         is_range(words, at + 1))) {
        set(&from, word_at(words, at)->value * 60, false); /* "from 10 to 12" is no 11:50 */
        end = at + 1;
    } else {
        end = clock_at(words, at, true, true, &from);
    }
    if (end == 0 && word_at(words, at)->class == WORD_ONE) { /* tussen een en drie */
        set(&from, 60, false);
        end = at + 1;
    }
    if (end == 0)
        return 0;
    word = word_at(words, end);
    if (!(word->class == WORD_AND && is_open) && word->class != WORD_A &&
        !(word->class == WORD_QUALIFIER && word->value == QUALIFIER_UNTIL) &&
        !(word->class == WORD_SIGN && (word->value == '-' || word->value == 0)))
        return 0;
    at = ++end;
    end = clock_at(words, at, true, true, &to);
    if (end == 0 && word_at(words, at)->class == WORD_ONE && !is_counted(words, at + 1)) {
        set(&to, 60, false);
        end = at + 1;
    }
    /* "6 tot 8 april", "five to seven working days" */
    if (end > 0 && !to.is_named && is_counted(words, end))
        return 0;
    if (end == 0 || (!is_open && !from.is_named && !to.is_named && !is_sure) ||
        (!is_open && !from.is_named && !to.is_named && word->class != WORD_SIGN &&
         qualifier != QUALIFIER_FROM && !(is_sure && class_at(words, end) == WORD_SIGN)))
        return 0;
    if (to.is_loose)
        to.minute += 12 * 60;
    else if (!to.is_bare && !from.is_named && from.minute < 12 * 60 &&
             from.minute + 12 * 60 < to.minute)
        from.minute += 12 * 60; /* between 2 and 4 pm */
    if (from.is_loose && from.minute + 12 * 60 < to.minute)
        from.minute += 12 * 60;
    out->has_clock = out->has_window = true;
    out->clock = from;
    out->clock_to = to;
    out->clock.is_loose = out->clock_to.is_loose = false;
    return end;
}
