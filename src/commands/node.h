/* node.h — which number a server makes its ids with: a lease, so that no two have the same.
 *
 * The lease is renewed without waiting, so that a database that is away holds nobody up. A
 * server that lost its lease (it slept, its database was away) gets another number.
 */
#pragma once

#include "../store/store.h"

struct node;

enum { NODE_RENEW_MS = 10 * 1000 };

/* Takes a free number and tells base/ids.h; lives in mem, which must outlive the store. */
MUST_CHECK bool node_take(struct store *store, struct arena *mem, struct node **out,
                          struct err *err);
int node_number(const struct node *node);
/* To be called every NODE_RENEW_MS. */
void node_renew(struct node *node);
/* Gives the number back; it is written before the store is closed. */
void node_release(struct node *node);
