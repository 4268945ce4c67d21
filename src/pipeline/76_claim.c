/* 76_claim.c — another address that somebody says is his, beside the one that he writes from:
 * stands with his person, as claimed. Nothing goes there before he has shown that it is.
 */
#include "pipeline.h"

#include "../base/text.h"
#include "../domain/people/people.h"

bool inbound_claim(struct tx *tx, struct inbound *in, struct err *err)
{
    struct identity_draft draft = { .kind = in->in.also_kind,
                                    .state = IDENTITY_CLAIMED,
                                    .value = in->in.also };
    struct identity holder;
    const char *value;

    if (text_is_blank(in->in.also))
        return true;
    if (!identity_value(tx, draft.kind, draft.value, &value, err) ||
        !identity_find(tx, draft.kind, value, NULL, &holder, err))
        return false;
    /* He only says so: whose it is keeps it. */
    draft.is_shared = holder.id.n != 0;
    if (identity_add(tx, in->person, &draft, BY_MESSAGE, &holder, err))
        return true;
    if (err->code != ERR_CONFLICT)
        return false;
    err_clear(err); /* he had it already */
    return true;
}
