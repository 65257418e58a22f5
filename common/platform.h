/**
 * @file  platform.h
 * @brief What the platform has. The only file that asks which one it is; to be included before any other.
 */
#ifndef PLATFORM_H
#define PLATFORM_H

/** POSIX.1-2008, for the system's headers. */
#define _POSIX_C_SOURCE 200809L
#ifdef __APPLE__
#define _DARWIN_C_SOURCE /**< flock(), which is in no standard */
#endif

#ifdef __wasi__
#define HAS_SIGNALS 0
#define HAS_LOCKS 0
#define HAS_MODES 0
#define HAS_FOLDER_SYNC 0
#define HAS_SYSCONF 0
#else
#define HAS_SIGNALS 1     /**< sigaction() */
#define HAS_LOCKS 1       /**< other processes, and flock() to keep them off */
#define HAS_MODES 1       /**< fchmod() */
#define HAS_FOLDER_SYNC 1 /**< fsync() of a folder */
#define HAS_SYSCONF 1     /**< sysconf() tells how much memory there is */
#endif

#endif
