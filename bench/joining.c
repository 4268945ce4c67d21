/* joining.c — how often a message is put to the case that it is about.
 *
 * usage: bench_joining PAIRS
 *
 * PAIRS has the columns of src/language/data/joining.tsv. Each pair is a customer with one open
 * case and a message in a new conversation, decided as src/pipeline/55_join.c does. Prints
 * `pairs`, `same`; of what joined surely `sure.precision` and `sure.recall`, the same of what
 * joined or was proposed (`likely`), and `us`, the time of one.
 */
#include "database.h"

#include "../src/base/text.h"
#include "../src/language/joining.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 6 };

struct counts {
    int pairs, same, sure, sure_right, likely, likely_right;
    int64_t us;
};

static bool split(char *line, char *out[COLUMNS])
{
    size_t n = 0;

    line[strcspn(line, "\r\n")] = '\0';
    for (char *left = line, *column; n < COLUMNS && (column = strsep(&left, "\t"));)
        out[n++] = column;
    return n == COLUMNS;
}

static enum joining_turn turn_of(const char *text)
{
    if (text_equal(text, "us"))
        return TURN_US;
    return text_equal(text, "done") ? TURN_DONE : TURN_THEM;
}

static void judge(struct arena *mem, const char *of_case, char *columns[COLUMNS],
                  struct counts *counts)
{
    struct joining_state state = { .turn = turn_of(columns[4]), .days = atof(columns[3]) };
    bool same = text_equal(columns[1], "same"), sure, likely;
    int64_t began = clock_monotonic_us();
    const struct joining_text *a = joining_text(mem, of_case, strlen(of_case));
    const struct joining_text *b = joining_text(mem, columns[5], strlen(columns[5]));
    struct joining joining;

    joining_judge(mem, a, b, &state, &joining);
    counts->us += clock_monotonic_us() - began;
    sure = joining.is_vague ? state.turn == TURN_US
                            : joining.is_sure && (state.turn != TURN_DONE || joining.number);
    likely = sure || joining.is_vague || joining.chance >= joining_likely_only;
    counts->pairs++;
    counts->same += same;
    counts->sure += sure;
    counts->sure_right += sure && same;
    counts->likely += likely;
    counts->likely_right += likely && same;
    if (sure && !same)
        fprintf(stderr, "wrong: %s\n", columns[5]);
}

int main(int argc, char **argv)
{
    struct arena *mem = arena_new("bench_joining");
    static char line[64 * 1024], of_case[64 * 1024];
    struct counts c = { 0 };
    char *columns[COLUMNS];
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;

    if (!file) {
        fprintf(stderr, "bench_joining PAIRS\n");
        return 2;
    }
    while (fgets(line, sizeof(line), file)) {
        if (!split(line, columns) || text_equal(columns[0], "case"))
            continue;
        if (text_equal(columns[1], "case")) {
            snprintf(of_case, sizeof(of_case), "%s", columns[5]);
            continue;
        }
        judge(mem, of_case, columns, &c);
        arena_reset(mem);
    }
    fclose(file);
    printf("pairs %d\nsame %d\n", c.pairs, c.same);
    printf("sure.precision %.3f\nsure.recall %.3f\n", (double)c.sure_right / c.sure,
           (double)c.sure_right / c.same);
    printf("likely.precision %.3f\nlikely.recall %.3f\n", (double)c.likely_right / c.likely,
           (double)c.likely_right / c.same);
    printf("us %.0f\n", (double)c.us / c.pairs);
    arena_free(mem);
    return 0;
}
