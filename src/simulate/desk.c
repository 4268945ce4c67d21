/* desk.c — a colleague opens a case: decides what is proposed, as he knows who is who, answers, and
 * says what becomes of the case.
 *
 * He accepts what is right of the proposals and refuses the rest; what isn't proposed he doesn't
 * look for. Only what came in as an answer to something else he splits off.
 */
#include "play_inside.h"

#include "../base/buf.h"
#include "../base/json.h"
#include "../base/text.h"
#include "../channel/email_parse.h"
#include "../domain/cases/change.h"
#include "../domain/cases/merge.h"
#include "../domain/cases/move.h"
#include "../domain/cases/proposals.h"
#include "../domain/notes/notes.h"
#include "../domain/people/duplicates.h"
#include "../domain/promises/promises.h"

#include <string.h>

enum { DECIDED_MAX = 20 /* about people, at once */ };

/* What he has before him. */
struct opened {
    struct play *play;
    struct story *story;
    struct heard heard;
    struct message message; /* the one that he answers */
    struct casefile c;
    struct list proposals;  /* of struct case_proposal */
    struct list duplicates; /* of struct duplicate */
    struct list identities; /* of struct identity: of the two of a duplicate */
    person_id asked, known;
    bool is_done;
    const char *text;
    struct list promises; /* of struct promise_draft: what the text promises */
    struct said said;
};

static bool read_case(struct tx *tx, void *arg, struct err *err)
{
    struct opened *o = arg;
    person_id root;
    bool found;

    return message_by_external_id(tx, o->heard.message, &o->message, &found, err) &&
           case_get(tx, o->message.case_id, &o->c, err) &&
           proposal_list(tx, o->c.id, &o->proposals, err) &&
           person_root(tx, o->message.person_id, &root, err) &&
           db_all(tx, SQL_DUPLICATE_LIST_OF_PERSON, ARGS(arg_organisation(tx), arg_id(root)),
                  duplicate_fields, sizeof(struct duplicate), &o->duplicates, err);
}

static bool open_case(struct opened *o, struct err *err)
{
    struct scope scope = office_scope(&o->play->office, o->play->turn, o->story->agent);

    return store_read(o->play->office.store, &scope, read_case, o, err);
}

/* --- who is who ------------------------------------------------------------------------------- */

static bool read_identities(struct tx *tx, void *arg, struct err *err)
{
    struct opened *o = arg;

    return identity_list(tx, o->asked, &o->identities, err);
}

/* The tenant behind a person: by his number with us, or by what he wrote. -1: nobody knows. */
static bool tenant_of(struct opened *o, person_id person, int64_t *out, struct err *err)
{
    struct scope scope = office_scope(&o->play->office, o->play->turn, o->story->agent);
    const struct identity *identity;

    *out = -1;
    o->asked = person;
    if (!store_read(o->play->office.store, &scope, read_identities, o, err))
        return false;
    identity = o->identities.items;
    for (size_t i = 0; i < o->identities.n; i++) {
        if (identity[i].kind == IDENTITY_EXTERNAL && identity[i].value[0] == 'K')
            return int_read(identity[i].value + 1, strlen(identity[i].value + 1), out) || true;
        if (landing_find(&o->play->people, identity[i].person_id.n, out))
            return true;
    }
    return true;
}

/* Is it one person? *decided: somebody knew. */
static bool decide_person(struct opened *o, const struct duplicate *duplicate, bool *decided,
                          struct err *err)
{
    struct office *office = &o->play->office;
    struct arena *mem = o->play->turn;
    const char *path =
        arena_printf(mem, "/api/v1/duplicates/%s", id_text("dup", duplicate->id.n).s);
    const char *body;
    int64_t a, b;

    if (!tenant_of(o, duplicate->person_id, &a, err) || !tenant_of(o, duplicate->other_id, &b, err))
        return false;
    *decided = a >= 0 && b >= 0;
    if (!*decided)
        return true;
    if (a != b)
        return office_call(office, mem, "PUT", arena_printf(mem, "%s/refusal", path), NULL, NULL,
                           &body, err);
    o->play->played.merged_people++;
    return office_call(office, mem, "POST", arena_printf(mem, "%s/merges", path), NULL, "{}", &body,
                       err);
}

/* What is decided is off the list, and may bring something new. */
static bool decide_people(struct opened *o, struct err *err)
{
    size_t unknown = 0;
    bool decided;

    for (int i = 0; i < DECIDED_MAX && unknown < o->duplicates.n; i++) {
        const struct duplicate *duplicates = o->duplicates.items;

        if (!decide_person(o, &duplicates[unknown], &decided, err) ||
            (decided && !open_case(o, err)))
            return false;
        unknown += !decided;
    }
    return true;
}

