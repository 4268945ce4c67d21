/* phone.h — telephone numbers as people and machines write them, into E.164: "+31612345678".
 *
 * Pure; any bytes. Dutch and Belgian numbers are held to their numbering plans; of others only the
 * form is known: a country code and 7 to 15 digits in all.
 */
#pragma once

#include "base.h"

/* The country in which a number without a country code is dialled. */
enum phone_home { PHONE_NETHERLANDS, PHONE_BELGIUM };

enum { PHONE_MAX = 17 }; /* "+", 15 digits, NUL */

/* False when it can't be a telephone number, or one of which the country isn't known. Blanks,
 * dashes, dots, slashes, brackets, "tel:" and "(0)" don't matter; anything else does. */
bool phone_read(const char *s, size_t len, enum phone_home home, char out[PHONE_MAX]);
