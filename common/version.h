/**
 * @file  version.h
 * @brief The version of the whole: what `--version` of every program prints, and the site's head shows.
 *
 * docs/CHANGES.md tells what changed. CITATION.cff repeats the number; tests/format.sh holds the two together.
 */
#ifndef VERSION_H
#define VERSION_H

/** Major.minor: a new major number where files, signatures or submissions of the version before no longer fit. */
#define VERSION "2.0"

#endif
