/* email_fold.h — where in a mail's text the sender's own words end.
 *
 * What follows is quoted history or a signature, and a desk shows it folded. Whoever answers
 * below or between the quotes must not be hidden: a fold is made only where nothing of his own
 * follows, never before the first own word, and not in front of what was forwarded. Pure, linear.
 */
#pragma once

#include "../base/base.h"

/* The offset into `text`; strlen(text) when nothing is to be folded. */
size_t email_fold_at(const char *text, const char *subject);
