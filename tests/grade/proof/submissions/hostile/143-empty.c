/* assignment: bptt; expect: not_implemented; points: 0 */
/* Nothing at all. */
