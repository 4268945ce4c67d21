/* merge_api.c — merging, splitting and moving over HTTP, and undoing each of them. */
#include "merge.h"
#include "move.h"
#include "proposals.h"

#include <string.h>

struct case_merging {
    case_id into;
};

static const struct field case_merging_fields[] = {
    FIELD(case_merging, into, .flags = REQUIRED, .doc = "The case that stays"),
    { 0 },
};

struct case_splitting {
    struct case_picks picks;
    const char *title;
};

/* The lists are members of a member. */
#define PICKS_FIELDS(s)                                                                            \
    { .name = "messages",                                                                          \
      .at = offsetof(struct s, picks.messages),                                                    \
      .kind = KIND_LIST,                                                                           \
      .max = MOVED_MAX,                                                                            \
      .doc = "Ids of messages of the case" },                                                      \
        { .name = "notes",                                                                         \
          .at = offsetof(struct s, picks.notes),                                                   \
          .kind = KIND_LIST,                                                                       \
          .max = MOVED_MAX,                                                                        \
          .doc = "Ids of notes of the case" }

static const struct field case_splitting_fields[] = {
    PICKS_FIELDS(case_splitting),
    FIELD(case_splitting, title, .max = CASE_TITLE_MAX,
          .doc = "Of the new case; what the first message says when left out"),
    { 0 },
};

struct case_moving {
    struct case_picks picks;
    case_id to;
};

static const struct field case_moving_fields[] = {
    PICKS_FIELDS(case_moving),
    FIELD(case_moving, to, .flags = REQUIRED, .doc = "The case that they are put into"),
    { 0 },
};

/* {id} of the path, in the version that the caller has seen. */
static bool read_seen(struct request *rq, struct tx *tx, struct casefile *out, struct err *err)
{
    int64_t version;

    if (!case_of_request(rq, tx, out, err) || !request_version(rq, out->version, &version, err))
        return false;
    return out->version == version ||
           err_set(err, ERR_CHANGED, "somebody changed this case a moment ago");
}

static bool post_merge(struct request *rq, struct tx *tx, struct err *err)
{
    const struct case_merging *merging = rq->body;
    struct casefile loser, winner;
    struct case_merge merge;

    return read_seen(rq, tx, &loser, err) && case_get(tx, merging->into, &winner, err) &&
           case_merge(tx, &loser, &winner, NULL, &merge, err) &&
           proposal_follow(tx, loser.id, winner.id, PROPOSAL_ACCEPTED, err) &&
           reply_versioned(rq, 201, winner.version, case_merge_fields, &merge);
}

static bool delete_merge(struct request *rq, struct tx *tx, struct err *err)
{
    struct casefile c, winner;
    struct case_merge merge;
    case_merge_id id;

    if (!request_id(rq, "merge", "cmg", &id.n, err) || !read_seen(rq, tx, &c, err) ||
        !case_unmerge(tx, id, &winner, &merge, err))
        return false;
    if (c.id.n != winner.id.n)
        return err_set(err, ERR_NOT_FOUND, "nothing was merged into this case by that");
    return proposal_follow(tx, merge.loser_id, merge.winner_id, PROPOSAL_REFUSED, err) &&
           reply_versioned(rq, 200, winner.version, case_merge_fields, &merge);
}

static bool post_split(struct request *rq, struct tx *tx, struct err *err)
{
    const struct case_splitting *splitting = rq->body;
    struct case_move move;
    struct casefile c;

    return read_seen(rq, tx, &c, err) &&
           case_split(tx, &splitting->picks, splitting->title, &c, &move, err) &&
           reply_versioned(rq, 201, c.version, case_move_fields, &move);
}

static bool post_move(struct request *rq, struct tx *tx, struct err *err)
{
    const struct case_moving *moving = rq->body;
    struct casefile c, to;
    struct case_move move;

    return read_seen(rq, tx, &c, err) && case_get(tx, moving->to, &to, err) &&
           case_move_to(tx, &moving->picks, &c, &to, &move, err) &&
           reply_versioned(rq, 201, c.version, case_move_fields, &move);
}

static bool delete_move(struct request *rq, struct tx *tx, struct err *err)
{
    struct case_move move;
    struct casefile c;
    case_move_id id;

    return request_id(rq, "move", "cmv", &id.n, err) && read_seen(rq, tx, &c, err) &&
           case_move_undo(tx, id, &c, &move, err) &&
           reply_versioned(rq, 200, c.version, case_move_fields, &move);
}

static const struct route rows[] = {
    ROUTE(POST, "/api/v1/cases/{id}/merge", WRITE, post_merge, CASE_WRITE, BODY(case_merging),
          MADE(case_merge),
          "Makes the case part of another one, which answers to both ids and references from then "
          "on; the ETag is that one's.",
          .is_versioned = true),
    ROUTE(DELETE, "/api/v1/cases/{id}/merges/{merge}", WRITE, delete_merge, CASE_WRITE, NOTHING,
          ONE(case_merge),
          "Takes a merge back, at any time: each has what is its own, and what came in for it.",
          .is_versioned = true),
    ROUTE(POST, "/api/v1/cases/{id}/split", WRITE, post_split, CASE_WRITE, BODY(case_splitting),
          MADE(case_move), "Makes a case of its own of some of a case's messages and notes.",
          .is_versioned = true),
    ROUTE(POST, "/api/v1/cases/{id}/moves", WRITE, post_move, CASE_WRITE, BODY(case_moving),
          MADE(case_move), "Puts some of a case's messages and notes into another case.",
          .is_versioned = true),
    ROUTE(DELETE, "/api/v1/cases/{id}/moves/{move}", WRITE, delete_move, CASE_WRITE, NOTHING,
          ONE(case_move), "Takes a split or a move back, at any time and in any order.",
          .is_versioned = true),
};
const struct routes case_merge_routes = ROUTES(rows);
