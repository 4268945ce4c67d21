/* entries.h — what stands in a calendar file (RFC 5545), as far as opening hours need it.
 *
 * Pure: bytes in, entries out, memory only from `mem`. Every byte is hostile. Only the lines that
 * count reach libical (a table in entries.c), one at a time and of bounded length, so that an error
 * has a line number, and most of what the library can read never gets there.
 */
#pragma once

#include "../../base/err.h"
#include "repeats.h"

enum {
    ENTRIES_MAX = 5000,
    ENTRY_LINE_MAX = 4096, /* libical drops what stands behind 500 dates in a line */
    TEXT_LINE_MAX = 512,   /* enough to see what an event is called */
    RULE_LINE_MAX = 512,   /* 386 positions make libical 3.0 write behind its own list */
};

/* A day, or a moment of its zone. */
struct entry_time {
    day_number day;
    int32_t minute;
    bool is_day;
    const char *zone; /* TZID; "UTC"; NULL: wherever one is */
};

struct entry_times {
    struct entry_time *items;
    size_t n, room;
};

enum entry_kind {
    ENTRY_EVENT,   /* VEVENT */
    ENTRY_OPENING, /* AVAILABLE in a VAVAILABILITY (RFC 7953) */
    ENTRY_OFFSET,  /* STANDARD or DAYLIGHT in a VTIMEZONE */
};

struct entry {
    enum entry_kind kind;
    int line;
    const char *uid;   /* never NULL */
    const char *name;  /* SUMMARY and CATEGORIES, folded, cut; never NULL */
    const char *title; /* SUMMARY as it is, cut; NULL: none */
    bool has_start, has_end, has_replaced;
    struct entry_time start, end;
    int32_t minutes; /* DURATION */
    const struct repeat *rule;
    struct entry_time until; /* of the rule */
    bool has_until;
    struct entry_times dates, except;
    struct entry_time replaced;        /* RECURRENCE-ID: it stands for that one of its series */
    bool is_cancelled, is_away;        /* STATUS; X-MICROSOFT-CDO-BUSYSTATUS:OOF */
    bool is_all_day, is_observance;    /* X-MICROSOFT-CDO-ALLDAYEVENT; Google's "Viering" */
    const char *zone;                  /* of an offset: the TZID that it describes */
    int32_t offset_before_s, offset_s; /* of an offset */
};

struct entries {
    struct entry *items;
    size_t n;
    const char *zone; /* X-WR-TIMEZONE; NULL: not said */
};

/* ERR_INVALID and ERR_TOO_LARGE with a sentence that begins with "line N: " where one is to blame.
 */
MUST_CHECK bool entries_read(struct arena *mem, struct bytes file, struct entries *out,
                             struct err *err);
