#include "clock.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static _Atomic int64_t latest; /* the greatest that clock_now() ever said */
static _Atomic int64_t fake;   /* 0: the real clock */
static _Atomic int64_t shift;  /* for tests: as if the wall clock had been set */

enum { STEP_MS = 100 }; /* back by less: it stands still for that moment */

static const int days_before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 };

struct calendar {
    int64_t year;
    int month, day; /* from 1 */
    int hour, minute, second, ms;
    int weekday; /* 0: Sunday */
};

/* How far we are ahead of a clock that was set back by `ahead_ms` at the monotonic moment `at_ms`:
 * half as much less as time has passed since. */
static struct {
    pthread_mutex_t lock;
    int64_t ahead_ms, at_ms;
} step = { .lock = PTHREAD_MUTEX_INITIALIZER };
static _Atomic bool is_ahead;

static int64_t ahead_now(void)
{
    int64_t left;

    if (!atomic_load_explicit(&is_ahead, memory_order_relaxed))
        return 0;
    pthread_mutex_lock(&step.lock);
    left = step.ahead_ms - (clock_monotonic_ms() - step.at_ms) / 2;
    if (left <= 0) {
        left = 0;
        atomic_store(&is_ahead, false);
    }
    pthread_mutex_unlock(&step.lock);
    return left;
}

static void note_step(int64_t ahead_ms)
{
    pthread_mutex_lock(&step.lock);
    step.ahead_ms = ahead_ms;
    step.at_ms = clock_monotonic_ms();
    atomic_store(&is_ahead, true);
    pthread_mutex_unlock(&step.lock);
}

static int64_t wall_clock_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 +
           atomic_load_explicit(&shift, memory_order_relaxed);
}

instant clock_now(void)
{
    int64_t faked = atomic_load_explicit(&fake, memory_order_relaxed);
    int64_t seen = atomic_load_explicit(&latest, memory_order_relaxed);
    int64_t wall, now;

    if (faked != 0)
        return (instant){ faked };
    wall = wall_clock_ms();
    now = wall > seen ? wall : wall + ahead_now();
    while (seen < now)
        if (atomic_compare_exchange_weak(&latest, &seen, now))
            return (instant){ now };
    if (seen - now > STEP_MS)
        note_step(seen - wall);
    return (instant){ seen };
}

instant clock_wall(void)
{
    int64_t faked = atomic_load_explicit(&fake, memory_order_relaxed);

    return (instant){ faked != 0 ? faked : wall_clock_ms() };
}

void clock_shift(int64_t ms)
{
    atomic_fetch_add(&shift, ms);
}

void clock_fake(instant at)
{
    atomic_store(&fake, at.ms);
}

void clock_advance(int64_t ms)
{
    assert(atomic_load(&fake) != 0);
    atomic_fetch_add(&fake, ms);
}

int64_t clock_monotonic_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t clock_monotonic_ms(void)
{
    return clock_monotonic_us() / 1000;
}

