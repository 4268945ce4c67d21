#include "promises.h"

#include "../base/text.h"
#include "test.h"

#include <string.h>

/* A Tuesday morning: 2024-03-12T10:15+01:00. */
static const instant tuesday = { 1710234900000 };

static struct promises promises_in(struct arena *mem, const char *text)
{
    struct tokens tokens;
    struct promises out;

    tokens_of(mem, text, strlen(text), &tokens);
    promises_of(mem, &tokens, tuesday, &calendar_dutch, &out);
    return out;
}

/* "what action day-of-March hour:minute" of each: with "soft" and "?" for one that isn't ticked. */
static const char *promised(struct arena *mem, const char *text)
{
    struct promises promises = promises_in(mem, text);
    const char *out = "";

    for (size_t i = 0; i < promises.n; i++) {
        const struct commitment *promise = &promises.items[i];
        struct local_time due = calendar_local(&calendar_dutch, promise->due_at);
        const char *when = "-";

        if (promise->due_at.ms != 0)
            when = arena_printf(mem, "%d %02d:%02d", due.day - day_of(2024, 2, 29), due.minute / 60,
                                due.minute % 60);
        out = arena_printf(mem, "%s[%.*s] %s %s%s;", out, (int)(promise->to - promise->from),
                           text + promise->from, promise_actions[promise->action], when,
                           promise->is_firm ? "" : " soft");
    }
    return out;
}

struct example {
    const char *text, *promised;
};

static void check_all(const struct example *examples, size_t n)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < n; i++)
        CHECK_TEXT(promised(mem, examples[i].text), examples[i].promised);
}

TEST(a_promise_is_found_with_its_span_action_and_deadline)
{
    static const struct example examples[] = {
        { "We bellen u morgen voor 12.00 uur terug.",
         "[We bellen u morgen voor 12.00 uur terug] callback 13 12:00;"                                                                      },
        { "Dank voor uw bericht. Het bedrag storten we vrijdag op uw rekening. Fijne dag!",
         "[Het bedrag storten we vrijdag op uw rekening] refund 15 17:00;"                                                                   },
        { "Donderdag tussen 8 en 12 uur komt onze monteur bij u langs.",
         "[Donderdag tussen 8 en 12 uur komt onze monteur bij u langs] visit 14 12:00;"                                                      },
        { "A colleague will call you back tomorrow at 3 pm.",
         "[A colleague will call you back tomorrow at 3 pm] callback 13 15:00;"                                                              },
        { "Ik bel u morgen om 14:00u.",                                                     "[Ik bel u morgen om 14:00u] callback 13 14:00;" },
        { "Your parcel will be delivered on Friday.",
         "[Your parcel will be delivered on Friday] deliver 15 17:00;"                                                                       },
    };

    check_all(examples, COUNT(examples));
}

TEST(each_clause_that_promises_something_of_its_own_is_a_promise)
{
    static const struct example examples[] = {
        { "Wij bellen u morgen terug en de monteur komt vrijdag langs.",
         "[Wij bellen u morgen terug] callback 13 17:00;"
          "[en de monteur komt vrijdag langs] visit 15 17:00;"                         },
        { "Ik zoek het uit en mail u morgen voor 12 uur.",
         "[Ik zoek het uit en mail u morgen voor 12 uur] reply 13 12:00;"              },
        { "Uiterlijk vrijdag krijgt u bericht en volgende week wordt het bedrag gestort.",
         "[Uiterlijk vrijdag krijgt u bericht] reply 15 17:00;"
          "[en volgende week wordt het bedrag gestort] refund 22 17:00;"               },
        { "Vrijdag bel ik u, en maandag komt de monteur tussen 9 en 11 uur langs.",
         "[Vrijdag bel ik u] callback 15 17:00;"
          "[en maandag komt de monteur tussen 9 en 11 uur langs] visit 18 11:00;"      },
        { "Een collega neemt dit over en mailt u uiterlijk donderdag.",
         "[Een collega neemt dit over en mailt u uiterlijk donderdag] reply 14 17:00;" },
        { "De monteur kan morgen niet komen, hij komt vrijdag.",
         "[hij komt vrijdag] visit 15 17:00;"                                          },
    };

    check_all(examples, COUNT(examples));
}

TEST(what_only_looks_like_a_promise_is_none)
{
    static const char *const texts[] = {
        "U kunt het pakket binnen 14 dagen terugsturen.",
        "Kunt u ons morgen voor 12 uur terugbellen?",
        "Zal ik u morgen terugbellen?",
        "Wij hebben u gisteren geprobeerd te bellen.",
        "Wij zijn vrijdag gesloten.",
        "Helaas kunnen wij u vandaag niet meer terugbellen.",
        "> Wij bellen u morgen terug.",
        "U schreef: \"wij bellen u morgen terug\".",
        "De wachttijd is gemiddeld twee weken.",
        "We tried to call you yesterday.",
        "You can return the item within 14 days.",
        "Our desk is open tomorrow from 9 to 5.",
        "Did you receive our letter on Friday?",
        "",
    };
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    for (size_t i = 0; i < COUNT(texts); i++)
        CHECK_TEXT(promised(mem, texts[i]), "");
}

TEST(a_hedge_makes_a_promise_soft)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    CHECK(promises_in(mem, "Wij bellen u morgen terug.").items[0].is_firm);
    CHECK(!promises_in(mem, "Wij proberen u morgen terug te bellen.").items[0].is_firm);
    CHECK(!promises_in(mem, "We'll try to call you back tomorrow.").items[0].is_firm);
}

TEST(a_promise_for_a_closed_day_says_so)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    CHECK(promises_in(mem, "Wij bellen u zaterdag terug.").items[0].is_closed_day);
    CHECK(!promises_in(mem, "Wij bellen u morgen terug.").items[0].is_closed_day);
}

TEST(a_clear_promise_is_ticked)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");

    CHECK(promises_in(mem, "Wij bellen u morgen voor 12 uur terug.").items[0].is_ticked);
}

TEST(a_mark_and_a_time_are_a_promise_in_short)
{
    static const struct example examples[] = {
        { "!morgen 12:00",                      "[!morgen 12:00] reply 13 12:00;"                },
        { "Dank u!\n!bel morgen 12:00 \nGroet", "[!bel morgen 12:00] callback 13 12:00;"         },
        { "!morgen 12:00.",                     "[!morgen 12:00] reply 13 12:00;"                },
        { "see you !tomorrow noon",             "[!tomorrow noon] reply 13 12:00;"               },
        { "> !morgen 12:00",                    ""                                               },
        { "Wat fijn !morgen is er",             ""                                               },
        { "!Morgen 12:00 terugbellen",          "[!Morgen 12:00 terugbellen] callback 13 12:00;" },
        { "!monteur do 10-12",                  "[!monteur do 10-12] visit 14 12:00;"            },
        { "!zsm",                               "[!zsm] reply - soft;"                           },
        { "Ja! ! !!",                           ""                                               },
    };

    check_all(examples, COUNT(examples));
}

TEST(promises_of_any_length_are_found_in_bounded_numbers)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("test");
    char *text = arena_alloc(mem, 100 * 30 + 1);

    for (size_t i = 0; i < 100; i++)
        memcpy(text + i * 27, "Wij bellen u morgen terug. ", 27);
    CHECK(promises_in(mem, text).n == PROMISES_MAX);
}
