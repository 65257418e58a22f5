/**
 * @file  version.h
 * @brief The version of the project, as printed by `--version` and shown at the top of the site.
 *
 * docs/CHANGES.md lists the changes. CITATION.cff repeats the number; tests/format.sh compares the two.
 */
#ifndef VERSION_H
#define VERSION_H

/** Major.minor: the major number changes when files, signatures or submissions of the last version no longer work. */
#define VERSION "2.0"

#endif
