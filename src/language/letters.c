#include "letters.h"

#include "../base/text.h"

#include <string.h>

static const uint8_t ascii[128] = {
    ['\t'] = LETTER_BLANK,        ['\n' ... '\r'] = LETTER_LINE, [' '] = LETTER_BLANK,
    ['!' ... '/'] = LETTER_MARK,  ['0' ... '9'] = LETTER_DIGIT,  [':' ... '@'] = LETTER_MARK,
    ['A' ... 'Z'] = LETTER_ALPHA, ['[' ... '`'] = LETTER_MARK,   ['a' ... 'z'] = LETTER_ALPHA,
    ['{' ... '~'] = LETTER_MARK,
};

/* What isn't a letter behind ASCII, by its last character; between them stand letters. */
static const struct {
    uint32_t first, last;
    uint8_t kind;
} ranges[] = {
    { 0x80,    0x84,    LETTER_BLANK   },
    { 0x85,    0x85,    LETTER_LINE    },
    { 0x86,    0xa0,    LETTER_BLANK   },
    { 0xa1,    0xa8,    LETTER_MARK    },
    { 0xa9,    0xa9,    LETTER_SYMBOL  },
    { 0xab,    0xac,    LETTER_MARK    },
    { 0xad,    0xad,    LETTER_IGNORED },
    { 0xae,    0xae,    LETTER_SYMBOL  },
    { 0xaf,    0xb4,    LETTER_MARK    },
    { 0xb6,    0xb9,    LETTER_MARK    },
    { 0xbb,    0xbf,    LETTER_MARK    },
    { 0xd7,    0xd7,    LETTER_MARK    },
    { 0xf7,    0xf7,    LETTER_MARK    },
    { 0x300,   0x36f,   LETTER_ACCENT  },
    { 0x483,   0x489,   LETTER_ACCENT  },
    { 0x61c,   0x61c,   LETTER_IGNORED },
    { 0x1680,  0x1680,  LETTER_BLANK   },
    { 0x180e,  0x180e,  LETTER_IGNORED },
    { 0x1ab0,  0x1aff,  LETTER_ACCENT  },
    { 0x1dc0,  0x1dff,  LETTER_ACCENT  },
    { 0x2000,  0x200b,  LETTER_BLANK   },
    { 0x200c,  0x200f,  LETTER_IGNORED },
    { 0x2010,  0x2027,  LETTER_MARK    },
    { 0x2028,  0x2029,  LETTER_LINE    },
    { 0x202a,  0x202e,  LETTER_IGNORED },
    { 0x202f,  0x202f,  LETTER_BLANK   },
    { 0x2030,  0x203b,  LETTER_MARK    },
    { 0x203c,  0x203c,  LETTER_SYMBOL  },
    { 0x203d,  0x2048,  LETTER_MARK    },
    { 0x2049,  0x2049,  LETTER_SYMBOL  },
    { 0x204a,  0x205e,  LETTER_MARK    },
    { 0x205f,  0x205f,  LETTER_BLANK   },
    { 0x2060,  0x206f,  LETTER_IGNORED },
    { 0x2070,  0x20cf,  LETTER_MARK    },
    { 0x20d0,  0x20ff,  LETTER_ACCENT  },
    { 0x2100,  0x2121,  LETTER_MARK    },
    { 0x2122,  0x2122,  LETTER_SYMBOL  },
    { 0x2123,  0x2138,  LETTER_MARK    },
    { 0x2139,  0x2139,  LETTER_SYMBOL  },
    { 0x213a,  0x2193,  LETTER_MARK    },
    { 0x2194,  0x21aa,  LETTER_SYMBOL  },
    { 0x21ab,  0x2319,  LETTER_MARK    },
    { 0x231a,  0x231b,  LETTER_EMOJI   },
    { 0x231c,  0x23ce,  LETTER_MARK    },
    { 0x23cf,  0x23cf,  LETTER_SYMBOL  },
    { 0x23d0,  0x23e8,  LETTER_MARK    },
    { 0x23e9,  0x23f3,  LETTER_EMOJI   },
    { 0x23f4,  0x23f7,  LETTER_MARK    },
    { 0x23f8,  0x23fa,  LETTER_EMOJI   },
    { 0x23fb,  0x24c1,  LETTER_MARK    },
    { 0x24c2,  0x24c2,  LETTER_SYMBOL  },
    { 0x24c3,  0x25a9,  LETTER_MARK    },
    { 0x25aa,  0x25c0,  LETTER_SYMBOL  },
    { 0x25c1,  0x25fa,  LETTER_MARK    },
    { 0x25fb,  0x25fc,  LETTER_SYMBOL  },
    { 0x25fd,  0x25fe,  LETTER_EMOJI   },
    { 0x25ff,  0x25ff,  LETTER_MARK    },
    { 0x2600,  0x27bf,  LETTER_EMOJI   },
    { 0x27c0,  0x2933,  LETTER_MARK    },
    { 0x2934,  0x2935,  LETTER_SYMBOL  },
    { 0x2936,  0x2b04,  LETTER_MARK    },
    { 0x2b05,  0x2b07,  LETTER_SYMBOL  },
    { 0x2b08,  0x2b1a,  LETTER_MARK    },
    { 0x2b1b,  0x2b1c,  LETTER_EMOJI   },
    { 0x2b1d,  0x2b4f,  LETTER_MARK    },
    { 0x2b50,  0x2b55,  LETTER_EMOJI   },
    { 0x2b56,  0x2bff,  LETTER_MARK    },
    { 0x2e00,  0x2e7f,  LETTER_MARK    },
    { 0x3000,  0x3000,  LETTER_BLANK   },
    { 0x3001,  0x3004,  LETTER_MARK    },
    { 0x3008,  0x3020,  LETTER_MARK    },
    { 0x3030,  0x3030,  LETTER_SYMBOL  },
    { 0x303d,  0x303d,  LETTER_SYMBOL  },
    { 0x3297,  0x3299,  LETTER_SYMBOL  },
    { 0xd800,  0xf8ff,  LETTER_MARK    },
    { 0xfe00,  0xfe0f,  LETTER_ACCENT  },
    { 0xfe10,  0xfe1f,  LETTER_MARK    },
    { 0xfe20,  0xfe2f,  LETTER_ACCENT  },
    { 0xfe30,  0xfe6f,  LETTER_MARK    },
    { 0xfeff,  0xfeff,  LETTER_IGNORED },
    { 0xff01,  0xff20,  LETTER_MARK    },
    { 0xff3b,  0xff40,  LETTER_MARK    },
    { 0xff5b,  0xff65,  LETTER_MARK    },
    { 0xffe0,  0xffff,  LETTER_MARK    },
    { 0x1f000, 0x1f1e5, LETTER_EMOJI   },
    { 0x1f1e6, 0x1f1ff, LETTER_FLAG    },
    { 0x1f200, 0x1faff, LETTER_EMOJI   },
    { 0xe0000, 0xe007f, LETTER_IGNORED },
    { 0xe0100, 0xe01ef, LETTER_ACCENT  },
};

