# rnnlm.py: the word language model in NumPy, for the benchmark: batch 10, wordvec 100, hidden 100, time 5, plain
# gradient descent. Prints words per second; or, with a third argument, the perplexities of so many epochs.
# usage: [REAL=float] rnnlm.py TEXT EPOCHS [print]
import os
import sys
import time

import numpy as np

batch, wordvec, hidden, steps, rate = 10, 100, 100, 5, 0.1
words = open(sys.argv[1], encoding="utf-8").read().replace("\n", " <eos> ").strip().split()[:1000]
ids = {}
for word in words:
    ids.setdefault(word, len(ids))
corpus = np.array([ids[word] for word in words])
V = len(ids)
np.random.seed(0)
E = np.random.randn(V, wordvec) / 100
Wx = np.random.randn(wordvec, hidden) / np.sqrt(wordvec)
Wh = np.random.randn(hidden, hidden) / np.sqrt(hidden)
W = np.random.randn(hidden, V) / np.sqrt(hidden)
b, c = np.zeros(hidden), np.zeros(V)
real = np.float32 if os.environ.get("REAL") == "float" else np.float64
E, Wx, Wh, W, b, c = [w.astype(real) for w in (E, Wx, Wh, W, b, c)]
xs, ts = corpus[:-1], corpus[1:]
starts = np.arange(batch) * (len(xs) // batch)
iterations = len(xs) // (batch * steps)
at, h = 0, np.zeros((batch, hidden), real)

begin = time.perf_counter()
for epoch in range(1, int(sys.argv[2]) + 1):
    total = 0
    for _ in range(iterations):
        places = (starts[:, None] + at + np.arange(steps)) % len(xs)
        at += steps
        x, t = xs[places], ts[places]
        emb = E[x]
        hs = np.empty((batch, steps + 1, hidden), real)
        hs[:, 0] = h
        for k in range(steps):
            hs[:, k + 1] = np.tanh(emb[:, k] @ Wx + hs[:, k] @ Wh + b)
        h = hs[:, steps]
        flat = hs[:, 1:].reshape(-1, hidden)
        y = flat @ W + c
        y -= y.max(axis=1, keepdims=True)
        p = np.exp(y)
        p /= p.sum(axis=1, keepdims=True)
        rows, target = np.arange(len(p)), t.reshape(-1)
        total -= np.log(p[rows, target]).sum() / len(p)
        p[rows, target] -= 1
        p /= len(p)
        dW, dc = flat.T @ p, p.sum(axis=0)
        dhs = (p @ W.T).reshape(batch, steps, hidden)
        dWx, dWh, db = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)
        demb = np.empty_like(emb)
        dh = 0
        for k in reversed(range(steps)):
            da = (dhs[:, k] + dh) * (1 - hs[:, k + 1] ** 2)
            db += da.sum(axis=0)
            dWh += hs[:, k].T @ da
            dWx += emb[:, k].T @ da
            dh = da @ Wh.T
            demb[:, k] = da @ Wx.T
        dE = np.zeros_like(E)
        np.add.at(dE, x, demb)
        for param, d in zip((E, Wx, Wh, b, W, c), (dE, dWx, dWh, db, dW, dc)):
            param -= rate * d
    if len(sys.argv) > 3:
        print(epoch, repr(float(np.exp(total / iterations))))
if len(sys.argv) <= 3:
    print(round(int(sys.argv[2]) * iterations * batch * steps / (time.perf_counter() - begin)))
