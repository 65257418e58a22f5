# rnnlm_torch.py: the word language model in PyTorch on the CPU, for the benchmark: the sizes of rnnlm.py.
# usage: [REAL=float] rnnlm_torch.py TEXT EPOCHS THREADS (0: all). Prints words per second.
import os
import sys
import time

import torch

batch, wordvec, hidden, steps, rate = 10, 100, 100, 5, 0.1
if int(sys.argv[3]) > 0:
    torch.set_num_threads(int(sys.argv[3]))
torch.set_default_dtype(torch.float32 if os.environ.get("REAL") == "float" else torch.float64)
torch.manual_seed(0)
words = open(sys.argv[1], encoding="utf-8").read().replace("\n", " <eos> ").strip().split()[:1000]
ids = {}
for word in words:
    ids.setdefault(word, len(ids))
corpus = torch.tensor([ids[word] for word in words])
V = len(ids)
embed = torch.nn.Embedding(V, wordvec)
rnn = torch.nn.RNN(wordvec, hidden, batch_first=True)
affine = torch.nn.Linear(hidden, V)
parameters = [p for layer in (embed, rnn, affine) for p in layer.parameters()]
descent = torch.optim.SGD(parameters, lr=rate)
xs, ts = corpus[:-1], corpus[1:]
starts = torch.arange(batch) * (len(xs) // batch)
iterations = len(xs) // (batch * steps)
at, h = 0, torch.zeros(1, batch, hidden)

begin = time.perf_counter()
for epoch in range(int(sys.argv[2])):
    for _ in range(iterations):
        places = (starts[:, None] + at + torch.arange(steps)) % len(xs)
        at += steps
        hs, h = rnn(embed(xs[places]), h.detach())
        loss = torch.nn.functional.cross_entropy(affine(hs).reshape(-1, V), ts[places].reshape(-1))
        descent.zero_grad()
        loss.backward()
        descent.step()
print(round(int(sys.argv[2]) * iterations * batch * steps / (time.perf_counter() - begin)))
