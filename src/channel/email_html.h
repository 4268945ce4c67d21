/* email_html.h — a mail's HTML as plain text, for search, for the list, for understanding.
 *
 * Pure and linear, nothing is fetched, safe on any thread. Links become "text (url)" when they
 * differ, list items get "- ", cells of a row " | ", quoted blocks "> " (which is what
 * email_fold.h looks for); scripts, styles and the head are dropped. HTML made to be slow is
 * read as far as it goes and then cut: the HTML itself is kept elsewhere.
 */
#pragma once

#include "../base/arena.h"

/* Part of email_init(). */
void email_html_init(void);
char *email_html_to_text(struct arena *mem, const char *html);
