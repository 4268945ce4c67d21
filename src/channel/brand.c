#include "brand.h"

#include "../base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One of the three parts of "#0e5a63", as light (sRGB undone). */
static double light_of(const char *hex)
{
    char two[3] = { hex[0], hex[1], '\0' };
    double value = (double)strtol(two, NULL, 16) / 255;

    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

/* WCAG's contrast with white is at least 4.5 : 1. */
static bool is_dark(const char *colour)
{
    double light = 0.2126 * light_of(colour + 1) + 0.7152 * light_of(colour + 3) +
                   0.0722 * light_of(colour + 5);

    return 1.05 / (light + 0.05) >= 4.5;
}

bool brand_colour_check(struct arena *mem, const char **colour, struct err *err)
{
    if (text_is_blank(*colour))
        return true;
    *colour = text_lower(mem, *colour);
    if (strlen(*colour) != 7 || (*colour)[0] != '#' || strspn(*colour + 1, "0123456789abcdef") != 6)
        return err_field(err, "/settings/colour", "must be a colour like #0e5a63");
    return is_dark(*colour) ||
           err_field(err, "/settings/colour", "is too light: white can't be read on it");
}
