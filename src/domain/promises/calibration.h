/* calibration.h — do things happen as often as was said? Pure.
 *
 * Brier's score (1950) is the mean square of what was said less what came (1 or 0): 0 is a prophet,
 * 0.25 a coin. Beside it stands what somebody would get who always says how often it happens; skill
 * is how much of that is gone. The table puts what was said in tenths: of those for which 0.7 was
 * said seven in ten should have happened.
 */
#pragma once

#include "../../base/base.h"

enum { CALIBRATION_BINS = 10 };

struct calibration_bin {
    int64_t n;
    double said;     /* the mean; their sum until it's closed */
    double happened; /* the part, likewise */
};

struct calibration {
    int64_t n;
    double brier;
    double base_rate;  /* how often it happened */
    double base_brier; /* of who always says that */
    double skill;      /* 1 - brier / base_brier; 0 when everything came out the same */
    double error;      /* how far said and happened are apart in the table, by how many there are */
    struct calibration_bin bins[CALIBRATION_BINS];
};

/* Begin with { 0 }, add all, close: then the means stand there. */
void calibration_add(struct calibration *calibration, double said, bool happened);
void calibration_close(struct calibration *calibration);
