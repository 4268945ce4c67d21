/* 78_prove.c — who writes in public the code of a private link that was opened, as whom it is for,
 * shows that both are one.
 */
#include "pipeline.h"

#include "../domain/private_links/private_links.h"

#include <string.h>

enum { WORDS_MAX = 1000 }; /* nobody writes a code in more */

bool inbound_prove_link(struct tx *tx, struct inbound *in, struct err *err)
{
    const char *settings = in->channel.settings.s;

    if (in->is_ours || !settings || !strstr(settings, "\"is_public\":true") ||
        strlen(in->in.text) > WORDS_MAX)
        return true;
    return private_links_hear(tx, in->channel.id, in->person, in->in.text, err);
}
