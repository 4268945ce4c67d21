/* evaluate.h — how well a labelled set is understood: the figures that may be quoted, when nobody
 * tuned on the set.
 *
 * Which columns there are beside `text` says what is measured: polarity, emotion, intent, urgency
 * (accuracy, macro F1, confusions), is_promise with action, deadline, firmness and reference
 * (precision, recall, F1; exact deadlines among those found; confusions of the action), types of
 * personal data, kind and target of a referral (confusions of the kind); else lang alone.
 */
#pragma once

#include "../language/understand.h"
#include "evaluate_set.h"

#include <stdio.h>

/* Prints `NAME VALUE` lines, and lines that begin with # for people; of what the set has none of
 * there is no line. `known` holds for all rows: what is ours, the calendar, the language and the
 * moment where the set doesn't say them (refused where it does, so that nothing is passed over). */
MUST_CHECK bool evaluate(struct arena *mem, const struct labelled_set *set,
                         const struct understand_context *known, FILE *out, struct err *err);
