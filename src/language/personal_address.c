/* Where somebody lives: postcodes, streets with a number. */
#include "personal_scan.h"

#include <string.h>

enum { NEAR = 4 };

/* Which of the sorted words is it? */
static bool is_among(const struct scan *scan, size_t p, const char *const *words, size_t n)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = (low + high) / 2, len = piece_len(scan, p);
        int order = strncmp(scan->s + scan->pieces[p].from, words[middle], len);

        if (order == 0 && words[middle][len] == '\0')
            return true;
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* --- house numbers --------------------------------------------------------------------------- */

/* 12, 12a, 221B: at most four digits, not a year, and at most three letters behind them. */
static bool is_house_number(const struct scan *scan, size_t p)
{
    const char *s = scan->s + scan->pieces[p].from;
    size_t len = piece_len(scan, p), digits = 0;

    while (digits < len && plain_is_digit(s[digits]))
        digits++;
    if (digits == 0 || digits > 4 || len - digits > 3 || s[0] == '0')
        return false;
    if (digits == 4 && (memcmp(s, "19", 2) == 0 || memcmp(s, "20", 2) == 0))
        return false;
    return len - digits != 1 || s[digits] != 'e'; /* 5e: the fifth */
}

/* What may stand behind the number: a, 2, bis, III, "bus 4", hoog. */
static size_t additions_behind(const struct scan *scan, size_t end)
{
    static const char *const additions[] = { "a",     "app",   "appartement", "b",   "bis",  "bte",
                                             "boite", "boven", "box",         "bus", "c",    "d",
                                             "hoog",  "hs",    "huis",        "i",   "ii",   "iii",
                                             "iv",    "rd",    "rood",        "ter", "toev", "zw" };

    for (int i = 0; i < 3 && end < scan->pieces_n; i++) {
        bool is_glued = piece_joins(scan, end - 1, "-/", 1);
        bool is_word = false;

        if (!is_glued && !piece_joins(scan, end - 1, " ", 1))
            break;
        for (size_t k = 0; k < COUNT(additions) && !is_word; k++)
            is_word = piece_is(scan, end, additions[k]);
        if (piece_is(scan, end, "a") &&
            (scan->text[scan->places[scan->pieces[end].from].at] & 0x80))
            break; /* à Liège */
        if (!is_word && !(is_glued && piece_len(scan, end) <= 3) &&
            !(i > 0 && piece_len(scan, end) <= 3 && scan->pieces[end].has_digits))
            break;
        /* "12 a 15", "5 i" in a sentence: a letter of its own belongs there only at the end. */
        end++;
    }
    return end;
}

/* The piece behind a house number at p with its additions; 0: there is none, or it counts
 * something. */
static size_t house_at(const struct scan *scan, size_t p)
{
    size_t end;

    if (p >= scan->pieces_n || !is_house_number(scan, p) || number_is_amount(scan, p, p + 1))
        return 0;
    if (scan->pieces[p].to + 1 < scan->n && strchr(":.,", scan->s[scan->pieces[p].to]) &&
        plain_is_digit(scan->s[scan->pieces[p].to + 1]))
        return 0;
    end = additions_behind(scan, p + 1);
    return end < scan->pieces_n && piece_joins(scan, end - 1, " ", 1) &&
                   (scan->pieces[end].context & (CONTEXT_UNIT | CONTEXT_MONTH))
               ? 0
               : end;
}

/* --- postcodes ------------------------------------------------------------------------------- */

/* Units and words that stand behind four digits, in capitals too; and small words of our languages,
 * which are only meant to be words in small letters or among capitals. */
static const char units[] =
    " ad ax bc bv cd cm cv db dc dl en er eu ex gb gr hd hp hz in is kb kg km kv kw lb mb mg ml mm "
    "nl nv of ok om op os pc pk pm px rs st tb ti tv uk us vs wh wp xl xp ";
static const char small_words[] =
    " al an at be by cc cl da de dm do du ee el es et go ha he ho if ik il it ja je la le ma me mi "
    "mn my na ne no nr nu oh on ou re rp se si so su ta te tu uh un uw va wa we wo ze zn zo ";

