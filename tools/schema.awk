# schema.awk — puts the migrations into the program.
#
#   awk -f tools/schema.awk src/store/schema/NNNN_name.sql …   a C table, one row a file
#
# The SQL keeps its lines, so that an engine's error message names the right one. Comments go,
# except the marker lines that migrate.c reads: -- only: sqlite, -- only: postgres, -- end.
# A migration is never changed once it is released; files that are out of order end the build.

function fail(file, line, text)
{
    printf "%s:%d: %s\n", file, line, text > "/dev/stderr"
    failed = 1
    exit 1
}

# The line without its comment; `quote` remembers a quote that is open over a line's end.
function strip(line,    i, c)
{
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (quote != "") {
            if (c == quote)
                quote = ""
        } else if (substr(line, i, 2) == "--") {
            line = substr(line, 1, i - 1)
            break
        } else if (c == "'" || c == "\"") {
            quote = c
        }
    }
    if (quote == "")
        sub(/[ \t\r]+$/, "", line)
    return line
}

function begin(    base)
{
    finish()
    base = FILENAME
    sub(/^.*\//, "", base)
    if (base !~ /^[0-9][0-9][0-9][0-9]_[a-z][a-z0-9_]*\.sql$/)
        fail(FILENAME, 1, "a migration's file is named as 0012_parcels.sql")
    if (substr(base, 1, 4) + 0 <= version)
        fail(FILENAME, 1, "migrations stand in meson.build by number, each number once")
    version = substr(base, 1, 4) + 0
    name = substr(base, 6, length(base) - 9)
    file = FILENAME
    only_line = 0
    rows[++count] = "    { " version ", \"" name "\",\n"
}

function finish()
{
    if (count == 0)
        return
    if (quote != "")
        fail(file, 1, "a quote is left open in this file")
    if (only_line)
        fail(file, only_line, "this -- only: has no -- end")
    if (rows[count] !~ /\\n"/)
        fail(file, 1, "there is no SQL in this file")
}

# Adds a line as C text; & in a replacement is what was found.
function add(line)
{
    gsub(/["\\]/, "\\\\&", line)
    gsub(/\t/, "\\t", line)
    rows[count] = rows[count] "      \"" line "\\n\"\n"
}

FNR == 1 {
    begin()
}

quote == "" && /^[ \t]*--[ \t]*(only:|end[ \t\r]*$)/ {
    sub(/^[ \t]*--[ \t]*/, "")
    sub(/[ \t\r]+$/, "")
    gsub(/[ \t]+/, " ")
    if ($0 !~ /^(only: sqlite|only: postgres|end)$/)
        fail(FILENAME, FNR, "only: knows sqlite and postgres")
    if (($0 == "end") == (only_line == 0))
        fail(FILENAME, FNR, "-- only: and -- end come in pairs")
    only_line = $0 == "end" ? 0 : FNR
    add("-- " $0)
    next
}

{
    was_open = quote != ""
    line = strip($0)
    if (line != "" || was_open)
        add(line)
}

END {
    if (failed)
        exit 1
    finish()
    print "/* Made by tools/schema.awk from src/store/schema. */"
    print "#include \"store/migrate.h\"\n\n#include <stddef.h>\n"
    print "const struct migration migrations[] = {"
    for (i = 1; i <= count; i++)
        print rows[i] "    },"
    print "};\n"
    print "const size_t migrations_n = " count + 0 ";"
}
