#include "work_clock.h"

#include <string.h>

struct work_clock_span {
    instant from, to;
    int64_t before_ms; /* how long it was open until `from` */
};

static struct work_clock_span *grown(struct arena *mem, const struct work_clock_span *spans,
                                     size_t n, size_t cap)
{
    struct work_clock_span *more = NEW_ARRAY(mem, struct work_clock_span, cap);

    if (n > 0)
        memcpy(more, spans, n * sizeof(more[0]));
    return more;
}

void work_clock_make(struct arena *mem, const struct calendar *calendar, instant from, instant to,
                     struct work_clock *out)
{
    instant end = instant_plus(from, WORK_DAYS_MAX * DAY_MS);
    struct work_clock_span *spans = NULL;
    struct work_span next;
    int64_t before_ms = 0;
    size_t n = 0, cap = 0;

    if (to.ms < end.ms)
        end = to;
    while (from.ms < end.ms && work_next(calendar, from, &next) && next.from.ms < end.ms) {
        if (n == cap) {
            cap = cap > 0 ? 2 * cap : 64;
            spans = grown(mem, spans, n, cap);
        }
        if (next.to.ms > end.ms)
            next.to = end;
        spans[n++] = (struct work_clock_span){ next.from, next.to, before_ms };
        before_ms += next.to.ms - next.from.ms;
        from = next.to;
    }
    *out = (struct work_clock){ spans, n };
}

/* How long it was open until then. */
static int64_t shown(const struct work_clock *clock, instant at)
{
    size_t low = 0, high = clock->n;
    const struct work_clock_span *last;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (clock->spans[middle].from.ms < at.ms)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return 0;
    last = &clock->spans[low - 1];
    return last->before_ms + (at.ms < last->to.ms ? at.ms : last->to.ms) - last->from.ms;
}

int64_t work_clock_between(const struct work_clock *clock, instant from, instant to)
{
    return shown(clock, to) - shown(clock, from);
}
