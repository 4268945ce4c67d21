#include "chat_hours.h"

#include "../base/text.h"

#include <string.h>
#include <strings.h>

enum { DAY_MINUTES = 24 * 60, LOOK_AHEAD_DAYS = 31 };

/* --- reading -------------------------------------------------------------------------------- */

static const char separators[] = ",;\r\n", blanks[] = " \t";

static int day_named(const char *at)
{
    static const char *const names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

    for (int i = 0; i < 7; i++)
        if (strncasecmp(at, names[i], 3) == 0)
            return i;
    return -1;
}

/* "mon" or "fri-sun"; moves *at behind it. */
static bool read_days(const char **at, int *first, int *last)
{
    *first = *last = day_named(*at);
    if (*first < 0)
        return false;
    *at += 3;
    if (**at != '-')
        return true;
    *last = day_named(*at + 1);
    *at += *last < 0 ? 0 : 4;
    return *last >= 0;
}

static bool read_minute(const char **at, int16_t *out)
{
    int64_t hour, minute;
    size_t len = strspn(*at, "0123456789");

    if (len == 0 || len > 2 || (*at)[len] != ':' || strspn(*at + len + 1, "0123456789") != 2 ||
        !int_read(*at, len, &hour) || !int_read(*at + len + 1, 2, &minute))
        return false;
    *at += len + 3;
    *out = (int16_t)(hour * 60 + minute);
    return minute < 60 && *out <= DAY_MINUTES;
}

static bool read_period(const char **at, struct opening *out)
{
    if (!read_minute(at, &out->from_minute) || *(*at)++ != '-' || !read_minute(at, &out->to_minute))
        return false;
    return out->from_minute < out->to_minute;
}

/* Behind those of that day that are there. */
static bool add_period(struct chat_hours *hours, int day, struct opening period)
{
    size_t n = hours->n[day];

    if (n == OPENINGS_MAX || (n > 0 && hours->periods[day][n - 1].to_minute >= period.from_minute))
        return false;
    hours->periods[day][n] = period;
    hours->n[day]++;
    return true;
}

static bool add_to_days(struct chat_hours *hours, int first, int last, struct opening period)
{
    for (int day = first;; day = (day + 1) % 7) {
        if (!add_period(hours, day, period))
            return false;
        if (day == last)
            return true;
    }
}

static bool read_part(struct chat_hours *hours, const char **at)
{
    struct opening period;
    int first, last, n = 0;

    if (!read_days(at, &first, &last))
        return false;
    for (*at += strspn(*at, blanks); **at && !strchr(separators, **at);
         *at += strspn(*at, blanks), n++)
        if (!read_period(at, &period) || !add_to_days(hours, first, last, period))
            return false;
    return n > 0;
}

bool chat_hours_read(const char *text, struct chat_hours *out, struct err *err)
{
    *out = (struct chat_hours){ .is_always = text_is_blank(text) };
    if (out->is_always)
        return true;
    for (const char *at = text; *(at += strspn(at, ",; \t\r\n"));)
        if (!read_part(out, &at))
            return err_set(err, ERR_INVALID,
                           "must be days and hours in order, as mon-fri 09:00-17:00, sat "
                           "10:00-13:00");
    return true;
}

/* --- asking --------------------------------------------------------------------------------- */

static int32_t in_utc(const void *arg, instant at)
{
    (void)arg, (void)at;
    return 0;
}

static bool is_holiday(const struct chat_hours *hours, day_number day)
{
    const struct calendar *country = hours->is_belgian ? &calendar_belgian : &calendar_dutch;
    struct opening unused[OPENINGS_MAX];

    return hours->has_holidays && weekday_of(day) < 5 &&
           country->openings(country->arg, day, unused) == 0;
}

static size_t openings_of(const void *arg, day_number day, struct opening out[OPENINGS_MAX])
{
    const struct chat_hours *hours = arg;
    int weekday = weekday_of(day);

    if (is_holiday(hours, day))
        return 0;
    memcpy(out, hours->periods[weekday], sizeof(hours->periods[weekday]));
    return hours->n[weekday];
}

bool chat_hours_are_open(const struct chat_hours *hours, instant at, instant *next)
{
    const struct calendar calendar = { .arg = hours,
                                       .openings = openings_of,
                                       .offset_s =
                                           hours->is_utc ? in_utc : calendar_central_europe };
    struct local_time now = calendar_local(&calendar, at);
    struct opening periods[OPENINGS_MAX];

    *next = (instant){ 0 };
    if (hours->is_always)
        return true;
    for (day_number day = now.day; day < now.day + LOOK_AHEAD_DAYS; day++) {
        size_t n = openings_of(hours, day, periods);
        int32_t minute = day == now.day ? now.minute : -1;
        for (size_t i = 0; i < n; i++) {
            if (periods[i].from_minute <= minute && minute < periods[i].to_minute)
                return true;
            if (periods[i].from_minute > minute) {
                *next = calendar_instant(&calendar, day, periods[i].from_minute);
                return false;
            }
        }
    }
    return false;
}
