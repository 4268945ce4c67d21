/* email_intro.h — the line above a mail that is quoted: who wrote it, and when.
 *
 * As mail programs write it in the organisation's language, so that theirs, and ours
 * (email_fold.h), know it again. Pure but for the system's list of time zones; safe on any thread.
 */
#pragma once

#include "../base/arena.h"
#include "incoming.h"

/* One line in mem: "Op 29 nov 2026 om 14:05 schreef Jan <jan@x.nl>:". NULL: `who` says nothing.
 * Another language than nl, en and fr is en; an unknown time zone is UTC. */
const char *email_quote_intro(struct arena *mem, const char *language, const char *time_zone,
                              const struct party *who, instant at);
