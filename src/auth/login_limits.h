/* login_limits.h — how often somebody may fail to log in.
 *
 * Failures are counted per client address together with the account, and per address alone (ten
 * times as many): whoever guesses is slowed down, but cannot lock somebody else out. In the
 * memory of this process, bounded. Safe on any thread.
 */
#pragma once

#include "../base/arena.h"
#include "../base/clock.h"

struct login_limits;

struct login_limits *login_limits_new(struct arena *mem);
/* Before a try: how long it has to wait; 0: now, and it counts as failed until it succeeded, so
 * that many at once are no way around. */
int64_t login_limits_try(struct login_limits *limits, const char *address, const char *account,
                         instant now);
void login_limits_succeeded(struct login_limits *limits, const char *address, const char *account);
