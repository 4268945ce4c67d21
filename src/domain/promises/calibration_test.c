#include "calibration.h"

#include "test.h"

#include <math.h>

static bool is_near(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

TEST(who_always_says_how_often_it_happens_has_no_skill_and_a_prophet_all_of_it)
{
    struct calibration rate = { 0 }, prophet = { 0 };

    for (int i = 0; i < 100; i++) {
        calibration_add(&rate, 0.3, i % 10 < 3);
        calibration_add(&prophet, i % 10 < 3 ? 1 : 0, i % 10 < 3);
    }
    calibration_close(&rate);
    calibration_close(&prophet);
    CHECK(is_near(rate.brier, 0.21) && is_near(rate.base_brier, 0.21) && is_near(rate.skill, 0));
    CHECK(is_near(prophet.brier, 0) && is_near(prophet.skill, 1));
    CHECK(rate.n == 100 && rate.bins[3].n == 100 && is_near(rate.bins[3].happened, 0.3));
    CHECK(is_near(rate.error, 0));
}

TEST(the_table_shows_how_far_what_was_said_is_off)
{
    struct calibration c = { 0 };

    for (int i = 0; i < 10; i++) {
        calibration_add(&c, 0.95, i < 5);
        calibration_add(&c, 1, true);
        calibration_add(&c, 0, false);
    }
    calibration_close(&c);
    CHECK(c.n == 30 && c.bins[9].n == 20 && c.bins[0].n == 10);
    CHECK(is_near(c.bins[9].said, 0.975) && is_near(c.bins[9].happened, 0.75));
    CHECK(is_near(c.error, 0.225 * 20 / 30));
    CHECK(is_near(c.brier, 10 * (0.5 * 0.0025 + 0.5 * 0.9025) / 30));
}

TEST(nothing_that_was_said_is_no_skill)
{
    struct calibration c = { 0 };

    calibration_close(&c);
    CHECK(c.n == 0 && is_near(c.brier, 0) && is_near(c.skill, 0));
    calibration_add(&c, 0.8, true); /* all the same: nothing to be better than */
    calibration_close(&c);
    CHECK(is_near(c.base_brier, 0) && is_near(c.skill, 0));
}
