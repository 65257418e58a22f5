# products.py: products.c in NumPy.
# usage: [REAL=float] products.py OP M N K ...
import os
import sys
import time

import numpy as np

real = np.float32 if os.environ.get("REAL") == "float" else np.float64
for i in range(1, len(sys.argv) - 3, 4):
    op, (m, n, k) = sys.argv[i], map(int, sys.argv[i + 1 : i + 4])
    A = np.random.rand(k, m).astype(real).T if op == "atb" else np.random.rand(m, k).astype(real)
    B = np.random.rand(n, k).astype(real).T if op == "abt" else np.random.rand(k, n).astype(real)
    C = np.empty((m, n), real)
    times, best = 1 + int(1e8 / (m * n * k)), 0
    for _ in range(9):
        begin = time.process_time()
        for _ in range(times):
            np.dot(A, B, out=C)
        best = max(best, 2 * m * n * k * times / (time.process_time() - begin) / 1e9)
    print(f"{best:.1f}")
