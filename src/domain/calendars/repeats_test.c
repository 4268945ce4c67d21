#include "repeats.h"

#include "entries.h"
#include "test.h"

#include <libical/ical.h>
#include <string.h>

enum { YEARS = 12 };

static const int64_t plenty = 1000000;

static const struct repeat *rule_of(struct arena *mem, const char *rule, const char *start,
                                    day_number *out)
{
    const char *text = arena_printf(mem,
                                    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:%s\n"
                                    "RRULE:%s\nEND:VEVENT\nEND:VCALENDAR\n",
                                    start, rule);
    struct entries entries;
    struct err err;

    if (!entries_read(mem, (struct bytes){ (const uint8_t *)text, strlen(text) }, &entries, &err))
        return NULL;
    *out = entries.items[0].start.day;
    return entries.items[0].rule;
}

/* Days of one rule as libical finds them. */
struct reference {
    icalrecur_iterator *iterator;
};

static void end_reference(struct reference *r)
{
    if (r->iterator)
        icalrecur_iterator_free(r->iterator);
}

static bool next_reference(struct reference *r, day_number *out)
{
    struct icaltimetype t = icalrecur_iterator_next(r->iterator);

    *out = day_of(t.year, t.month, t.day);
    return !icaltime_is_null_time(t);
}

/* Rules that name a day sooner or later: with another one libical looks for ten seconds. */
static const struct {
    const char *start, *rule;
} rules[] = {
    { "20260105", "FREQ=DAILY"                                               },
    { "20260105", "FREQ=DAILY;INTERVAL=3"                                    },
    { "20260105", "FREQ=DAILY;COUNT=400"                                     },
    { "20260105", "FREQ=DAILY;BYMONTH=1,12;BYDAY=MO"                         },
    { "20260105", "FREQ=WEEKLY"                                              },
    { "20260105", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"                         },
    { "20260107", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=7"                 },
    { "20260107", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU"                    },
    { "20260107", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU;WKST=SU"            },
    { "20260107", "FREQ=WEEKLY;INTERVAL=5;WKST=TH"                           },
    { "20260131", "FREQ=MONTHLY"                                             },
    { "20260115", "FREQ=MONTHLY;INTERVAL=7"                                  },
    { "20260106", "FREQ=MONTHLY;BYDAY=1TU"                                   },
    { "20260106", "FREQ=MONTHLY;BYDAY=1TU,3TH,-1FR"                          },
    { "20260104", "FREQ=MONTHLY;BYDAY=SU;BYSETPOS=1"                         },
    { "20260131", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"            },
    { "20260131", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2,-2"          },
    { "20260131", "FREQ=MONTHLY;BYMONTHDAY=-1,15"                            },
    { "20260213", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"                      },
    { "20260105", "FREQ=MONTHLY;BYDAY=5MO"                                   },
    { "20260427", "FREQ=YEARLY"                                              },
    { "20240229", "FREQ=YEARLY"                                              },
    { "20250505", "FREQ=YEARLY;INTERVAL=5"                                   },
    { "20251225", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25,26"                  },
    { "20260115", "FREQ=YEARLY;BYMONTH=1,7"                                  },
    { "20260329", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"                         },
    { "20260101", "FREQ=YEARLY;BYDAY=1TH"                                    },
    { "20260101", "FREQ=YEARLY;BYDAY=20MO,-1FR"                              },
    { "20260904", "FREQ=YEARLY;BYMONTH=9;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1" },
    { "20260427", "FREQ=YEARLY;COUNT=3"                                      },
};

TEST(a_rule_names_the_days_that_libical_finds)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rules); i++) {
        CLEANUP(end_reference)
        struct reference reference = { icalrecur_iterator_new(
            icalrecurrencetype_from_string(rules[i].rule), icaltime_from_string(rules[i].start)) };
        day_number start = 0, day, wanted;
        const struct repeat *rule = rule_of(mem, rules[i].rule, rules[i].start, &start);
        struct repeats repeats;
        int64_t work = plenty;
        bool more;

        CHECK(rule && reference.iterator);
        repeats_begin(&repeats, rule, start, start, start + YEARS * 366, &work);
        while (repeats_next(&repeats, &day)) {
            CHECK(next_reference(&reference, &wanted));
            if (day != wanted)
                test_fail(__FILE__, __LINE__, "%s: day %d, libical says %d", rules[i].rule,
                          (int)day, (int)wanted);
        }
        more = next_reference(&reference, &wanted);
        CHECK(!more || wanted > start + YEARS * 366);
        CHECK(work >= 0);
    }
}

TEST(days_from_the_middle_of_a_rule_are_the_same_ones)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(rules); i++) {
        day_number start = 0, all, some;
        const struct repeat *rule = rule_of(mem, rules[i].rule, rules[i].start, &start);
        struct repeats from_start, from_middle;
        day_number middle = start + 1000;
        int64_t work = plenty;

        CHECK(rule);
        repeats_begin(&from_start, rule, start, start, start + 2500, &work);
        repeats_begin(&from_middle, rule, start, middle, start + 2500, &work);
        while (repeats_next(&from_start, &all))
            if (all >= middle)
                CHECK(repeats_next(&from_middle, &some) && some == all);
        CHECK(!repeats_next(&from_middle, &some));
    }
}

TEST(a_day_that_never_comes_is_looked_for_only_where_it_was_asked)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    static const char *const never[] = {
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",   "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",      "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
        "FREQ=MONTHLY;BYDAY=7MO;INTERVAL=32000",
    };

    for (size_t i = 0; i < COUNT(never); i++) {
        day_number start, day;
        const struct repeat *rule = rule_of(mem, never[i], "20260105", &start);
        struct repeats repeats;
        int64_t work = 5000;

        CHECK(rule);
        repeats_begin(&repeats, rule, start, start, start + 4000, &work);
        CHECK(!repeats_next(&repeats, &day));
        CHECK(work >= 0);
    }
}

TEST(who_asks_for_more_work_than_there_is_gets_nothing)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    day_number start, day;
    const struct repeat *rule = rule_of(mem, "FREQ=DAILY", "20260105", &start);
    struct repeats repeats;
    int64_t work = 3;
    int n = 0;

    CHECK(rule);
    repeats_begin(&repeats, rule, start, start, start + 4000, &work);
    while (repeats_next(&repeats, &day))
        n++;
    CHECK(n <= 4 && work < 0);
}
