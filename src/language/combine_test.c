#include "combine.h"

#include "test.h"

#include <math.h>
#include <string.h>

enum { NEGATIVE, NEUTRAL, POSITIVE };

/* Two ways to be, each as likely as the other: all labels 0, or all labels 2. */
static const struct combination either[] = {
    { { 0, 0, 0, 0 }, 1 },
    { { 2, 2, 2, 2 }, 1 }
};

TEST(a_model_in_doubt_follows_those_that_are_sure)
{
    const float own[COMBINED][CLASSES_MAX] = {
        { 0.45F, 0.15F, 0.4F },
        { 0.1F,  0,     0.9F },
        { 0.1F,  0,     0.9F },
        { 0.1F,  0,     0.9F }
    };
    float together[COMBINED][CLASSES_MAX];

    combine(either, COUNT(either), own, together);
    CHECK(together[0][POSITIVE] > together[0][NEGATIVE]);
    CHECK(together[0][NEUTRAL] == 0);
    for (size_t i = 0; i < COMBINED; i++)
        CHECK(fabsf(together[i][NEGATIVE] + together[i][POSITIVE] - 1) < 1e-5F);
}

TEST(what_was_never_seen_together_leaves_each_model_its_own)
{
    const float own[COMBINED][CLASSES_MAX] = {
        { 1,    0,    0 },
        { 0,    0,    1 },
        { 0.2F, 0.8F, 0 },
        { 0,    1,    0 }
    };
    float together[COMBINED][CLASSES_MAX];

    combine(either, COUNT(either), own, together);
    CHECK(memcmp(own, together, sizeof(own)) == 0);
}

TEST(a_combination_weighs_more_than_1_when_it_is_seen_more_often_than_by_chance)
{
    const size_t each[COMBINED] = { 10, 10, 10, 10 };

    /* By chance: a hundred texts with odds of 1 in 10000. */
    CHECK(combination_weight(1, each, 100) > 1);
    CHECK(combination_weight(10, each, 100) > combination_weight(1, each, 100));
    CHECK(fabsf(combination_weight(100, (const size_t[]){ 100, 100, 100, 100 }, 100) - 1) < 1e-6F);
}
