/* teams_api.c — teams and who is in them, over HTTP. */
#include "teams_api.h"

#include "teams.h"

struct team_body {
    const char *name;
};

static const struct field team_body_fields[] = {
    FIELD(team_body, name, .flags = REQUIRED, .min = 1, .max = TEAM_NAME_MAX),
    { 0 },
};

static bool reply_team(struct request *rq, int status, const struct team *team)
{
    return reply_versioned(rq, status, team->version, team_fields, team);
}

/* GET /api/v1/teams */
static bool list_teams(struct request *rq, struct tx *tx, struct err *err)
{
    int64_t limit;
    struct list teams;
    char *next = NULL;
    team_id after;

    if (!page_read(rq->body, 0, &after.n, &limit, err) ||
        !team_list(tx, after, limit + 1, &teams, err))
        return false;
    if ((int64_t)teams.n > limit) {
        teams.n--;
        next = cursor_write(tx->mem, ((struct team *)teams.items)[teams.n - 1].id.n, 0);
    }
    return reply_list(rq, team_fields, sizeof(struct team), &teams, next);
}

/* POST /api/v1/teams */
static bool post_team(struct request *rq, struct tx *tx, struct err *err)
{
    const struct team_body *body = rq->body;
    struct team team;

    return team_make(tx, body->name, &team, err) && reply_team(rq, 201, &team);
}

static bool find_team(const struct request *rq, struct tx *tx, struct team *out, struct err *err)
{
    team_id id;

    return request_id(rq, "id", "tem", &id.n, err) && team_get(tx, id, out, err);
}

/* GET /api/v1/teams/{id} */
static bool get_team(struct request *rq, struct tx *tx, struct err *err)
{
    struct team team;

    return find_team(rq, tx, &team, err) && reply_team(rq, 200, &team);
}

/* PATCH /api/v1/teams/{id} */
static bool patch_team(struct request *rq, struct tx *tx, struct err *err)
{
    const struct team_body *body = rq->body;
    struct team team;
    int64_t version;

    return find_team(rq, tx, &team, err) && request_version(rq, team.version, &version, err) &&
           team_rename(tx, &team, body->name, version, err) && reply_team(rq, 200, &team);
}

/* DELETE /api/v1/teams/{id} */
static bool delete_team(struct request *rq, struct tx *tx, struct err *err)
{
    struct team team;
    int64_t version;

    return find_team(rq, tx, &team, err) && request_version(rq, team.version, &version, err) &&
           team_remove(tx, team.id, version, err) && reply_nothing(rq);
}

static bool set_member(struct request *rq, struct tx *tx, bool is_in, struct err *err)
{
    struct team team;
    team_id id;
    user_id user;

    return request_id(rq, "id", "tem", &id.n, err) && request_id(rq, "user", "usr", &user.n, err) &&
           team_set_member(tx, id, user, is_in, &team, err) && reply_team(rq, 200, &team);
}

/* PUT /api/v1/teams/{id}/members/{user} */
static bool put_member(struct request *rq, struct tx *tx, struct err *err)
{
    return set_member(rq, tx, true, err);
}

/* DELETE /api/v1/teams/{id}/members/{user} */
static bool delete_member(struct request *rq, struct tx *tx, struct err *err)
{
    return set_member(rq, tx, false, err);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/teams", READ, list_teams, USER_READ, QUERY(page_query), MANY(team),
          "Lists the teams with their members."),
    ROUTE(POST, "/api/v1/teams", WRITE, post_team, USER_WRITE, BODY(team_body), MADE(team),
          "Adds a team."),
    ROUTE(GET, "/api/v1/teams/{id}", READ, get_team, USER_READ, NOTHING, ONE(team),
          "Reads a team."),
    ROUTE(PATCH, "/api/v1/teams/{id}", WRITE, patch_team, USER_WRITE, BODY(team_body), ONE(team),
          "Gives a team another name.", .is_versioned = true),
    ROUTE(DELETE, "/api/v1/teams/{id}", WRITE, delete_team, USER_WRITE, NOTHING, NOTHING,
          "Removes a team with which no cases or channels stand.", .is_versioned = true),
    ROUTE(PUT, "/api/v1/teams/{id}/members/{user}", WRITE, put_member, USER_WRITE, NOTHING,
          ONE(team), "Takes a user into a team."),
    ROUTE(DELETE, "/api/v1/teams/{id}/members/{user}", WRITE, delete_member, USER_WRITE, NOTHING,
          ONE(team), "Takes a user out of a team."),
};
const struct routes team_routes = ROUTES(rows);
