/* second_steps_api.c — the second step of a login over HTTP: one's own, and that of a colleague who
 * lost the telephone.
 *
 * What answers with secrets has its own transaction: such an answer must not be kept for an
 * Idempotency-Key. A wrong code is counted by a commit, and is an error only after it.
 */
#include "second_steps_api.h"

#include "organisations.h"
#include "own_password.h"
#include "second_steps.h"

struct second_step_begin {
    const char *password;
};

static const struct field second_step_begin_fields[] = {
    FIELD(second_step_begin, password, .flags = REQUIRED | SECRET, .max = PASSWORD_MAX),
    { 0 },
};

struct second_step_code {
    const char *code;
};

static const struct field second_step_code_fields[] = {
    FIELD(second_step_code, code, .flags = REQUIRED | SECRET, .max = CODE_MAX),
    { 0 },
};

struct second_step_proof {
    const char *password, *code;
};

static const struct field second_step_proof_fields[] = {
    FIELD(second_step_proof, password, .flags = REQUIRED | SECRET, .max = PASSWORD_MAX),
    FIELD(second_step_proof, code, .flags = REQUIRED | SECRET, .max = CODE_MAX,
          .doc = "Of the app, or a recovery code"),
    { 0 },
};

struct recovery_codes {
    struct list codes;
};

static const struct field recovery_codes_fields[] = {
    FIELD(recovery_codes, codes, .flags = REQUIRED, .doc = "Each is good for one login"),
    { 0 },
};

/* One of the acts below, on its way. */
struct act {
    struct request *rq;
    struct user user;
    struct organisation organisation;
    const char *code;
    struct second_step_secret secret;
    struct second_step_check check;
    struct list codes;
};

static bool is_session(const struct request *rq, struct err *err)
{
    return rq->caller.session_id.n != 0 ||
           err_set(err, ERR_DENIED, "only who is logged in can do this, not a token");
}

static bool find_own(struct tx *tx, void *arg, struct err *err)
{
    struct act *act = arg;

    return user_get(tx, act->rq->caller.user_id, &act->user, err) &&
           organisation_get(tx, &act->organisation, err);
}

static bool write(struct act *act, store_fn *fn, struct err *err)
{
    struct request *rq = act->rq;
    struct scope scope = { rq->mem, rq->caller.organisation_id, rq->caller.actor };

    return store_write(rq->store, &scope, fn, act, err);
}

/* GET /api/v1/me/second-step */
static bool get_second_step(struct request *rq, struct tx *tx, struct err *err)
{
    struct second_step now;

    return second_step_get(tx, rq->caller.user_id, &now, err) &&
           reply(rq, 200, second_step_fields, &now);
}

static bool begin(struct tx *tx, void *arg, struct err *err)
{
    struct act *act = arg;

    return find_own(tx, act, err) &&
           second_step_begin(tx, &act->user, act->organisation.name, &act->secret, err);
}

/* PUT /api/v1/me/second-step */
static bool put_second_step(struct request *rq, struct tx *tx, struct err *err)
{
    const struct second_step_begin *body = rq->body;
    struct act act = { .rq = rq };

    (void)tx;
    return is_session(rq, err) && request_read(rq, find_own, &act, err) &&
           own_password_check(rq, &act.user, body->password, "password", err) &&
           write(&act, begin, err) && reply(rq, 200, second_step_secret_fields, &act.secret);
}

static bool confirm(struct tx *tx, void *arg, struct err *err)
{
    struct act *act = arg;
    const struct caller *caller = &act->rq->caller;

    return second_step_confirm(tx, caller->user_id, act->code, caller->session_id, &act->check,
                               &act->codes, err);
}

static bool reply_codes(struct act *act, struct err *err)
{
    struct recovery_codes codes = { act->codes };

    return second_step_passed(&act->check, err) &&
           reply(act->rq, 200, recovery_codes_fields, &codes);
}

/* PUT /api/v1/me/second-step/confirmation */
static bool put_confirmation(struct request *rq, struct tx *tx, struct err *err)
{
    const struct second_step_code *body = rq->body;
    struct act act = { .rq = rq, .code = body->code };

    (void)tx;
    return is_session(rq, err) && write(&act, confirm, err) && reply_codes(&act, err);
}

