# flag_table.awk — makes the sorted tables of promise_words.txt, referral_words.txt and
# harm_words.txt: whole words; what words begin with; what they end with, written backwards.
#
#   awk -v header=promise_words.h -v bit=SAYS_BIT -v table=promise_table -f tools/flag_table.awk FILE
#
# A line is "CLASS: word, word*, *word"; one that begins with a blank goes on. Phrases of several
# words are left to their first word only where it stands alone, so they aren't allowed. "= nl"
# begins the words of a language, which get a table of their own: table_nl. With -v together=1 all
# are in one.

function finish(    i, n, words, colon, class)
{
    if (entry == "")
        return
    colon = index(entry, ": ")
    class = substr(entry, 1, colon - 1)
    n = split(substr(entry, colon + 2), words, / *, */)
    for (i = 1; i <= n; i++)
        add(words[i], class)
    entry = ""
}

function add(word, class,    kind)
{
    kind = "whole"
    if (word ~ /^\*/) {
        kind = "end"
        word = backwards(substr(word, 2))
    } else if (word ~ /\*$/) {
        kind = "start"
        word = substr(word, 1, length(word) - 1)
    }
    if (word == "" || word ~ /[* ]/) {
        printf "%s: \"%s\" is no word\n", FILENAME, word > "/dev/stderr"
        failed = 1
        exit 1
    }
    if ((kind, word, class) in seen)
        return
    seen[kind, word, class] = 1
    if (!((kind, word) in flags)) {
        insert(kind, word)
        flags[kind, word] = bit "(" class ")"
    } else
        flags[kind, word] = flags[kind, word] " | " bit "(" class ")"
}

function backwards(word,    out, i)
{
    for (i = length(word); i > 0; i--)
        out = out substr(word, i, 1)
    return out
}

function insert(kind, word,    i)
{
    for (i = ++count[kind]; i > 1 && sorted[kind, i - 1] > word; i--)
        sorted[kind, i] = sorted[kind, i - 1]
    sorted[kind, i] = word
}

# Behind the words where those of each first byte begin, and those of the next one.
function write(kind,    i, word, byte)
{
    printf "static const struct flag_word %s_%ss[] = {\n", table, kind
    for (i = 1; i <= count[kind]; i++) {
        word = sorted[kind, i]
        printf "    { \"%s\", %d, %s },\n", word, length(word), flags[kind, word]
    }
    if (!count[kind])
        printf "    { \"\", 0, 0 },\n"
    printf "};\nstatic const uint16_t %s_%ss_from[257] = {", table, kind
    i = 1
    for (byte = 0; byte <= 256; byte++) {
        while (i <= count[kind] && ord[substr(sorted[kind, i], 1, 1)] < byte)
            i++
        printf "%s %d,", byte % 16 ? "" : "\n   ", i - 1
    }
    printf "\n};\n\n"
}

function end_table()
{
    finish()
    if (!count["whole"])
        return
    write("whole")
    write("start")
    write("end")
    printf "const struct flag_table %s = {\n    { %s_wholes, %s_wholes_from },\n" \
        "    { %s_starts, %s_starts_from },\n    { %s_ends, %s_ends_from },\n};\n\n",
        table, table, table, table, table, table, table
    delete seen
    delete flags
    delete sorted
    delete count
}

BEGIN {
    base = table
    for (byte = 1; byte < 256; byte++)
        ord[sprintf("%c", byte)] = byte
    printf "#include \"language/%s\"\n\n", header
}

/^#/ || /^$/ { next }

/^= / && together {
    finish()
    next
}

/^= / {
    end_table()
    table = base "_" $2
    next
}

/^ / {
    sub(/^ +/, " ")
    entry = entry $0
    next
}

{
    finish()
    entry = $0
}

END {
    if (failed)
        exit 1
    end_table()
}
