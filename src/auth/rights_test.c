#include "rights.h"

#include "test.h"

#include "../base/text.h"

#include <string.h>

TEST(an_administrator_has_every_right)
{
    for (unsigned i = 0; i < RIGHTS_N; i++)
        if (!has_right(role_rights(ROLE_ADMIN), i))
            test_fail(__FILE__, __LINE__, "%s", right_name(i));
}

TEST(only_administrators_write_users_channels_and_the_organisation)
{
    for (unsigned role = ROLE_LEAD; role_names[role]; role++) {
        uint64_t rights = role_rights(role);
        if (has_right(rights, USER_WRITE) || has_right(rights, CHANNEL_WRITE) ||
            has_right(rights, ORGANISATION_WRITE) || has_right(rights, AUDIT_READ))
            test_fail(__FILE__, __LINE__, "%s", role_names[role]);
    }
}

TEST(every_right_has_a_name_of_its_own)
{
    for (unsigned i = 0; i < RIGHTS_N; i++)
        for (unsigned k = 0; k < i; k++)
            CHECK(!text_equal(right_name(i), right_name(k)));
}

TEST(scopes_leave_of_the_rights_what_they_name)
{
    static const struct {
        const char *scopes;
        enum right right;
        bool has;
    } rows[] = {
        { "case:read",              CASE_READ,  true  },
        { "case:read",              CASE_WRITE, false },
        { "case:read  case:write ", CASE_WRITE, true  },
        { "",                       CASE_READ,  false },
        { "",                       LOGGED_IN,  true  },
        { "*",                      CASE_WRITE, true  },
        { "*",                      USER_WRITE, false }, /* an agent hasn't */
        { "user:write",             USER_WRITE, false },
    };
    char unknown[64];
    uint64_t left;

    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(scopes_read(rows[i].scopes, role_rights(ROLE_AGENT), &left, unknown));
        if (has_right(left, rows[i].right) != rows[i].has)
            test_fail(__FILE__, __LINE__, "\"%s\"", rows[i].scopes);
    }
}

TEST(an_unknown_scope_is_named_and_never_too_long)
{
    char scopes[200], unknown[64];
    uint64_t left;

    CHECK(!scopes_read("case:read case:fly", ~(uint64_t)0, &left, unknown));
    CHECK_TEXT(unknown, "case:fly");
    CHECK(!scopes_read("anyone", ~(uint64_t)0, &left, unknown));
    memset(scopes, 'x', sizeof(scopes) - 1);
    scopes[sizeof(scopes) - 1] = '\0';
    CHECK(!scopes_read(scopes, ~(uint64_t)0, &left, unknown));
    CHECK(strlen(unknown) == 63);
}
