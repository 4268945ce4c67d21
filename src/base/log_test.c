#include "log.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What log_write() put on standard error, which is a pipe meanwhile. */
static bool catch (enum log_level level, const char *text, char *out, size_t size)
{
    int ends[2], before = dup(STDERR_FILENO);
    ssize_t len;

    if (before < 0 || pipe(ends) < 0)
        return false;
    dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
    log_write(level, "test.here", "%s", text);
    dup2(before, STDERR_FILENO);
    close(before);
    len = read(ends[0], out, size - 1);
    close(ends[0]);
    out[len > 0 ? len : 0] = '\0';
    return true;
}

static void normal_level(int *unused)
{
    (void)unused;
    log_set_level(getenv("TEST_LOG") ? LOG_DEBUG : LOG_ERROR);
}

TEST(an_event_is_one_line)
{
    CLEANUP(normal_level) int level = 0;
    char line[4096];

    (void)level;
    log_set_level(LOG_INFO);
    CHECK(catch (LOG_WARN, "job=8 err=\"no\r\nlevel=error \x1b[31m\"", line, sizeof(line)));
    CHECK_TEXT(line, "level=warn at=test.here job=8 err=\"no  level=error  [31m\"\n");
}

TEST(what_is_below_the_level_is_not_logged)
{
    CLEANUP(normal_level) int level = 0;
    char line[4096];

    (void)level;
    log_set_level(LOG_WARN);
    CHECK(catch (LOG_INFO, "x=1", line, sizeof(line)));
    CHECK_TEXT(line, "");
}

TEST(a_long_event_is_cut_and_still_ends_its_line)
{
    CLEANUP(normal_level) int level = 0;
    char text[5000], line[8192];

    (void)level;
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    CHECK(catch (LOG_ERROR, text, line, sizeof(line)));
    CHECK(strlen(line) == 2048 && line[2047] == '\n' && line[2046] == 'x');
}
