/* times_read.h — the pieces of the grammar of times_read. Inside language/times.
 *
 * Each piece looks at the words from `at` on and says where it ended; 0: it isn't there.
 */
#pragma once

#include "times_said.h"

/* Past the end: a mark that is nothing. */
const struct time_word *word_at(const struct time_words *words, size_t at);
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
