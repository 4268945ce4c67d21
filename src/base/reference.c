/* reference.c — the case reference for people; declared in ids.h.
 *
 * Number 1 .. 30^6 is a text of six digits in base 30, the next 30^7 have seven digits, and so
 * on. Within its length a number is shuffled by a Feistel network over two halves (addition
 * modulo the half instead of xor, Black and Rogaway 2002, "Ciphers with Arbitrary Finite
 * Domains"): a bijection, so no two numbers meet.
 *
 * The check character is that of ISBN-10, with the prime 31 instead of 11: the sum of all
 * characters times their place counted from the right (the check has place 1) is 0 modulo 31.
 * A single wrong character changes the sum by place × difference, two exchanged ones by
 * difference of places × difference; neither is a multiple of 31, so both always show.
 */
#include "ids.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

enum { BASE = 30, CHECK_PRIME = 31, DIGITS_MIN = 6, DIGITS_MAX = 13, ROUNDS = 4 };

/* Without I, L, O, S, Z: they are read as 1, 1, 0, 5, 2. The last, U, is only ever a check. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRTVWXYU";

struct halves {
    uint64_t high, low; /* the number is high * low_size + low */
    uint64_t high_size, low_size;
};

static uint64_t power(int n)
{
    uint64_t result = 1;

    while (n-- > 0)
        result *= BASE;
    return result;
}

static struct halves split(uint64_t n, int digits)
{
    struct halves h = { .high_size = power(digits / 2), .low_size = power(digits - digits / 2) };

    h.high = n / h.low_size;
    h.low = n % h.low_size;
    return h;
}

/* The end of splitmix64: each bit of n changes about half of the result's. */
static uint64_t mix(uint64_t n, int round)
{
    n += 0x9e3779b97f4a7c15U * (uint64_t)(round + 1);
    n = (n ^ n >> 30) * 0xbf58476d1ce4e5b9U;
    n = (n ^ n >> 27) * 0x94d049bb133111ebU;
    return n ^ n >> 31;
}

static uint64_t shuffle(uint64_t n, int digits)
{
    struct halves h = split(n, digits);

    for (int round = 0; round < ROUNDS; round++) {
        if (round % 2 == 0)
            h.high = (h.high + mix(h.low, round) % h.high_size) % h.high_size;
        else
            h.low = (h.low + mix(h.high, round) % h.low_size) % h.low_size;
    }
    return h.high * h.low_size + h.low;
}

static uint64_t unshuffle(uint64_t n, int digits)
{
    struct halves h = split(n, digits);

    for (int round = ROUNDS - 1; round >= 0; round--) {
        if (round % 2 == 0)
            h.high = (h.high + h.high_size - mix(h.low, round) % h.high_size) % h.high_size;
        else
            h.low = (h.low + h.low_size - mix(h.high, round) % h.low_size) % h.low_size;
    }
    return h.high * h.low_size + h.low;
}

/* The sum over values[0 .. n-1], where the last has place 1. */
static int weighted_sum(const int *values, int n)
{
    int sum = 0;

    for (int i = 0; i < n; i++)
        sum += values[i] * (n - i);
    return sum % CHECK_PRIME;
}

size_t reference_write(int64_t number, char out[REFERENCE_TEXT_MAX])
{
    int values[DIGITS_MAX + 1] = { 0 };
    uint64_t n = (uint64_t)number - 1;
    int digits = DIGITS_MIN;
    size_t len = 0;

    assert(number > 0);
    while (n >= power(digits))
        n -= power(digits++);
    n = shuffle(n, digits);
    for (int i = digits - 1; i >= 0; i--, n /= BASE)
        values[i] = (int)(n % BASE);
    values[digits] = (CHECK_PRIME - weighted_sum(values, digits + 1)) % CHECK_PRIME;
    for (int i = 0; i <= digits; i++) {
        if (i == (digits + 1) / 2)
            out[len++] = '-';
        out[len++] = alphabet[values[i]];
    }
    out[len] = '\0';
    return len;
}

static int value_of(char c)
{
    static const char wrong[] = "ILOSZ", right[] = "11052";
    char big = (char)toupper((unsigned char)c);
    const char *slip = memchr(wrong, big, sizeof(wrong) - 1);
    const char *at = memchr(alphabet, slip ? right[slip - wrong] : big, sizeof(alphabet) - 1);

    return at ? (int)(at - alphabet) : -1;
}

/* The values of the characters between dashes and spaces; how many, or 0 if something else
 * stands there. */
static int read_values(const char *s, size_t len, int values[DIGITS_MAX + 1])
{
    int n = 0;

    for (size_t i = 0; i < len; i++) {
        if (s[i] == ' ' || s[i] == '-')
            continue;
        if (n > DIGITS_MAX)
            return 0;
        values[n] = value_of(s[i]);
        if (values[n] < 0)
            return 0;
        n++;
    }
    return n;
}

bool reference_read(const char *s, size_t len, int64_t *number)
{
    int values[DIGITS_MAX + 1];
    int digits = read_values(s, len, values) - 1;
    uint64_t n = 0;

    if (digits < DIGITS_MIN || weighted_sum(values, digits + 1) != 0)
        return false;
    for (int i = 0; i < digits; i++) {
        if (values[i] >= BASE)
            return false;
        n = n * BASE + (uint64_t)values[i];
    }
    n = unshuffle(n, digits);
    for (int shorter = DIGITS_MIN; shorter < digits; shorter++)
        n += power(shorter);
    if (n >= INT64_MAX)
        return false;
    *number = (int64_t)n + 1;
    return true;
}
