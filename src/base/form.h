/* form.h — application/x-www-form-urlencoded as other systems send it: names, and bytes of any
 * encoding. Pure; what is read lives in `mem`.
 */
#pragma once

#include "err.h"
#include "field.h"

enum { FORM_VALUES_MAX = 200 };

struct form_value {
    const char *name;
    struct bytes value;
};

/* A list of struct form_value in their order; names may come twice. ERR_MALFORMED for a % without
 * two digits behind it, a name that isn't UTF-8, or more than FORM_VALUES_MAX. */
MUST_CHECK bool form_read(struct arena *mem, struct bytes form, struct list *out, struct err *err);
/* The first with this name; NULL when there is none. */
const struct bytes *form_find(const struct list *form, const char *name);
/* Its value as a valid text, whatever the bytes; NULL when there is none. */
char *form_text(struct arena *mem, const struct list *form, const char *name);

/* %41 undone, and + where it stands for a blank. False for a % without two digits behind it. */
bool percent_read(struct arena *mem, struct bytes s, bool plus_is_blank, struct bytes *out);
/* Everything but letters, digits and -._~ as %41. */
char *percent_write(struct arena *mem, const char *s);
