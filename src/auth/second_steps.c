#include "second_steps.h"

#include "../base/crypt.h"
#include "../base/text.h"
#include "../store/events.h"
#include "organisations.h"
#include "sessions.h"
#include "totp.h"

#include <ctype.h>
#include <string.h>

static const int64_t WAIT_MAX_MS = HOUR_MS;

const struct field second_step_fields[] = {
    FIELD(second_step, is_on, .doc = "A login asks for a code after the password"),
    FIELD(second_step, is_needed, .doc = "The organisation asks it of everybody"),
    FIELD(second_step, recovery_codes_n, .doc = "How many recovery codes are left"),
    { 0 },
};

const struct field second_step_secret_fields[] = {
    FIELD(second_step_secret, secret, .flags = REQUIRED, .doc = "In base32, to type into the app"),
    FIELD(second_step_secret, uri, .flags = REQUIRED, .doc = "The same as the text of a QR code"),
    { 0 },
};

struct found {
    struct bytes secret;
    instant confirmed_at;
    int64_t last_step, failures;
};

static const struct field found_fields[] = {
    FIELD(found, secret),
    FIELD(found, confirmed_at),
    FIELD(found, last_step),
    FIELD(found, failures),
    { 0 },
};

static bool find(struct tx *tx, user_id user, struct found *out, bool *found, struct err *err)
{
    *out = (struct found){ 0 };
    return db_find(tx, SQL_SECOND_STEP_FIND, ARGS(arg_organisation(tx), arg_id(user)), found_fields,
                   out, found, err);
}

static char *seal_context(struct arena *mem, user_id user)
{
    return arena_printf(mem, "second_step:%lld", (long long)user.n);
}

static bool tell(struct tx *tx, const char *kind, user_id user, struct err *err)
{
    return event_add(
        tx, &(struct event){ .kind = kind, .about = arena_text(tx->mem, id_text("usr", user.n).s) },
        err);
}

bool second_step_get(struct tx *tx, user_id user, struct second_step *out, struct err *err)
{
    struct organisation organisation;
    struct user now;

    if (!organisation_get(tx, &organisation, err) || !user_get(tx, user, &now, err) ||
        !db_number(tx, SQL_RECOVERY_CODES_COUNT, ARGS(arg_organisation(tx), arg_id(user)),
                   &out->recovery_codes_n, err))
        return false;
    out->is_on = now.has_second_step;
    out->is_needed = organisation.needs_second_step;
    return true;
}

bool second_step_begin(struct tx *tx, const struct user *user, const char *issuer,
                       struct second_step_secret *out, struct err *err)
{
    struct bytes sealed;

    if (user->has_second_step)
        return err_set(err, ERR_CONFLICT, "there is a second step already: remove that one first");
    out->secret = random_text(tx->mem, TOTP_SECRET_LEN);
    out->uri = totp_uri(tx->mem, out->secret, issuer, user->email);
    sealed =
        secret_seal(tx->mem, store_key(tx->store), seal_context(tx->mem, user->id), out->secret);
    return db_run(tx, SQL_SECOND_STEP_BEGIN,
                  ARGS(arg_organisation(tx), arg_id(user->id), arg_bytes(sealed)), err);
}

/* --- codes ----------------------------------------------------------------------------------- */

/* Without the blanks and dashes that it was read with, in small letters. */
static char *bare_code(struct arena *mem, const char *code)
{
    char *out = arena_text(mem, code), *end = out;

    for (const char *at = code; *at; at++)
        if (!strchr(" -", *at))
            *end++ = (char)tolower((unsigned char)*at);
    *end = '\0';
    return out;
}

static bool is_code_of_app(struct tx *tx, user_id user, const struct found *found, const char *code,
                           int64_t *step, bool *is, struct err *err)
{
    const char *secret =
        secret_open(tx->mem, store_key(tx->store), seal_context(tx->mem, user), found->secret);
    struct bytes key;

    if (!secret || !totp_key_read(tx->mem, secret, &key))
        return err_set(err, ERR_INTERNAL, "the second step was sealed with another key");
    *is = totp_is_right(key, code, tx->now, found->last_step, step);
    return true;
}

static struct arg arg_hash(struct arena *mem, const char *code)
{
    uint8_t *hash = arena_alloc(mem, HASH_LEN);

    hash_bytes((struct bytes){ (const uint8_t *)code, strlen(code) }, hash);
    return arg_bytes((struct bytes){ hash, HASH_LEN });
}

static bool use_recovery(struct tx *tx, user_id user, const char *code, bool *is, struct err *err)
{
    int64_t rows = 0;

    if (strlen(code) == RECOVERY_CODE_LEN &&
        !db_change(tx, SQL_RECOVERY_CODE_USE,
                   ARGS(arg_organisation(tx), arg_id(user), arg_hash(tx->mem, code)), &rows, err))
        return false;
    *is = rows == 1;
    return true;
}

/* After the fifth wrong one in a row a minute, then twice as long each time. */
static bool note_wrong(struct tx *tx, user_id user, int64_t failures, struct err *err)
{
    int64_t wait = 0;

    if (failures >= SECOND_STEP_TRIES)
        wait = MINUTE_MS;
    for (int64_t i = SECOND_STEP_TRIES; i < failures && wait < WAIT_MAX_MS; i++)
        wait *= 2;
    if (wait > WAIT_MAX_MS)
        wait = WAIT_MAX_MS;
    return (wait == 0 ||
            db_run(tx, SQL_SECOND_STEP_WAIT,
                   ARGS(arg_organisation(tx), arg_id(user), arg_time(instant_plus(tx->now, wait))),
                   err)) &&
           tell(tx, "audit.second_step_failed", user, err);
}

