/* fuzz.h — what a fuzz target is made of.
 *
 * A target is one file NAME.c with LLVMFuzzerTestOneInput(): it hands any bytes to a parser and
 * checks what the parser promises. NAME stands in meson.build; inputs to start from are in
 * corpus/NAME, each input that ever broke a promise is in found/NAME. A target knows no time and
 * no randomness: the same input does the same again.
 */
#pragma once

#include "../src/base/base.h"

/* Returns 0. `data` is a block of exactly that size. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program, and names the promise, when it was not kept. */
void fuzz_promise(bool kept, const char *promise);
