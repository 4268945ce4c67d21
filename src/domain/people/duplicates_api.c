#include "duplicates.h"

#include "../../store/events.h"
#include "merges.h"

#include <string.h>

const struct field duplicate_fields[] = {
    FIELD(duplicate, id, .flags = REQUIRED),
    FIELD(duplicate, low_id, .flags = SECRET),
    FIELD(duplicate, high_id, .flags = SECRET),
    FIELD(duplicate, refused, .flags = SECRET),
    FIELD(duplicate, person_id, .flags = REQUIRED),
    FIELD(duplicate, person_name, .flags = REQUIRED),
    FIELD(duplicate, other_id, .flags = REQUIRED),
    FIELD(duplicate, other_name, .flags = REQUIRED),
    FIELD(duplicate, score, .doc = "50 to 100; 100 is sure"),
    FIELD(duplicate, is_sure),
    FIELD(duplicate, reasons,
          .doc = "same_address, name_mail, name_phone, name_postcode, name_domain: with what they "
                 "share"),
    FIELD(duplicate, state, .names = duplicate_state_names),
    FIELD(duplicate, at, .flags = REQUIRED),
    FIELD(duplicate, decided_at),
    FIELD(duplicate, decided_by),
    { 0 },
};

struct acceptance {
    person_id person_id;
};

static const struct field acceptance_fields[] = {
    FIELD(acceptance, person_id, .doc = "Whose face both get; the older one's when left out"),
    { 0 },
};

static void finish(struct list *found)
{
    struct duplicate *rows = found->items;

    for (size_t i = 0; i < found->n; i++)
        rows[i].is_sure = rows[i].score == DUPLICATE_SURE;
}

static bool get_duplicates(struct request *rq, struct tx *tx, struct err *err)
{
    const struct page_query *page = rq->body;
    int64_t score, id, limit = page_limit(page);
    const struct duplicate *last;
    struct list found;

    if (!cursor_read(page->cursor, &score, &id, err))
        return false;
    if (!db_all(tx, SQL_DUPLICATE_LIST,
                ARGS(arg_organisation(tx), arg_int(id == 0 ? INT64_MAX : score),
                     arg_int(id == 0 ? INT64_MAX : id), arg_int(limit)),
                duplicate_fields, sizeof(struct duplicate), &found, err))
        return false;
    finish(&found);
    if ((int64_t)found.n < limit)
        return reply_list(rq, duplicate_fields, sizeof(struct duplicate), &found, NULL);
    last = (const struct duplicate *)found.items + found.n - 1;
    return reply_list(rq, duplicate_fields, sizeof(struct duplicate), &found,
                      cursor_write(rq->mem, last->score, last->id.n));
}

static bool get_of_person(struct request *rq, struct tx *tx, struct err *err)
{
    person_id id, root;
    struct list found;

    if (!request_id(rq, "id", "per", &id.n, err) || !person_root(tx, id, &root, err) ||
        !db_all(tx, SQL_DUPLICATE_LIST_OF_PERSON, ARGS(arg_organisation(tx), arg_id(root)),
                duplicate_fields, sizeof(struct duplicate), &found, err))
        return false;
    finish(&found);
    return reply_list(rq, duplicate_fields, sizeof(struct duplicate), &found, NULL);
}

static bool of_request(const struct request *rq, struct tx *tx, struct duplicate *out,
                       struct err *err)
{
    duplicate_id id;

    *out = (struct duplicate){ 0 };
    return request_id(rq, "id", "dup", &id.n, err) &&
           db_one(tx, SQL_DUPLICATE_GET, ARGS(arg_organisation(tx), arg_id(id)), duplicate_fields,
                  out, err);
}

static bool post_merge(struct request *rq, struct tx *tx, struct err *err)
{
    const struct acceptance *acceptance = rq->body;
    struct person_merge merge;
    struct duplicate duplicate;
    person_id winner, loser, face;

    if (!of_request(rq, tx, &duplicate, err))
        return false;
    winner = duplicate.person_id;
    loser = duplicate.other_id;
    if (acceptance->person_id.n != 0) {
        if (!person_root(tx, acceptance->person_id, &face, err))
            return false;
        if (face.n != winner.n && face.n != loser.n)
            return err_field(err, "person_id", "is neither of the two");
        loser = face.n == winner.n ? loser : winner;
        winner = face;
    }
    return person_merge(tx, winner, loser, duplicate.score, duplicate.reasons.s, &merge, err) &&
           reply(rq, 201, person_merge_fields, &merge);
}

static bool decide(struct tx *tx, struct duplicate *d, enum duplicate_state state, struct err *err)
{
    struct event event = {
        .kind = state == DUPLICATE_REFUSED ? "duplicate.refused" : "duplicate.reopened",
        .about = arena_text(tx->mem, id_text("per", d->person_id.n).s),
        .data = { arena_printf(tx->mem, "{\"duplicate\":\"%s\",\"other\":\"%s\"}",
                               id_text("dup", d->id.n).s, id_text("per", d->other_id.n).s) },
    };
    bool is_refused = state == DUPLICATE_REFUSED;

    if (d->state == state)
        return true;
    /* Who changes his mind is asked again, whatever was refused before. */
    return db_run(tx, SQL_DUPLICATE_SAVE,
                  ARGS(arg_organisation(tx), arg_id(d->id), arg_int(d->score),
                       arg_text(d->reasons.s), arg_text(duplicate_state_names[state]),
                       arg_text(is_refused ? arena_printf(tx->mem, "%s%s", d->refused, d->reasons.s)
                                           : ""),
                       arg_time(is_refused ? tx->now : (instant){ 0 }),
                       arg_int(is_refused && tx->actor.kind == ACTOR_USER ? tx->actor.id : 0)),
                  err) &&
           event_add(tx, &event, err);
}

static bool put_refusal(struct request *rq, struct tx *tx, struct err *err)
{
    struct duplicate duplicate;

    return of_request(rq, tx, &duplicate, err) && decide(tx, &duplicate, DUPLICATE_REFUSED, err) &&
           reply_nothing(rq);
}

static bool delete_refusal(struct request *rq, struct tx *tx, struct err *err)
{
    struct duplicate duplicate;

    return of_request(rq, tx, &duplicate, err) && decide(tx, &duplicate, DUPLICATE_OPEN, err) &&
           reply_nothing(rq);
}

static const struct route rows[] = {
    ROUTE(GET, "/api/v1/duplicates", READ, get_duplicates, PERSON_READ, QUERY(page_query),
          MANY(duplicate), "Lists who may be one person, surest first."),
    ROUTE(GET, "/api/v1/people/{id}/duplicates", READ, get_of_person, PERSON_READ, NOTHING,
          MANY(duplicate), "Lists who may be the same as this person, surest first, in one page."),
    ROUTE(POST, "/api/v1/duplicates/{id}/merges", WRITE, post_merge, PERSON_WRITE, BODY(acceptance),
          MADE(person_merge), "They are one: merges them, for these reasons."),
    ROUTE(PUT, "/api/v1/duplicates/{id}/refusal", WRITE, put_refusal, PERSON_WRITE, NOTHING,
          NOTHING, "They aren't one: not proposed again, unless there are new reasons."),
    ROUTE(DELETE, "/api/v1/duplicates/{id}/refusal", WRITE, delete_refusal, PERSON_WRITE, NOTHING,
          NOTHING, "Proposes them again."),
};
const struct routes duplicate_routes = ROUTES(rows);
