/* email_mime.h — GMime as the email_*.c files use it; nobody else includes this.
 *
 * GMime splits the mail into parts and undoes the encodings. What it does in more than linear
 * time, or by recursion as deep as the sender likes (lists of addresses, mails within mails),
 * is kept away from it here: the mail is parsed as a part and not as a message, attached mails
 * stay bytes, and the parser's source dries up once there are too many parts.
 */
#pragma once

#include "../base/arena.h"
#include "../base/err.h"

#include <gmime/gmime.h>

struct mime_mail {
    GByteArray view; /* borrows the raw bytes */
    GMimeStream *stream;
    GMimeObject *root;
    size_t parts_n;
    struct { /* while it is being parsed */
        size_t parts, types, headers, words;
    } seen;
};

/* Parses `raw`, which must live as long as `mail`. Even on failure mime_close() it. */
MUST_CHECK bool mime_open(struct arena *mem, struct bytes raw, struct mime_mail *mail,
                          struct err *err);
void mime_close(struct mime_mail *mail);

/* The content of a part, its transfer encoding undone. */
struct bytes mime_content(struct arena *mem, GMimeObject *part);
/* "text/plain", small letters; application/octet-stream when it is nonsense. */
const char *mime_type(struct arena *mem, GMimeObject *part);
bool mime_type_is(GMimeObject *part, const char *type, const char *subtype);
/* A parameter of Content-Type as valid UTF-8; NULL when it isn't there. */
const char *mime_parameter(struct arena *mem, GMimeObject *part, const char *name);

/* The raw value of the first header of that name, maybe folded and maybe not UTF-8; NULL when it
 * isn't there. Borrowed. */
const char *mime_header(GMimeObject *part, const char *name);
/* The raw value of the header at number `i` if it has that name, else NULL. Borrowed. */
const char *mime_header_at(GMimeHeaderList *headers, int i, const char *name);
/* A raw value as one line of valid UTF-8, its encoded words decoded, at most `max` bytes. */
const char *mime_decode(struct arena *mem, const char *raw_value, size_t max);
