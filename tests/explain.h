/* explain.h — does the engine find a statement's rows by an index?
 *
 * Asked of an empty database, with the engine told not to walk through tables if there is any
 * other way: what it says then, it can also do with a million rows.
 */
#pragma once

#include "../src/store/db.h"

/* ERR_CONFLICT, with the line of the plan, when it has to walk through a whole table or index. */
MUST_CHECK bool explain_is_indexed(struct tx *tx, enum sql sql, struct err *err);

/* ERR_CONFLICT when SQLite finds rows by nothing but their organisation: it walks through all that
 * this one has, and in a join once for each other row. PostgreSQL isn't asked, as below. */
MUST_CHECK bool explain_is_narrow(struct tx *tx, enum sql sql, struct err *err);

/* ERR_CONFLICT when SQLite finds the rows by another index than this one. It plans by the text
 * alone; PostgreSQL by the values and by what is in the table, which is empty here: not asked. */
MUST_CHECK bool explain_uses(struct tx *tx, enum sql sql, const char *index, struct err *err);

/* ERR_CONFLICT when SQLite doesn't begin behind the cursor "(a, b) > ($n, $m)" wherever it reads
 * the table of this alias: then it reads all of it and sorts. PostgreSQL isn't asked. */
MUST_CHECK bool explain_goes_on(struct tx *tx, enum sql sql, const char *alias, struct err *err);
