/* make_parts LIST — writes the table of src/language/compound.h as C: the words of a list, one a
 * line, that a compound may be made of, as a graph in which what ends alike is kept once.
 *
 * A program of the build, alone: it knows nothing of Gestand.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Longer words are compounds themselves, nearly all. */
enum { PART_MIN = 4, PART_MAX = 13, WORDS_MAX = 1 << 19, EDGES_MAX = 1 << 20, LETTERS = 26 };

/* An edge as compound.c reads it: where its letters go on (0: nowhere), the letter, whether a word
 * ends with it, whether it is the last of its node. */
static uint32_t edge_of(uint32_t child, int letter, bool is_end, bool is_last)
{
    return child << 7 | (uint32_t)letter << 2 | (uint32_t)is_end << 1 | (uint32_t)is_last;
}

static char words[WORDS_MAX][PART_MAX + 1];
static size_t words_n;
static uint32_t edges[EDGES_MAX], edges_n = 1; /* 0 means none */
static uint32_t known[EDGES_MAX];              /* nodes by the hash of their edges */

/* A node that may still grow: the last word's way through the graph. */
struct open_node {
    uint32_t edges[LETTERS];
    size_t n;
};
static struct open_node path[PART_MAX + 1];

/* The letter at *s without its accent, which is moved past; 0 when it isn't one. */
static char letter_at(const unsigned char **s)
{
    static const char latin[] = "aaaaaa-ceeeeiiii-nooooo--uuuuy--"; /* U+00E0 … U+00FF */
    unsigned char c = *(*s)++;

    if (c >= 'a' && c <= 'z')
        return (char)c;
    if (c != 0xc3 || **s < 0xa0)
        return 0;
    c = (unsigned char)latin[*(*s)++ - 0xa0];
    return c == '-' ? 0 : (char)c;
}

static void add_word(const char *line)
{
    const unsigned char *s = (const unsigned char *)line;
    size_t n = 0;

    while (*s && *s != '\n') {
        char c = letter_at(&s);
        if (c == 0 || n == PART_MAX || words_n == WORDS_MAX)
            return;
        words[words_n][n++] = c;
    }
    words[words_n][n] = '\0';
    words_n += n >= PART_MIN;
}

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* The place of a finished node in `edges`: an equal one's, or a new one. */
static uint32_t keep(struct open_node *node)
{
    uint32_t hash = 2166136261u;

    if (node->n == 0)
        return 0;
    node->edges[node->n - 1] |= 1;
    for (size_t i = 0; i < node->n; i++)
        hash = (hash ^ node->edges[i]) * 16777619u, hash ^= hash >> 13;
    for (;; hash++) {
        uint32_t *at = &known[hash % EDGES_MAX];
        if (*at == 0) {
            if (edges_n + node->n > EDGES_MAX) {
                fprintf(stderr, "make_parts: too many words\n");
                exit(1);
            }
            *at = edges_n;
            memcpy(&edges[edges_n], node->edges, node->n * sizeof(uint32_t));
            edges_n += (uint32_t)node->n;
            return *at;
        }
        if (memcmp(&edges[*at], node->edges, node->n * sizeof(uint32_t)) == 0)
            return *at;
    }
}

/* Finishes the nodes of the last word that are deeper than `depth`. */
static void close_below(size_t depth, size_t deepest)
{
    for (size_t i = deepest; i > depth; i--) {
        struct open_node *parent = &path[i - 1];
        parent->edges[parent->n - 1] |= keep(&path[i]) << 7;
        path[i].n = 0;
    }
}

static uint32_t make_graph(void)
{
    const char *last = "";

    for (size_t i = 0; i < words_n; i++) {
        const char *word = words[i];
        size_t len = strlen(word), same = 0;

        if (strcmp(word, last) == 0)
            continue;
        while (last[same] && last[same] == word[same])
            same++;
        close_below(same, strlen(last));
        for (size_t at = same; at < len; at++)
            path[at].edges[path[at].n++] = edge_of(0, word[at] - 'a', at + 1 == len, false);
        last = word;
    }
    close_below(0, strlen(last));
    return keep(&path[0]);
}

int main(int argc, char **argv)
{
    FILE *list = argc == 2 ? fopen(argv[1], "r") : NULL;
    char line[256];
    uint32_t root;

    if (!list) {
        fprintf(stderr, "usage: make_parts LIST (%s)\n", argc == 2 ? "it can't be read" : "");
        return 2;
    }
    while (fgets(line, sizeof(line), list))
        add_word(line);
    fclose(list);
    qsort(words, words_n, sizeof(words[0]), compare);
    root = make_graph();
    printf("/* Made by make_parts of %zu words. */\n#include <stdint.h>\n", words_n);
    printf("extern const uint32_t compound_parts[];\nextern const uint32_t compound_parts_root;\n");
    printf("const uint32_t compound_parts_root = %u;\nconst uint32_t compound_parts[] = {", root);
    for (uint32_t i = 0; i < edges_n; i++)
        printf("%s%u,", i % 16 == 0 ? "\n" : "", edges[i]);
    printf("\n};\n");
    return ferror(stdout) ? 1 : 0;
}
