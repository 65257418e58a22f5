# char_rnn_torch.py: the training step of char-rnn in PyTorch on the CPU, for the benchmark: embedding, LSTM or GRU,
# affine, mean loss, clipping by norm, Adam, by one thread. Its cells have a second bias, its GRU resets after the
# product.
# usage: [REAL=float] char_rnn_torch.py TEXT CELL HIDDEN EMBED BATCH STEPS ITERATIONS. Prints symbols per second.
import os
import sys
import time

import torch

cell = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[sys.argv[2]]
hidden, embed, batch, steps, iterations = map(int, sys.argv[3:])
torch.set_num_threads(1)
torch.set_default_dtype(torch.float32 if os.environ.get("REAL") == "float" else torch.float64)
torch.manual_seed(0)
text = open(sys.argv[1], encoding="utf-8").read()
number = {c: i for i, c in enumerate(sorted(set(text)))}
V, part = len(number), len(text) // batch
# Row t has the t-th character of every sequence.
corpus = torch.tensor([number[c] for c in text[: batch * part]]).reshape(batch, part).t().contiguous()
embedding, rnn, affine = torch.nn.Embedding(V, embed), cell(embed, hidden), torch.nn.Linear(hidden, V)
parameters = [p for layer in (embedding, rnn, affine) for p in layer.parameters()]
descent = torch.optim.Adam(parameters, lr=0.004)
state, at = None, 0


def step():
    global state, at
    if at + steps + 1 > part:
        at = 0
    hs, state = rnn(embedding(corpus[at : at + steps]), state)
    state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
    targets = corpus[at + 1 : at + steps + 1].reshape(-1)
    loss = torch.nn.functional.cross_entropy(affine(hs).reshape(-1, V), targets)
    descent.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(parameters, 5)
    descent.step()
    at += steps


step()  # the first one allocates
start = time.perf_counter()
for _ in range(iterations):
    step()
print(round(iterations * batch * steps / (time.perf_counter() - start)))
