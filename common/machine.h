/**
 * @file  machine.h
 * @brief What the machine at hand has, so that a program can refuse what would not fit before the system swaps or kills.
 */
#ifndef MACHINE_H
#define MACHINE_H

#include "say.h"

/**
 * @brief  Do so many bytes fit into this machine's memory?
 * @param[in]  need bytes
 * @param[in]  what the options and sizes that take them, for the error's text
 * @param[out] e    what it takes and what there is
 * @return true where they fit, or where the system does not tell
 */
bool machine_fits(double need, const char *what, error *e);

#endif
