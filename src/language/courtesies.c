#include "courtesies.h"

#include <string.h>

enum {
    GREETING_MAX = 8,   /* tokens of its line */
    SIGNATURE_MAX = 80, /* tokens from the closing to the end */
};

/* As tokens say words: small, without accents. */
static const char *const greetings[] = {
    "beste",          "geachte",       "goedemorgen", "goedemiddag",  "goedenavond",
    "goedendag",      "hallo",         "hoi",         "dag",          "lieve",
    "dear",           "hello",         "hi",          "good morning", "bonjour",
    "bonsoir",        "madame",        "monsieur",    "cher",         "chere",
    "sehr geehrte",   "sehr geehrter", "guten tag",   "liebe",        "lieber",
    "good afternoon", "good evening",
};
static const char *const closings[] = {
    "met vriendelijke",
    "vriendelijke groet",
    "vriendelijke groeten",
    "met hartelijke groet",
    "met hartelijke groeten",
    "hartelijke groet",
    "hartelijke groeten",
    "met groet",
    "groet",
    "groeten",
    "groetjes",
    "mvg",
    "m . v . g",
    "m . vr . gr",
    "vr . gr",
    "hoogachtend",
    "kind regards",
    "best regards",
    "warm regards",
    "regards",
    "yours sincerely",
    "yours faithfully",
    "sincerely",
    "cordialement",
    "bien cordialement",
    "bien a vous",
    "salutations",
    "mit freundlichen",
    "freundliche grusse",
    "viele grusse",
    "mfg",
};
static const char *const postscripts[] = { "ps", "p . s", "nb", "n . b" };

/* Do the tokens from `at` on begin with these words? */
static bool begins(const struct tokens *tokens, size_t at, const char *words)
{
    for (;; at++) {
        size_t len = strcspn(words, " ");
        if (at == tokens->n || strlen(tokens->tokens[at].text) != len ||
            memcmp(tokens->tokens[at].text, words, len) != 0)
            return false;
        if (words[len] == '\0')
            return true;
        words += len + 1;
    }
}

static bool begins_with_one(const struct tokens *tokens, size_t at, const char *const *all,
                            size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (begins(tokens, at, all[i]))
            return true;
    return false;
}

/* The first token of the next line, or the end. */
static size_t next_line(const struct tokens *tokens, size_t at)
{
    for (at++; at < tokens->n && !tokens->tokens[at].after_line;)
        at++;
    return at;
}

/* Where the letter begins behind its greeting. */
static size_t past_greeting(const struct tokens *tokens)
{
    size_t end;

    if (!begins_with_one(tokens, 0, greetings, COUNT(greetings)))
        return 0;
    end = next_line(tokens, 0);
    return end <= GREETING_MAX && end < tokens->n ? end : 0;
}

static bool has_postscript(const struct tokens *tokens, size_t at)
{
    for (; at < tokens->n; at = next_line(tokens, at))
        if (begins_with_one(tokens, at, postscripts, COUNT(postscripts)))
            return true;
    return false;
}

static size_t before_closing(const struct tokens *tokens, size_t from)
{
    for (size_t at = from; at < tokens->n; at = next_line(tokens, at))
        if (tokens->n - at <= SIGNATURE_MAX &&
            begins_with_one(tokens, at, closings, COUNT(closings)))
            return has_postscript(tokens, at) ? tokens->n : at;
    return tokens->n;
}

void courtesies_skip(struct arena *mem, struct tokens *tokens)
{
    size_t first = past_greeting(tokens), end = before_closing(tokens, first);
    const struct token *all = tokens->tokens;

    if (first == end || (first == 0 && end == tokens->n))
        return;
    tokens_of(mem, tokens->text + all[first].from, all[end - 1].to - all[first].from, tokens);
}
