#include "lemma.h"

#include "../base/text.h"
#include "compound.h"

#include <string.h>

enum { LEMMA_MAX = 40 /* bytes of a word that has one */, SLOTS = 4096 };

/* Infinitive, past tense, participle of verbs that follow no rule, without prefix. */
static const char *const verbs[] = {
    "bakken bakte gebakken",
    "barsten barstte gebarsten",
    "bederven bedierf bedorven",
    "bedriegen bedroog bedrogen",
    "beginnen begon begonnen",
    "bergen borg geborgen",
    "bevelen beval bevolen",
    "bewegen bewoog bewogen",
    "bezwijken bezweek bezweken",
    "bidden bad gebeden",
    "bieden bood geboden",
    "bijten beet gebeten",
    "binden bond gebonden",
    "blazen blies geblazen",
    "blijken bleek gebleken",
    "blijven bleef gebleven",
    "blinken blonk geblonken",
    "braden braadde gebraden",
    "breken brak gebroken",
    "brengen bracht gebracht",
    "brouwen brouwde gebrouwen",
    "buigen boog gebogen",
    "denken dacht gedacht",
    "doen deed gedaan",
    "dragen droeg gedragen",
    "drijven dreef gedreven",
    "dringen drong gedrongen",
    "drinken dronk gedronken",
    "druipen droop gedropen",
    "duiken dook gedoken",
    "dwingen dwong gedwongen",
    "eten at gegeten",
    "fluiten floot gefloten",
    "gaan ging gegaan",
    "gelden gold gegolden",
    "genezen genas genezen",
    "genieten genoot genoten",
    "geven gaf gegeven",
    "gieten goot gegoten",
    "glijden gleed gegleden",
    "glimmen glom geglommen",
    "graven groef gegraven",
    "grijpen greep gegrepen",
    "hangen hing gehangen",
    "hebben had gehad",
    "heffen hief geheven",
    "helpen hielp geholpen",
    "heten heette geheten",
    "hijsen hees gehesen",
    "houden hield gehouden",
    "jagen joeg gejaagd",
    "kiezen koos gekozen",
    "kijken keek gekeken",
    "klimmen klom geklommen",
    "klinken klonk geklonken",
    "komen kwam gekomen",
    "kopen kocht gekocht",
    "krijgen kreeg gekregen",
    "krimpen kromp gekrompen",
    "kruipen kroop gekropen",
    "kunnen kon gekund",
    "kwijten kweet gekweten",
    "lachen lachte gelachen",
    "laden laadde geladen",
    "laten liet gelaten",
    "lezen las gelezen",
    "liegen loog gelogen",
    "liggen lag gelegen",
    "lijden leed geleden",
    "lijken leek geleken",
    "lopen liep gelopen",
    "malen maalde gemalen",
    "meten mat gemeten",
    "mijden meed gemeden",
    "moeten moest gemoeten",
    "mogen mocht gemogen",
    "nemen nam genomen",
    "nijgen neeg genegen",
    "ontginnen ontgon ontgonnen",
    "plegen placht gepleegd",
    "prijzen prees geprezen",
    "raden raadde geraden",
    "rijden reed gereden",
    "rijgen reeg geregen",
    "rijzen rees gerezen",
    "roepen riep geroepen",
    "ruiken rook geroken",
    "scheiden scheidde gescheiden",
    "schelden schold gescholden",
    "schenden schond geschonden",
    "schenken schonk geschonken",
    "scheppen schiep geschapen",
    "scheren schoor geschoren",
    "schieten schoot geschoten",
    "schijnen scheen geschenen",
    "schrijven schreef geschreven",
    "schrikken schrok geschrokken",
    "schuiven schoof geschoven",
    "slaan sloeg geslagen",
    "slapen sliep geslapen",
    "slijpen sleep geslepen",
    "slijten sleet gesleten",
    "sluipen sloop geslopen",
    "sluiten sloot gesloten",
    "smelten smolt gesmolten",
    "smijten smeet gesmeten",
    "snijden sneed gesneden",
    "snuiten snoot gesnoten",
    "spannen spande gespannen",
    "spijten speet gespeten",
    "splijten spleet gespleten",
    "spreken sprak gesproken",
    "springen sprong gesprongen",
    "spuiten spoot gespoten",
    "staan stond gestaan",
    "steken stak gestoken",
    "stelen stal gestolen",
    "sterven stierf gestorven",
    "stijgen steeg gestegen",
    "stinken stonk gestonken",
    "stoten stootte gestoten",
    "strijden streed gestreden",
    "strijken streek gestreken",
    "stuiven stoof gestoven",
    "treden trad getreden",
    "treffen trof getroffen",
    "trekken trok getrokken",
    "vallen viel gevallen",
    "vangen ving gevangen",
    "varen voer gevaren",
    "vechten vocht gevochten",
    "verdwijnen verdween verdwenen",
    "vergeten vergat vergeten",
    "verliezen verloor verloren",
    "verzinnen verzon verzonnen",
    "vinden vond gevonden",
    "vliegen vloog gevlogen",
    "vouwen vouwde gevouwen",
    "vragen vroeg gevraagd",
    "vreten vrat gevreten",
    "vriezen vroor gevroren",
    "waaien woei gewaaid",
    "wassen waste gewassen",
    "wegen woog gewogen",
    "werpen wierp geworpen",
    "werven wierf geworven",
    "weten wist geweten",
    "weven weefde geweven",
    "wijken week geweken",
    "wijten weet geweten",
    "wijzen wees gewezen",
    "willen wou gewild",
    "winden wond gewonden",
    "winnen won gewonnen",
    "worden werd geworden",
    "wreken wreekte gewroken",
    "wrijven wreef gewreven",
    "wringen wrong gewrongen",
    "zeggen zei gezegd",
    "zenden zond gezonden",
    "zien zag gezien",
    "zijn was geweest",
    "zingen zong gezongen",
    "zinken zonk gezonken",
    "zitten zat gezeten",
    "zoeken zocht gezocht",
    "zuigen zoog gezogen",
    "zullen zou gezuld",
    "zwellen zwol gezwollen",
    "zwemmen zwom gezwommen",
    "zweren zwoer gezworen",
    "zwerven zwierf gezworven",
    "zwijgen zweeg gezwegen",
    "zweten zweette gezweet",
};

