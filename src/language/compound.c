#include "compound.h"

#include <string.h>

/* Made by make_parts: a node is a row of edges, each (child << 7 | letter << 2 | ends << 1 |
 * last). */
extern const uint32_t compound_parts[];
extern const uint32_t compound_parts_root;

/* Where `letter` leads from a node: the edge, 0 when nowhere. */
static uint32_t follow(uint32_t node, char letter)
{
    if (node == 0 || letter < 'a' || letter > 'z')
        return 0;
    for (;; node++) {
        uint32_t edge = compound_parts[node];
        if ((edge >> 2 & 31) == (uint32_t)(letter - 'a'))
            return edge;
        if (edge & 1)
            return 0;
    }
}

static bool ends(uint32_t edge)
{
    return (edge >> 1 & 1) != 0;
}

bool compound_knows(const char *word, size_t len)
{
    uint32_t node = compound_parts_root, edge = 0;

    for (size_t i = 0; i < len; i++, node = edge >> 7)
        if (!(edge = follow(node, word[i])))
            return false;
    return ends(edge);
}

/* What a word may end in, and what is in the list, but isn't a part. */
static bool is_ending(const char *part, size_t len)
{
    static const char *const endings[] = { "ende", "enden", "heid",  "lijk", "lijke",
                                           "baar", "bare",  "eren",  "ster", "achtig",
                                           "loos", "ingen", "heden", "elen", "ellen" };

    for (size_t i = 0; i < COUNT(endings); i++)
        if (strlen(endings[i]) == len && memcmp(part, endings[i], len) == 0)
            return true;
    return false;
}

/* The best way to make [at, len) of words: how many parts, and the first of them. */
struct way {
    uint8_t parts, last; /* 0: there is none; how long its last is */
    uint8_t to, next;    /* where the first ends, and the second begins */
};

static const char *const links[] = { "", "s", "e", "en", "n" };

/* [at, to) as a first part, if what follows can be made of words. */
static void try_part(const char *word, size_t len, const struct way *ways, size_t at, size_t to,
                     struct way *best)
{
    for (size_t i = 0; i < COUNT(links); i++) {
        size_t next = to + strlen(links[i]);
        struct way way = { .parts = 1, .last = (uint8_t)(to - at), .to = (uint8_t)to };

        if (to == len && i > 0)
            return;
        if (to < len) {
            if (next >= len || memcmp(word + to, links[i], next - to) != 0 || !ways[next].parts)
                continue;
            way.parts = (uint8_t)(ways[next].parts + 1);
            way.next = (uint8_t)next;
            way.last = ways[next].last;
        }
        if (way.parts <= COMPOUND_PARTS && (!best->parts || way.parts < best->parts ||
                                            (way.parts == best->parts && way.last >= best->last)))
            *best = way;
    }
}

size_t compound_split(const char *word, size_t len, struct compound_part out[COMPOUND_PARTS])
{
    struct way ways[COMPOUND_MAX + 1] = { 0 };
    size_t n = 0;

    if (len < 2 * COMPOUND_PART_MIN || len > COMPOUND_MAX)
        return 0;
    for (size_t at = len - COMPOUND_PART_MIN + 1; at-- > 0;) {
        uint32_t node = compound_parts_root, edge;

        for (size_t to = at; to < len && (edge = follow(node, word[to])); node = edge >> 7) {
            to++;
            if (ends(edge) && to - at >= COMPOUND_PART_MIN && !(at == 0 && to == len) &&
                !is_ending(word + at, to - at))
                try_part(word, len, ways, at, to, &ways[at]);
        }
    }
    for (size_t at = 0; ways[0].parts && n < ways[0].parts; at = ways[at].next, n++)
        out[n] = (struct compound_part){ .from = (uint32_t)at, .to = ways[at].to };
    return n;
}
