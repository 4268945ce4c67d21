/* ask.c — asks a server for what the lines of a file say, `NAME PATH` each, again and again in a
 * random order, and measures what the server says it took (Server-Timing).
 *
 * usage: bench_ask PORT TOKEN CLIENTS PER_SECOND SECONDS FILE SEED
 *
 * Prints for each NAME: its samples, p50, p99 and longest in ms, and the mean bytes of a body.
 */
#include "database.h"
#include "load.h"
#include "plan.h"

#include <stdio.h>
#include <string.h>

enum { QUESTIONS_MAX = 64, LINE_MAX_LEN = 2000 };

struct question {
    const char *name;
    struct samples took;
    size_t bytes, failures;
};

struct line {
    struct bytes request;
    size_t question;
};

struct asking {
    struct arena *mem;
    struct question questions[QUESTIONS_MAX];
    size_t questions_n;
    struct line *lines;
    size_t lines_n;
    size_t *order; /* the line of each request */
};

static struct bytes request(void *arg, size_t i)
{
    const struct asking *asking = arg;

    return asking->lines[asking->order[i]].request;
}

static void answered(void *arg, size_t i, const struct reply *reply, int64_t us)
{
    struct asking *asking = arg;
    struct question *question = &asking->questions[asking->lines[asking->order[i]].question];

    (void)us;
    if (reply->status != 200) {
        question->failures++;
        return;
    }
    samples_add(&question->took, (int64_t)(reply->server_ms * 1000));
    question->bytes += reply->body_len;
}

static size_t question_named(struct asking *asking, const char *name)
{
    size_t i = 0;

    while (i < asking->questions_n && strcmp(asking->questions[i].name, name) != 0)
        i++;
    if (i == QUESTIONS_MAX)
        give_up("too many names", &(struct err){ 0 });
    if (i == asking->questions_n)
        asking->questions[asking->questions_n++] =
            (struct question){ arena_text(asking->mem, name), { .mem = asking->mem }, 0, 0 };
    return i;
}

static void add_line(struct asking *asking, char *line, const char *token)
{
    char *path = strchr(line, ' ');
    const char *text;

    line[strcspn(line, "\n")] = '\0';
    if (!path)
        return;
    *path++ = '\0';
    text = arena_printf(asking->mem,
                        "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n",
                        path, token);
    asking->lines[asking->lines_n++] = (struct line){
        { (const uint8_t *)text, strlen(text) },
        question_named(asking, line)
    };
}

static void read_lines(struct asking *asking, const char *path, const char *token)
{
    char line[LINE_MAX_LEN];
    FILE *file = fopen(path, "r");
    size_t n = 0;

    if (!file)
        give_up(path, &(struct err){ .text = "can't be read" });
    while (fgets(line, sizeof(line), file))
        n++;
    rewind(file);
    asking->lines = NEW_ARRAY(asking->mem, struct line, n);
    while (fgets(line, sizeof(line), file))
        add_line(asking, line, token);
    fclose(file);
}

/* Each NAME is as likely as the others, however many lines it has. */
static size_t draw_line(const struct asking *asking, struct random *random)
{
    size_t question = random_below(random, asking->questions_n), line;

    do
        line = random_below(random, asking->lines_n);
    while (asking->lines[line].question != question);
    return line;
}

static void print(struct asking *asking)
{
    for (size_t i = 0; i < asking->questions_n; i++) {
        struct question *question = &asking->questions[i];
        printf("%s %zu %.3f %.3f %.3f %zu %zu\n", question->name, question->took.n,
               samples_ms(&question->took, 0.5), samples_ms(&question->took, 0.99),
               samples_ms(&question->took, 1),
               question->took.n > 0 ? question->bytes / question->took.n : 0, question->failures);
    }
}

int main(int argc, char **argv)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("ask");
    struct asking asking = { .mem = mem };
    struct random random;

    if (argc != 8) {
        fputs("usage: bench_ask PORT TOKEN CLIENTS PER_SECOND SECONDS FILE SEED\n", stderr);
        return 2;
    }
    struct load load = { .port = (int)number_of(argv[1]),
                         .clients_n = (size_t)number_of(argv[3]),
                         .per_second = (double)number_of(argv[4]),
                         .seconds = (double)number_of(argv[5]),
                         .request = request,
                         .answered = answered,
                         .arg = &asking };
    read_lines(&asking, argv[6], argv[2]);
    random = plan_random((uint64_t)number_of(argv[7]), 1);
    load.requests_n = (size_t)(load.per_second * load.seconds);
    asking.order = NEW_ARRAY(mem, size_t, load.requests_n);
    for (size_t i = 0; i < load.requests_n; i++)
        asking.order[i] = draw_line(&asking, &random);
    load_run(mem, &load);
    print(&asking);
    return 0;
}
