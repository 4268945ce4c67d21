#include "emoticons.h"

#include <string.h>

/* Those without eyes, nose and mouth in a row. */
static const char *const drawings[] = { "<3",  "</3", "^^",  "^_^", "-_-", "o_O",   "O_o",
                                        "o_o", "O_O", "T_T", "xD",  "XD",  "\\o/",  ";-;",
                                        "(-:", "(:",  ")-:", "^-^", ">.<", "=^.^=", "¯\\_(ツ)_/¯" };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Latin letters, and what scripts near to them begin with; not the bytes of signs and emoji. */
static bool is_alnum(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           ((uint8_t)c >= 0xc3 && (uint8_t)c < 0xe2);
}

static bool is_in(const char *set, char c)
{
    return c != '\0' && strchr(set, c);
}

/* Eyes, nose and mouth, the mouth as often as it is repeated: ;-))) */
static size_t end_of_face(const char *s, size_t len, size_t at)
{
    bool is_free = at == 0 || is_in(" \t\r\n", s[at - 1]), has_plain_eyes = s[at] != '=';
    char mouth;

    if (at + 1 < len && s[at] == '>' && is_in(":;=", s[at + 1]))
        at++;
    if (at + 1 >= len || !is_in(":;=", s[at]))
        return 0;
    at++;
    if (s[at] == '\'' && at + 1 < len)
        at++;
    if (is_in("-o^", s[at]) && at + 1 < len)
        at++;
    mouth = s[at];
    /* The rarer mouths stand in lists, times and sums as well. */
    if (!is_in("()DPp", mouth) &&
        !(has_plain_eyes && (is_in("|/\\", mouth) || (is_free && is_in("oO3*sSxX", mouth)))))
        return 0;
    while (at < len && s[at] == mouth)
        at++;
    return at;
}

/* Almost every character is asked. */
static bool emoticon_begins(char c)
{
    static const bool begins[256] = {
        [':'] = true, [';'] = true, ['='] = true,  ['<'] = true, ['>'] = true, ['^'] = true,
        ['-'] = true, ['o'] = true, ['O'] = true,  ['T'] = true, ['x'] = true, ['X'] = true,
        ['('] = true, [')'] = true, ['\\'] = true, [0xc2] = true
    };

    return begins[(uint8_t)c];
}

size_t emoticon_end(const char *s, size_t len, size_t at)
{
    char before = at > 0 ? s[at - 1] : ' ';
    size_t end = 0;

    if (!emoticon_begins(s[at]))
        return 0;
    for (size_t i = 0; i < COUNT(drawings) && end == 0; i++) {
        size_t n = drawings[i][0] == s[at] ? strlen(drawings[i]) : len + 1;

        if (n <= len - at && memcmp(s + at, drawings[i], n) == 0)
            end = at + n;
    }
    if (end == 0)
        end = end_of_face(s, len, at);
    if (end == 0 || (end < len && (is_alnum(s[end]) || s[end] == '/')))
        return 0;
    /* Behind a letter only the plainest: bedankt:) */
    if (is_alnum(before) && (is_digit(before) || !is_in(":;", s[at]) || !is_in("()D", s[end - 1])))
        return 0;
    return end;
}
