/* times.h — expressions of time, and the deadlines they mean on a calendar. Pure; linear time.
 *
 * Dutch (Flemish too) and English, and the simple ones of French. A small grammar over words
 * (times_words), not a list of phrases: a qualifier ("binnen", "uiterlijk", "voor", "by"), a length
 * of time or a day, a part of the day, a clock time, in any order people put them in.
 *
 * A date may be of something else: "uw brief van 3 april", "de kaartjes die u zaterdag nodig hebt",
 * "geldig tot 1 mei", "in plaats van vrijdag" (times_context): it gives way to another, or is none.
 *
 * Days and clock times are literal; a day that is closed is a warning and never moved. What is
 * counted in days, weeks, months ends on an open day (struct calendar says on which side).
 */
#pragma once

#include "calendar.h"
#include "tokens.h"

enum { TIMES_MAX = 256 }; /* found in a text */

enum time_kind {
    TIME_POINT,     /* a day or a clock time: "morgen", "vrijdag voor 12 uur" */
    TIME_WINDOW,    /* between two moments: "tussen 10 en 12", "volgende week" */
    TIME_TERM,      /* counted in days and more: "binnen drie werkdagen", "over een week" */
    TIME_ELAPSED,   /* counted in hours and less: "binnen 24 uur", "over een half uur" */
    TIME_SOFT,      /* no moment: "zo spoedig mogelijk" */
    TIME_DURATION,  /* a length; with the deadline it would mean as a term: "vier werkdagen" */
    TIME_RECURRING, /* "elke dinsdag", "twee keer per week" */
    TIME_HOURS,     /* opening hours: "bereikbaar van 9 tot 17 uur" */
    TIME_PAST,      /* "gisteren", "op 3 maart jl." */
};

struct time_found {
    uint32_t from, to; /* bytes of the text */
    /* Other words in the middle: "vrijdag [komt de monteur] om 9 uur"; to itself: none. */
    uint32_t gap_from, gap_to;
    enum time_kind kind;
    instant starts_at;  /* of a window, or of "vanaf"; else none */
    instant due_at;     /* {0}: none */
    bool is_future;     /* can be a deadline: due_at is none or after the reference */
    bool is_soft;       /* hedged or vague: "enkele dagen", "zsm" */
    bool is_closed_day; /* the day named is one on which nobody works */
    bool is_exclusive;  /* "voor vrijdag": due_at is before what was named */
    bool
        is_negated; /* "niet", "gesloten" stands in its clause: rather not when a promise is kept */
    bool is_aside;  /* of a noun or in a clause that tells more: "uw afspraak van dinsdag" */
    bool is_weak;   /* says little by itself: "direct", a feast in passing, a bare length */
};

struct times {
    const struct time_found *items; /* in the order of the text, not overlapping */
    size_t n;
};

void times_of(struct arena *mem, const struct tokens *tokens, instant reference,
              const struct calendar *calendar, struct times *out);

/* The one of bytes [from, to) that a promise there would be kept by: the strongest, the last of
 * equals, and those of a negated clause ("morgen zijn we gesloten") last. NULL when there is none
 * with a deadline or TIME_SOFT. */
const struct time_found *times_deadline(const struct times *times, uint32_t from, uint32_t to);

/* The short form behind a "!": "morgen 12:00", "vr 14u", "3d", "tomorrow noon". A length counts
 * from the reference (min, h, d, wd for working days, w); "14u" is a clock time. False when it is
 * none, or anything else stands there too. */
bool times_short(struct arena *mem, const char *text, size_t len, instant reference,
                 const struct calendar *calendar, struct time_found *out);