/* May the two be a postcode's letters? */
static bool are_letters(const char *s, bool is_marked, bool *is_doubtful)
{
    const char word[5] = { ' ', s[0], s[1], ' ', '\0' };

    if (s[0] == 's' && strchr("ads", s[1]))
        return false; /* none has them */
    *is_doubtful = strstr(units, word) || (!is_marked && strstr(small_words, word));
    return s[0] >= 'a' && s[0] <= 'z' && s[1] >= 'a' && s[1] <= 'z';
}

/* Does something around it speak of an address: a word, a house number on either side? */
static bool is_told_by_address(const struct scan *scan, size_t p, size_t end)
{
    if (context_has(scan, p, end, CONTEXT_POSTCODE | CONTEXT_ADDRESS, NEAR + 1))
        return true;
    if (end < scan->pieces_n && piece_joins(scan, end - 1, " ,-", 3) && house_at(scan, end))
        return true;
    if (end + 1 < scan->pieces_n && scan->pieces[end].context & CONTEXT_NUMBER &&
        house_at(scan, end + 1))
        return true;
    return p > 1 && piece_joins(scan, p - 1, " ,\n", 3) && is_house_number(scan, p - 1) &&
           !scan->pieces[p - 2].has_digits;
}

static bool is_plain(char c)
{
    return plain_is_digit(c) || plain_is_letter(c);
}

/* 8812-AB-4471 and the like. */
static bool is_part_of_code(const struct scan *scan, size_t from, size_t to, size_t end)
{
    return (from >= 2 && strchr("-./", scan->s[from - 1]) && is_plain(scan->s[from - 2])) ||
           (to + 1 < scan->n && strchr("-/", scan->s[to]) && is_plain(scan->s[to + 1]) &&
            !(end < scan->pieces_n && house_at(scan, end) == end + 1));
}

/* Laan, Plein: written as the name of a street begins. */
static bool is_street_word(const struct scan *scan, size_t p)
{
    return scan->pieces[p].context & CONTEXT_STRAAT &&
           (piece_is_title(scan, p) || piece_is_upper(scan, p));
}

/* Plein 1944, Laan 1813 */
static bool is_behind_street(const struct scan *scan, size_t p)
{
    return p > 0 && piece_joins(scan, p - 1, " ", 1) && is_street_word(scan, p - 1);
}

static bool find_dutch_postcode(const struct scan *scan, size_t p, struct found *out)
{
    const struct piece *piece = &scan->pieces[p];
    size_t end = p + 1, letters = piece->from + 4;
    bool is_doubtful, is_upper, is_lower, is_alone;

    if (piece_len(scan, p) == 4) {
        if (piece->has_letters || !piece_joins(scan, p, " -", 2) || piece_len(scan, p + 1) != 2)
            return false;
        letters = scan->pieces[p + 1].from;
        end = p + 2;
    } else if (piece_len(scan, p) != 6) {
        return false;
    }
    for (size_t i = 0; i < 4; i++)
        if (!plain_is_digit(scan->s[piece->from + i]))
            return false;
    is_upper = scan->places[letters].is_upper && scan->places[letters + 1].is_upper;
    is_alone = is_upper &&
               !(end < scan->pieces_n && piece_len(scan, end) > 2 && piece_is_upper(scan, end));
    if (scan->s[piece->from] == '0' || !are_letters(scan->s + letters, is_alone, &is_doubtful) ||
        is_part_of_code(scan, piece->from, letters + 2, end))
        return false;
    is_lower = !scan->places[letters].is_upper && !scan->places[letters + 1].is_upper;
    /* Plein 1944 nr 5 */
    if (end == p + 2 && scan->pieces[p + 1].context & CONTEXT_NUMBER &&
        (!is_upper || is_behind_street(scan, p)) &&
        !(context_nearest(scan, p, 2) & CONTEXT_POSTCODE))
        return false;
    if ((is_doubtful || (!is_upper && !is_lower) || context_nearest(scan, p, 2) & CONTEXT_ORDER) &&
        !is_told_by_address(scan, p, end))
        return false;
    *out = (struct found){ piece->from, letters + 2, PERSONAL_WARN, false };
    return true;
}