/* Other forms, of verbs and of nouns, and what they are forms of. */
static const char *const others[] = {
    "zeiden zeggen",
    "zegt zeggen",
    "deden doen",
    "doet doen",
    "gaat gaan",
    "staat staan",
    "slaat slaan",
    "ziet zien",
    "kan kunnen",
    "kunt kunnen",
    "konden kunnen",
    "heb hebben",
    "heeft hebben",
    "hebt hebben",
    "hadden hebben",
    "ben zijn",
    "bent zijn",
    "is zijn",
    "waren zijn",
    "wil willen",
    "wilt willen",
    "wilde willen",
    "wilden willen",
    "zal zullen",
    "zult zullen",
    "zouden zullen",
    "mag mogen",
    "moet moeten",
    "word worden",
    "wordt worden",
    "vindt vinden",
    "houdt houden",
    "kinderen kind",
    "steden stad",
    "schepen schip",
    "leden lid",
    "wegen weg",
    "dagen dag",
    "gaten gat",
    "glazen glas",
    "daken dak",
    "vaten vat",
    "bladen blad",
    "bladeren blad",
    "eieren ei",
    "koeien koe",
    "sloten slot",
    "graven graf",
    "holen hol",
    "baden bad",
    "paden pad",
    "sleden slee",
    "smeden smid",
    "spelen spel",
    "bevelen bevel",
    "verdragen verdrag",
    "verslagen verslag",
    "bedragen bedrag",
    "opslagen opslag",
    "gebreken gebrek",
    "gesprekken gesprek",
    "stations station",
    "lonen loon",
    "ramen raam",
    "loten lot",
    "goden god",
    "hoven hof",
    "staven staf",
    "oorlogen oorlog",
    "tralies tralie",
    "lammeren lam",
    "kalveren kalf",
    "raderen rad",
    "liederen lied",
    "volkeren volk",
    "goederen goed",
    "kleren kleed",
    "kleding kleed",
    "gemoederen gemoed",
    "runderen rund",
    "musea museum",
    "centra centrum",
    "data datum",
    "media medium",
    "politici politicus",
    "technici technicus",
    "monteurs monteur",
    "accu's accu",
    "huizen huis",
    "muizen muis",
    "buizen buis",
    "kluizen kluis",
    "lenzen lens",
    "grenzen grens",
    "prijzen prijs",
    "bewijzen bewijs",
    "passen pas",
    "bussen bus",
    "klachten klacht",
    "sleutels sleutel",
    "woningen woning",
    "termijnen termijn",
    "lui mens",
    "lieden mens",
    "borg borg",
    "week week",
    "weken week",
    "reden reden",
    "bad bad",
    "mat mat",
    "vocht vocht",
    "leed leed",
    "wees wees",
    "bond bond",
    "stal stal",
    "was was",
    "sluizen sluis",
    "druiven druif",
    "duiven duif",
    "schijven schijf",
};

