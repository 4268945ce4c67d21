/* email_markup.h — the two bodies of a mail of ours: plain text, and the HTML made from it.
 *
 * Inside of email_write.c. Pure; results live in `mem`.
 */
#pragma once

#include "email_write.h"

/* Text, signature and quoted text with "> ". */
const char *mail_text(struct arena *mem, const struct email_draft *draft);
/* The same as a small HTML page: paragraphs, links, the quoted text in a blockquote. Everything
 * is escaped. */
const char *mail_html(struct arena *mem, const struct email_draft *draft);
