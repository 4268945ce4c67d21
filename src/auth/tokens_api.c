/* tokens_api.c — tokens of one's own; an administrator sees to those of the others, and of the
 * integrations.
 */
#include "tokens_api.h"

#include "tokens.h"

struct token_post {
    const char *name, *scopes;
    instant expires_at;
    user_id user_id;
};

static const struct field token_post_fields[] = {
    FIELD(token_post, name, .flags = REQUIRED, .min = 1, .max = TOKEN_NAME_MAX),
    FIELD(token_post, scopes, .flags = REQUIRED,
          .doc = "names of rights with blanks between, as \"case:read\"; * is all of the user's"),
    FIELD(token_post, expires_at, .doc = "missing: never"),
    FIELD(token_post, user_id, .doc = "whose it is; missing: the caller's"),
    { 0 },
};

struct token_query {
    user_id user;
    bool all;
};

static const struct field token_query_fields[] = {
    FIELD(token_query, user, .doc = "whose; missing: the caller's"),
    FIELD(token_query, all, .doc = "everybody's that aren't revoked; needs user:write"),
    { 0 },
};

static bool sees_others(const struct caller *caller, struct err *err)
{
    return has_right(caller->rights, USER_WRITE) ||
           err_set(err, ERR_DENIED, "tokens of others need the right %s", right_name(USER_WRITE));
}

static bool may_see(const struct request *rq, user_id whose, struct err *err)
{
    return whose.n == rq->caller.user_id.n || sees_others(&rq->caller, err);
}

/* GET /api/v1/tokens */
static bool list_tokens(struct request *rq, struct tx *tx, struct err *err)
{
    const struct token_query *query = rq->body;
    user_id whose = query->user.n != 0 ? query->user : rq->caller.user_id;
    struct list tokens;

    if (query->all)
        return sees_others(&rq->caller, err) && token_list_valid(tx, &tokens, err) &&
               reply_list(rq, token_fields, sizeof(struct token), &tokens, NULL);
    return may_see(rq, whose, err) && token_list(tx, whose, &tokens, err) &&
           reply_list(rq, token_fields, sizeof(struct token), &tokens, NULL);
}

/* A token that ends can't make one that outlives it. */
static bool ends_in_time(const struct caller *caller, instant at, struct err *err)
{
    return caller->expires_at.ms == 0 || (at.ms != 0 && at.ms <= caller->expires_at.ms) ||
           err_field(err, "expires_at", "must not be later than that of the token that asks");
}

/* POST /api/v1/tokens */
static bool post_token(struct request *rq, struct tx *tx, struct err *err)
{
    const struct token_post *post = rq->body;
    user_id whose = post->user_id.n != 0 ? post->user_id : rq->caller.user_id;
    struct token token;
    struct user user;
    uint64_t granted;

    return ends_in_time(&rq->caller, post->expires_at, err) && may_see(rq, whose, err) &&
           user_get(tx, whose, &user, err) &&
           token_rights(post->scopes, role_rights(user.role), &granted, err) &&
           caller_covers(&rq->caller, granted, err) &&
           token_make(tx, &user, post->name, post->scopes, post->expires_at, &token, err) &&
           reply(rq, 201, token_fields, &token);
}

/* DELETE /api/v1/tokens/{id} */
static bool delete_token(struct request *rq, struct tx *tx, struct err *err)
{
    const struct caller *caller = &rq->caller;
    struct token token;
    token_id id;

    if (!request_id(rq, "id", "tok", &id.n, err) || !token_get(tx, id, &token, err))
        return false;
    bool is_own = caller->token_id.n != 0 ? token.id.n == caller->token_id.n
                                          : token.user_id.n == caller->user_id.n;
    if (!has_right(caller->rights, USER_WRITE) && !is_own)
        return err_set(err, ERR_NOT_FOUND, "there is no such token of yours");
    return token_revoke(tx, id, err) && reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/tokens", READ, list_tokens, LOGGED_IN, QUERY(token_query), MANY(token),
          "Lists tokens, without their secrets."),
    ROUTE(POST, "/api/v1/tokens", WRITE, post_token, LOGGED_IN, BODY(token_post), MADE(token),
          "Makes a token; its secret is in this answer and nowhere else.",
          .told_once = "if you lost it, revoke the token, which GET /api/v1/tokens lists, and make "
                       "another one with a new Idempotency-Key"),
    ROUTE(DELETE, "/api/v1/tokens/{id}", WRITE, delete_token, LOGGED_IN, NOTHING, NOTHING,
          "Revokes a token for good."),
};
const struct routes token_routes = ROUTES(rows);
