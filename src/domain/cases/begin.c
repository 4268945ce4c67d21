#include "begin.h"

#include "../../base/text.h"
#include "../../language/personal.h"
#include "../../store/events.h"
#include "../channels/channels.h"
#include "../devices/devices.h"
#include "../labels/labels.h"
#include "../notes/notes.h"
#include "../people/people.h"
#include "../promises/promises.h"
#include "change.h"
#include "titles.h"
#include "ways.h"

#include <string.h>

enum { BEGIN_LABELS_MAX = 50 };

const struct field beginning_fields[] = {
    FIELD(beginning, subject, .max = CASE_TITLE_MAX,
          .doc = "The case's title, and the mail's subject; the first words when left out, but a "
                 "mail needs one"),
    FIELD(beginning, person_id, .doc = "The customer; who has the address `to` when left out"),
    FIELD(beginning, to, .max = 254,
          .doc = "A mail address or telephone number. Who has it is the customer, made when nobody "
                 "has; beside person_id it's his from now on"),
    FIELD(beginning, name, .max = PERSON_NAME_MAX, .doc = "Of the customer who is made for `to`"),
    FIELD(beginning, channel_id, .doc = "Over which it's written; only when nothing is: null"),
    FIELD(beginning, identity_id,
          .doc = "Which of the customer's addresses; the first that the channel reaches when left "
                 "out"),
    FIELD(beginning, text, .max = ANSWER_TEXT_MAX,
          .doc = "To the customer; left out: nothing is sent"),
    FIELD(beginning, note, .max = NOTE_TEXT_MAX, .doc = "To the colleagues"),
    FIELD(beginning, cc, .max = 50, .doc = "Mail addresses"),
    FIELD(beginning, files, .max = 50,
          .doc = "Ids of files that were uploaded before: the message's, or without one the "
                 "note's"),
    FIELD(beginning, personal, .max = PERSONAL_KINDS,
          .doc = "Kinds of personal data that the writer sends knowingly; stands in the history"),
    FIELD(beginning, promises, .of = promise_draft_fields, .size = sizeof(struct promise_draft),
          .max = PROMISES_OF_ANSWER_MAX,
          .doc = "What the message promises: owed as soon as it is queued"),
    FIELD(beginning, team_id, .doc = "The channel's when left out; null: nobody's"),
    FIELD(beginning, assignee_id, .doc = "Who begins it when left out; null: nobody's"),
    FIELD(beginning, status, .names = case_status_names,
          .doc = "waiting when something is sent, else open, when left out"),
    FIELD(beginning, labels, .max = BEGIN_LABELS_MAX, .doc = "Ids of labels"),
    { 0 },
};

/* What is found out of it before anything is written. */
struct plan {
    struct open_channel channel; /* zeros: nothing is sent */
    label_id *labels;
    struct casefile c;
    struct way way;
};

static bool is_sent(const struct beginning *b)
{
    return !text_is_blank(b->text);
}

static bool check_says_something(const struct beginning *b, struct err *err)
{
    if (!is_sent(b) && text_is_blank(b->note))
        return err_field(err, "text", "has nothing in it, and there is no note either");
    if (is_sent(b))
        return true;
    if (b->cc.n > 0)
        return err_field(err, "cc", "belongs to a text, and there is none");
    return b->promises.n == 0 || err_field(err, "promises", "belong to a text, and there is none");
}

/* Is it one that we can begin on? */
static bool open_to_begin(struct tx *tx, channel_id id, struct open_channel *out, struct err *err)
{
    if (!channel_open(tx, id, out, err))
        return err->code == ERR_NOT_FOUND && err_field(err, "channel_id", "isn't known here");
    if (!(out->type->skills & CAN_BEGIN))
        return err_field(err, "channel_id",
                         "can't be begun on: there the customer has to write first");
    return out->row.enabled ||
           err_set(err, ERR_CONFLICT, "the channel %s is switched off", out->row.name);
}

static bool check_channel(struct tx *tx, const struct beginning *b, struct open_channel *out,
                          struct err *err)
{
    if (!is_sent(b))
        return true;
    if (b->channel_id.n == 0)
        return err_field(err, "channel_id", "must say over which channel it's written");
    if (!open_to_begin(tx, b->channel_id, out, err))
        return false;
    return !(out->type->skills & CAN_SUBJECT) || !text_is_blank(b->subject) ||
           err_field(err, "subject", "must say what it's about");
}

/* Of what is written down without a channel. */
static enum identity_kind kind_by_look(const char *written)
{
    return strchr(written, '@') ? IDENTITY_EMAIL : IDENTITY_PHONE;
}