static bool find_in_table(struct tx *tx, void *arg, struct err *err)
{
    struct opened *o = arg;
    const char *number = arena_printf(tx->mem, "K%06lld", (long long)o->heard.who->number);
    struct identity identity;

    o->known = o->asked = (person_id){ 0 };
    if (!identity_find(tx, IDENTITY_EXTERNAL, number, NULL, &identity, err) ||
        !person_root(tx, o->message.person_id, &o->asked, err))
        return false;
    if (identity.id.n == 0)
        identity.person_id.n = landing_of(&o->play->people, o->heard.who->number);
    return identity.person_id.n == 0 || person_root(tx, identity.person_id, &o->known, err);
}

/* Who says his name and address is looked up, and is that one: a tenant in the table, or somebody
 * who wrote before. */
static bool look_up(struct opened *o, struct err *err)
{
    struct scope scope = office_scope(&o->play->office, o->play->turn, o->story->agent);
    const char *path, *body;

    if (!o->heard.says_who || !store_read(o->play->office.store, &scope, find_in_table, o, err))
        return !o->heard.says_who;
    if (o->known.n == 0 || o->known.n == o->asked.n)
        return true;
    path = arena_printf(o->play->turn, "/api/v1/people/%s/merges", id_text("per", o->known.n).s);
    o->play->played.merged_people++;
    return office_call(
               &o->play->office, o->play->turn, "POST", path, NULL,
               arena_printf(o->play->turn, "{\"person_id\":\"%s\"}", id_text("per", o->asked.n).s),
               &body, err) &&
           open_case(o, err);
}

/* --- which case ------------------------------------------------------------------------------- */

struct merging {
    case_id from, to;
};

static bool merge(struct tx *tx, void *arg, struct err *err)
{
    const struct merging *merging = arg;
    struct casefile loser, winner;
    struct case_merge done;

    return case_get(tx, merging->from, &loser, err) && case_get(tx, merging->to, &winner, err) &&
           (loser.id.n == winner.id.n ||
            (case_merge(tx, &loser, &winner, NULL, &done, err) &&
             proposal_follow(tx, loser.id, winner.id, PROPOSAL_ACCEPTED, err)));
}

static bool is_of_one_story(const struct opened *o, const struct case_proposal *proposal)
{
    int64_t a = -1, b = -2;

    return landing_find(&o->play->cases, proposal->case_id.n, &a) &&
           landing_find(&o->play->cases, proposal->to_case_id.n, &b) && a == b;
}

static bool accept(struct opened *o, const struct case_proposal *proposal, struct err *err)
{
    struct scope scope = office_scope(&o->play->office, o->play->turn, o->story->agent);
    struct merging merging = { proposal->case_id, proposal->to_case_id };

    o->play->played.merged_cases++;
    return store_write(o->play->office.store, &scope, merge, &merging, err);
}

static bool refuse(struct opened *o, const struct case_proposal *proposal, struct err *err)
{
    const char *path = arena_printf(o->play->turn, "/api/v1/cases/%s/proposals/%s",
                                    id_text("cas", proposal->case_id.n).s,
                                    arena_text(o->play->turn, id_text("cpr", proposal->id.n).s));
    const char *body;

    o->play->played.refused++;
    return office_call(&o->play->office, o->play->turn, "PUT", path, NULL,
                       "{\"state\":\"refused\"}", &body, err);
}

/* All that are right; once one is, it doesn't matter any more what the case isn't part of. */
static bool decide_cases(struct opened *o, struct err *err)
{
    const struct case_proposal *proposals = o->proposals.items;
    bool is_merged = false;

    for (size_t i = 0; i < o->proposals.n; i++) {
        bool is_right = is_of_one_story(o, &proposals[i]);

        if (is_right ? !accept(o, &proposals[i], err)
                     : !is_merged && !refuse(o, &proposals[i], err))
            return false;
        is_merged |= is_right;
    }
    return o->proposals.n == 0 || open_case(o, err);
}

/* --- what went astray ------------------------------------------------------------------------- */

static bool split(struct tx *tx, void *arg, struct err *err)
{
    struct opened *o = arg;
    const char *id = arena_text(tx->mem, id_text("msg", o->message.id.n).s);
    struct case_picks picks = {
        .messages = { &id, 1 }
    };
    struct casefile from;
    struct case_move move;

    return case_get(tx, o->message.case_id, &from, err) &&
           case_split(tx, &picks, NULL, &from, &move, err);
}

