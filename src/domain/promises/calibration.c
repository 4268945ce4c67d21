#include "calibration.h"

#include <math.h>

void calibration_add(struct calibration *calibration, double said, bool happened)
{
    int bin = (int)(said * CALIBRATION_BINS);
    struct calibration_bin *in = &calibration->bins[bin < 0                   ? 0
                                                    : bin >= CALIBRATION_BINS ? CALIBRATION_BINS - 1
                                                                              : bin];
    double off = said - (happened ? 1 : 0);

    calibration->n++;
    calibration->brier += off * off;
    calibration->base_rate += happened;
    in->n++;
    in->said += said;
    in->happened += happened;
}

void calibration_close(struct calibration *calibration)
{
    double n = (double)calibration->n;

    if (calibration->n == 0)
        return;
    calibration->brier /= n;
    calibration->base_rate /= n;
    calibration->base_brier = calibration->base_rate * (1 - calibration->base_rate);
    if (calibration->base_brier > 0)
        calibration->skill = 1 - calibration->brier / calibration->base_brier;
    for (size_t i = 0; i < CALIBRATION_BINS; i++) {
        struct calibration_bin *bin = &calibration->bins[i];
        if (bin->n == 0)
            continue;
        bin->said /= (double)bin->n;
        bin->happened /= (double)bin->n;
        calibration->error += (double)bin->n / n * fabs(bin->said - bin->happened);
    }
}
