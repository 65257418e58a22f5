# min_char_rnn.py: the training step of chapter 8 in NumPy, for the benchmark. Prints characters per second.
# np.dot and not @: it is the faster of the two for a matrix and a vector here.
# usage: [REAL=float] min_char_rnn.py TEXT HIDDEN ITERATIONS
import os
import sys
import time

import numpy as np

path, H, iterations = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
T, rate = 25, 0.1
real = np.float32 if os.environ.get("REAL") == "float" else np.float64
text = open(path, encoding="utf-8").read()
alphabet = sorted(set(text))
V = len(alphabet)
number = {c: i for i, c in enumerate(alphabet)}
ids = [number[c] for c in text]

np.random.seed(0)
Wxh = np.random.randn(H, V) * 0.01
Whh = np.random.randn(H, H) * 0.01
Why = np.random.randn(V, H) * 0.01
bh, by = np.zeros((H, 1)), np.zeros((V, 1))
weights = Wxh, Whh, Why, bh, by = [w.astype(real) for w in (Wxh, Whh, Why, bh, by)]
memories = [np.zeros_like(w) for w in weights]


def loss_and_gradients(inputs, targets, h):
    xs, hs, ps, loss = [], [h], [], 0.0
    for x_id, target in zip(inputs, targets):
        x = np.zeros((V, 1), real)
        x[x_id] = 1
        h = np.tanh(np.dot(Wxh, x) + np.dot(Whh, h) + bh)
        e = np.exp(np.dot(Why, h) + by)
        p = e / e.sum()
        loss -= np.log(p[target, 0])
        xs.append(x)
        hs.append(h)
        ps.append(p)
    dWxh, dWhh, dWhy, dbh, dby = gradients = [np.zeros_like(w) for w in weights]
    dhnext = np.zeros_like(h)
    for t in range(len(inputs) - 1, -1, -1):
        dy = ps[t]
        dy[targets[t]] -= 1
        dWhy += np.dot(dy, hs[t + 1].T)
        dby += dy
        dhraw = (1 - hs[t + 1] * hs[t + 1]) * (np.dot(Why.T, dy) + dhnext)
        dbh += dhraw
        dWxh += np.dot(dhraw, xs[t].T)
        dWhh += np.dot(dhraw, hs[t].T)
        dhnext = np.dot(Whh.T, dhraw)
    for d in gradients:
        np.clip(d, -5, 5, out=d)
    return loss, gradients, h


h, p = np.zeros((H, 1), real), 0
start = time.perf_counter()
for n in range(iterations):
    if p + T + 1 >= len(ids):
        h, p = np.zeros((H, 1), real), 0
    loss, gradients, h = loss_and_gradients(ids[p : p + T], ids[p + 1 : p + T + 1], h)
    for w, d, m in zip(weights, gradients, memories):
        m += d * d
        w -= rate * d / np.sqrt(m + 1e-8)
    p += T
print(round(iterations * T / (time.perf_counter() - start)))
