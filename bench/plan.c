#include "plan.h"

#include <stdio.h>
#include <string.h>

/* From the most frequent on. */
static const char *const dutch[] = {
    "de",          "het",          "een",        "ik",
    "en",          "van",          "in",         "is",
    "dat",         "niet",         "op",         "te",
    "met",         "voor",         "zijn",       "er",
    "aan",         "mijn",         "maar",       "om",
    "als",         "dan",          "ook",        "heb",
    "u",           "naar",         "wat",        "bij",
    "nog",         "over",         "kan",        "geen",
    "al",          "wel",          "wordt",      "door",
    "hoe",         "waar",         "nu",         "wil",
    "graag",       "klant",        "bestelling", "factuur",
    "afspraak",    "betaling",     "rekening",   "levering",
    "vraag",       "antwoord",     "klacht",     "contract",
    "verzekering", "pakket",       "adres",      "nummer",
    "wachten",     "werken",       "betalen",    "leveren",
    "sturen",      "bellen",       "ontvangen",  "opzeggen",
    "wijzigen",    "verhuizen",    "lekkage",    "storing",
    "monteur",     "schade",       "termijn",    "korting",
    "abonnement",  "meterstand",   "aanvraag",   "vergunning",
    "paspoort",    "belasting",    "huur",       "woning",
    "sleutel",     "kraan",        "verwarming", "vandaag",
    "morgen",      "gisteren",     "week",       "dagen",
    "maand",       "kapot",        "verkeerd",   "dubbel",
    "kwijt",       "snel",         "nieuw",      "terug",
    "alsjeblieft", "bedankt",      "groet",      "medewerker",
    "telefoon",    "brief",        "bericht",    "formulier",
    "aanvragen",   "bestellingen", "facturen",   "afspraken",
    "betalingen",  "rekeningen",   "leveringen", "vragen",
    "antwoorden",  "klachten",     "contracten", "verzekeringen",
    "pakketten",   "adressen",     "klanten",    "storingen",
};

static const char *const onsets[] = { "b",  "d",  "f",  "g",   "h",  "k",  "l",  "m",  "n",  "p",
                                      "r",  "s",  "t",  "v",   "w",  "z",  "br", "dr", "gr", "kl",
                                      "kn", "pl", "pr", "sch", "sl", "st", "tr", "vl", "vr", "zw" };
static const char *const vowels[] = { "a",  "e",  "i",  "o",  "u",  "aa", "ee", "oo",
                                      "uu", "ie", "oe", "eu", "ui", "ij", "ei", "ou" };
static const char *const codas[] = { "",  "k", "l",  "m",  "n",  "p",  "r",   "s",
                                     "t", "f", "ng", "nd", "rt", "st", "cht", "ls" };
static const char *const endings[] = { "", "en", "t", "e", "ing", "heid", "lijk", "er" };

struct plan {
    uint64_t seed;
    const char *words[PLAN_WORDS];
    double below[PLAN_WORDS]; /* the share of all words that have a smaller rank */
};

/* --- randomness ------------------------------------------------------------------------------ */

/* splitmix64: short, and good enough for data. */
uint64_t random_next(struct random *random)
{
    uint64_t n = random->state += 0x9e3779b97f4a7c15U;

    n = (n ^ n >> 30) * 0xbf58476d1ce4e5b9U;
    n = (n ^ n >> 27) * 0x94d049bb133111ebU;
    return n ^ n >> 31;
}

size_t random_below(struct random *random, size_t n)
{
    return random_next(random) % n;
}

struct random plan_random(uint64_t seed, uint64_t number)
{
    struct random random = { seed * 0x2545f4914f6cdd1dU + number };

    random_next(&random);
    return random;
}

/* --- words ------------------------------------------------------------------------------------ */

static const char *invent(struct arena *mem, struct random *random)
{
    char word[64];
    size_t len = 0, syllables = 1 + random_below(random, 3);

    for (size_t i = 0; i < syllables; i++)
        len += (size_t)snprintf(
            word + len, sizeof(word) - len, "%s%s%s", onsets[random_below(random, COUNT(onsets))],
            vowels[random_below(random, COUNT(vowels))], codas[random_below(random, COUNT(codas))]);
    snprintf(word + len, sizeof(word) - len, "%s", endings[random_below(random, COUNT(endings))]);
    return arena_text(mem, word);
}

struct plan *plan_new(struct arena *mem, uint64_t seed)
{
    struct plan *plan = NEW(mem, struct plan);
    struct random random = plan_random(seed, 0);
    double sum = 0;

    plan->seed = seed;
    for (size_t i = 0; i < PLAN_WORDS; i++) {
        plan->words[i] = i < COUNT(dutch) ? dutch[i] : invent(mem, &random);
        plan->below[i] = sum;
        sum += 1 / (double)(i + 1);
    }
    for (size_t i = 0; i < PLAN_WORDS; i++)
        plan->below[i] /= sum;
    return plan;
}

uint64_t plan_seed(const struct plan *plan)
{
    return plan->seed;
}

const char *plan_word(const struct plan *plan, size_t rank)
{
    return plan->words[rank];
}

static const char *draw(const struct plan *plan, struct random *random)
{
    double at = (double)(random_next(random) >> 11) / (double)(UINT64_C(1) << 53);
    size_t low = 0, high = PLAN_WORDS;

    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (plan->below[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return plan->words[low];
}

char *plan_text(const struct plan *plan, struct arena *mem, struct random *random)
{
    size_t wanted = PLAN_TEXT_MIN + random_below(random, PLAN_TEXT_MAX - PLAN_TEXT_MIN - 40);
    char text[PLAN_TEXT_MAX + 64];
    size_t len = 0;

    while (len < wanted) {
        const char *after = random_below(random, 12) == 0 ? ". " : " ";
        len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s", draw(plan, random), after);
    }
    return arena_text_n(mem, text, len - 1);
}

char *plan_title(const struct plan *plan, struct arena *mem, struct random *random)
{
    return arena_printf(mem, "%s %s %s %s", draw(plan, random), draw(plan, random),
                        draw(plan, random), draw(plan, random));
}

/* --- cases ------------------------------------------------------------------------------------ */

void plan_key(size_t number, char out[PLAN_KEY_MAX])
{
    snprintf(out, PLAN_KEY_MAX, "klant-%08zu", number);
}

bool plan_is_active(size_t number, size_t step)
{
    return number % step == 0;
}

size_t plan_channel(size_t number, size_t step)
{
    return number / step % PLAN_CHANNELS;
}

size_t plan_active(struct random *random, size_t cases, size_t step)
{
    return random_below(random, (cases + step - 1) / step) * step;
}

char *plan_message(const struct plan *plan, struct arena *mem, struct random *random, size_t number,
                   size_t of_case)
{
    char key[PLAN_KEY_MAX];

    plan_key(of_case, key);
    return arena_printf(mem,
                        "{\"external_id\":\"load-%llu-%zu\",\"from\":\"%s\",\"from_name\":\"Klant "
                        "%zu\",\"text\":\"%s\"}",
                        (unsigned long long)plan->seed, number, key, of_case,
                        plan_text(plan, mem, random));
}
