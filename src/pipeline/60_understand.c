/* 60_understand.c — what does the customer's message say? Its words are judged before the
 * transaction (20_parse.c); here is only what other messages know.
 */
#include "pipeline.h"

#include "../base/text.h"
#include "../store/jobs.h"

#include <string.h>

/* A text of which the language is less sure than this is in that of the message before it. */
static const double DOUBT = 0.2;

void inbound_judge(struct arena *mem, struct inbound *in)
{
    size_t fold = in->in.fold_at, len = strlen(in->in.text);
    size_t own = utf8_cut(in->in.text, fold > 0 && fold < len ? fold : len, LANGUAGE_MAX);
    const char *text = arena_text_n(mem, in->in.text, own);

    in->is_judged = !in->is_ours && !in->in.is_auto;
    if (!in->is_judged)
        return;
    if (text_is_blank(text))
        text = in->in.subject;
    judge_text(mem, &in->judge, text, strlen(text), &in->judgement);
}

bool inbound_understand(struct tx *tx, struct inbound *in, struct err *err)
{
    struct judgement earlier;
    struct message newest;
    bool found;

    /* After a new release: from the next message on it counts again what people corrected. */
    if (in->judge.must_learn && !job_ask(tx, "learn", tx->organisation.n, err))
        return false;
    if (!in->is_judged || in->judgement.margin >= DOUBT || in->conversation.id.n == 0)
        return true;
    if (!message_newest(tx, in->conversation.id, DIRECTION_IN, (message_id){ 0 }, &newest, &found,
                        err))
        return false;
    if (!found || !newest.understood.s)
        return true;
    if (!judgement_read(tx->mem, newest.understood.s, &earlier, err))
        return false;
    if (earlier.language)
        in->judgement.language = earlier.language;
    return true;
}
