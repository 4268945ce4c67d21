#include "tokens.h"

#include "../base/crypt.h"
#include "../base/text.h"
#include "../store/events.h"

#include <string.h>

enum { SECRET_LEN = 40 };

const struct field token_fields[] = {
    FIELD(token, id, .flags = REQUIRED),
    FIELD(token, user_id, .flags = REQUIRED),
    FIELD(token, name, .flags = REQUIRED),
    FIELD(token, scopes, .flags = REQUIRED),
    FIELD(token, created_at, .flags = REQUIRED),
    FIELD(token, expires_at, .doc = "null: never"),
    FIELD(token, revoked_at),
    FIELD(token, secret, .flags = OPTIONAL,
          .doc = "for Authorization: Bearer; only in the answer to making it"),
    { 0 },
};

bool token_rights(const char *scopes, uint64_t rights, uint64_t *out, struct err *err)
{
    uint64_t all = 0;
    char unknown[64];

    if (!scopes || text_is_blank(scopes))
        return err_field(err, "scopes", "must name rights, as \"case:read case:write\", or be *");
    if (!scopes_read(scopes, ~(uint64_t)0, &all, unknown))
        return err_field(err, "scopes", "names %s, which is no right (between two stands a blank)",
                         unknown);
    if (text_equal(scopes, "*"))
        all = rights;
    for (unsigned i = 0; i < RIGHTS_N; i++)
        if (has_right(all, i) && !has_right(rights, i))
            return err_field(err, "scopes", "names %s, a right that isn't there to give",
                             right_name(i));
    *out = all & rights;
    return true;
}

static bool tell(struct tx *tx, const char *kind, token_id id, struct err *err)
{
    char about[ID_TEXT_MAX];

    id_write("tok", id.n, about);
    return event_add(tx, &(struct event){ .kind = kind, .about = about }, err);
}

static bool check(struct tx *tx, const struct token *token, uint64_t rights, struct err *err)
{
    uint64_t granted;

    if (text_is_blank(token->name))
        return err_field(err, "name", "must say what the token is for");
    if (strlen(token->name) > TOKEN_NAME_MAX)
        return err_field(err, "name", "is longer than %d bytes", TOKEN_NAME_MAX);
    if (token->expires_at.ms != 0 && token->expires_at.ms <= tx->now.ms)
        return err_field(err, "expires_at", "has gone by already");
    return token_rights(token->scopes, rights, &granted, err);
}

bool token_make(struct tx *tx, const struct user *user, const char *name, const char *scopes,
                instant expires_at, struct token *out, struct err *err)
{
    uint8_t hash[HASH_LEN];

    *out = (struct token){
        .id = { id_new() },
        .user_id = user->id,
        .name = name,
        .scopes = scopes,
        .created_at = tx->now,
        .expires_at = expires_at,
        .secret = arena_printf(tx->mem, "gst_%s", random_text(tx->mem, SECRET_LEN)),
    };
    hash_bytes((struct bytes){ (const uint8_t *)out->secret, strlen(out->secret) }, hash);
    return check(tx, out, role_rights(user->role), err) &&
           db_run(tx, SQL_TOKEN_ADD,
                  ARGS(arg_organisation(tx), arg_id(out->id), arg_id(out->user_id), arg_text(name),
                       arg_text(scopes), arg_bytes((struct bytes){ hash, HASH_LEN }),
                       arg_time(tx->now), arg_time(expires_at)),
                  err) &&
           tell(tx, "token.added", out->id, err);
}

bool token_get(struct tx *tx, token_id id, struct token *out, struct err *err)
{
    bool found;

    *out = (struct token){ 0 };
    return db_find(tx, SQL_TOKEN_GET, ARGS(arg_organisation(tx), arg_id(id)), token_fields, out,
                   &found, err) &&
           (found || err_set(err, ERR_NOT_FOUND, "there is no such token here"));
}

bool token_list(struct tx *tx, user_id user, struct list *out, struct err *err)
{
    return db_all(tx, SQL_TOKEN_LIST, ARGS(arg_organisation(tx), arg_id(user)), token_fields,
                  sizeof(struct token), out, err);
}

bool token_list_valid(struct tx *tx, struct list *out, struct err *err)
{
    return db_all(tx, SQL_TOKEN_LIST_VALID, ARGS(arg_organisation(tx), arg_time(tx->now)),
                  token_fields, sizeof(struct token), out, err);
}

bool token_revoke(struct tx *tx, token_id id, struct err *err)
{
    int64_t rows;

    return db_change(tx, SQL_TOKEN_REVOKE,
                     ARGS(arg_organisation(tx), arg_id(id), arg_time(tx->now)), &rows, err) &&
           (rows == 0 || tell(tx, "token.revoked", id, err));
}
