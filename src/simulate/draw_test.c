#include "draw.h"
#include "test.h"

#include "../base/text.h"

TEST(the_same_dice_fall_the_same_way)
{
    struct dice a = dice_of(7, 3), b = dice_of(7, 3), c = dice_of(7, 4);
    int differ = 0;

    for (int i = 0; i < 100; i++) {
        int64_t x = dice_below(&a, 1000);
        CHECK(x >= 0 && x < 1000 && x == dice_below(&b, 1000));
        differ += x != dice_below(&c, 1000);
    }
    CHECK(differ > 90);
}

TEST(a_pattern_becomes_one_of_its_texts)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("draw_test");
    static const struct word words[] = {
        { "what", "[tap|door]" }
    };
    bool seen[4] = { false };

    for (uint64_t i = 0; i < 200; i++) {
        struct dice dice = dice_of(1, i);
        const char *text = draw_text(mem, &dice, "[The|My [old|]] {what} .", words, 1);
        static const char *const wanted[] = { "The tap.", "The door.", "My old tap.", "My door." };

        for (size_t k = 0; k < COUNT(wanted); k++)
            seen[k] |= text_equal(text, wanted[k]);
    }
    for (size_t k = 0; k < COUNT(seen); k++)
        CHECK(seen[k]);
}

TEST(slips_change_words_but_leave_numbers_and_short_words_alone)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("draw_test");
    int changed = 0;

    for (uint64_t i = 0; i < 100; i++) {
        struct dice dice = dice_of(2, i);
        CHECK_TEXT(draw_slips(mem, &dice, "R-118203 is of een K7M-2QX", 100),
                   "R-118203 is of een K7M-2QX");
        changed += !text_equal(draw_slips(mem, &dice, "lekkage", 100), "lekkage");
    }
    CHECK(changed > 60);
}
