/* times_read.h — the pieces of the grammar of times_read. Inside language/times.
 *
 * Each piece looks at the words from `at` on and says where it ended; 0: it isn't there.
 */
#pragma once

#include "times_said.h"

struct parser {
    const struct time_words *words;
    bool is_short;
    struct said *said;
};

/* Past the end: a mark that is nothing. */
static inline const struct time_word *word_at(const struct time_words *words, size_t at)
{
    return &words->words[at < words->n ? at : words->n];
}

static inline enum word_class class_at(const struct time_words *words, size_t at)
{
    return word_at(words, at)->class;
}

static inline int32_t value_at(const struct time_words *words, size_t at)
{
    return word_at(words, at)->value;
}

static inline bool is_word(const struct time_words *words, size_t at, enum word_class class,
                           int32_t value)
{
    return class_at(words, at) == class && value_at(words, at) == value;
}

static inline bool is_qualifier(const struct time_words *words, size_t at, enum qualifier qualifier)
{
    return is_word(words, at, WORD_QUALIFIER, (int32_t)qualifier);
}

static inline bool is_unit(const struct time_words *words, size_t at, enum unit unit)
{
    return is_word(words, at, WORD_UNIT, (int32_t)unit);
}

static inline bool is_sign(const struct time_words *words, size_t at, char c)
{
    return is_word(words, at, WORD_SIGN, c);
}

/* "daarna", "ervoor": of a day that was named before. */
static inline bool is_there(const struct time_words *words, size_t at)
{
    return class_at(words, at) == WORD_THERE || is_word(words, at, WORD_BUT, 1);
}

/* Something is counted here, so that the number in front is no hour: "10 euro", "3 dagen", "5%". */
bool is_counted(const struct time_words *words, size_t at);

/* is_sure: a day or a preposition in front says that a time follows; is_bare_fine: a number alone
 * is one ("om 10"). */
size_t clock_at(const struct time_words *words, size_t at, bool is_sure, bool is_bare_fine,
                struct said_clock *out);
size_t window_at(const struct time_words *words, size_t at, enum qualifier qualifier, bool is_sure,
                 struct said *out);
/* A day or a period, whatever is in front of it skipped. */
size_t day_at(const struct time_words *words, size_t at, bool is_short, enum qualifier qualifier,
              struct said_day *out, enum day_part *part);
/* Behind a weekday and its part of the day, which week: "(donderdagmiddag) volgende week"; `at`
 * when it doesn't say. */
size_t week_of_day_at(const struct time_words *words, size_t at, struct said_day *day);
/* "(twee dagen voor) de vergadering van 18 maart": the day of a noun. */
size_t noun_day_at(const struct parser *p, size_t at, struct said_day *out);
/* A length into `said`; is_one_fine: an article is enough for one ("binnen het uur"). */
size_t length_at(const struct parser *p, size_t at, bool is_one_fine);
/* A length in days and more, which a clock time goes with: "over 3 dagen om 10 uur". */
bool is_of_days(const struct said *said);
/* What stands behind an expression and changes it: where that ends, or `end`. */
size_t tail_at(const struct parser *p, size_t end);
