/* 28_vouch.c — is it from whom it says? Of a mail anybody can write anything there; what our own
 * mail server found about it counts, once an administrator named that server.
 */
#include "pipeline.h"

#include "../base/text.h"

#include <strings.h>

const char *const sender_proof_names[] = { "refuted", "said", "proven", "known", NULL };

/* What this server found, of all that it wrote: that one way shows who it is is enough. */
static unsigned found_by(const struct list *checks, const char *checker)
{
    const struct sender_check *all = checks->items;
    unsigned found = CHECK_NOTHING;

    for (size_t i = 0; i < checks->n; i++)
        if (strcasecmp(all[i].by, checker) == 0 && all[i].finding > found)
            found = all[i].finding;
    return found;
}

bool inbound_vouch(struct tx *tx, struct inbound *in, struct err *err)
{
    static const enum sender_proof proofs[] = {
        [CHECK_NOTHING] = SENDER_SAID,
        [CHECK_FAILED] = SENDER_REFUTED,
        [CHECK_PASSED] = SENDER_PROVEN,
    };
    const struct channel_type *type = channel_type_named(in->channel.type);
    const char *checker;
    void *settings;

    in->is_doubtful = false;
    in->proof = in->in.only_says ? SENDER_SAID : SENDER_KNOWN;
    if (in->is_ours || !in->in.only_says || in->in.checks.n == 0 || !type->checker)
        return true;
    if (!channel_shown_settings(tx, &in->channel, type, &settings, err))
        return false;
    checker = type->checker(settings);
    if (!text_is_blank(checker))
        in->proof = proofs[found_by(&in->in.checks, checker)];
    in->is_doubtful = in->proof == SENDER_REFUTED;
    return true;
}