static const char *const apart[] = { "achterna", "achter", "binnen", "boven",  "buiten", "dicht",
                                     "door",     "goed",   "klaar",  "kwijt",  "langs",  "leeg",
                                     "los",      "mee",    "neer",   "onder",  "open",   "over",
                                     "rond",     "samen",  "schoon", "stil",   "tegen",  "terecht",
                                     "terug",    "thuis",  "toe",    "tussen", "uit",    "vast",
                                     "vol",      "voor",   "voort",  "vrij",   "weg",    "aan",
                                     "bij",      "af",     "in",     "na",     "om",     "op" };
static const char *const fixed[] = { "be", "ver", "ont", "her", "er", "over", "onder", "voor" };

struct form {
    const char *form, *lemma;
    uint32_t form_len, lemma_len; /* form_len 0: free */
    bool only_fixed;              /* "sproken": only behind be-, ver- … */
};

struct lemmas {
    struct form forms[SLOTS];
};

static struct form *form_slot(const struct lemmas *lemmas, const char *s, size_t len)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (uint8_t)s[i]) * 16777619u;
    for (hash ^= hash >> 15;; hash++) {
        const struct form *form = &lemmas->forms[hash % SLOTS];
        if (form->form_len == 0 || (form->form_len == len && memcmp(form->form, s, len) == 0))
            return (struct form *)form;
    }
}

static void put(struct lemmas *lemmas, const char *form, size_t len, const char *lemma,
                bool only_fixed)
{
    struct form *slot = form_slot(lemmas, form, len);

    if (slot->form_len != 0)
        return;
    *slot = (struct form){ .form = form,
                           .form_len = (uint32_t)len,
                           .lemma = lemma,
                           .lemma_len = (uint32_t)strcspn(lemma, " "),
                           .only_fixed = only_fixed };
}

const struct lemmas *lemmas_new(struct arena *mem)
{
    struct lemmas *lemmas = NEW(mem, struct lemmas);

    for (size_t i = 0; i < COUNT(others); i++)
        put(lemmas, others[i], strcspn(others[i], " "), strchr(others[i], ' ') + 1, false);
    for (size_t i = 0; i < COUNT(verbs); i++) {
        const char *past = strchr(verbs[i], ' ') + 1, *participle = strchr(past, ' ') + 1;
        put(lemmas, past, (size_t)(participle - past) - 1, verbs[i], false);
        put(lemmas, participle, strlen(participle), verbs[i], false);
        if (text_starts(participle, "ge"))
            put(lemmas, participle + 2, strlen(participle + 2), verbs[i], true);
    }
    return lemmas;
}

struct word {
    char s[LEMMA_MAX + 8];
    size_t len;
};

static bool is_vowel(char c)
{
    return c != '\0' && strchr("aeiouy", c) != NULL;
}

