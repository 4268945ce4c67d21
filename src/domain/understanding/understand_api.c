#include "understand_api.h"

#include "ground.h"

#include <string.h>

struct understand_draft {
    const char *text;
    unsigned language; /* enum language; LANGUAGE_UNKNOWN: find it */
    bool outgoing;
    instant at;
    channel_id channel_id;
    team_id team_id;
};

static const char *const language_names[] = { "", "nl", "en", "fr", "de", NULL };

static const struct field understand_draft_fields[] = {
    FIELD(understand_draft, text, .flags = REQUIRED, .max = LANGUAGE_MAX),
    FIELD(understand_draft, language, .names = language_names, .doc = "Found when left out"),
    FIELD(understand_draft, outgoing,
          .doc = "We write it: promises, referrals and style are looked for, too"),
    FIELD(understand_draft, at, .doc = "When it is said: what 'tomorrow' counts from; else now"),
    FIELD(understand_draft, channel_id, .doc = "Where it goes: how much it takes counts for style"),
    FIELD(understand_draft, team_id,
          .doc = "Whose opening hours deadlines count in; the channel's team when left out"),
    { 0 },
};

struct asked {
    team_id team;
    channel_id channel;
    struct understand_context known;
};

static bool get_known(struct tx *tx, void *arg, struct err *err)
{
    struct asked *asked = arg;

    return ground_get(tx, asked->team, asked->channel, &asked->known, err);
}

/* Outside a transaction: a long text takes a while, and nobody should wait for it. */
static bool post_understand(struct request *rq, struct tx *tx, struct err *err)
{
    const struct understand_draft *draft = rq->body;
    struct asked asked = { .team = draft->team_id, .channel = draft->channel_id };
    struct understanding found;

    (void)tx;
    if (!request_read(rq, get_known, &asked, err))
        return false;
    ground_add_place(rq->mem, &asked.known, request_link(rq, "")); /* our own private links */
    asked.known.is_outgoing = draft->outgoing;
    asked.known.language = (enum language)draft->language;
    asked.known.at = draft->at.ms != 0 ? draft->at : clock_now();
    understand(rq->mem, draft->text, strlen(draft->text), &asked.known, &found);
    return reply(rq, 200, understanding_fields, &found);
}

static const struct route rows[] = {
    ROUTE(POST, "/api/v1/understand", ALONE, post_understand, CASE_READ, BODY(understand_draft),
          ONE(understanding),
          "Says what a text says: language, mood, promises, referrals, personal data, style."),
};
const struct routes understand_routes = ROUTES(rows);
