#include "commands.h"

#include "../base/buf.h"
#include "../base/crypt.h"
#include "../base/fetch.h"
#include "../base/log.h"
#include "../base/text.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { EXIT_FAILED = 1, EXIT_WRONG_WORDS = 2, NAME_WORDS_MAX = 2, NAME_LEN_MAX = 64 };

static bool print_version(struct arena *mem, const void *options, struct err *err)
{
    (void)mem, (void)options, (void)err;
    printf("gestand %s\n", GESTAND_VERSION);
    return true;
}

static command_fn print_help;

static const struct command version_command = {
    "version", print_version, "Prints the version of this program", NULL, 0, 0, NULL, NULL, 0
};
static const struct command help_command = { "help", print_help, "Prints all commands",
                                             NULL,   0,          0,
                                             NULL,   NULL,       0 };

static const struct command *const commands[] = {
    &serve_command,         &init_command,          &user_add_command, &user_password_command,
    &user_list_command,     &token_add_command,     &deliver_command,  &import_mbox_command,
    &import_people_command, &export_people_command, &backup_command,   &restore_command,
    &doctor_command,        &understand_command,    &simulate_command, &version_command,
    &help_command,
};

/* --- help ---------------------------------------------------------------------------------- */

static bool print_help(struct arena *mem, const void *options, struct err *err)
{
    (void)mem, (void)options, (void)err;
    printf("usage: gestand COMMAND [OPTIONS]\n\n");
    for (size_t i = 0; i < COUNT(commands); i++)
        printf("  %-16s %s\n", commands[i]->name, commands[i]->doc);
    printf("\n'gestand COMMAND --help' tells more about one.\n"
           "Exit codes: 0 done, 1 failed, 2 the command line is wrong.\n");
    return true;
}

static void print_command_help(struct arena *mem, const struct command *command)
{
    printf("usage: gestand %s%s\n\n%s.\n", command->name,
           options_usage(mem, command->options, command->options_n), command->doc);
    if (command->options_n > 0)
        printf("\n%s", options_help(mem, command->options, command->options_n));
    if (command->more)
        printf("\n%s", command->more);
}

/* --- finding ------------------------------------------------------------------------------- */

/* How many of the words are the command's whole name; 0: it is another one. */
static int match(const struct command *command, int n, char *const *words)
{
    const char *at = command->name;

    for (int i = 0; i < n && i < NAME_WORDS_MAX; i++) {
        size_t len = strcspn(at, " ");

        if (strlen(words[i]) != len || memcmp(words[i], at, len) != 0)
            return 0;
        at += len;
        if (*at == '\0')
            return i + 1;
        at++;
    }
    return 0;
}

static const struct command *find(int n, char *const *words, int *used)
{
    for (size_t i = 0; i < COUNT(commands); i++) {
        *used = match(commands[i], n, words);
        if (*used > 0)
            return commands[i];
    }
    return NULL;
}

/* "user" alone: the commands that begin with it. */
static bool list_longer(const char *word, char *out, size_t size)
{
    size_t len = 0;

    for (size_t i = 0; i < COUNT(commands); i++) {
        const char *name = commands[i]->name;

        if (text_starts(name, word) && name[strlen(word)] == ' ' && len < size)
            len += (size_t)snprintf(out + len, size - len, "%s%s", len > 0 ? ", " : "", name);
    }
    return len > 0;
}

static int complain(const char *name, const char *text)
{
    fprintf(stderr, "gestand%s%s: %s\n", name[0] ? " " : "", name, text);
    return EXIT_FAILED;
}

static int unknown(int n, char *const *words)
{
    char longer[256], text[512];

    if (n == 0)
        snprintf(text, sizeof(text), "say what to do: see 'gestand help'");
    else if (list_longer(words[0], longer, sizeof(longer)))
        snprintf(text, sizeof(text), "'%s' wants a second word: %s", words[0], longer);
    else
        snprintf(text, sizeof(text), "there is no command '%.*s': see 'gestand help'", NAME_LEN_MAX,
                 words[0]);
    complain("", text);
    return EXIT_WRONG_WORDS;
}

/* --- running ------------------------------------------------------------------------------- */

/* The sentence is about the first field that is wrong; the others follow, on the same line. */
static void add_fields(struct err *err)
{
    size_t len = strlen(err->text);

    for (size_t i = 1; i < err->fields_n && len < sizeof(err->text); i++)
        len += (size_t)snprintf(err->text + len, sizeof(err->text) - len, "; %s %s",
                                err->fields[i].pointer + 1, err->fields[i].detail);
    for (char *c = err->text; *c; c++)
        if (*c == '\n' || *c == '\r')
            *c = ' ';
}

static int failed(const struct command *command, struct err *err)
{
    add_fields(err);
    complain(command->name, err->text);
    if (err->code == ERR_MALFORMED)
        return EXIT_WRONG_WORDS;
    if (command->exit_failed > 0 && err->code != ERR_TOO_LARGE && err->code != ERR_INVALID)
        return command->exit_failed;
    return EXIT_FAILED;
}

static int run(const struct command *command, int n, char *const *words)
{
    CLEANUP(arena_freep) struct arena *mem = arena_new("command");
    void *options = arena_alloc(mem, command->size + 1);
    struct err err = { 0 };
    bool wants_help;

    if (command->defaults)
        memcpy(options, command->defaults, command->size);
    if (!options_read(command->options, command->options_n, n, words, options, &wants_help, &err))
        return failed(command, &err);
    if (wants_help) {
        print_command_help(mem, command);
        return 0;
    }
    if (!command->run(mem, options, &err)) {
        fflush(stdout);
        return failed(command, &err);
    }
    if (ferror(stdout) || fflush(stdout) != 0)
        return complain(command->name, "the result can't be written to standard output");
    return 0;
}

int commands_run(int n, char *const *words)
{
    static char help[] = "help", version[] = "version";
    char *const asks_help[] = { help }, *const asks_version[] = { version };
    int used;
    const struct command *command;

    if (n > 0 && (text_equal(words[0], "--help") || text_equal(words[0], "-h")))
        return commands_run(1, asks_help);
    if (n == 1 && text_equal(words[0], "--version"))
        return commands_run(1, asks_version);
    /* help user add is user add --help. */
    if (n > 1 && text_equal(words[0], "help") && words[1][0] != '-') {
        CLEANUP(arena_freep) struct arena *mem = arena_new("help");

        command = find(n - 1, words + 1, &used);
        if (!command)
            return unknown(n - 1, words + 1);
        print_command_help(mem, command);
        return 0;
    }
    command = find(n, words, &used);
    if (!command)
        return unknown(n, words);
    signal(SIGPIPE, SIG_IGN);
    umask(077); /* whatever a command writes is for nobody else to read */
    log_set_level(LOG_ERROR);
    crypt_init();
    fetch_init();
    return run(command, n - used, words + used);
}
