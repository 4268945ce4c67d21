/* email_html.h — a mail's HTML as plain text, for search, for the list, for understanding.
 *
 * Pure and linear, nothing is fetched, safe on any thread. Links become "text (url)" when they
 * differ, list items get "- ", cells of a row " | ", quoted blocks "> " (which is what
 * email_fold.h looks for); scripts, styles and the head are dropped. HTML made to be slow is
 * read as far as it goes and then cut: the HTML itself is kept elsewhere.
 */
#pragma once

#include "../base/arena.h"

char *email_html_to_text(struct arena *mem, const char *html);
/* Does the HTML tell what its text can't, in the writer's own words (email_fold.h): a picture or a
 * table, or, of a mail without a text of its own, any emphasis, heading or list? A logo below the
 * signature is none. Looks at the beginning only. */
bool email_html_is_better(struct arena *mem, const char *html, bool has_text, const char *subject);
