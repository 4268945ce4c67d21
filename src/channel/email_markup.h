/* email_markup.h — the two bodies of a mail of ours: plain text, and the HTML made from it.
 *
 * Inside of email_write.c, but for the escaping, which email_safe.c shares. Pure; results live in
 * `mem`.
 */
#pragma once

#include "../base/buf.h"
#include "email_write.h"

/* Text as HTML has it, in an element or in quotes. */
void email_escape(struct buf *out, const char *s, size_t len);
/* Text, signature and quoted text with "> ". */
const char *mail_text(struct arena *mem, const struct email_draft *draft);
/* The same as a small HTML page: paragraphs, links, the quoted text in a blockquote. Everything
 * is escaped. */
const char *mail_html(struct arena *mem, const struct email_draft *draft);
