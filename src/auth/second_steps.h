/* second_steps.h — what somebody has beside the password: an app that shows codes (totp.h), and
 * ten recovery codes for when the telephone is gone.
 *
 * The secret is sealed with the key outside the database; of recovery codes only the hash is kept.
 * Wrong codes are counted in the row, so that all nodes count together: only who knows the password
 * gets that far, and after SECOND_STEP_TRIES in a row each further try waits longer, up to an hour.
 */
#pragma once

#include "users.h"

enum { RECOVERY_CODES_N = 10, RECOVERY_CODE_LEN = 16, SECOND_STEP_TRIES = 5, CODE_MAX = 40 };

/* Of a user, as that one sees it. */
struct second_step {
    bool is_on;
    bool is_needed; /* the organisation asks it of everybody */
    int64_t recovery_codes_n;
};
extern const struct field second_step_fields[];

/* What an app is told. */
struct second_step_secret {
    const char *secret; /* in base32, to type */
    const char *uri;    /* the same for a QR code */
};
extern const struct field second_step_secret_fields[];

enum second_step_answer {
    SECOND_STEP_RIGHT,
    SECOND_STEP_ASKED, /* no code came */
    SECOND_STEP_WRONG,
    SECOND_STEP_WAIT
};
struct second_step_check {
    enum second_step_answer answer;
    bool was_recovery; /* a recovery code was used up */
    int64_t wait_ms;   /* for SECOND_STEP_WAIT */
};

MUST_CHECK bool second_step_get(struct tx *tx, user_id user, struct second_step *out,
                                struct err *err);
/* Draws a secret that counts once a code of it came; an earlier one of that kind is gone.
 * ERR_CONFLICT when there is one that counts. */
MUST_CHECK bool second_step_begin(struct tx *tx, const struct user *user, const char *issuer,
                                  struct second_step_secret *out, struct err *err);
/* The first code of the app: from here on it is asked for. Other sessions than `keep` end, for
 * they began without. *codes are the new recovery codes, a list of texts, when it was right. */
MUST_CHECK bool second_step_confirm(struct tx *tx, user_id user, const char *code, session_id keep,
                                    struct second_step_check *out, struct list *codes,
                                    struct err *err);
/* Uses a code of the app, or a recovery code (with or without its dashes), of somebody who has a
 * second step. What isn't right is no error: it is counted, and that must be committed. */
MUST_CHECK bool second_step_use(struct tx *tx, user_id user, const char *code,
                                struct second_step_check *out, struct err *err);
/* For the answer after that commit: true when it was right, else false with the error. */
MUST_CHECK bool second_step_passed(const struct second_step_check *check, struct err *err);
/* New recovery codes instead of what is left. */
MUST_CHECK bool second_step_new_codes(struct tx *tx, user_id user, struct list *codes,
                                      struct err *err);
/* The password alone is enough from here on. */
MUST_CHECK bool second_step_remove(struct tx *tx, user_id user, struct err *err);
