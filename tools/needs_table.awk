# needs_table.awk — makes the tables of a language in src/simulate/needs-*.txt.
#
#   awk -v tongue=dutch -f tools/needs_table.awk FILE   dutch_needs[] and dutch_manners
#
# "need KIND: DOSSIER" begins one, "manners" what isn't about any; below, "NAME: text", and of the
# texts of one name one is taken. A name that isn't known doesn't compile.

function text_of(name,    text)
{
    text = texts[name]
    gsub(/"/, "\\\"", text)
    gsub(/ *\| */, "|", text)
    return "\"[" text "]\""
}

function finish(    name)
{
    if (kind != "") {
        rows++
        printf "    { .kind = \"%s\", .dossier = %s", kind, dossier
    } else if (is_manners) {
        printf "};\nconst size_t %s_needs_n = %d;\nconst struct manners %s_manners = {\n", tongue,
               rows, tongue
    }
    for (i = 1; i <= names_n; i++)
        if (kind != "")
            printf ",\n      .%s = %s", names[i], text_of(names[i])
        else if (is_manners)
            printf "    .%s = %s,\n", names[i], text_of(names[i])
    if (kind != "")
        print " },"
    delete texts
    names_n = 0
    kind = ""
}

BEGIN {
    print "#include \"simulate/needs_tongues.h\"\n"
    printf "const struct need %s_needs[] = {\n", tongue
}

/^#/ || /^$/ { next }

/^need / {
    finish()
    kind = substr($0, 6, index($0, ":") - 6)
    dossier = $0 ~ /: *repair$/ ? "DOSSIER_REPAIR" : $0 ~ /: *invoice$/ ? "DOSSIER_INVOICE" : "NO_DOSSIER"
    next
}

/^manners$/ {
    finish()
    is_manners = 1
    next
}

{
    colon = index($0, ":")
    name = substr($0, 1, colon - 1)
    if (!(name in texts))
        names[++names_n] = name
    text = name in texts ? texts[name] "|" : ""
    texts[name] = text substr($0, colon + 2)
}

END {
    finish()
    print "};"
}
