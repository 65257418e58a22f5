/* assignment: clip; expect: compile_error; points: 0 */
/* C1 control characters (U+009B is CSI), bidi overrides, and the old commands of the runners, which may stand anywhere in a line. */
#error "2J31m RED 0;title ‮evil‬ ⁦x"
#error ##[add-mask]0
#error ##[error file=backward.c]forged annotation
#error ##vso[task.complete result=Succeeded;]done
