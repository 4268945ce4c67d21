/* main.c — the program; what it can do stands in commands/commands.c. */
#include "commands/commands.h"

int main(int argc, char **argv)
{
    return commands_run(argc - 1, argv + 1);
}
