/* plan.h — what the benchmarks' data looks like: people, words and texts, the same for a seed.
 *
 * Whoever knows the seed and a case's number knows its customer, its channel and whether it is
 * active: the load asks for what the generator made without looking into the database.
 */
#pragma once

#include "../src/base/arena.h"
#include "../src/base/buf.h"

enum {
    PLAN_CHANNELS = 5,
    PLAN_WORDS = 30000, /* in the vocabulary */
    PLAN_TEXT_MIN = 161,
    PLAN_TEXT_MAX = 650 /* bytes of a message */
};

/* A stream of random numbers; begin it with plan_random(). */
struct random {
    uint64_t state;
};
struct random plan_random(uint64_t seed, uint64_t number);
uint64_t random_next(struct random *random);
/* 0 … n - 1 */
size_t random_below(struct random *random, size_t n);

struct plan;
struct plan *plan_new(struct arena *mem, uint64_t seed);
uint64_t plan_seed(const struct plan *plan);
/* The word of a rank, 0 the most frequent: Dutch function words, the words of a help desk, then
 * invented ones. */
const char *plan_word(const struct plan *plan, size_t rank);
/* Words by Zipf's law, PLAN_TEXT_MIN … PLAN_TEXT_MAX bytes of sentences. */
char *plan_text(const struct plan *plan, struct arena *mem, struct random *random);
/* A title of some words. */
char *plan_title(const struct plan *plan, struct arena *mem, struct random *random);

/* The address of a case's customer, which is also the thread of its conversation. */
enum { PLAN_KEY_MAX = 24 };
void plan_key(size_t number, char out[PLAN_KEY_MAX]);
/* One case in `step` is active; these spread evenly over the channels. */
bool plan_is_active(size_t number, size_t step);
size_t plan_channel(size_t number, size_t step);
/* A random active case among `cases`. */
size_t plan_active(struct random *random, size_t cases, size_t step);

/* A message for the API channel as JSON, `number` its external id. */
char *plan_message(const struct plan *plan, struct arena *mem, struct random *random, size_t number,
                   size_t of_case);
