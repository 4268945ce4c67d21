/* learn.h — what people corrected weighs on top of the models.
 *
 * Small weights for each organisation: bytes in, bytes out; keeping them is the caller's. One
 * correction moves them just so far that the text would be judged as corrected with some
 * certainty (passive-aggressive), and no further; so one click counts, and a thousand don't drown
 * each other. The result depends only on the corrections in their order.
 *
 * The weights belong to the models that they were learned on top of: with those of another release
 * they are nothing learned, until the caller has learned again from the corrections.
 *
 * Taking a correction back: the corrections stand in the caller's records anyway. Learn again from
 * those that are left (LEARN_MAX, the newest; milliseconds): exactly the weights as if it had
 * never been made.
 */
#pragma once

#include "model.h"

enum { LEARN_MAX = 2000, LEARNED_BYTES_MAX = 64 << 10 };

struct learned; /* read from bytes */

struct correction {
    const char *text;
    const struct model *model; /* one of model.h */
    size_t class;              /* what it should have been */
};

/* Were these learned on top of the models that we have? No bytes were. */
bool learned_is_current(struct bytes bytes);
/* From what language_learn() wrote; anything else (NULL, other bytes, what isn't current) is
 * nothing learned. */
const struct learned *learned_read(struct arena *mem, struct bytes bytes);

/* What was learned `before` and n corrections more, in their order; at most LEARNED_BYTES_MAX. To
 * begin anew `before` has no bytes; then only the last LEARN_MAX count. */
struct bytes language_learn(struct arena *mem, struct bytes before,
                            const struct correction *corrections, size_t n);

/* What was learned about a feature, for a class of a model. */
float learned_weight(const struct learned *learned, const struct model *model, size_t class,
                     uint32_t feature);
