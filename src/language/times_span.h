/* times_span.h — which days are meant. Inside language/times: what times_due counts with. */
#pragma once

#include "times_said.h"

struct counting {
    const struct said *said;
    const struct calendar *calendar;
    instant reference;
    struct local_time now;
};

/* Days [first, last]; a period ends on an open day inside it, a point is literal. */
struct span {
    day_number first, last;
    bool is_period;
};

day_number monday_of(day_number day);
/* The same day of a later or earlier month, or its last. */
day_number plus_months(day_number day, int32_t months);
/* What `day` means, said on the day `from`. */
struct span span_of(const struct counting *c, const struct said_day *day, day_number from);
/* What c->said says: its day, counted from the anchor when it has one. */
struct span said_span(const struct counting *c);
