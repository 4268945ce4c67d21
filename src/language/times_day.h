/* times_day.h — the pieces of the grammar of days and periods. Inside language/times.
 *
 * Each piece looks at the words from `at` on, writes the day, and says where it ended; 0: it isn't
 * there.
 */
#pragma once

#include "times_read.h"

struct piece {
    const struct time_words *words;
    bool is_short;
    bool is_behind;           /* a weekday */
    enum qualifier qualifier; /* in front */
    struct said_day *day;
    enum day_part *part;
};

static inline size_t skip(const struct time_words *words, size_t at, enum word_class first,
                          enum word_class second)
{
    for (int i = 0; i < 3 && (class_at(words, at) == first || class_at(words, at) == second); i++)
        at++;
    return at;
}

/* times_day.c */
/* A year behind a date or month: "2026", "volgend jaar"; `at` when there is none. */
size_t year_at(const struct piece *p, size_t at);
size_t calendar_date_at(const struct piece *p, size_t at);

/* times_period.c */
bool is_year(const struct time_words *words, size_t at);
size_t pointed_at(const struct piece *p, size_t at);      /* "deze week", "volgende dinsdag" */
size_t pointed_behind(const struct piece *p, size_t end); /* "lundi prochain" */
size_t month_or_unit_at(const struct piece *p, size_t at);
size_t week_at(const struct piece *p, size_t at);
size_t quarter_at(const struct piece *p, size_t at);
size_t edged_at(const struct piece *p, size_t at);      /* "eind van de week" */
size_t closing_at(const struct piece *p, size_t at);    /* (before) "the week is out" */
size_t period_end_at(const struct piece *p, size_t at); /* "month end" */

/* times_nth.c: "de eerste maandag van mei", "last working day of the month", "de 15e van volgende
 * maand", "2e pinksterdag", "de eerste werkdag" (na …). */
size_t nth_at(const struct piece *p, size_t at);