enum letter_kind letter_kind(uint32_t c)
{
    size_t low = 0, high = COUNT(ranges);

    if (c < 0x80)
        return ascii[c];
    if (c > 0xf7 && c < 0x300)
        return LETTER_ALPHA;
    while (low < high) {
        size_t middle = (low + high) / 2;

        if (ranges[middle].last < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low < COUNT(ranges) && c >= ranges[low].first ? (enum letter_kind)ranges[low].kind
                                                         : LETTER_ALPHA;
}

bool letter_is_skin(uint32_t c)
{
    return c >= 0x1f3fb && c <= 0x1f3ff;
}

enum { LATIN_FIRST = 0xc0, LATIN_END = 0x180 };

/* U+00C0 to U+017F without accents. */
static const char latin[LATIN_END - LATIN_FIRST][4] = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c",  "e",  "e", "e", "e", "i",  "i",  "i", "i", "d", "n",
    "o", "o", "o",  "o",  "o", "×", "o",  "u",  "u",  "u", "u", "y", "th", "ss", "a", "a", "a", "a",
    "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i",  "i", "i", "i", "d",  "n",  "o", "o", "o", "o",
    "o", "÷", "o",  "u",  "u", "u", "u",  "y",  "th", "y", "a", "a", "a",  "a",  "a", "a", "c", "c",
    "c", "c", "c",  "c",  "c", "c", "d",  "d",  "d",  "d", "e", "e", "e",  "e",  "e", "e", "e", "e",
    "e", "e", "g",  "g",  "g", "g", "g",  "g",  "g",  "g", "h", "h", "h",  "h",  "i", "i", "i", "i",
    "i", "i", "i",  "i",  "i", "i", "ij", "ij", "j",  "j", "k", "k", "ĸ",  "l",  "l", "l", "l", "l",
    "l", "l", "l",  "l",  "l", "n", "n",  "n",  "n",  "n", "n", "n", "ŋ",  "ŋ",  "o", "o", "o", "o",
    "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r",  "r", "s", "s", "s",  "s",  "s", "s", "s", "s",
    "t", "t", "t",  "t",  "t", "t", "u",  "u",  "u",  "u", "u", "u", "u",  "u",  "u", "u", "u", "u",
    "w", "w", "y",  "y",  "y", "z", "z",  "z",  "z",  "z", "z", "s",
};

/* The small letter of a capital outside U+00C0 to U+017F: Greek, Cyrillic, Romanian, Vietnamese. */
static uint32_t small(uint32_t c)
{
    if (c >= 'A' && c <= 'Z')
        return c + ('a' - 'A');
    if ((c >= 0x391 && c <= 0x3a9 && c != 0x3a2) || (c >= 0x410 && c <= 0x42f))
        return c + 0x20;
    if (c >= 0x400 && c <= 0x40f)
        return c + 0x50;
    if ((c >= 0x218 && c <= 0x21b) || (c >= 0x1e00 && c <= 0x1eff && (c < 0x1e95 || c > 0x1e9f)))
        return c | 1;
    return c;
}

bool letter_is_capital(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    if (c < LATIN_FIRST || c >= LATIN_END)
        return small(c) != c;
    if (c < 0x100)
        return c < 0xdf && c != 0xd7;
    if (c == 0x138 || c == 0x149 || c == 0x17f)
        return false;
    /* The pairs begin with an odd number between ĸ and ŉ, and behind Ÿ. */
    return c == 0x178 || (c % 2 == 0) != ((c > 0x138 && c < 0x149) || c > 0x178);
}

size_t letter_fold(uint32_t c, char out[LETTER_FOLDED_MAX])
{
    const char *plain;
    size_t n;

    if (c < 0x80) {
        out[0] = (char)small(c);
        return 1;
    }
    if (c < LATIN_FIRST || c >= LATIN_END) {
        c = small(c);
        /* Romanian ș and ț; the final sigma. */
        return utf8_write(c == 0x219 ? 's' : c == 0x21b ? 't' : c == 0x3c2 ? 0x3c3 : c, out);
    }
    plain = latin[c - LATIN_FIRST];
    n = strlen(plain);
    memcpy(out, plain, n);
    return n;
}

uint32_t letter_small(uint32_t c)
{
    if (!letter_is_capital(c) || c == 0x130) /* İ */
        return c;
    if (c < 0x80 || c >= LATIN_END)
        return small(c);
    return c < 0x100 ? c + 0x20 : c == 0x178 ? 0xff : c + 1;
}
