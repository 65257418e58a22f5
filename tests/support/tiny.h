/* tiny.h: the least that a trainer is, by common/session.h: how little the next one costs. For test_session.c. */
#ifndef TINY_H
#define TINY_H

/* Train; argv as a main gets it. Returns the exit status. */
int tiny_train(int argc, char **argv);

#endif
