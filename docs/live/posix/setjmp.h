/* setjmp.h: a jump back ends the process, which in a page is a child that has told its result (ask.c). */
#ifndef PAGE_SETJMP_H
#define PAGE_SETJMP_H
#include <unistd.h>
typedef int jmp_buf[1];
static inline int setjmp(jmp_buf at) { return (void) at, 0; }
static inline _Noreturn void longjmp(jmp_buf at, int value) { (void) at, (void) value, _exit(0); }
#endif