/* Towns of Belgium, by the first word of their names in either language. */
static const char *const belgian_towns[] = {
    "aalst",      "aalter",       "aarlen",      "aarschot",    "aat",         "andenne",
    "anderlecht", "antwerpen",    "anvers",      "arlon",       "asse",        "ath",
    "bastogne",   "berchem",      "bergen",      "beringen",    "beveren",     "bilzen",
    "binche",     "blankenberge", "boom",        "borgerhout",  "bornem",      "brasschaat",
    "brecht",     "bree",         "bruges",      "brugge",      "brussel",     "bruxelles",
    "charleroi",  "chatelet",     "courtrai",    "deinze",      "dendermonde", "deurne",
    "diest",      "diksmuide",    "dilbeek",     "dinant",      "dison",       "doornik",
    "duffel",     "edegem",       "eeklo",       "eghezee",     "ekeren",      "elsene",
    "enghien",    "ertvelde",     "etterbeek",   "eupen",       "evere",       "evergem",
    "flemalle",   "fleurus",      "fontaine",    "frameries",   "gand",        "ganshoren",
    "geel",       "geldenaken",   "gembloux",    "genk",        "gent",        "geraardsbergen",
    "grimbergen", "haacht",       "halle",       "hamont",      "hannut",      "harelbeke",
    "hasselt",    "heist",        "herentals",   "herstal",     "herve",       "heusden",
    "hoboken",    "hoei",         "hoogstraten", "houthalen",   "huy",         "ieper",
    "ixelles",    "izegem",       "jette",       "jodoigne",    "knokke",      "koekelberg",
    "koksijde",   "kontich",      "kortrijk",    "kraainem",    "lanaken",     "landen",
    "lede",       "leuven",       "liege",       "lier",        "lokeren",     "lommel",
    "londerzeel", "louvain",      "louviere",    "luik",        "maaseik",     "maasmechelen",
    "machelen",   "malines",      "malle",       "malmedy",     "manage",      "mechelen",
    "menen",      "merelbeke",    "merksem",     "middelkerke", "moeskroen",   "mol",
    "molenbeek",  "mons",         "mortsel",     "mouscron",    "namen",       "namur",
    "neerpelt",   "nijvel",       "ninove",      "nivelles",    "oostende",    "oostkamp",
    "ostende",    "oudenaarde",   "overijse",    "peer",        "pelt",        "poperinge",
    "quaregnon",  "ranst",        "roeselare",   "ronse",       "roulers",     "saint",
    "schaarbeek", "schaerbeek",   "schoten",     "seraing",     "sint",        "temse",
    "tervuren",   "tessenderlo",  "tielt",       "tienen",      "tongeren",    "torhout",
    "tournai",    "tubeke",       "tubize",      "turnhout",    "uccle",       "ukkel",
    "verviers",   "veurne",       "vilvoorde",   "vise",        "waregem",     "waterloo",
    "waver",      "wavre",        "wetteren",    "wevelgem",    "wezembeek",   "willebroek",
    "wilrijk",    "woluwe",       "ypres",       "zaventem",    "zedelgem",    "zele",
    "zelzate",    "zemst",        "zottegem",    "zwijndrecht",
};

static bool is_our_year(const struct scan *scan, size_t p)
{
    const char *s = scan->s + scan->pieces[p].from;

    return memcmp(s, "19", 2) == 0 || (memcmp(s, "20", 2) == 0 && s[2] < '4');
}

/* in 2018 Antwerpen … */
static bool is_said_as_year(const struct scan *scan, size_t p)
{
    static const char *const before[] = { "in", "sinds", "since", "depuis", "en", "tot", "anno" };

    return is_our_year(scan, p) && p > 0 && piece_joins(scan, p - 1, " ", 1) &&
           piece_is_one_of(scan, p - 1, before, COUNT(before));
}

/* Towns of the Netherlands, the larger ones. */
static const char *const dutch_towns[] = {
    "alkmaar",     "almelo",     "almere",     "alphen",     "amersfoort", "amstelveen",
    "amsterdam",   "apeldoorn",  "arnhem",     "assen",      "breda",      "delft",
    "deventer",    "doetinchem", "dordrecht",  "ede",        "eindhoven",  "emmen",
    "enschede",    "gouda",      "groningen",  "haarlem",    "heerenveen", "heerlen",
    "helmond",     "hengelo",    "hilversum",  "hoofddorp",  "hoogeveen",  "hoorn",
    "houten",      "kampen",     "leeuwarden", "leiden",     "lelystad",   "maastricht",
    "middelburg",  "nieuwegein", "nijmegen",   "oss",        "purmerend",  "rijswijk",
    "roermond",    "roosendaal", "rotterdam",  "schiedam",   "sneek",      "spijkenisse",
    "terneuzen",   "tiel",       "tilburg",    "utrecht",    "veenendaal", "venlo",
    "vlaardingen", "vlissingen", "voorburg",   "wageningen", "weert",      "woerden",
    "zaandam",     "zaanstad",   "zeist",      "zoetermeer", "zutphen",    "zwolle",
};

