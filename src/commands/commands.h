/* commands.h — the program's words: one row each in commands.c.
 *
 * A command gets its options as a struct, read by its table. It prints its result on standard
 * output and returns true (exit 0), or returns false: then one line on standard error says why
 * and what to do, and the program ends with 1 (2 for ERR_MALFORMED: the command line is wrong).
 */
#pragma once

#include "options.h"

/* `options` is the command's own struct. Everything may live in mem. */
typedef bool command_fn(struct arena *mem, const void *options, struct err *err);

struct command {
    const char *name; /* "user add" */
    command_fn *run;
    const char *doc; /* one sentence */
    const struct option *options;
    size_t options_n;
    size_t size;          /* of the struct */
    const void *defaults; /* a struct to begin with; NULL: zeros */
    const char *more;     /* what else the help says; NULL: nothing */
    int exit_failed;      /* of a failure that isn't ERR_INVALID or ERR_TOO_LARGE; 0: as any */
};

/* A row's last members, for a table of options and its struct. */
#define OPTIONS(table, s) table, COUNT(table), sizeof(struct s)

extern const struct command serve_command, init_command, user_add_command, user_password_command,
    user_list_command, token_add_command, deliver_command, import_mbox_command,
    import_people_command, export_people_command, backup_command, restore_command, doctor_command,
    understand_command, simulate_command;

/* Runs what the words after the program's name ask for; the exit code. */
int commands_run(int n, char *const *words);
