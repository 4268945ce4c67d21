#include "holidays.h"

#include "../../base/base.h"

#include <string.h>

enum { NL = HOLIDAY_NETHERLANDS, BE = HOLIDAY_BELGIUM, BOTH = NL | BE };

/* Liberation Day is a day off every five years for most, every year for some: two rows. */
const struct public_holiday public_holidays[] = {
    { "new_year",             "New Year's Day",         BOTH, BOTH, 1,  1,  1, false },
    { "good_friday",          "Good Friday",            0,    BOTH, 0,  -2, 1, false },
    { "easter",               "Easter Sunday",          BOTH, BOTH, 0,  0,  1, false },
    { "easter_monday",        "Easter Monday",          BOTH, BOTH, 0,  1,  1, false },
    { "kings_day",            "King's Day",             NL,   NL,   4,  27, 1, true  },
    { "liberation_day",       "Liberation Day",         0,    NL,   5,  5,  1, false },
    { "liberation_day_fifth", "Liberation Day",         NL,   NL,   5,  5,  5, false },
    { "labour_day",           "Labour Day",             BE,   BE,   5,  1,  1, false },
    { "ascension",            "Ascension Day",          BOTH, BOTH, 0,  39, 1, false },
    { "ascension_friday",     "Friday after Ascension", 0,    BOTH, 0,  40, 1, false },
    { "whit_sunday",          "Whit Sunday",            BOTH, BOTH, 0,  49, 1, false },
    { "whit_monday",          "Whit Monday",            BOTH, BOTH, 0,  50, 1, false },
    { "iris_day",             "Iris Day",               0,    BE,   5,  8,  1, false },
    { "flemish_day",          "Flemish Community Day",  0,    BE,   7,  11, 1, false },
    { "belgian_day",          "Belgian National Day",   BE,   BE,   7,  21, 1, false },
    { "assumption",           "Assumption",             BE,   BE,   8,  15, 1, false },
    { "french_day",           "French Community Day",   0,    BE,   9,  27, 1, false },
    { "all_saints",           "All Saints",             BE,   BE,   11, 1,  1, false },
    { "all_souls",            "All Souls",              0,    BE,   11, 2,  1, false },
    { "armistice",            "Armistice Day",          BE,   BE,   11, 11, 1, false },
    { "belgian_kings_feast",  "King's Feast",           0,    BE,   11, 15, 1, false },
    { "saint_nicholas_eve",   "Saint Nicholas Eve",     0,    NL,   12, 5,  1, false },
    { "christmas_eve",        "Christmas Eve",          0,    BOTH, 12, 24, 1, false },
    { "christmas",            "Christmas Day",          BOTH, BOTH, 12, 25, 1, false },
    { "second_christmas",     "Boxing Day",             NL,   BOTH, 12, 26, 1, false },
    { "new_years_eve",        "New Year's Eve",         0,    BOTH, 12, 31, 1, false },
};
_Static_assert(COUNT(public_holidays) == PUBLIC_HOLIDAYS_N, "the header says how many there are");

int holiday_named(const char *name)
{
    for (int i = 0; i < PUBLIC_HOLIDAYS_N; i++)
        if (strcmp(public_holidays[i].name, name) == 0)
            return i;
    return -1;
}

static bool find(const struct public_holiday *holiday, int year, day_number easter, day_number *out)
{
    *out = holiday->month == 0 ? easter + holiday->day : day_of(year, holiday->month, holiday->day);
    if (holiday->not_sunday && weekday_of(*out) == 6)
        --*out;
    return year % holiday->every == 0;
}

bool holiday_in(const struct public_holiday *holiday, int year, day_number *out)
{
    return find(holiday, year, easter_of(year), out);
}

int holiday_on(uint32_t which, day_number day)
{
    int year, month, dayofmonth;
    day_number easter, at;

    date_of(day, &year, &month, &dayofmonth);
    easter = easter_of(year);
    for (int i = 0; i < PUBLIC_HOLIDAYS_N; i++)
        if (which >> i & 1 && find(&public_holidays[i], year, easter, &at) && at == day)
            return i;
    return -1;
}

uint32_t holidays_usual(unsigned countries)
{
    uint32_t which = 0;

    for (int i = 0; i < PUBLIC_HOLIDAYS_N; i++)
        if (public_holidays[i].usual_in & countries)
            which |= (uint32_t)1 << i;
    return which;
}
