/* email_checks.h — what mail servers on the way found about who a mail is from: its fields
 * Authentication-Results (RFC 8601).
 *
 * Inside of email_parse.c. Anybody can write such a field. Whose counts is for others to say
 * (the setting checked_by): that server must take away those that came in under its own name, as
 * RFC 8601 section 5 asks. Results live in `mem`.
 */
#pragma once

#include "email_mime.h"
#include "incoming.h"

enum {
    EMAIL_CHECKS_MAX = 20,       /* fields of one mail; the topmost */
    EMAIL_CHECK_LENGTH = 8 << 10 /* bytes of one that are read */
};

/* What one such field says of a mail whose From is this address. Its methods: dmarc; dkim of the
 * address's domain or one above it; spf of such a domain. */
struct sender_check email_check_read(struct arena *mem, const char *value, const char *from);
/* All fields of the mail: a list of struct sender_check. Empty unless it's from exactly one
 * address: of two nobody knows which was looked at. */
struct list email_checks(struct arena *mem, GMimeObject *mail, const struct list *from);
