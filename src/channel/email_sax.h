/* email_sax.h — a mail's HTML, element by element, as its writer meant it.
 *
 * What is open or missing is closed and completed as HTML 4 has it; names are in small letters,
 * entities are undone, comments are left out. Pure, nothing is fetched, safe on any thread. No tree
 * is built, so that depth costs nothing. HTML made to be slow is read as far as it goes and then
 * cut.
 */
#pragma once

#include "../base/base.h"

struct html_reader {
    void (*start)(struct html_reader *reader, const char *name, const char *const *attributes);
    void (*end)(struct html_reader *reader, const char *name);
    void (*text)(struct html_reader *reader, const char *s, size_t len);
    uint64_t work_max; /* comparisons inside the library, a nanosecond or two each */
    bool is_enough;    /* set it, and the rest isn't read */
    bool is_cut;       /* the rest wasn't read */
};

/* Part of email_init(). */
void html_init(void);
void html_read(struct html_reader *reader, const char *html, size_t len);
/* The value of an attribute; "" when it has none, NULL when it isn't there. */
const char *html_attribute(const char *const *attributes, const char *name);
/* A picture that is made to be fetched, and not to be seen. */
bool html_is_pixel(const char *const *attributes);
