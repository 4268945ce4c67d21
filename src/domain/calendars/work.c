#include "work.h"

/* A piece of a local day during which the clock isn't changed. */
struct piece {
    instant from, to;
    day_number day;
    int64_t midnight_ms; /* when the day would have begun by the clock of this piece */
    size_t n;
    struct opening openings[OPENINGS_MAX];
};

static int64_t offset_ms(const struct calendar *calendar, instant at)
{
    return SECOND_MS * calendar->offset_s(calendar->arg, at);
}

static day_number day_at(int64_t local_ms)
{
    return (day_number)(local_ms / DAY_MS - (local_ms % DAY_MS < 0 ? 1 : 0));
}

/* The first moment behind `from` with another offset; before `to`, which has one. */
static instant change_between(const struct calendar *calendar, instant from, instant to,
                              int64_t offset)
{
    while (to.ms - from.ms > 1) {
        instant middle = { from.ms + (to.ms - from.ms) / 2 };
        if (offset_ms(calendar, middle) == offset)
            from = middle;
        else
            to = middle;
    }
    return to;
}

/* The piece that begins at `at`. */
static void piece_at(const struct calendar *calendar, instant at, struct piece *out)
{
    int64_t offset = offset_ms(calendar, at);
    instant last;

    out->day = day_at(at.ms + offset);
    out->midnight_ms = (int64_t)out->day * DAY_MS - offset;
    out->from = at;
    out->to = (instant){ out->midnight_ms + DAY_MS };
    out->n = calendar->openings(calendar->arg, out->day, out->openings);
    last = (instant){ out->to.ms - 1 };
    if (offset_ms(calendar, last) != offset)
        out->to = change_between(calendar, at, last, offset);
}

/* What of an opening lies in the piece. */
static struct work_span span_in(const struct piece *piece, size_t i)
{
    int64_t from = piece->midnight_ms + piece->openings[i].from_minute * MINUTE_MS;
    int64_t to = piece->midnight_ms + piece->openings[i].to_minute * MINUTE_MS;

    return (struct work_span){ { from > piece->from.ms ? from : piece->from.ms },
                               { to < piece->to.ms ? to : piece->to.ms } };
}

bool work_is_open(const struct calendar *calendar, instant at)
{
    struct local_time local = calendar_local(calendar, at);
    struct opening openings[OPENINGS_MAX];
    size_t n = calendar->openings(calendar->arg, local.day, openings);

    for (size_t i = 0; i < n; i++)
        if (openings[i].from_minute <= local.minute && local.minute < openings[i].to_minute)
            return true;
    return false;
}

/* Goes through the times that it's open from `at` on, in order, until fn says enough; true when it
 * did. */
typedef bool span_fn(void *arg, struct work_span span);

static bool each_span(const struct calendar *calendar, instant at, instant end, span_fn *fn,
                      void *arg)
{
    struct piece piece;

    for (; at.ms < end.ms; at = piece.to) {
        piece_at(calendar, at, &piece);
        for (size_t i = 0; i < piece.n; i++) {
            struct work_span span = span_in(&piece, i);
            if (span.from.ms < span.to.ms && fn(arg, span))
                return true;
        }
    }
    return false;
}

static instant far_from(instant at)
{
    return instant_plus(at, WORK_DAYS_MAX * DAY_MS);
}

/* --- the first ------------------------------------------------------------------------------ */

/* What ends at midnight and goes on behind it is one: the second comes here too. */
struct first {
    struct work_span span;
    bool is_found;
};

static bool take_first(void *arg, struct work_span span)
{
    struct first *first = arg;

    if (first->is_found && span.from.ms > first->span.to.ms)
        return true;
    if (!first->is_found)
        first->span = span;
    first->span.to = span.to;
    first->is_found = true;
    return false;
}

bool work_next(const struct calendar *calendar, instant at, struct work_span *out)
{
    struct first first = { 0 };

    each_span(calendar, at, far_from(at), take_first, &first);
    *out = first.span;
    return first.is_found;
}

/* --- how long ------------------------------------------------------------------------------- */

struct sum {
    instant end;
    int64_t ms;
};

static bool add_span(void *arg, struct work_span span)
{
    struct sum *sum = arg;
    int64_t to = span.to.ms < sum->end.ms ? span.to.ms : sum->end.ms;

    sum->ms += to > span.from.ms ? to - span.from.ms : 0;
    return false;
}

int64_t work_between(const struct calendar *calendar, instant from, instant to)
{
    struct sum sum = { .end = to };

    if (to.ms < from.ms)
        return -work_between(calendar, to, from);
    if (to.ms > far_from(from).ms)
        sum.end = far_from(from);
    each_span(calendar, from, sum.end, add_span, &sum);
    return sum.ms;
}

/* --- until when ----------------------------------------------------------------------------- */

struct wait {
    int64_t left_ms;
    instant end;
};

static bool wait_span(void *arg, struct work_span span)
{
    struct wait *wait = arg;
    int64_t ms = span.to.ms - span.from.ms;

    if (wait->left_ms <= ms) {
        wait->end = instant_plus(span.from, wait->left_ms);
        return true;
    }
    wait->left_ms -= ms;
    return false;
}

bool work_after(const struct calendar *calendar, instant at, int64_t work_ms, instant *out)
{
    struct wait wait = { .left_ms = work_ms, .end = at };
    bool is_found = work_ms <= 0 || each_span(calendar, at, far_from(at), wait_span, &wait);

    *out = wait.end;
    return is_found;
}

/* --- days ----------------------------------------------------------------------------------- */

static bool take_whole(void *arg, struct work_span span)
{
    struct first *whole = arg;

    if (!whole->is_found)
        whole->span.from = span.from;
    whole->span.to = span.to;
    whole->is_found = true;
    return false;
}

bool work_day(const struct calendar *calendar, instant at, int32_t n, struct work_span *out)
{
    day_number today = calendar_local(calendar, at).day;
    day_number day = n == 0 ? today : calendar_open_day(calendar, today, n);
    struct first whole = { 0 };

    *out = (struct work_span){ { 0 }, { 0 } };
    if (!calendar_is_open(calendar, day))
        return false;
    each_span(calendar, calendar_instant(calendar, day, 0), calendar_instant(calendar, day + 1, 0),
              take_whole, &whole);
    *out = whole.span;
    return whole.is_found;
}
