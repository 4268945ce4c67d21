#include "calendar.h"

#include <string.h>

enum {
    DAY_MINUTES = 24 * 60,
    LOOK_MAX = 3653, /* days: ten years */
    END_OF_DAY = 17 * 60,
};

/* --- dates --- */

/* March is the first month here, so that a leap day is the last of its year; 400 years, an era,
 * have always 146097 days. */
enum { ERA_DAYS = 146097, ERA_YEARS = 400, EPOCH_DAYS = 719468 /* 0000-03-01 to 1970-01-01 */ };

static int32_t floor_div(int32_t a, int32_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

int weekday_of(day_number day)
{
    int weekday = (int)((day % 7 + 3) % 7); /* 1970-01-01 was a Thursday */

    return weekday < 0 ? weekday + 7 : weekday;
}

day_number day_of(int year, int month, int dayofmonth)
{
    int32_t y = month <= 2 ? year - 1 : year;
    int32_t era = floor_div(y, ERA_YEARS), year_of_era = y - era * ERA_YEARS;
    int32_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + dayofmonth - 1;

    return era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           EPOCH_DAYS;
}

void date_of(day_number day, int *year, int *month, int *dayofmonth)
{
    int32_t days = day + EPOCH_DAYS, era = floor_div(days, ERA_DAYS);
    int32_t day_of_era = days - era * ERA_DAYS;
    int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month_from_march = (5 * day_of_year + 2) / 153;

    *dayofmonth = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    *month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    *year = year_of_era + era * ERA_YEARS + (*month <= 2 ? 1 : 0);
}

/* Meeus, Jones and Butcher: the letters are theirs. */
day_number easter_of(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30;
    int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;

    return day_of(year, n / 31, n % 31 + 1);
}

/* --- closed days --- */

enum { FROM_EASTER = 0 }; /* a month that says: so many days after Easter */

struct holiday {
    int month, day;
    int every;       /* years */
    bool not_sunday; /* then the day before */
};

static const struct holiday dutch_holidays[] = {
    { 1,           1,  1, false },
    { FROM_EASTER, 0,  1, false },
    { FROM_EASTER, 1,  1, false },
    { 4,           27, 1, true  },
    { 5,           5,  5, false },
    { FROM_EASTER, 39, 1, false },
    { FROM_EASTER, 49, 1, false },
    { FROM_EASTER, 50, 1, false },
    { 12,          25, 1, false },
    { 12,          26, 1, false },
};

static const struct holiday belgian_holidays[] = {
    { 1,           1,  1, false },
    { FROM_EASTER, 0,  1, false },
    { FROM_EASTER, 1,  1, false },
    { 5,           1,  1, false },
    { FROM_EASTER, 39, 1, false },
    { FROM_EASTER, 49, 1, false },
    { FROM_EASTER, 50, 1, false },
    { 7,           21, 1, false },
    { 8,           15, 1, false },
    { 11,          1,  1, false },
    { 11,          11, 1, false },
    { 12,          25, 1, false },
};

/* What the argument of our two calendars is. */
struct country {
    const struct holiday *holidays;
    size_t n;
};

static const struct country netherlands = { dutch_holidays, COUNT(dutch_holidays) };
static const struct country belgium = { belgian_holidays, COUNT(belgian_holidays) };

static bool is_holiday(const struct country *country, day_number day)
{
    int year, month, dayofmonth;

    date_of(day, &year, &month, &dayofmonth);
    for (size_t i = 0; i < country->n; i++) {
        const struct holiday *h = &country->holidays[i];
        day_number at =
            h->month == FROM_EASTER ? easter_of(year) + h->day : day_of(year, h->month, h->day);

        if (h->not_sunday && weekday_of(at) == 6)
            at--;
        if (at == day && year % h->every == 0)
            return true;
    }
    return false;
}

size_t calendar_office_hours(const void *arg, day_number day, struct opening out[OPENINGS_MAX])
{
    (void)arg;
    if (weekday_of(day) >= 5)
        return 0;
    out[0] = (struct opening){ 9 * 60, END_OF_DAY };
    return 1;
}

static size_t country_hours(const void *arg, day_number day, struct opening out[OPENINGS_MAX])
{
    return is_holiday(arg, day) ? 0 : calendar_office_hours(NULL, day, out);
}

/* --- zone --- */

/* 01:00 UTC on the last Sunday of a month of 31 days, in seconds since 1970. */
static int64_t last_sunday(int year, int month)
{
    day_number last = day_of(year, month, 31);

    last -= (weekday_of(last) + 1) % 7;
    return (int64_t)last * 86400 + 3600;
}

static int64_t seconds_of(instant at)
{
    return at.ms / 1000 - (at.ms % 1000 < 0 ? 1 : 0);
}

static day_number whole_days(int64_t seconds)
{
    return (day_number)(seconds / 86400 - (seconds % 86400 < 0 ? 1 : 0));
}

/* As directive 2000/84/EC says: an hour ahead from the last Sunday of March to that of October. */
int32_t calendar_central_europe(const void *arg, instant at)
{
    int64_t seconds = seconds_of(at);
    int year, month, dayofmonth;

    (void)arg;
    date_of(whole_days(seconds), &year, &month, &dayofmonth);
    return seconds >= last_sunday(year, 3) && seconds < last_sunday(year, 10) ? 7200 : 3600;
}

const struct calendar calendar_dutch = { &netherlands, country_hours, calendar_central_europe,
                                         false };
const struct calendar calendar_belgian = { &belgium, country_hours, calendar_central_europe,
                                           false };

struct local_time calendar_local(const struct calendar *calendar, instant at)
{
    int64_t seconds = seconds_of(at) + calendar->offset_s(calendar->arg, at);
    day_number day = whole_days(seconds);
    int32_t of_day = (int32_t)(seconds - (int64_t)day * 86400);

    return (struct local_time){ day, of_day / 60, of_day % 60 };
}

instant calendar_instant(const struct calendar *calendar, day_number day, int32_t minute)
{
    int64_t local = (int64_t)day * DAY_MS + minute * MINUTE_MS;
    int64_t before = 1000 * calendar->offset_s(calendar->arg, (instant){ local - DAY_MS });
    int64_t after = 1000 * calendar->offset_s(calendar->arg, (instant){ local + DAY_MS });
    instant first = { local - before }, second = { local - after };

    /* By the offset of the day before, when that one still holds then: of an hour that comes twice
     * the first. In the hour that is skipped neither holds: an hour later. */
    if (1000 * calendar->offset_s(calendar->arg, first) == before ||
        1000 * calendar->offset_s(calendar->arg, second) != after)
        return first;
    return second;
}

/* --- open days --- */

bool calendar_is_open(const struct calendar *calendar, day_number day)
{
    struct opening openings[OPENINGS_MAX];

    return calendar->openings(calendar->arg, day, openings) > 0;
}

int32_t calendar_end_of_day(const struct calendar *calendar, day_number day)
{
    struct opening openings[OPENINGS_MAX];
    size_t n = calendar->openings(calendar->arg, day, openings);

    return n > 0 ? openings[n - 1].to_minute : END_OF_DAY;
}

day_number calendar_open_day(const struct calendar *calendar, day_number day, int32_t n)
{
    int32_t step = n < 0 ? -1 : 1, left = n < 0 ? -n : n;

    for (int32_t looked = 0; left > 0 && looked < LOOK_MAX; looked++) {
        day += step;
        if (calendar_is_open(calendar, day))
            left--;
    }
    return day;
}

instant calendar_after_work(const struct calendar *calendar, instant at, int32_t minutes)
{
    struct local_time local = calendar_local(calendar, at);
    int32_t now = local.minute;

    for (day_number day = local.day; day <= local.day + LOOK_MAX; day++, now = 0) {
        struct opening openings[OPENINGS_MAX];
        size_t n = calendar->openings(calendar->arg, day, openings);

        for (size_t i = 0; i < n; i++) {
            int32_t from = openings[i].from_minute > now ? openings[i].from_minute : now;

            if (from + minutes <= openings[i].to_minute)
                return calendar_instant(calendar, day, from + minutes);
            if (from < openings[i].to_minute)
                minutes -= openings[i].to_minute - from;
        }
    }
    return calendar_instant(calendar, local.day + LOOK_MAX, END_OF_DAY);
}