instant instant_plus(instant at, int64_t ms)
{
    return (instant){ at.ms + ms };
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days from 1970-01-01, of the proleptic Gregorian calendar. The year begins in March, so that
 * the leap day is its last (Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
static int64_t days_from(int64_t year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

static struct calendar calendar_of(instant at)
{
    int64_t days = at.ms / DAY_MS - (at.ms % DAY_MS < 0);
    int64_t ms = (at.ms % DAY_MS + DAY_MS) % DAY_MS;
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t month = (5 * doy + 2) / 153;

    return (struct calendar){
        .year = yoe + era * 400 + (month >= 10),
        .month = (int)(month < 10 ? month + 3 : month - 9),
        .day = (int)(doy - (153 * month + 2) / 5 + 1),
        .hour = (int)(ms / HOUR_MS),
        .minute = (int)(ms / MINUTE_MS % 60),
        .second = (int)(ms / SECOND_MS % 60),
        .ms = (int)(ms % SECOND_MS),
        .weekday = (int)(((days + 4) % 7 + 7) % 7),
    };
}

static char *digits(char *at, int64_t n, int width)
{
    for (int i = width - 1; i >= 0; i--, n /= 10)
        at[i] = (char)('0' + n % 10);
    return at + width;
}

size_t instant_write(instant at, char out[INSTANT_TEXT_MAX])
{
    struct calendar c = calendar_of(at);
    char *end = out;

    if (c.year < 0 || c.year > 9999)
        end += snprintf(out, INSTANT_TEXT_MAX - 20, "%lld", (long long)c.year);
    else
        end = digits(end, c.year, 4);
    *end++ = '-';
    end = digits(end, c.month, 2);
    *end++ = '-';
    end = digits(end, c.day, 2);
    *end++ = 'T';
    end = digits(end, c.hour, 2);
    *end++ = ':';
    end = digits(end, c.minute, 2);
    *end++ = ':';
    end = digits(end, c.second, 2);
    *end++ = '.';
    end = digits(end, c.ms, 3);
    *end++ = 'Z';
    *end = '\0';
    return (size_t)(end - out);
}

/* What is still to be read; `ok` turns false at the first thing that doesn't fit. */
struct reader {
    const char *at, *end;
    bool ok;
};

static int read_digits(struct reader *r, int width, int least, int most)
{
    int n = 0;

    if (r->end - r->at < width)
        r->ok = false;
    for (int i = 0; r->ok && i < width; i++, r->at++) {
        if (*r->at < '0' || *r->at > '9')
            r->ok = false;
        n = n * 10 + (*r->at - '0');
    }
    if (r->ok && (n < least || n > most))
        r->ok = false;
    return r->ok ? n : 0;
}

static bool read_one_of(struct reader *r, const char *chars)
{
    if (!r->ok || r->at == r->end || *r->at == '\0' || !strchr(chars, *r->at))
        return false;
    r->at++;
    return true;
}

static void read_char(struct reader *r, const char *chars)
{
    if (!read_one_of(r, chars))
        r->ok = false;
}

/* The fraction in milliseconds; finer digits are dropped. */
static int read_fraction(struct reader *r)
{
    int ms = 0, scale = 100;

    if (!read_one_of(r, "."))
        return 0;
    ms = scale * read_digits(r, 1, 0, 9);
    for (; r->ok && r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++) {
        scale /= 10;
        ms += scale * (*r->at - '0');
    }
    return ms;
}

static int64_t read_offset(struct reader *r)
{
    int sign, hours, minutes;

    if (read_one_of(r, "Zz"))
        return 0;
    sign = r->ok && r->at < r->end && *r->at == '-' ? -1 : 1;
    read_char(r, "+-");
    hours = read_digits(r, 2, 0, 23);
    read_char(r, ":");
    minutes = read_digits(r, 2, 0, 59);
    return sign * (hours * HOUR_MS + minutes * MINUTE_MS);
}

bool instant_read(const char *s, size_t len, instant *out)
{
    struct reader r = { s, s + len, len > 0 };
    struct calendar c = { 0 };
    int64_t ms;

    c.year = read_digits(&r, 4, 1969, 9999);
    read_char(&r, "-");
    c.month = read_digits(&r, 2, 1, 12);
    read_char(&r, "-");
    c.day = read_digits(&r, 2, 1, 31);
    read_char(&r, "Tt");
    c.hour = read_digits(&r, 2, 0, 23);
    read_char(&r, ":");
    c.minute = read_digits(&r, 2, 0, 59);
    read_char(&r, ":");
    c.second = read_digits(&r, 2, 0, 60);
    c.ms = read_fraction(&r);
    ms = -read_offset(&r);
    if (!r.ok || r.at != r.end)
        return false;
    if (c.day > days_before[c.month] - days_before[c.month - 1] + (c.month == 2 && is_leap(c.year)))
        return false;
    ms += days_from(c.year, c.month, c.day) * DAY_MS + c.hour * HOUR_MS + c.minute * MINUTE_MS +
          c.second * SECOND_MS;
    if (c.second == 60 && ms % DAY_MS != 0) /* a leap second ends a day of UTC */
        return false;
    ms += c.ms;
    /* 0 would be "none". */
    if (ms <= 0 || ms >= days_from(10000, 1, 1) * DAY_MS)
        return false;
    out->ms = ms;
    return true;
}

char *instant_mail(struct arena *mem, instant at)
{
    static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
    static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    struct calendar c = calendar_of(at);

    return arena_printf(mem, "%s, %02d %s %04lld %02d:%02d:%02d +0000", days[c.weekday], c.day,
                        months[c.month - 1], (long long)c.year, c.hour, c.minute, c.second);
}