static void set(struct word *word, const char *s, size_t len, const char *behind)
{
    size_t more = strlen(behind);

    memcpy(word->s, s, len);
    memcpy(word->s + len, behind, more + 1);
    word->len = len + more;
}

/* Is it in the list as a verb? Then its participle is too: kannen is none, as gekand isn't there.
 */
static bool is_verb(const struct word *infinitive, const char *stem, size_t len, bool has_prefix)
{
    struct word participle = { .s = "ge", .len = 2 };
    size_t at = has_prefix ? 0 : 2;

    if (!compound_knows(infinitive->s, infinitive->len) || len + 4 > LEMMA_MAX)
        return false;
    memcpy(participle.s + at, stem, len);
    participle.len = at + len + 1;
    participle.s[participle.len - 1] = 'd';
    if (compound_knows(participle.s, participle.len))
        return true;
    participle.s[participle.len - 1] = 't';
    return compound_knows(participle.s, participle.len);
}

/* The infinitive of a stem by the rules of spelling: maak maken, bel bellen, reis reizen. */
static bool infinitive_of(const char *stem, size_t len, bool has_prefix, struct word *out)
{
    char last;

    if (len < 3 || len > LEMMA_MAX - 3 || is_vowel(stem[len - 1]))
        return false;
    last = stem[len - 1];
    for (int is_voiced = 0; is_voiced < 2; is_voiced++) {
        char end[2] = { last, '\0' };

        if (is_voiced && last != 's' && last != 'f')
            return false;
        if (is_voiced)
            end[0] = last == 's' ? 'z' : 'v';
        if (len > 3 && stem[len - 2] == stem[len - 3] && is_vowel(stem[len - 2])) {
            set(out, stem, len - 2, end); /* maak: one a */
            set(out, out->s, out->len, "en");
        } else if (!is_voiced && is_vowel(stem[len - 2]) && !is_vowel(stem[len - 3])) {
            set(out, stem, len, end); /* bel: two l */
            set(out, out->s, out->len, "en");
            if (is_verb(out, stem, len, has_prefix))
                return true;
            set(out, stem, len, "en"); /* regel */
        } else {
            set(out, stem, len - 1, end);
            set(out, out->s, out->len, "en");
        }
        if (is_verb(out, stem, len, has_prefix))
            return true;
    }
    return false;
}

static bool ends_in(const char *s, size_t len, const char *end)
{
    size_t n = strlen(end);

    return len >= n && memcmp(s + len - n, end, n) == 0;
}

static bool has_fixed_prefix(const char *s, size_t len)
{
    for (size_t i = 0; i < COUNT(fixed); i++)
        if (len > strlen(fixed[i]) + 3 && memcmp(s, fixed[i], strlen(fixed[i])) == 0)
            return true;
    return false;
}

/* gebeld, belt, belde, belden; betaald, betaalde. */
static bool weak(const char *s, size_t len, struct word *out)
{
    static const char *const nouns[] = { "waarde", "aarde", "orde", "zonde", "kaart",  "buurt",
                                         "poort",  "vaart", "punt", "kast",  "dienst", "post",
                                         "kost",   "gast",  "last", "tent",  "klant",  "markt" };
    bool has_prefix = has_fixed_prefix(s, len);

    for (size_t i = 0; i < COUNT(nouns); i++)
        if (strlen(nouns[i]) == len && memcmp(s, nouns[i], len) == 0)
            return false;
    if (len > 5 && memcmp(s, "ge", 2) == 0 && (s[len - 1] == 'd' || s[len - 1] == 't') &&
        infinitive_of(s + 2, len - 3, false, out))
        return true;
    for (int i = 0; i < 4; i++) {
        static const char *const endings[] = { "den", "ten", "de", "te" };
        if (ends_in(s, len, endings[i]) &&
            infinitive_of(s, len - strlen(endings[i]), has_prefix, out))
            return true;
    }
    if (s[len - 1] == 't' || (has_prefix && s[len - 1] == 'd'))
        return infinitive_of(s, len - 1, has_prefix, out);
    return false;
}

