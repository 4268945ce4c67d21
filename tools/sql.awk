# sql.awk — makes the statements of all .sql files known to C.
#
#   awk -v want=header -f tools/sql.awk FILE…   enum sql { SQL_CASE_GET, …, SQL_COUNT };
#   awk -v want=source -f tools/sql.awk FILE…   sql_texts[SQL_COUNT]: name and text of each
#
# A statement stands as "-- name: case_get" and the SQL up to the next name or the file's end.
# Comments go, white space outside quotes is squeezed, the last semicolon is dropped. What looks
# like a slip (a name twice, no SQL, two statements under one name) ends the build with file:line.

function fail(file, line, text)
{
    printf "%s:%d: %s\n", file, line, text > "/dev/stderr"
    failed = 1
    exit 1
}

# Adds one line to the statement: outside quotes, comments go and white space is squeezed.
function add_line(line,    i, c)
{
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (quote != "") {
            text = text c
            if (c == quote)
                quote = ""
            continue
        }
        if (substr(line, i, 2) == "--")
            break
        if (substr(line, i, 2) == "/*")
            fail(FILENAME, FNR, "write comments as --, not as /* */")
        if (c ~ /[ \t\r]/) {
            space = 1
            continue
        }
        if (ended)
            fail(FILENAME, FNR, "there is more after the semicolon of " name)
        if (c == ";") {
            ended = 1
            continue
        }
        if (c == "'" || c == "\"")
            quote = c
        if (space && text != "")
            text = text " "
        space = 0
        text = text c
    }
    if (quote != "")
        text = text "\n"
    space = 1
}

function finish()
{
    if (name == "")
        return
    if (quote != "")
        fail(name_file, name_line, "a quote is left open in " name)
    if (text == "")
        fail(name_file, name_line, "there is no SQL under " name)
    names[++count] = name
    texts[count] = text
    name = ""
}

function begin(new_name)
{
    if (new_name !~ /^[a-z][a-z0-9_]*$/ || new_name == "count")
        fail(FILENAME, FNR, "'" new_name "' is no name for a statement: write -- name: case_get")
    if (new_name in seen)
        fail(FILENAME, FNR, new_name " is already the name of a statement at " seen[new_name])
    seen[new_name] = FILENAME ":" FNR
    name = new_name
    name_file = FILENAME
    name_line = FNR
    text = quote = ""
    space = ended = 0
}

function c_text(s,    i, c, out)
{
    out = ""
    for (i = 1; i <= length(s); i++) {
        c = substr(s, i, 1)
        if (c == "\n")
            c = "\\n"
        else if (c == "\t")
            c = "\\t"
        else if (c == "\\" || c == "\"")
            c = "\\" c
        out = out c
    }
    return "\"" out "\""
}

FNR == 1 {
    finish()
}

/^--[ \t]*name:/ && quote == "" {
    finish()
    sub(/^--[ \t]*name:[ \t]*/, "")
    sub(/[ \t\r]+$/, "")
    begin($0)
    next
}

name == "" {
    if ($0 !~ /^[ \t\r]*(--.*)?$/)
        fail(FILENAME, FNR, "this SQL has no name: write -- name: case_get above it")
    next
}

{
    add_line($0)
}

END {
    if (failed)
        exit 1
    finish()
    print "/* Made by tools/sql.awk from the .sql files beside the modules. */"
    if (want == "header") {
        print "#pragma once\n\nenum sql {"
        for (i = 1; i <= count; i++)
            print "    SQL_" toupper(names[i]) ","
        print "    SQL_COUNT\n};"
    } else {
        print "#include \"sql.h\"\n\n#include \"store/db.h\"\n"
        print "const struct sql_text sql_texts[SQL_COUNT] = {"
        for (i = 1; i <= count; i++)
            print "    [SQL_" toupper(names[i]) "] = { \"" names[i] "\", " c_text(texts[i]) " },"
        print "};"
    }
}
