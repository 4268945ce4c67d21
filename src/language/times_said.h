/* times_said.h — what an expression of time says, before it is counted on a calendar. Inside
 * language/times: times_read makes it of words, times_due counts it.
 */
#pragma once

#include "calendar.h"
#include "times.h"
#include "times_words.h"

enum day_form {
    DAY_NONE,
    DAY_RELATIVE,    /* offset: days from today */
    DAY_WEEKDAY,     /* weekday */
    DAY_DATE,        /* dayofmonth, month, year (0: the next) */
    DAY_OF_MONTH,    /* dayofmonth: "de 19e" */
    DAY_FEAST,       /* feast: a FEAST() */
    DAY_OPEN,        /* offset: the nth open day */
    DAY_FOLLOWING,   /* the day after */
    DAY_PERIOD,      /* period, shift from the present one */
    DAY_MONTH,       /* month */
    DAY_WEEK,        /* offset: number of a week */
    DAY_WEEK_OF,     /* the week of dayofmonth, month */
    DAY_NTH_QUARTER, /* offset: 1 to 4, year */
    DAY_NTH,         /* offset: nth (99: last) of `nth`, of a month or a period */
};

/* What is counted inside a month or a period. */
enum nth { NTH_DAY, NTH_WORKDAY, NTH_WEEKDAY, NTH_WEEKEND, NTH_WEEK };

enum edge { EDGE_NONE, EDGE_BEGIN, EDGE_MIDDLE, EDGE_END };

/* What names a day. */
struct said_day {
    enum day_form form;
    int32_t offset, weekday, year, month, dayofmonth, feast;
    enum unit period;
    int32_t shift;
    enum edge edge;
    int32_t plus_weeks; /* "vrijdag over een week" */
    enum nth nth;
    int32_t pick;    /* of a week: the weekday in it, 1 Monday; 0: all of it */
    int32_t in_year; /* of a date or month without `year`, when has_in_year: years from now */
    bool has_in_year;
    bool is_this, is_next, is_last;
    bool is_until;   /* a DAY_FEAST that ends what it is the end of: "tussen kerst en nieuwjaar" */
    bool has_week;   /* a DAY_WEEKDAY in the week of `shift` */
    bool is_of_any;  /* "eind van de dag": today only when no other day is named with it */
    bool is_counted; /* "de dag na", "de week voor": of another day */
};

struct said_clock {
    int32_t minute;
    bool is_loose; /* an hour from 1 to 6 that may be meant in the afternoon */
    bool is_named; /* with "uur", a colon or the like: no bare number */
    bool is_bare;  /* without minutes: may be morning or evening */
    bool is_am;    /* "2 am" */
};

/* To a day that was named before: "de dag daarna", "diezelfde avond". */
enum refers { REFERS_NOT, REFERS_SAME, REFERS_AFTER, REFERS_BEFORE };

enum said_special { SPECIAL_NONE, SPECIAL_SOFT, SPECIAL_SOON, SPECIAL_LATER };

struct said {
    size_t first, end;         /* words */
    size_t gap_first, gap_end; /* of other words between two parts that belong together */
    uint32_t sentence;
    enum qualifier qualifier; /* of the day or the length */
    struct said_day day;
    bool has_anchor; /* "dinsdag na Pasen", "twee weken na 1 mei": counted from `anchor` */
    bool is_before;  /* back from it */
    enum refers refers;
    struct said_day anchor;
    enum day_part part;
    bool is_part_alone; /* without a day, and without "vanavond" */
    bool is_early;      /* "vroeg", "first thing": of the next morning, when no day is named */
    bool is_in_night;   /* "zondag om 3 uur 's nachts": of that day, not behind it */
    bool has_clock, has_window;
    enum qualifier clock_qualifier;
    struct said_clock clock, clock_to;
    bool has_length;
    int32_t halves; /* half units */
    enum unit unit;
    bool is_workday; /* the unit is */
    bool is_vague;
    bool is_about; /* "een dag of drie": nobody counted */
    enum said_special special;
    int32_t
        minutes; /* of SPECIAL_SOON; of SPECIAL_LATER which end: 1 of the week, 2 of the month */
    bool is_already; /* "al drie weken" */
    bool is_then;    /* "vier werkdagen en u hebt het": a length that is a term */
    bool is_aside;   /* of another matter: "over uw afspraak van dinsdag"; weak */
    bool is_asked;   /* what the customer does by then: "zet het voor 7.30 uur buiten" */
    bool is_not_it;  /* "in plaats van vrijdag", "geldig tot 1 mei": no deadline */
    bool is_recurring, is_past, is_event, is_for, is_hours, is_negated, is_static;
    bool is_gone; /* merged into another */
};

/* The expression that begins at word `at`: words read, 0 when none does. */
size_t said_at(const struct time_words *words, size_t at, bool is_short, struct said *out);

/* What the words around it say of it: denied, of another matter, opening hours. `previous`: the
 * expression in front of it, or NULL. */
void said_context(const struct time_words *words, const struct said *previous, struct said *said);

/* The moment it means: false when it means none (or one further off than ten years). */
bool said_due(const struct said *said, const struct calendar *calendar, instant reference,
              struct time_found *out);
