/* tiny.h: a minimal trainer with common/session.h, for test_session.c; also an example for new trainers. */
#ifndef TINY_H
#define TINY_H

/* Train; argc and argv as given to a main. Returns the exit status. */
int tiny_train(int argc, char **argv);

#endif