static enum identity_kind kind_of(const struct plan *plan, const char *written)
{
    return plan->channel.type ? plan->channel.type->address_kind : kind_by_look(written);
}

/* As two addresses of one mailbox, or one number, are the same: without what follows a "+". */
static bool bare_address(struct tx *tx, const char *written, const char **out, struct err *err)
{
    const char *at = strchr(written, '@');
    size_t local = at ? strcspn(written, "+") : 0;

    if (!at)
        return identity_value(tx, IDENTITY_PHONE, written, out, err);
    if (written + local < at)
        written = arena_printf(tx->mem, "%.*s%s", (int)local, written, at);
    return identity_value(tx, IDENTITY_EMAIL, written, out, err);
}

/* Who wrote to himself would be answered for ever. */
static bool check_not_ours(struct tx *tx, const char *address, struct err *err)
{
    const struct channel *channels;
    const char *theirs, *ours;
    struct list list;

    if (!channel_list(tx, &list, err) || !bare_address(tx, address, &theirs, err))
        return false;
    channels = list.items;
    for (size_t i = 0; i < list.n; i++) {
        if (text_is_blank(channels[i].address))
            continue;
        if (!bare_address(tx, channels[i].address, &ours, err))
            return false;
        if (text_equal(ours, theirs))
            return err_field(err, "to", "is an address of your own organisation");
    }
    return true;
}

static bool may_change_people(const struct beginning *b, struct err *err)
{
    return b->may_change_people ||
           err_set(err, ERR_DENIED,
                   "you may not add people or addresses: choose one that is "
                   "known");
}

/* The address is his who has it, or the given person's from now on. */
static bool find_by_address(struct tx *tx, const struct beginning *b, struct plan *plan,
                            const char **value, struct err *err)
{
    enum identity_kind kind = kind_of(plan, b->to);
    struct identity_draft draft = { .kind = kind, .state = IDENTITY_CLAIMED };
    struct identity identity;
    bool is_new, is_his;

    if (!way_address(tx, kind, b->to, &draft.value, err) || !check_not_ours(tx, draft.value, err) ||
        !identity_value(tx, kind, draft.value, value, err))
        return false;
    if (b->person_id.n == 0)
        return person_by_address(tx, kind, draft.value, b->name, BY_AGENT, &plan->c.person_id,
                                 &is_new, err) &&
               (!is_new || may_change_people(b, err));
    plan->c.person_id = b->person_id;
    return identity_is_of(tx, b->person_id, kind, *value, &is_his, err) &&
           (is_his || (may_change_people(b, err) &&
                       identity_add(tx, b->person_id, &draft, BY_AGENT, &identity, err)));
}

static bool find_person(struct tx *tx, const struct beginning *b, struct plan *plan,
                        const char **value, struct err *err)
{
    person_id root;

    *value = NULL;
    if (b->person_id.n != 0 && !person_root(tx, b->person_id, &root, err))
        return err->code == ERR_NOT_FOUND && err_field(err, "person_id", "isn't known here");
    if (!text_is_blank(b->to))
        return find_by_address(tx, b, plan, value, err);
    if (b->person_id.n == 0)
        return err_field(err, "to", "must say to whom, or person_id must");
    plan->c.person_id = b->person_id;
    return true;
}

static bool make_plan(struct tx *tx, const struct beginning *b, struct plan *out, struct err *err)
{
    const char *value;

    *out = (struct plan){
        .c = { .team_id = b->team_id, .assignee_id = b->assignee_id }
    };
    if (!check_says_something(b, err) || !case_check_owners(tx, b->team_id, b->assignee_id, err) ||
        !label_read_ids(tx, "labels", &b->labels, &out->labels, err) ||
        !check_channel(tx, b, &out->channel, err) || !find_person(tx, b, out, &value, err))
        return false;
    if (is_sent(b) && (!way_begin(tx, out->c.person_id, &out->channel.row, b->identity_id, value,
                                  &out->way, err) ||
                       !check_not_ours(tx, out->way.address, err)))
        return false;
    out->c.channel_id = out->channel.row.id;
    if (!b->has_team)
        out->c.team_id = out->channel.row.team_id;
    if (!b->has_assignee && tx->actor.kind == ACTOR_USER)
        out->c.assignee_id.n = tx->actor.id;
    return true;
}

/* Of what is only noted somebody waits for us, unless it's said otherwise. */
static void settle_noted(struct tx *tx, const struct beginning *b, struct casefile *c)
{
    c->preview = text_preview(tx->mem, b->note, CASE_PREVIEW_MAX);
    c->status = b->status != CASE_NEW ? b->status : CASE_OPEN;
    if (c->status == CASE_OPEN)
        c->waiting_since = tx->now;
}

