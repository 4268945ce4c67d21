/* part.h — what two people's cases have of one another when it turns out that they aren't one.
 *
 * While they were one, what came from the one may have joined a case of the other's by itself
 * (pipeline/55_join.c), and cases of theirs were proposed to be one. Works inside the caller's
 * transaction and organisation.
 */
#pragma once

#include "cases.h"

/* Takes that apart again, of two faces that were one since that merge: what came from the one since
 * and stands in a case of the other's becomes a case of its own, unless a colleague put it there or
 * the conversation stood there before; each such split is in both histories and can be undone. What
 * was proposed of their cases and nobody decided is gone. */
MUST_CHECK bool cases_part(struct tx *tx, merge_id since, person_id a, person_id b,
                           struct err *err);
