/* documented.h — is every answer as the API's own description says it is? */
#pragma once

/* Fails the test when the answer's status, names or types aren't those of openapi.json. `target`
 * may have a query; what isn't a route of the program is passed over. */
void documented(const char *method, const char *target, int status, const char *body);
