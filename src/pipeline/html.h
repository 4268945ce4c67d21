/* html.h — what our plain pages have in common, those that need no script: how they look, what a
 * browser may do with them, and texts of whomever in them. Pure.
 */
#pragma once

#include "../base/arena.h"
#include "../base/buf.h"

/* Their style, with the colour of the brand (blank: our own). */
char *html_style(struct arena *mem, const char *colour);
/* Content-Security-Policy of such a page: this style, forms to ourselves, and our script or none.
 */
char *html_policy(struct arena *mem, const char *colour, bool has_script);
/* Text of whomever, inside an element or an attribute. NULL is nothing. */
void html_text(struct buf *out, const char *text);
/* <tag>text</tag>; `tag` may have attributes. */
void html_element(struct buf *out, const char *tag, const char *text);
