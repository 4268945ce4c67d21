#include "proposals.h"

#include "../../base/json.h"
#include "../../store/events.h"

const char *const proposal_state_names[] = { "open", "accepted", "refused", NULL };

const char *const join_reason_names[] = { "answer",   "words", "number", "address", "asks_news",
                                          "only_one", "waits", "recent", NULL };

const struct field join_reason_fields[] = {
    FIELD(join_reason, kind, .names = join_reason_names),
    FIELD(join_reason, words, .flags = OPTIONAL, .doc = "That both have"),
    FIELD(join_reason, days, .doc = "Since something was heard of the case"),
    { 0 },
};

const struct field join_reasons_fields[] = {
    FIELD(join_reasons, why, .of = join_reason_fields, .size = sizeof(struct join_reason)),
    { 0 },
};

const struct field case_proposal_fields[] = {
    FIELD(case_proposal, id, .flags = REQUIRED),
    FIELD(case_proposal, case_id, .flags = REQUIRED),
    FIELD(case_proposal, to_case_id, .flags = REQUIRED, .doc = "The case that it may belong to"),
    FIELD(case_proposal, reference, .flags = REQUIRED),
    FIELD(case_proposal, title, .flags = REQUIRED),
    FIELD(case_proposal, status, .names = case_status_names),
    FIELD(case_proposal, score, .doc = "How likely, 0 to 1"),
    FIELD(case_proposal, reasons, .flags = REQUIRED, .of = join_reasons_fields,
          .doc = "Why it may"),
    FIELD(case_proposal, state, .names = proposal_state_names),
    FIELD(case_proposal, at, .flags = REQUIRED),
    FIELD(case_proposal, decided_at),
    FIELD(case_proposal, decided_by),
    { 0 },
};

const char *join_reasons_write(struct arena *mem, const struct list *reasons)
{
    CLEANUP(buf_free) struct buf json = BUF(64 * 1024);

    json_write_list(&json, join_reason_fields, sizeof(struct join_reason), reasons->items,
                    reasons->n);
    return arena_text(mem, buf_str(&json));
}

bool proposal_add(struct tx *tx, case_id id, case_id to, double score, const char *reasons,
                  struct err *err)
{
    return db_run(tx, SQL_PROPOSAL_ADD,
                  ARGS(arg_organisation(tx), arg_id_number(id_new()), arg_id(id), arg_id(to),
                       arg_real(score), arg_text(arena_printf(tx->mem, "{\"why\":%s}", reasons)),
                       arg_time(tx->now)),
                  err);
}

bool proposal_list(struct tx *tx, case_id id, struct list *out, struct err *err)
{
    return db_all(tx, SQL_PROPOSAL_LIST, ARGS(arg_organisation(tx), arg_id(id)),
                  case_proposal_fields, sizeof(struct case_proposal), out, err);
}

static user_id decided_by(const struct tx *tx)
{
    return (user_id){ tx->actor.kind == ACTOR_USER ? tx->actor.id : 0 };
}

static bool follow(struct tx *tx, case_id a, case_id b, enum proposal_state state, struct err *err)
{
    return db_run(tx, SQL_PROPOSAL_FOLLOW,
                  ARGS(arg_organisation(tx), arg_id(a), arg_id(b),
                       arg_text(proposal_state_names[state]), arg_time(tx->now),
                       arg_id(decided_by(tx))),
                  err);
}

bool proposal_follow(struct tx *tx, case_id a, case_id b, enum proposal_state state,
                     struct err *err)
{
    return follow(tx, a, b, state, err) && follow(tx, b, a, state, err);
}

/* --- over HTTP ----------------------------------------------------------------------------- */

static const char *const decision_names[] = { "open", "refused", NULL };

struct proposal_decision {
    unsigned state;
};

static const struct field proposal_decision_fields[] = {
    FIELD(proposal_decision, state, .flags = REQUIRED, .names = decision_names,
          .doc = "It is accepted by merging the case"),
    { 0 },
};

static bool put_proposal(struct request *rq, struct tx *tx, struct err *err)
{
    const struct proposal_decision *decision = rq->body;
    enum proposal_state state = decision->state == 0 ? PROPOSAL_OPEN : PROPOSAL_REFUSED;
    struct case_proposal proposal = { 0 };
    struct casefile c;
    case_proposal_id id;

    if (!request_id(rq, "proposal", "cpr", &id.n, err) || !case_of_request(rq, tx, &c, err) ||
        !db_one(tx, SQL_PROPOSAL_GET, ARGS(arg_organisation(tx), arg_id(id)), case_proposal_fields,
                &proposal, err))
        return false;
    if (proposal.case_id.n != c.id.n)
        return err_set(err, ERR_NOT_FOUND, "it isn't proposed of this case");
    proposal.state = state;
    proposal.decided_at = tx->now;
    proposal.decided_by = decided_by(tx);
    return db_run(tx, SQL_PROPOSAL_DECIDE,
                  ARGS(arg_organisation(tx), arg_id(id), arg_text(proposal_state_names[state]),
                       arg_time(tx->now), arg_id(proposal.decided_by)),
                  err) &&
           event_add(tx,
                     &(struct event){
                         .kind = state == PROPOSAL_OPEN ? "proposal.reopened" : "proposal.refused",
                         .case_id = c.id,
                         .about = arena_text(tx->mem, id_text("cas", proposal.to_case_id.n).s) },
                     err) &&
           reply(rq, 200, case_proposal_fields, &proposal);
}

static const struct route rows[] = {
    ROUTE(PUT, "/api/v1/cases/{id}/proposals/{proposal}", WRITE, put_proposal, CASE_WRITE,
          BODY(proposal_decision), ONE(case_proposal),
          "Refuses for good that a case is part of another one, or takes that back."),
};
const struct routes case_proposal_routes = ROUTES(rows);