static bool must_wait(struct tx *tx, user_id user, struct second_step_check *out, struct err *err)
{
    int64_t until;

    out->answer = SECOND_STEP_WAIT;
    if (!db_number(tx, SQL_SECOND_STEP_WAITS, ARGS(arg_organisation(tx), arg_id(user)), &until,
                   err))
        return false;
    if (until <= tx->now.ms)
        return err_set(err, ERR_CONFLICT, "there is no second step to try: begin one first");
    out->wait_ms = until - tx->now.ms;
    return true;
}

bool second_step_use(struct tx *tx, user_id user, const char *code, struct second_step_check *out,
                     struct err *err)
{
    struct args whose = ARGS(arg_organisation(tx), arg_id(user), arg_time(tx->now));
    int64_t rows, step = 0;
    struct found found;
    bool is_there, is = false;

    *out = (struct second_step_check){ .answer = SECOND_STEP_ASKED };
    if (text_is_blank(code))
        return true;
    code = bare_code(tx->mem, code);
    if (!db_change(tx, SQL_SECOND_STEP_TRY, whose, &rows, err))
        return false;
    if (rows == 0)
        return must_wait(tx, user, out, err);
    if (!find(tx, user, &found, &is_there, err) ||
        !is_code_of_app(tx, user, &found, code, &step, &is, err))
        return false;
    if (!is) {
        step = found.last_step;
        if (!use_recovery(tx, user, code, &is, err))
            return false;
        out->was_recovery = is;
    }
    out->answer = is ? SECOND_STEP_RIGHT : SECOND_STEP_WRONG;
    if (!is)
        return note_wrong(tx, user, found.failures, err);
    return (!out->was_recovery || tell(tx, "audit.recovery_code_used", user, err)) &&
           db_run(tx, SQL_SECOND_STEP_RIGHT,
                  ARGS(arg_organisation(tx), arg_id(user), arg_int(step), arg_time(tx->now)), err);
}

bool second_step_passed(const struct second_step_check *check, struct err *err)
{
    switch (check->answer) {
    case SECOND_STEP_RIGHT:
        return true;
    case SECOND_STEP_ASKED:
        return err_field(err, "code", "type the code that your app shows");
    case SECOND_STEP_WRONG:
        return err_field(err, "code", "isn't right, or was used: wait for the next one");
    case SECOND_STEP_WAIT:
        err_set(err, ERR_TOO_MANY, "too many wrong codes: wait a while");
        err->retry_after_ms = check->wait_ms;
        return false;
    }
    return false;
}

bool second_step_new_codes(struct tx *tx, user_id user, struct list *codes, struct err *err)
{
    const char **texts = NEW_ARRAY(tx->mem, const char *, RECOVERY_CODES_N);

    *codes = (struct list){ texts, RECOVERY_CODES_N };
    if (!db_run(tx, SQL_RECOVERY_CODES_REMOVE, ARGS(arg_organisation(tx), arg_id(user)), err))
        return false;
    for (size_t i = 0; i < RECOVERY_CODES_N; i++) {
        const char *code = random_text(tx->mem, RECOVERY_CODE_LEN);

        texts[i] =
            arena_printf(tx->mem, "%.4s-%.4s-%.4s-%.4s", code, code + 4, code + 8, code + 12);
        if (!db_run(tx, SQL_RECOVERY_CODE_ADD,
                    ARGS(arg_organisation(tx), arg_id(user), arg_hash(tx->mem, code)), err))
            return false;
    }
    return tell(tx, "user.recovery_codes_made", user, err);
}

static bool set(struct tx *tx, user_id user, bool has, const char *kind, struct err *err)
{
    return db_run(tx, SQL_USER_SET_SECOND_STEP,
                  ARGS(arg_organisation(tx), arg_id(user), arg_bool(has)), err) &&
           tell(tx, kind, user, err);
}

bool second_step_confirm(struct tx *tx, user_id user, const char *code, session_id keep,
                         struct second_step_check *out, struct list *codes, struct err *err)
{
    struct user now;

    if (!user_get(tx, user, &now, err))
        return false;
    if (now.has_second_step)
        return err_set(err, ERR_CONFLICT, "the second step is on already");
    if (!second_step_use(tx, user, code, out, err))
        return false;
    return out->answer != SECOND_STEP_RIGHT ||
           (session_end_all(tx, user, keep, err) && second_step_new_codes(tx, user, codes, err) &&
            set(tx, user, true, "user.second_step_added", err));
}

bool second_step_remove(struct tx *tx, user_id user, struct err *err)
{
    struct args whose = ARGS(arg_organisation(tx), arg_id(user));
    struct user now;

    if (!user_get(tx, user, &now, err))
        return false;
    if (!now.has_second_step)
        return err_set(err, ERR_CONFLICT, "there is no second step to remove");
    return db_run(tx, SQL_SECOND_STEP_REMOVE, whose, err) &&
           db_run(tx, SQL_RECOVERY_CODES_REMOVE, whose, err) &&
           set(tx, user, false, "user.second_step_removed", err);
}