/* Kerkstraat 45 te …; Kerkstraat 45, … */
static bool follows_address(const struct scan *scan, size_t p)
{
    static const char *const between[] = { "te", "in", "à" };

    if (p > 1 && piece_joins(scan, p - 1, " ", 1) &&
        piece_is_one_of(scan, p - 1, between, COUNT(between)))
        p--;
    return p > 1 && scan->places[scan->pieces[p - 1].from].taken &&
           piece_joins(scan, p - 1, " ,\n", 3);
}

/* Four digits with a town behind them, a word in front, or at the end of an address. */
static bool find_belgian_postcode(const struct scan *scan, size_t p, struct found *out)
{
    const struct piece *piece = &scan->pieces[p];
    bool has_town, has_name, has_home;

    if (piece->has_letters || piece_len(scan, p) != 4 || scan->s[piece->from] == '0' ||
        number_is_glued(scan, p, p + 1))
        return false;
    has_name = piece_joins(scan, p, " -", 3) && !scan->pieces[p + 1].has_digits;
    has_town = has_name && is_among(scan, p + 1, belgian_towns, COUNT(belgian_towns));
    has_name = has_name && piece_is_title(scan, p + 1);
    has_home = context_has(scan, p, p + 1, CONTEXT_ADDRESS, NEAR);
    if (!(has_town && (has_home || (has_name && !is_said_as_year(scan, p)))) &&
        !(has_name && has_home && !is_our_year(scan, p)) &&
        !(context_nearest(scan, p, 2) & CONTEXT_POSTCODE) &&
        !(has_name && follows_address(scan, p)))
        return false;
    *out = (struct found){ piece->from, piece->to, PERSONAL_WARN, false };
    return true;
}

bool find_postcode(const struct scan *scan, size_t p, struct found *out)
{
    return plain_is_digit(scan->s[scan->pieces[p].from]) &&
           (find_dutch_postcode(scan, p, out) || find_belgian_postcode(scan, p, out));
}

/* --- streets --------------------------------------------------------------------------------- */

/* How names of streets end; the common ones also without a capital. */
static const struct {
    const char *ending;
    bool is_common; /* without a capital too, and in short names */
    bool is_lower;  /* without a capital in longer names */
} street_endings[] = {
    { "straat",    true,  false },
    { "laan",      true,  false },
    { "plein",     true,  false },
    { "gracht",    true,  false },
    { "kade",      true,  false },
    { "singel",    true,  false },
    { "steeg",     true,  false },
    { "dreef",     true,  false },
    { "steenweg",  true,  false },
    { "straatje",  true,  false },
    { "str",       true,  false },
    { "kaai",      true,  false },
    { "plantsoen", true,  false },
    { "weg",       false, true  },
    { "dijk",      false, true  },
    { "pad",       false, false },
    { "hof",       false, true  },
    { "park",      false, false },
    { "markt",     false, false },
    { "lei",       false, false },
    { "wal",       false, false },
    { "baan",      false, false },
    { "ring",      false, false },
    { "haven",     false, false },
    { "veld",      false, false },
    { "dam",       false, false },
    { "oord",      false, false },
    { "erf",       false, false },
    { "berg",      false, false },
    { "meent",     false, false },
    { "hoek",      false, false },
    { "brink",     false, false },
    { "akker",     false, false },
    { "kamp",      false, false },
    { "tuin",      false, false },
    { "waard",     false, false },
};
/* Words with such an ending that are no street. */
static const char *const no_streets[] = {
    "achterweg", "arbeidsmarkt", "buitenbaan", "fietspad",    "halverweg",
    "heenweg",   "kerkhof",      "luchthaven", "markt",       "omweg",
    "onderweg",  "ring",         "ringweg",    "rondweg",     "snelweg",
    "spoorbaan", "spoorweg",     "supermarkt", "terugweg",    "vakantiepark",
    "voetpad",   "vuurwerk",     "weg",        "woningmarkt", "zebrapad",
};

