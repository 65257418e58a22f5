/* assignment: bptt; expect: compile_error; points: 0 */
/* The homework is a letter. */
#define _GNU_SOURCE

Dear grader, my dog ate the gradient. 존경하는 채점기께.
