# min_char_rnn_torch.py: min-char-rnn on mini-batches in PyTorch on the CPU, for the benchmark: the sizes, the loss, the
# clipping and the Adagrad of chapter 14. nn.RNN has a second bias.
# usage: [REAL=float] min_char_rnn_torch.py TEXT HIDDEN ITERATIONS STREAMS THREADS. Prints characters per second.
import os
import sys
import time

import torch

H, iterations, streams, threads = map(int, sys.argv[2:])
T, rate = 25, 0.01
torch.set_num_threads(threads)
torch.set_default_dtype(torch.float32 if os.environ.get("REAL") == "float" else torch.float64)
torch.manual_seed(0)
text = open(sys.argv[1], encoding="utf-8").read()
number = {c: i for i, c in enumerate(sorted(set(text)))}
V, part = len(number), len(text) // streams
# Row t has the t-th character of every stream.
corpus = torch.tensor([number[c] for c in text[: streams * part]]).reshape(streams, part).t().contiguous()
one_hot = torch.eye(V)
rnn = torch.nn.RNN(V, H)
affine = torch.nn.Linear(H, V)
parameters = [p for layer in (rnn, affine) for p in layer.parameters()]
descent = torch.optim.Adagrad(parameters, lr=rate)
start, p, h = time.perf_counter(), 0, torch.zeros(1, streams, H)
for _ in range(iterations):
    if p + T + 1 >= part:
        p, h = 0, torch.zeros(1, streams, H)
    hs, h = rnn(one_hot[corpus[p : p + T]], h.detach())
    targets = corpus[p + 1 : p + T + 1].reshape(-1)
    loss = torch.nn.functional.cross_entropy(affine(hs).reshape(-1, V), targets, reduction="sum") / streams
    descent.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_value_(parameters, 5)
    descent.step()
    p += T
print(round(iterations * T * streams / (time.perf_counter() - start)))
