/**
 * @file  require.h
 * @brief Contracts between our own functions: checked in every build, and a breach aborts the program.
 *
 * For a caller's mistake (a shape, a range), never for bad input from a user: that is an @ref error (say.h).
 */
#ifndef REQUIRE_H
#define REQUIRE_H

/** Abort with both sides printed unless `left op right` holds. Both sides are integers. */
#define REQUIRE(left, op, right)                                                                   \
    do {                                                                                           \
        const long long require_left = (left), require_right = (right);                            \
        if (!(require_left op require_right))                                                      \
            require_die(__func__, #left " " #op " " #right, require_left, require_right);          \
    } while (0)

/**
 * @brief Print the broken contract to stderr and abort.
 * @param[in] function   the function that checked it
 * @param[in] contract   its source text
 * @param[in] left,right the values of its two sides
 * @see   the REQUIRE macro, which calls this
 */
_Noreturn void require_die(const char *function, const char *contract, long long left,
                           long long right);

#endif
