/* halving.c: the sum over all ranks, in a fixed tree. See halving.h. */
#include "halving.h"

ranks_range ranks_part(int size, int rank, int apart)
{
    (void) rank, (void) apart;
    return (ranks_range){size, 0};
}

void ranks_sum(mat *const sum[], mat *const scratch[], int n)
{
    (void) sum, (void) scratch, (void) n;
}
