/* options.h — a command line read into a struct, by a table.
 *
 * A row is a field (its name with - for _ is the option's) and what stands for its value in the
 * help. The member's type picks how the value is read: a text, a whole number, a typed id, one
 * of the field's names, or a flag without a value. Flags of the field that count here: REQUIRED,
 * EMAIL; min and max are a number's bounds. A missing option leaves its member as it is in *out.
 */
#pragma once

#include "../base/field.h"

struct option {
    struct field field;
    const char *value; /* "DIR"; NULL for a flag */
    bool is_operand;   /* stands without --name, in the order of the table; always REQUIRED */
};

/* A row: struct, member, what stands for the value, and more members of struct field. */
#define OPTION(s, m, shown, ...) { .field = FIELD(s, m, __VA_ARGS__), .value = shown }
#define OPERAND(s, m, shown, ...)                                                                  \
    { .field = FIELD(s, m, __VA_ARGS__), .value = shown, .is_operand = true }

/* Reads n words (behind the command's name) into *out; texts are borrowed from them.
 * ERR_MALFORMED says what is wrong and what to do, in one line. *wants_help: --help or -h was
 * among them; then nothing else is read. */
MUST_CHECK bool options_read(const struct option *options, size_t options_n, int n,
                             char *const *words, void *out, bool *wants_help, struct err *err);

/* " --data DIR [--database URL] FILE", for the line behind "usage:". */
char *options_usage(struct arena *mem, const struct option *options, size_t n);
/* One line an option with its sentence, indented. */
char *options_help(struct arena *mem, const struct option *options, size_t n);
