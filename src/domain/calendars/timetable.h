/* timetable.h — opening hours as people say them: a week, public holidays, and days that differ.
 *
 * A day that differs wins over a public holiday, and that one over the week; of several that differ
 * the one of the fewest days wins, else the last. Pure.
 */
#pragma once

#include "../../base/err.h"
#include "../../base/field.h"
#include "../../language/calendar.h"

enum {
    TIMETABLE_EXCEPTIONS_MAX = 500,
    TIMETABLE_SPAN_DAYS_MAX = 366, /* of one exception */
    TIMETABLE_NAME_MAX = 100,
};

/* "09:00" to "17:00" of the local day; "24:00" is its end. */
struct timetable_period {
    unsigned day; /* 0: Monday; not of an exception's */
    const char *from, *to;
};

struct timetable_exception {
    const char *from, *to; /* days, as 2026-12-24; to NULL: the same */
    const char *name;
    bool every_year;
    struct list periods; /* of struct timetable_period; none: closed */
};

struct timetable {
    const char *time_zone; /* NULL: the organisation's */
    bool rolls_forward;    /* as in language/calendar.h */
    struct list week;      /* of struct timetable_period */
    struct list holidays;  /* of texts: names in holidays.h */
    struct list exceptions;
};

/* The fields of a member `timetable` of struct s. */
#define TIMETABLE_FIELDS(s)                                                                        \
    FIELD_AT(s, timetable.time_zone, "time_zone", KIND_TEXT, .max = 64,                            \
             .doc = "As Europe/Brussels; the organisation's when left out"),                       \
        FIELD_AT(s, timetable.rolls_forward, "rolls_forward", KIND_BOOL,                           \
                 .doc = "A term in days that ends on a closed day ends on the next open one"),     \
        FIELD_AT(s, timetable.week, "week", KIND_LIST, .of = timetable_week_fields,                \
                 .size = sizeof(struct timetable_period), .max = 7 * OPENINGS_MAX,                 \
                 .doc = "The opening hours of a usual week"),                                      \
        FIELD_AT(s, timetable.holidays, "holidays", KIND_LIST, .max = 64,                          \
                 .doc = "On which public holidays it's closed, see /api/v1/holidays"),             \
        FIELD_AT(s, timetable.exceptions, "exceptions", KIND_LIST,                                 \
                 .of = timetable_exception_fields, .size = sizeof(struct timetable_exception),     \
                 .max = TIMETABLE_EXCEPTIONS_MAX, .doc = "Days that differ; no periods: closed")
#define FIELD_AT(s, member, label, k, ...)                                                         \
    { .name = label, .at = offsetof(struct s, member), .kind = k, __VA_ARGS__ }
extern const struct field timetable_week_fields[];
extern const struct field timetable_exception_fields[];
/* Of struct timetable itself, as it's stored. */
extern const struct field timetable_fields[];

/* Sorts the periods, and says what makes no sense: ERR_INVALID with the field. The zone isn't
 * looked at. */
MUST_CHECK bool timetable_check(struct arena *mem, struct timetable *timetable, struct err *err);
/* The calendar of a checked one, in mem: fast from three years before `at` to ten years after, and
 * right before and behind that. `zone`: where nothing else is said. */
void timetable_calendar(struct arena *mem, const struct timetable *timetable, const char *zone,
                        instant at, struct calendar *out);
/* Monday to Friday 9-17 without the public holidays of its country. */
void timetable_usual(struct arena *mem, const char *zone, struct timetable *out);

/* Why a day isn't as in the week: the name of the exception ("" without one) or holiday; NULL: it
 * is. *is_exception says which. Only for what timetable_calendar() made. */
const char *timetable_why(const struct calendar *calendar, day_number day, bool *is_exception);

/* "2026-12-24"; false for anything that isn't a day of 1970-9999. */
bool day_read(const char *text, day_number *out);
char *day_write(struct arena *mem, day_number day);
/* "09:00", "24:00"; false for anything else. */
bool minute_read(const char *text, int16_t *out);
char *minute_write(struct arena *mem, int32_t minute);
