#include "duplicates.h"

#include "../auth/organisations.h"
#include "../domain/people/duplicates.h"
#include "test.h"
#include "world.h"

struct looking {
    int64_t n, proposals;
};

static bool add_two(struct tx *tx, void *arg, struct err *err)
{
    person_id a, b;
    bool is_new;

    (void)arg;
    return person_by_address(tx, IDENTITY_EMAIL, "jan@bakkerij.example", "Jan Bos", BY_MESSAGE, &a,
                             &is_new, err) &&
           person_by_address(tx, IDENTITY_EMAIL, "j@bakkerij.example", "Jan Bos", BY_MESSAGE, &b,
                             &is_new, err);
}

static bool go_on(struct tx *tx, void *arg, struct err *err)
{
    return duplicate_go_on(tx, &((struct looking *)arg)->n, err);
}

static bool count(struct tx *tx, void *arg, struct err *err)
{
    struct list found;

    if (!db_all(tx, SQL_DUPLICATE_LIST,
                ARGS(arg_organisation(tx), arg_int(INT64_MAX), arg_int(INT64_MAX), arg_int(10)),
                duplicate_fields, sizeof(struct duplicate), &found, err))
        return false;
    ((struct looking *)arg)->proposals = (int64_t)found.n;
    return true;
}

TEST(those_who_came_in_are_looked_at_once_and_everybody_again_after_a_day)
{
    WORLD(w);
    struct looking looking = { 0 };

    clock_fake((instant){ 1800000000000 });
    CHECK_OK(world_write(&w, add_two, NULL), &w.err);
    CHECK_OK(world_write(&w, go_on, &looking) && world_read(&w, count, &looking), &w.err);
    CHECK(looking.n == 2 && looking.proposals == 1);
    CHECK_OK(world_write(&w, go_on, &looking), &w.err);
    CHECK(looking.n == 0);
    clock_fake((instant){ 1800000000000 + DAY_MS });
    CHECK_OK(world_write(&w, go_on, &looking), &w.err);
    CHECK(looking.n == 2);
    CHECK_OK(world_write(&w, go_on, &looking), &w.err);
    CHECK(looking.n == 0);
    CHECK_OK(world_write(&w, go_on, &looking), &w.err);
    CHECK(looking.n == 0);
}
