/* called.h — which routes of the program were called by a test?
 *
 * Whoever speaks HTTP in a test says here what came back. Only an answer that says yes counts: a
 * 401 or 404 shows the router, and not the handler. At the end of all tests one of them fails
 * with the routes that none called. May be used by several threads.
 */
#pragma once

/* `target` is the path, with or without a query. What is no route of the program is left out. */
void called(const char *method, const char *target, int status);
