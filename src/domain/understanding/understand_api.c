#include "understand_api.h"

#include "../../language/understand.h"
#include "judge.h"

#include <string.h>

struct understand_draft {
    const char *text;
    unsigned language; /* enum language; LANGUAGE_UNKNOWN: find it */
    bool outgoing;
    instant at;
};

static const char *const language_names[] = { "", "nl", "en", "fr", "de", NULL };

static const struct field understand_draft_fields[] = {
    FIELD(understand_draft, text, .flags = REQUIRED, .max = LANGUAGE_MAX),
    FIELD(understand_draft, language, .names = language_names, .doc = "Found when left out"),
    FIELD(understand_draft, outgoing,
          .doc = "We write it: promises, referrals and style are looked for, too"),
    FIELD(understand_draft, at, .doc = "When it is said: what 'tomorrow' counts from; else now"),
    { 0 },
};

/* What the organisation knows beside the text. */
struct ground {
    struct judge judge;
    struct list addresses; /* of struct own_address: where our channels are reached */
};

struct own_address {
    const char *address;
};

static const struct field own_address_fields[] = {
    FIELD(own_address, address),
    { 0 },
};

static bool get_ground(struct tx *tx, void *arg, struct err *err)
{
    struct ground *ground = arg;

    return judge_get(tx, &ground->judge, err) &&
           db_all(tx, SQL_UNDERSTAND_OWN_ADDRESSES, ARGS(arg_organisation(tx)), own_address_fields,
                  sizeof(struct own_address), &ground->addresses, err);
}

/* Who is sent to one of our channels isn't sent away, and its address is nobody's secret. */
static void know_own(struct arena *mem, const struct list *addresses,
                     struct understand_context *context)
{
    const struct own_address *rows = addresses->items;
    struct referral_own *places = NEW(mem, struct referral_own);
    struct personal_own *own = NEW(mem, struct personal_own);
    const char **items = NEW_ARRAY(mem, const char *, addresses->n);
    const char **domains = NEW_ARRAY(mem, const char *, addresses->n);
    size_t domains_n = 0;

    for (size_t i = 0; i < addresses->n; i++) {
        const char *at = strrchr(rows[i].address, '@');
        items[i] = rows[i].address;
        if (at)
            domains[domains_n++] = at + 1;
    }
    *places = (struct referral_own){ items, addresses->n };
    *own = (struct personal_own){ .domains = domains, .domains_n = domains_n };
    context->places = places;
    context->own = own;
}

/* Outside a transaction: a long text takes a while, and nobody should wait for it. */
static bool post_understand(struct request *rq, struct tx *tx, struct err *err)
{
    const struct understand_draft *draft = rq->body;
    struct understand_context context = {
        .is_outgoing = draft->outgoing,
        .language = (enum language)draft->language,
        .at = draft->at.ms != 0 ? draft->at : clock_now(),
    };
    struct understanding found;
    struct ground ground;

    (void)tx;
    if (!request_read(rq, get_ground, &ground, err))
        return false;
    context.hints.organisation = ground.judge.speaks;
    context.learned = ground.judge.learned;
    know_own(rq->mem, &ground.addresses, &context);
    understand(rq->mem, draft->text, strlen(draft->text), &context, &found);
    return reply(rq, 200, understanding_fields, &found);
}

static const struct route rows[] = {
    ROUTE(POST, "/api/v1/understand", ALONE, post_understand, CASE_READ, BODY(understand_draft),
          ONE(understanding),
          "Says what a text says: language, mood, promises, referrals, personal data, style."),
};
const struct routes understand_routes = ROUTES(rows);