/* Password and code, as for a login: then `fn` in the transaction in which the code is used. */
static bool prove(struct act *act, store_fn *fn, struct err *err)
{
    struct request *rq = act->rq;
    const struct second_step_proof *body = rq->body;

    act->code = body->code;
    return is_session(rq, err) && request_read(rq, find_own, act, err) &&
           own_password_check(rq, &act->user, body->password, "password", err) &&
           write(act, fn, err);
}

/* Without one there is nothing to use a code of. */
static bool use_code(struct tx *tx, struct act *act, struct err *err)
{
    if (!find_own(tx, act, err))
        return false;
    if (!act->user.has_second_step)
        return err_set(err, ERR_CONFLICT, "there is no second step");
    return second_step_use(tx, act->user.id, act->code, &act->check, err);
}

static bool renew(struct tx *tx, void *arg, struct err *err)
{
    struct act *act = arg;

    return use_code(tx, act, err) && (act->check.answer != SECOND_STEP_RIGHT ||
                                      second_step_new_codes(tx, act->user.id, &act->codes, err));
}

/* PUT /api/v1/me/second-step/recovery-codes */
static bool put_recovery_codes(struct request *rq, struct tx *tx, struct err *err)
{
    struct act act = { .rq = rq };

    (void)tx;
    return prove(&act, renew, err) && reply_codes(&act, err);
}

static bool remove_own(struct tx *tx, void *arg, struct err *err)
{
    struct act *act = arg;

    return use_code(tx, act, err) &&
           (act->check.answer != SECOND_STEP_RIGHT || second_step_remove(tx, act->user.id, err));
}

/* POST /api/v1/me/second-step/remove */
static bool post_remove(struct request *rq, struct tx *tx, struct err *err)
{
    struct act act = { .rq = rq };

    (void)tx;
    return prove(&act, remove_own, err) && second_step_passed(&act.check, err) && reply_nothing(rq);
}

/* DELETE /api/v1/users/{id}/second-step */
static bool delete_of_user(struct request *rq, struct tx *tx, struct err *err)
{
    struct user user;
    user_id id;

    if (!request_id(rq, "id", "usr", &id.n, err) || !user_get(tx, id, &user, err) ||
        !caller_covers(&rq->caller, role_rights(user.role), err))
        return false;
    if (id.n == rq->caller.user_id.n)
        return err_set(err, ERR_DENIED, "your own goes with your password and a code");
    return second_step_remove(tx, id, err) && reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/me/second-step", READ, get_second_step, LOGGED_IN, NOTHING,
          ONE(second_step), "Says whether the caller's login has a second step."),
    ROUTE(PUT, "/api/v1/me/second-step", PASSWORD, put_second_step, LOGGED_IN,
          BODY(second_step_begin), ONE(second_step_secret),
          "Draws the secret for an authenticator app (TOTP); it counts once it was confirmed."),
    ROUTE(PUT, "/api/v1/me/second-step/confirmation", ALONE, put_confirmation, LOGGED_IN,
          BODY(second_step_code), ONE(recovery_codes),
          "Switches the second step on with the app's first code; the recovery codes are in this "
          "answer and nowhere else."),
    ROUTE(PUT, "/api/v1/me/second-step/recovery-codes", PASSWORD, put_recovery_codes, LOGGED_IN,
          BODY(second_step_proof), ONE(recovery_codes),
          "Makes new recovery codes; the earlier ones are worth nothing from then on."),
    ROUTE(POST, "/api/v1/me/second-step/remove", PASSWORD, post_remove, LOGGED_IN,
          BODY(second_step_proof), NOTHING, "Switches the second step off."),
    ROUTE(DELETE, "/api/v1/users/{id}/second-step", WRITE, delete_of_user, USER_WRITE, NOTHING,
          NOTHING, "Takes the second step off a colleague who lost the telephone."),
};
const struct routes second_step_routes = ROUTES(rows);
