/* referral_words.h — what the words of a sentence say that may send a customer somewhere: who,
 * what, whether, where to. Pure. Inside language/referrals.
 *
 * A table for Dutch, English and French each (referral_words.txt). A word may say several things;
 * what is meant comes out of what stands beside it (referral_signs).
 */
#pragma once

#include "flag_table.h"
#include "tokens.h"

/* The first are the classes of the table; the rest is seen from the form. */
/* clang-format off */
#define REFERRAL_CLASSES(X) \
    X(YOU) X(YOURS) X(WE) X(OURS) X(US) X(THEY) X(THIS) \
    X(CAN) X(MUST) X(WANT) X(WILL) X(ASK) X(HESITATE) X(NOT) X(NEEDLESS) \
    X(PAST) X(HAVE) X(IS) X(BECOME) X(IF) X(WHO) X(AND) X(THE) X(TO) X(ABOUT) X(OF) \
    X(ADVERB) X(SELF) X(THEN) \
    X(CALL) X(MAIL) X(SEND) X(VISIT) X(LOOK) X(CONTACT) X(CHAT) X(FILL) X(ARRANGE) X(HELP) \
    X(REACH) X(REFER) \
    X(FORM) X(SITE) X(PLACE) X(OFFICE) X(POST) X(MORE) \
    X(OPEN) X(DUTY) X(UNABLE) X(URGENT) X(THANKS) X(SORRY) X(RECEIVED) X(TIME) \
    X(NUMBER) X(PHONE) X(EMAIL) X(URL) X(NAME) X(DONE) X(PLAIN) X(MARK) X(QUESTION)
enum referral_class {
#define X(name) REFERRAL_IS_##name,
    REFERRAL_CLASSES(X)
#undef X
    REFERRAL_CLASSES_N
};
/* clang-format on */
_Static_assert(REFERRAL_CLASSES_N <= 64, "a bit each");

#define REFERRAL_BIT(name) ((uint64_t)1 << REFERRAL_IS_##name)

extern const struct flag_table referral_table_nl, referral_table_en, referral_table_fr;

/* A text as its tokens say something. */
struct referral_text {
    const struct tokens *tokens;
    const uint64_t *says;     /* of each token */
    const uint8_t *phone_len; /* of a telephone number that begins there: its tokens; else 0 */
};

/* false: nothing is known of the language. */
bool referral_text_of(struct arena *mem, const struct tokens *tokens, const char *language,
                      struct referral_text *out);
