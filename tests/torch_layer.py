#!/usr/bin/env python3
"""torch_layer.py: compares one of our layers with torch.nn's: states, outputs and gradients within 1e-12.

    torch_layer.py lstm|gru-after|gru FILE

FILE is written by tests/support/onelayer.c. This is also the table of what our columns are called in PyTorch:

    ours        torch.nn
    Wx columns  weight_ih_l0 rows, transposed      lstm: f g i o -> i f g o     gru-after: z r n -> r z n
    Wh columns  weight_hh_l0 rows, transposed      the same
    b           bias_ih_l0; bias_hh_l0 = 0         gru-after: the last quarter of b is n's part of bias_hh_l0
    z           1 - z: the sign of its weights     gru-after

A GRU that resets before the product is no layer of torch.nn; its formula is written with torch here, and torch finds
the gradient.
"""
import sys

try:
    import torch
except ImportError:
    sys.exit(77)

LIMIT = 1e-12
kind, path = sys.argv[1:]
ours = {}
for line in open(path, encoding="ascii"):
    name, rows, cols, *numbers = line.split()
    ours[name] = torch.tensor([float(x) for x in numbers], dtype=torch.float64).reshape(int(rows), int(cols))
D, H = ours["x0"].shape[1], ours["before0"].shape[1]
T = sum(name[0] == "x" for name in ours)
ORDER = {"lstm": "fgio", "gru": "zrn", "gru-after": "zrn"}[kind]
torchs = {"lstm": "ifgo", "gru-after": "rzn", "gru": "zrn"}[kind]


def to_torch(A):
    """Our columns as PyTorch's rows."""
    block = {gate: A[:, k * H : (k + 1) * H].T for k, gate in enumerate(ORDER)}
    if kind == "gru-after":
        block["z"] = -block["z"]
    return torch.cat([block[gate] for gate in torchs])


def from_torch(A):
    """PyTorch's rows as our columns."""
    block = {gate: A[k * H : (k + 1) * H].T for k, gate in enumerate(torchs)}
    if kind == "gru-after":
        block["z"] = -block["z"]
    return torch.cat([block[gate] for gate in ORDER], dim=1)


xs = torch.stack([ours[f"x{t}"] for t in range(T)]).requires_grad_()
before = [ours[f"before{k}"].clone().requires_grad_() for k in range(2 if kind == "lstm" else 1)]
b, bh = ours["b0"][:, : len(ORDER) * H], ours["b0"][:, len(ORDER) * H :]
if kind == "gru":
    Wx, Wh, b = (ours[name].clone().requires_grad_() for name in ("Wx0", "Wh0", "b0"))
    h, out = before[0], []
    for t in range(T):
        z, r, n = (xs[t] @ Wx + b).split(H, dim=1)
        z = torch.sigmoid(z + h @ Wh[:, :H])
        r = torch.sigmoid(r + h @ Wh[:, H : 2 * H])
        n = torch.tanh(n + (r * h) @ Wh[:, 2 * H :])
        h = (1 - z) * h + z * n
        out.append(h)
    hs, after = torch.stack(out), [h]
else:
    layer = (torch.nn.LSTM if kind == "lstm" else torch.nn.GRU)(D, H).double()
    with torch.no_grad():
        layer.weight_ih_l0.copy_(to_torch(ours["Wx0"]))
        layer.weight_hh_l0.copy_(to_torch(ours["Wh0"]))
        layer.bias_ih_l0.copy_(to_torch(b)[:, 0])
        layer.bias_hh_l0.zero_()
        if kind == "gru-after":
            layer.bias_hh_l0[2 * H :] = bh[0]
    state = [s[None] for s in before]
    hs, after = layer(xs, tuple(state) if kind == "lstm" else state[0])
    after = [s[0] for s in after] if kind == "lstm" else [after[0]]
loss = sum((hs[t] * ours[f"dh{t}"]).sum() for t in range(T))
loss.backward()

pairs = {f"after{k}": after[k] for k in range(len(after))}
pairs.update({f"dbefore{k}": before[k].grad for k in range(len(before))})
for t in range(T):
    pairs.update({f"h{t}": hs[t], f"dx{t}": xs.grad[t]})
if kind == "gru":
    pairs.update(dWx0=Wx.grad, dWh0=Wh.grad, db0=b.grad)
else:
    db = from_torch(layer.bias_ih_l0.grad[:, None])
    if kind == "gru-after":
        db = torch.cat([db, layer.bias_hh_l0.grad[None, 2 * H :]], dim=1)
    pairs.update(dWx0=from_torch(layer.weight_ih_l0.grad), dWh0=from_torch(layer.weight_hh_l0.grad), db0=db)

worst = 0
for name, theirs in pairs.items():
    miss = ((theirs - ours[name]).abs() / ours[name].abs().clamp(min=1)).max().item()
    worst = max(worst, miss)
    if not miss <= LIMIT:
        print(f"{name}: {miss:.1e} from torch's")
print(f"{kind}, {T} steps: at most {worst:.1e} from torch's")
sys.exit(not worst <= LIMIT)
