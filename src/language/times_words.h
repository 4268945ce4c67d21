/* times_words.h — a text as the words that expressions of time are made of. Inside language/times.
 *
 * One reading a word, by a table over all languages; where a word has two ("een" is a number and
 * an article, "morgen" a day and a part of it) the grammar knows. Compounds are split:
 * "vrijdagochtend" is a weekday and a part, "zesendertig" one number.
 */
#pragma once

#include "tokens.h"

enum word_class {
    WORD_OTHER,         /* value: enum other, of words that stand in the table */
    WORD_SIGN,          /* value: the character; 0 for one past ASCII */
    WORD_NUMBER,        /* value */
    WORD_VAGUE,         /* "enkele", "a few": a number nobody counted; value: what we take */
    WORD_ONE,           /* "een", "an": a number or an article */
    WORD_A,             /* "a" in English, "à" in Dutch and French */
    WORD_HALF,          /* "half", "demi" */
    WORD_MORE_HALF,     /* "anderhalf" */
    WORD_QUARTER,       /* "kwart", "quarter" */
    WORD_HOURS,         /* "vijven": an hour, behind a preposition; value */
    WORD_ORDINAL,       /* "eerste"; value, or 99 for the last and 98 for the one before it */
    WORD_RANK,          /* the "e" of 19e */
    WORD_HALF_DAY,      /* "am", "pm"; value: hours to add */
    WORD_CLOCK,         /* "noon", "middernacht"; value: minutes, or CLOCK_NOW */
    WORD_UNIT,          /* value: enum unit */
    WORD_OCLOCK,        /* "o'clock", "sharp": the number in front is an hour */
    WORD_ISH,           /* "eleven-ish": around what stands in front */
    WORD_DAY,           /* value: days from today */
    WORD_NOW,           /* what is counted from; value 1: "now", today by itself too */
    WORD_THIS_PART,     /* "vanavond"; value: enum day_part */
    WORD_PART,          /* "avond"; value: enum day_part */
    WORD_WEEKDAY,       /* value: 0 Monday */
    WORD_WEEKDAYS,      /* "zondagen", "'s maandags", "mondays" */
    WORD_WEEKDAY_SHORT, /* "vr", "fri": only where a day is sure to stand */
    WORD_MONTH,         /* value: 1 January */
    WORD_MONTH_SHORT,
    WORD_FEAST,      /* value: FEAST() */
    WORD_SEASON,     /* "zomer", "kerstvakantie": nobody knows the day; value 1: a name by itself */
    WORD_QUARTER_OF, /* "Q2"; value: 1 to 4 */
    WORD_WORKDAY,    /* "volgende werkdag" is a day, "drie werkdagen" a length */
    WORD_QUALIFIER,  /* value: enum qualifier */
    WORD_THIS,
    WORD_SAME,   /* "dezelfde": a day that was named before */
    WORD_NEXT,   /* "volgende": of the next week, month … */
    WORD_COMING, /* "komende": the first to come */
    WORD_LAST,   /* value 1: stands behind what it is of, too: "jl." */
    WORD_BEGIN,
    WORD_MIDDLE,
    WORD_END,
    WORD_DURING, /* "in de loop van" */
    WORD_ARTICLE,
    WORD_OF,
    WORD_AND,
    WORD_EVERY,
    WORD_PER,
    WORD_AGO,
    WORD_LATE,  /* "at the latest", behind what it goes with */
    WORD_SOFT,  /* "zsm" */
    WORD_SOON,  /* value: minutes from now */
    WORD_LATER, /* "straks": today; value 1: this week, 2: this month */
    WORD_SO,    /* "zo": soon, when the words around it agree */
    WORD_EVEN,  /* those words: "even", "terug" */
    WORD_OPEN,  /* "bereikbaar": what stands here are opening hours */
    WORD_NOT,   /* "niet", "gesloten": not the time of a promise */
    WORD_FOR, /* "gepland": the "voor" behind it means for, not before; value 1: asks for it, too */
    WORD_EVENT, /* "ontvangst": a term that begins we don't know when */
    WORD_OLD,   /* "oud": a length, not a term; value 1: "geldig", 2: "loopt", no deadline either */
    WORD_BUT,   /* begins another clause; value 1: "daarna", 2: "dan", also "than" */
    WORD_ALREADY, /* "al": changes nothing but a length, which has passed */
    WORD_OUT,     /* "is out", "om is": the end of the period in front */
    WORD_THERE,   /* "daarna", "the week after": from a day named before; value: 1 or -1 */
    WORD_TOPIC,   /* "betreffende": what follows is what it is about */
    WORD_FOR_DAY, /* "for": "(tickets) for Saturday" */
    WORD_DIE,     /* "die": begins such a clause in the middle of another */
    WORD_DATED,   /* "d.d.": the date of a paper */
    WORD_INSTEAD, /* "in plaats van": not what follows */
    WORD_RATHER,  /* "liever": not what follows the "dan" */
    WORD_MOVE,    /* "verplaatst": from a day to a day */
    WORD_WHICH,   /* "die u", "als": begins a clause that tells more of something */
    WORD_GRANT,   /* "geef me", "allow": the length behind it is a term */
    WORD_FILL,    /* "nog", "ongeveer": changes nothing; value 1: "ongeveer", behind it too */
};