/* A name of a street by its ending. */
static bool is_street(const struct scan *scan, size_t p)
{
    const struct piece *piece = &scan->pieces[p];
    size_t len = piece_len(scan, p);
    bool is_title = piece_is_title(scan, p);
    bool has_name = p > 0 && piece_joins(scan, p - 1, " .-", 2) && piece_is_title(scan, p - 1) &&
                    !(scan->pieces[p - 1].context & ~(uint32_t)CONTEXT_GRAMMAR);

    if (piece->has_digits || len < 3)
        return false;
    for (size_t i = 0; i < COUNT(street_endings); i++) {
        size_t n = strlen(street_endings[i].ending);

        if (len < n || memcmp(scan->s + piece->to - n, street_endings[i].ending, n) != 0)
            continue;
        if (len == n) /* Grote Markt; Singel, not at a sentence's beginning */
            return is_title && (has_name || (street_endings[i].is_common && p > 0 &&
                                             !scan->pieces[p - 1].ends_sentence));
        if (piece_is_one_of(scan, p, no_streets, COUNT(no_streets)))
            return false;
        if (street_endings[i].is_common)
            return len >= n + 2;
        return is_title || (street_endings[i].is_lower && len >= n + 3) ||
               context_has(scan, p, p + 1, CONTEXT_ADDRESS, NEAR);
    }
    return false;
}

/* Words that begin a sentence in front of a street's name: "Op Laan 45", "Bij de Hoogstraat 3". */
static bool is_opening(const struct scan *scan, size_t at, size_t street)
{
    static const char *const words[] = { "aan",    "achter", "am",        "an",    "at",   "auf",
                                         "bei",    "bij",    "chez",      "dans",  "de",   "from",
                                         "hier",   "in",     "langs",     "mijn",  "naar", "naast",
                                         "nabij",  "near",   "on",        "onder", "onze", "op",
                                         "rond",   "sur",    "tegenover", "the",   "to",   "tot",
                                         "tussen", "uit",    "vanaf",     "via",   "voor", "zur" };

    if (piece_is(scan, at, "van")) /* Van Laan 3, but: Van Ostadestraat 3 */
        return scan->pieces[street].context & CONTEXT_STRAAT;
    return piece_is_one_of(scan, at, words, COUNT(words));
}

/* What belongs to the name in front of piece p: Kon. Wilhelminalaan, Burgemeester van Houtplein. */
static size_t name_before(const struct scan *scan, size_t p)
{
    size_t street = p;

    for (size_t at = p; at > 0 && p - at < 4 && piece_joins(scan, at - 1, " .-'", 2); at--) {
        bool is_first = at < 2 || scan->pieces[at - 2].ends_sentence;
        bool is_behind_sign = is_first || scan->s[scan->pieces[at - 2].to] != ' ';

        if (is_behind_sign && is_street(scan, street) && is_opening(scan, at - 1, street))
            break;
        if (piece_is_title(scan, at - 1) &&
            !(scan->pieces[at - 1].context & ~(uint32_t)CONTEXT_GRAMMAR) &&
            (at < 2 || !is_first || at == p))
            p = at - 1;
        else if (!(scan->pieces[at - 1].context & CONTEXT_JOINING))
            break;
    }
    return p;
}

/* The house number behind the street that ends with piece p - 1. */
static size_t house_behind(const struct scan *scan, size_t p)
{
    if (p >= scan->pieces_n ||
        !(scan->pieces[p].has_digits || scan->pieces[p].context & CONTEXT_NUMBER) ||
        !piece_joins(scan, p - 1, " .,:", 2))
        return 0;
    if (scan->pieces[p].context & CONTEXT_NUMBER) {
        if (!piece_joins(scan, p, " .:", 2))
            return 0;
        p++;
    }
    return house_at(scan, p);
}