/* He sees that it's about something else only where the customer wrote it into an old thread. */
static bool split_off(struct opened *o, struct err *err)
{
    struct scope scope = office_scope(&o->play->office, o->play->turn, o->story->agent);
    int64_t whose;

    if (!landing_find(&o->play->cases, o->c.id.n, &whose) || whose == o->story->number ||
        o->story->contacts > 1 || o->c.messages_n < 2)
        return true;
    o->play->played.split++;
    if (!store_write(o->play->office.store, &scope, split, o, err) || !open_case(o, err))
        return false;
    landing_add(o->play, &o->play->cases, o->c.id.n, o->story->number);
    return true;
}

/* --- the answer ------------------------------------------------------------------------------- */

/* Who owes something, or promises it now, isn't done. */
static unsigned status_after(struct tx *tx, const struct opened *o)
{
    struct err owes;

    return o->is_done && o->promises.n == 0 && promise_none_owed(tx, o->c.id, &owes) ? CASE_DONE
                                                                                     : CASE_WAITING;
}

static bool write_answer(struct tx *tx, void *arg, struct err *err)
{
    struct opened *o = arg;
    struct answer answer = {
        .text = o->text,
        .conversation_id = o->message.conversation_id,
        .promises = o->promises,
        .status = status_after(tx, o),
    };
    struct case_change change = { .assignee_id = o->play->office.agents[o->story->agent].id,
                                  .has_assignee = true };
    struct casefile c;

    return case_get(tx, o->c.id, &c, err) && case_change(tx, &change, &c, err) &&
           case_answer(tx, c.id, &answer, &o->said.message, err);
}

/* A call was answered while it was made. */
static bool end_call(struct tx *tx, void *arg, struct err *err)
{
    struct opened *o = arg;
    struct case_change change = { .status = status_after(tx, o),
                                  .assignee_id = o->play->office.agents[o->story->agent].id,
                                  .has_assignee = true,
                                  .has_status = true };
    struct note_draft draft = { .text = o->text };
    struct promise_draft *promises = o->promises.items;
    struct casefile c;
    struct note note;
    struct promise promise;

    if (!case_get(tx, o->c.id, &c, err) || !case_change(tx, &change, &c, err) ||
        !note_add(tx, c.id, &draft, &note, err))
        return false;
    o->said.note = note.id;
    for (size_t i = 0; i < o->promises.n; i++) {
        promises[i].note_id = note.id;
        if (!promise_add(tx, c.id, &promises[i], &promise, err))
            return false;
    }
    return true;
}

/* What the customer can answer to, as it really came. */
static bool take_mail(struct opened *o, struct err *err)
{
    struct bytes raw = town_mail_take(o->play->office.mail, o->play->turn);
    struct incoming in;

    if (raw.len == 0)
        return err_set(err, ERR_INTERNAL, "our answer was sent, but nobody got it");
    if (!email_parse(o->play->turn, raw, &in, err))
        return false;
    o->story->mail_id = arena_text(o->play->mem, in.external_id);
    o->story->mail_subject = arena_text(o->play->mem, in.subject);
    o->story->reference = arena_text(o->play->mem, o->c.reference);
    return true;
}

/* What is proposed is decided by who opens the case first. */
static bool open_and_decide(struct opened *o, struct err *err)
{
    if (!office_work(&o->play->office, err) || !open_case(o, err))
        return false;
    return o->play->settings->is_untended ||
           (look_up(o, err) && decide_people(o, err) && decide_cases(o, err) && split_off(o, err));
}

bool desk_read(struct play *play, struct story *story, const struct heard *heard, struct err *err)
{
    struct opened o = { .play = play, .story = story, .heard = *heard };

    return open_and_decide(&o, err);
}

bool desk_answer(struct play *play, struct story *story, struct err *err)
{
    struct opened o = { .play = play, .story = story, .heard = story->heard };
    struct scope scope = office_scope(&play->office, play->turn, story->agent);

    if (!open_and_decide(&o, err))
        return false;
    o.text = story_answer(play->mem, story, story->tenant, play->office.agents[story->agent].name,
                          &o.is_done);
    promised_find(play, o.text, &o.promises);
    if (!store_write(play->office.store, &scope, story->way == WAY_PHONE ? end_call : write_answer,
                     &o, err) ||
        !promised_plan(play, story, o.c.id, &o.said, err) || !office_work(&play->office, err))
        return false;
    story->is_answered = true;
    play->played.answers++;
    if (story->way == WAY_PHONE && dice_in_100(&story->dice, 30))
        story->reference = arena_text(play->mem, o.c.reference);
    return story->way != WAY_MAIL || take_mail(&o, err);
}
