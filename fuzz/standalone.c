/* standalone.c — runs a fuzz target over files, without libFuzzer: each argument is a file or a
 * folder of files. How the known inputs run as ordinary tests with any compiler.
 */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { INPUT_MAX = 64 << 20 };

static int inputs;

static void close_file(FILE **file)
{
    if (*file)
        fclose(*file);
}

static void release(uint8_t **data)
{
    free(*data);
}

static void fail(const char *path)
{
    perror(path);
    exit(2);
}

static void run_file(const char *path, size_t size)
{
    CLEANUP(close_file) FILE *file = fopen(path, "rb");
    /* Exactly as large as the input, so that a sanitizer sees each byte too far. */
    CLEANUP(release) uint8_t *data = malloc(size > 0 ? size : 1);

    if (!file || !data || fread(data, 1, size, file) != size)
        fail(path);
    printf("%s\n", path); /* the last line tells which input did it */
    fflush(stdout);
    LLVMFuzzerTestOneInput(data, size);
    inputs++;
}

static void run_path(const char *path);

static void run_folder(const char *path)
{
    struct dirent **entries;
    int n = scandir(path, &entries, NULL, alphasort);

    if (n < 0)
        fail(path);
    for (int i = 0; i < n; i++) {
        char inside[4096];

        if (entries[i]->d_name[0] != '.') {
            snprintf(inside, sizeof(inside), "%s/%s", path, entries[i]->d_name);
            run_path(inside);
        }
        free(entries[i]);
    }
    free(entries);
}

static void run_path(const char *path)
{
    struct stat st;

    if (stat(path, &st) < 0)
        fail(path);
    if (S_ISDIR(st.st_mode))
        run_folder(path);
    else if (st.st_size <= INPUT_MAX)
        run_file(path, (size_t)st.st_size);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        run_path(argv[i]);
    printf("%d inputs\n", inputs);
    return inputs > 0 ? 0 : 1;
}