/* Piece p is a word for a street, named after a year: Plein 1944 nr 5. */
static bool find_year_street(const struct scan *scan, size_t p, struct found *out)
{
    size_t end;

    if (!is_street_word(scan, p) || !piece_joins(scan, p, " ", 1) || piece_len(scan, p + 1) != 4 ||
        scan->pieces[p + 1].has_letters || scan->s[scan->pieces[p + 1].from] != '1')
        return false;
    end = house_behind(scan, p + 2);
    return end && found_pieces(scan, p, end, PERSONAL_WARN, out);
}

/* Piece p is a word for a street and the name follows: rue de la Station 18, Steenweg op Gent 9. */
static bool find_named_behind(const struct scan *scan, size_t p, struct found *out)
{
    bool is_french = (scan->pieces[p].context & CONTEXT_RUE);
    bool has_name = false;

    if (!is_french && !(scan->pieces[p].context & CONTEXT_STRAAT && piece_is_title(scan, p)))
        return false;
    for (size_t q = p + 1; q < scan->pieces_n && q < p + 7; q++) {
        size_t end;

        if (!piece_joins(scan, q - 1, " .'-,", 2))
            return false;
        if (has_name && (end = house_at(scan, q)))
            return found_pieces(scan, p, end, PERSONAL_WARN, out);
        if (scan->pieces[q].has_digits)
            return false;
        if (!(scan->pieces[q].context & CONTEXT_JOINING)) {
            bool is_name = piece_is_title(scan, q) ||
                           (piece_is(scan, p, "rue") || piece_is(scan, p, "avenue"));

            if (!is_name && !has_name)
                return false;
            has_name = true;
            if (p > 0 && is_french && piece_joins(scan, p - 1, " ,", 2) && house_at(scan, p - 1) &&
                piece_is_title(scan, q))
                return found_pieces(scan, p - 1, q + 1, PERSONAL_WARN, out);
        }
    }
    return false;
}

/* 221B Baker Street, 12 Beukenlaan: piece p is the number. */
static bool find_number_first(const struct scan *scan, size_t p, struct found *out)
{
    if (!is_house_number(scan, p) || context_nearest(scan, p, 1) & CONTEXT_OTHER)
        return false;
    for (size_t q = p + 1; q < scan->pieces_n && q < p + 5; q++) {
        if (!piece_joins(scan, q - 1, " .", 2) || !piece_is_title(scan, q))
            return false;
        if (q > p + 1 && (scan->pieces[q].context & CONTEXT_STREET))
            return found_pieces(scan, p, q + 1, PERSONAL_WARN, out);
        if (is_street(scan, q) && !house_behind(scan, q + 1))
            return found_pieces(scan, p, q + 1, PERSONAL_WARN, out);
    }
    return false;
}

/* Zand 4, Brugge */
static bool is_before_town(const struct scan *scan, size_t end)
{
    return end < scan->pieces_n && scan->s[scan->pieces[end - 1].to] == ',' &&
           piece_joins(scan, end - 1, " ,", 2) && piece_is_title(scan, end) &&
           (is_among(scan, end, dutch_towns, COUNT(dutch_towns)) ||
            is_among(scan, end, belgian_towns, COUNT(belgian_towns)));
}

/* A name and a number that something else tells to be an address: a postcode behind (Zonnebloem 12,
 * 1234 AB), a word in front (ik woon op Achter de Hoven 12). */
static bool is_told_address(const struct scan *scan, size_t p, size_t end)
{
    if (!piece_is_title(scan, p) || scan->pieces[p].context & CONTEXT_OTHER)
        return false;
    return is_before_town(scan, end) ||
           (context_nearest(scan, p, NEAR) & CONTEXT_ADDRESS &&
            scan->s[scan->pieces[p].to] != ',') ||
           (end < scan->pieces_n && scan->places[scan->pieces[end].from].taken &&
            piece_joins(scan, end - 1, " ,\n", 3) && scan->pieces[end].has_digits);
}

bool find_address(const struct scan *scan, size_t p, struct found *out)
{
    size_t end;

    if (plain_is_digit(scan->s[scan->pieces[p].from]))
        return find_number_first(scan, p, out);
    end = house_behind(scan, p + 1);
    if (end && (is_street(scan, p) || is_told_address(scan, p, end)))
        return found_pieces(scan, name_before(scan, p), end, PERSONAL_WARN, out);
    return find_year_street(scan, p, out) || find_named_behind(scan, p, out);
}
