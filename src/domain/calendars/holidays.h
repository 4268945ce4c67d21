/* holidays.h — the public holidays of the Netherlands and Belgium, computed for any year.
 *
 * Pure. The names are what a calendar stores: never renamed.
 */
#pragma once

#include "../../language/calendar.h"

enum holiday_country {
    HOLIDAY_NETHERLANDS = 1,
    HOLIDAY_BELGIUM = 2,
};

struct public_holiday {
    const char *name;  /* "kings_day" */
    const char *title; /* "King's Day": where nobody knows a language */
    unsigned usual_in; /* enum holiday_country, added up: where most are closed on it */
    unsigned known_in; /* where it's kept at all */
    int month, day;    /* month 0: so many days after Easter Sunday */
    int every;         /* only in years that this divides */
    bool not_sunday;   /* then the day before */
};

extern const struct public_holiday public_holidays[];
enum { PUBLIC_HOLIDAYS_N = 26 };

/* Its number in the table; -1 for a name that isn't there. */
int holiday_named(const char *name);
/* When it is in a year; false when it isn't. */
bool holiday_in(const struct public_holiday *holiday, int year, day_number *out);
/* The first of those (bit i for number i) that is on a day; -1: none. */
int holiday_on(uint32_t which, day_number day);
/* Those on which most are closed in these countries. */
uint32_t holidays_usual(unsigned countries);
