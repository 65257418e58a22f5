/* test_machine.c: the memory of the machine at hand. */
#include "machine.h"

#include <criterion/criterion.h>
#include <string.h>

Test(machine, a_byte_fits_and_an_exabyte_does_not)
{
    error e = {""};
    cr_assert(machine_fits(1, "--hidden 1", &e));
    cr_assert_str_empty(e.text);
    cr_assert_not(machine_fits(1e18, "--hidden 1000000000", &e));
    cr_assert(
        strstr(e.text, "--hidden 1000000000 take 1000000000.0 GB of memory; this machine has "),
        "%s", e.text);
}
