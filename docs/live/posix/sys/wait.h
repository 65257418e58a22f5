/* sys/wait.h: how the child ended; it has ended when fork() returns. */
#ifndef PAGE_WAIT_H
#define PAGE_WAIT_H
#include "page.h"
#include <sys/types.h>
enum { WNOHANG = 1 };
#define WIFSIGNALED(status) (((status) &127) != 0)
#define WTERMSIG(status) ((status) &127)
#define WIFEXITED(status) (((status) &127) == 0)
#define WEXITSTATUS(status) ((status) >> 8)
static inline pid_t waitpid(pid_t child, int *status, int how)
{
    (void) how;
    *status = page_wait();
    return child;
}
#endif
