#include "quotes.h"

#include <string.h>

enum { QUOTE_MAX = 60 /* tokens */ };

static bool is_quote(const struct token *token)
{
    static const char *const quotes[] = { "\"", "“", "”", "„", "«", "»" };

    if (token->kind != TOKEN_SIGN)
        return false;
    for (size_t i = 0; i < COUNT(quotes); i++)
        if (strcmp(token->text, quotes[i]) == 0)
            return true;
    return false;
}

void quotes_skip(const struct tokens *tokens, size_t short_max, uint64_t *says)
{
    for (size_t i = 0; i < tokens->n; i++) {
        size_t end = i + 1;

        if (!is_quote(&tokens->tokens[i]))
            continue;
        while (end < tokens->n && end < i + QUOTE_MAX && !is_quote(&tokens->tokens[end]))
            end++;
        if (end == tokens->n || !is_quote(&tokens->tokens[end]))
            continue;
        if (end - i - 1 > short_max)
            memset(&says[i], 0, (end + 1 - i) * sizeof(says[0]));
        i = end;
    }
}
