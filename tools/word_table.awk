# word_table.awk — makes the sorted table of times_words.txt.
#
#   awk -f tools/word_table.awk FILE   time_entries[]: text, class and value of each word
#
# A line is "CLASS value: word, word"; one that begins with a blank goes on. A word that stands
# twice ends the build with file:line.

function fail(text)
{
    printf "%s:%d: %s\n", FILENAME, FNR, text > "/dev/stderr"
    failed = 1
    exit 1
}

function finish(    i, n, words, colon, blank)
{
    if (entry == "")
        return
    colon = index(entry, ": ")
    blank = index(entry, " ")
    if (colon == 0 || blank > colon)
        fail("this is no \"CLASS value: words\"")
    n = split(substr(entry, colon + 2), words, / *, */)
    for (i = 1; i <= n; i++) {
        if (words[i] in row_of)
            fail("\"" words[i] "\" stands here twice")
        row_of[words[i]] = "WORD_" substr(entry, 1, blank - 1) ", " \
                           substr(entry, blank + 1, colon - blank - 1)
        insert(words[i])
    }
}

function insert(word,    i)
{
    for (i = ++count; i > 1 && sorted[i - 1] > word; i--)
        sorted[i] = sorted[i - 1]
    sorted[i] = word
}

/^#/ || /^$/ { next }

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
    finish()
    print "#include \"language/times_words.h\"\n"
    print "const struct time_entry time_entries[] = {"
    for (i = 1; i <= count; i++)
        printf "    { \"%s\", %s },\n", sorted[i], row_of[sorted[i]]
    print "};"
    printf "const size_t time_entries_n = %d;\n", count
}