/* Of a word that says nothing of a time, but of what stands beside one. */
enum other {
    OTHER_NOT,
    OTHER_ASKED,   /* "leg", "please", "you must": begins what the customer is to do */
    OTHER_GLADLY,  /* "graag": the same, behind a mark */
    OTHER_PRESENT, /* "thuis": there he waits for us */
    OTHER_WITH,    /* "met (een dag of drie)" */
    OTHER_YOU,     /* "je"; "u" is an hour, too */
    OTHER_MUST,    /* "moet", "kunt": with it, or in front of it */
};

enum unit {
    UNIT_MINUTE,
    UNIT_HOUR,
    UNIT_WORK_HOUR,
    UNIT_DAY_AND_NIGHT, /* etmaal: 24 hours */
    UNIT_DAY,
    UNIT_WORKDAY,
    UNIT_WEEK,
    UNIT_FORTNIGHT,
    UNIT_WEEKEND,
    UNIT_MONTH,
    UNIT_QUARTER,
    UNIT_YEAR,
    UNIT_QUARTER_HOUR, /* kwartier */
};

enum { CLOCK_NOW = -1 }; /* "morgen om deze tijd": as late as it is now */

enum day_part {
    PART_NONE,
    PART_EARLY,
    PART_MORNING,
    PART_MIDDAY,
    PART_AFTERNOON,
    PART_EVENING,
    PART_NIGHT
};

enum qualifier {
    QUALIFIER_NONE,
    QUALIFIER_WITHIN, /* "binnen" */
    QUALIFIER_OVER,   /* "over", "dans" */
    QUALIFIER_IN,     /* "in": a length from now, or inside a period */
    QUALIFIER_AT,     /* "om" */
    QUALIFIER_ON,     /* "op" */
    QUALIFIER_BEFORE, /* exclusive */
    QUALIFIER_BY,     /* inclusive */
    QUALIFIER_UNTIL,  /* inclusive */
    QUALIFIER_AROUND,
    QUALIFIER_FROM,
    QUALIFIER_BETWEEN,
    QUALIFIER_AFTER,
    QUALIFIER_SINCE,
};

struct time_word {
    enum word_class class;
    int32_t value;
    uint32_t from, to;
    uint32_t sentence;
    uint8_t digits;     /* of a WORD_NUMBER in digits; 0: in letters */
    bool is_glued;      /* nothing between it and the one in front */
    bool is_english;    /* of an hour in letters, "night", and "h", "hours" */
    bool is_plural;     /* of a WORD_UNIT and WORD_WORKDAY */
    bool is_possessive; /* "Friday's" */
};

struct time_words {
    const struct time_word *words; /* ends with a WORD_SIGN of value 0, not counted */
    size_t n;
};

void time_words_of(struct arena *mem, const struct tokens *tokens, struct time_words *out);

/* A row of the table, which is sorted by text. Phrases stand behind their first word. */
struct time_entry {
    const char *text;
    enum word_class class;
    int32_t value;
};
extern const struct time_entry time_entries[];
extern const size_t time_entries_n;

/* The value of a WORD_FEAST: it begins on a day of a month, or with month 0 so many days after
 * Easter, and lasts `days`. */
#define FEAST(month, day, days) ((month) * 10000 + ((day) + 100) * 10 + (days))
#define FEAST_MONTH(value)      ((value) / 10000)
#define FEAST_DAY(value)        ((value) / 10 % 1000 - 100)
#define FEAST_DAYS(value)       ((value) % 10)
