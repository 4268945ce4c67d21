/* evaluate.h — how well a labelled set is understood: the figures that may be quoted, when nobody
 * tuned on the set.
 *
 * The first line names the columns, with tabs between; `text` is one of them. Which others there
 * are says what is measured: polarity, emotion, intent, urgency (accuracy, macro F1, confusions),
 * is_promise with action, deadline, firmness and reference (precision, recall, F1; exact deadlines
 * among those found), types of personal data, kind of referral; else lang alone.
 */
#pragma once

#include "../base/arena.h"
#include "../base/err.h"

/* Prints `NAME VALUE` lines, and lines that begin with # for people. */
MUST_CHECK bool evaluate(struct arena *mem, const char *set, size_t len, struct err *err);