static bool open_it(struct tx *tx, const struct beginning *b, struct plan *plan, struct err *err)
{
    struct casefile *c = &plan->c;
    const char *said = is_sent(b) ? b->text : b->note;

    c->title = !text_is_blank(b->subject) ? b->subject : said;
    if (!case_open(tx, c, err) || !case_title_index(tx, c->id, c->title, err))
        return false;
    for (size_t i = 0; i < b->labels.n; i++)
        if (!label_put_on(tx, plan->labels[i], c->id, err))
            return false;
    return notice_add(tx, c->assignee_id, NOTICE_ASSIGNED, c->id, err);
}

static bool write_note(struct tx *tx, const struct beginning *b, case_id id, struct err *err)
{
    struct note_draft draft = { .text = b->note };
    struct note note;

    if (text_is_blank(b->note))
        return true;
    if (!is_sent(b))
        draft.files = b->files;
    return note_add(tx, id, &draft, &note, err);
}

static bool write_message(struct tx *tx, const struct beginning *b, const struct plan *plan,
                          message_id *out, struct err *err)
{
    struct answer answer = {
        .text = b->text,
        .cc = b->cc,
        .files = b->files,
        .personal = b->personal,
        .promises = b->promises,
        .status = b->status,
        .way = &plan->way,
        .keeps_owner = true,
    };

    return case_answer(tx, plan->c.id, &answer, out, err);
}

bool case_begin(struct tx *tx, const struct beginning *b, case_id *out, message_id *message,
                struct err *err)
{
    struct plan plan;

    *message = (message_id){ 0 };
    if (!make_plan(tx, b, &plan, err) || !open_it(tx, b, &plan, err))
        return false;
    *out = plan.c.id;
    if (!write_note(tx, b, plan.c.id, err))
        return false;
    if (is_sent(b))
        return write_message(tx, b, &plan, message, err);
    settle_noted(tx, b, &plan.c);
    return case_save(tx, &plan.c, err);
}

/* --- over HTTP ------------------------------------------------------------------------------- */

static bool post_case(struct request *rq, struct tx *tx, struct err *err)
{
    struct beginning beginning = *(const struct beginning *)rq->body;
    message_id message;
    struct casefile c;
    case_id id;

    beginning.has_team = request_named(rq, "team_id");
    beginning.has_assignee = request_named(rq, "assignee_id");
    beginning.may_change_people = has_right(rq->caller.rights, PERSON_WRITE);
    if (request_named(rq, "status") && beginning.status == CASE_NEW)
        return err_field(err, "status", "can't be new: who begins it has seen it");
    return case_begin(tx, &beginning, &id, &message, err) && case_get(tx, id, &c, err) &&
           label_list_of_case(tx, c.id, &c.labels, err) &&
           reply_versioned(rq, 201, c.version, casefile_fields, &c);
}

/* GET /api/v1/people/{id}/ways */
static bool get_ways(struct request *rq, struct tx *tx, struct err *err)
{
    struct list ways;
    person_id id;

    return request_id(rq, "id", "per", &id.n, err) && person_ways(tx, id, &ways, err) &&
           reply_list(rq, way_fields, sizeof(struct way), &ways, NULL);
}

struct ways_query {
    const char *to;
};

static const struct field ways_query_fields[] = {
    FIELD(ways_query, to, .flags = REQUIRED, .min = 1, .max = 254,
          .doc = "A mail address or telephone number"),
    { 0 },
};

/* GET /api/v1/ways?to= */
static bool get_ways_of_address(struct request *rq, struct tx *tx, struct err *err)
{
    const struct ways_query *query = rq->body;
    enum identity_kind kind = kind_by_look(query->to);
    const char *address;
    struct list ways;

    return way_address(tx, kind, query->to, &address, err) && check_not_ours(tx, address, err) &&
           address_ways(tx, kind, address, &ways, err) &&
           reply_list(rq, way_fields, sizeof(struct way), &ways, NULL);
}

static const struct route rows[] = {
    ROUTE(POST, "/api/v1/cases", WRITE, post_case, CASE_WRITE, BODY(beginning), MADE(casefile),
          "Begins a case: writes to a customer first, or notes down who came by or called."),
    ROUTE(GET, "/api/v1/people/{id}/ways", READ, get_ways, PERSON_READ, NOTHING, MANY(way),
          "Lists how a person can be written to first: each channel that can begin with each of "
          "his addresses."),
    ROUTE(GET, "/api/v1/ways", READ, get_ways_of_address, PERSON_READ, QUERY(ways_query), MANY(way),
          "Lists how an address can be written to first, whether somebody is known by it or not."),
};
const struct routes case_begin_routes = ROUTES(rows);