static const struct form *find_form(const struct lemmas *lemmas, const char *s, size_t len,
                                    bool is_fixed)
{
    const struct form *form = form_slot(lemmas, s, len);

    return form->form_len == 0 || (form->only_fixed && !is_fixed) ? NULL : form;
}

/* The plural of a past tense as its singular: kregen kreeg, gaven gaf, trokken trok. */
static const struct form *find_plural(const struct lemmas *lemmas, const char *s, size_t len,
                                      bool is_fixed)
{
    char past[LEMMA_MAX + 1];
    size_t n = len - 2;
    const struct form *form;

    memcpy(past, s, n);
    if (past[n - 1] == 'v' || past[n - 1] == 'z')
        past[n - 1] = past[n - 1] == 'v' ? 'f' : 's';
    if (s[n - 1] == s[n - 2])
        return find_form(lemmas, past, n - 1, is_fixed);
    form = find_form(lemmas, past, n, is_fixed);
    if (form || !is_vowel(past[n - 2]))
        return form;
    past[n] = past[n - 1];
    past[n - 1] = past[n - 2];
    return find_form(lemmas, past, n + 1, is_fixed);
}

static bool strong(const struct lemmas *lemmas, const char *s, size_t len, bool is_fixed,
                   struct word *out)
{
    const struct form *form = find_form(lemmas, s, len, is_fixed);

    if (!form && len > 4 && len <= LEMMA_MAX && ends_in(s, len, "en"))
        form = find_plural(lemmas, s, len, is_fixed);
    if (!form)
        return false;
    set(out, form->lemma, form->lemma_len, "");
    return true;
}

/* Behind a prefix of n bytes: its verb is the prefix and the infinitive of the rest. */
static bool behind_prefix(const struct lemmas *lemmas, const char *s, size_t len, size_t n,
                          bool is_fixed, struct word *out)
{
    struct word rest;

    if (!strong(lemmas, s + n, len - n, is_fixed, &rest) &&
        (is_fixed || len <= n + 3 || !weak(s + n, len - n, &rest)))
        return false;
    if (n + rest.len > LEMMA_MAX || !ends_in(rest.s, rest.len, "n"))
        return false;
    set(out, s, n, rest.s);
    return true;
}

/* As part of a verb with something in front: opgezegd, besproken. */
static bool with_prefix(const struct lemmas *lemmas, const char *s, size_t len, struct word *out)
{
    for (size_t i = 0; i < COUNT(apart) + COUNT(fixed); i++) {
        bool is_fixed = i >= COUNT(apart);
        const char *prefix = is_fixed ? fixed[i - COUNT(apart)] : apart[i];
        size_t n = strlen(prefix);

        if (len >= n + 3 && memcmp(s, prefix, n) == 0 &&
            behind_prefix(lemmas, s, len, n, is_fixed, out))
            return true;
    }
    return false;
}

/* huizen, brieven, reizen as huis, brief, reis: nouns, and verbs, lose their ending alike. */
static void unvoice(struct word *word)
{
    char s[LEMMA_MAX + 8];
    size_t n = word->len - 2;

    if (word->len < 6 || !ends_in(word->s, word->len, "en") || !strchr("zv", word->s[n - 1]))
        return;
    memcpy(s, word->s, n);
    s[n - 1] = s[n - 1] == 'z' ? 's' : 'f';
    if (compound_knows(s, n))
        set(word, s, n, "");
}

const char *lemma_of(struct arena *mem, const struct lemmas *lemmas, const char *word)
{
    size_t len = strnlen(word, LEMMA_MAX + 1);
    struct word out;

    if (len < 2 || len > LEMMA_MAX)
        return word;
    if (!strong(lemmas, word, len, false, &out) && !weak(word, len, &out) &&
        !with_prefix(lemmas, word, len, &out))
        set(&out, word, len, "");
    unvoice(&out);
    return out.len == len && memcmp(out.s, word, len) == 0 ? word
                                                           : arena_text_n(mem, out.s, out.len);
}
