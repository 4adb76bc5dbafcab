"""Writes a torch.save file of the asked kind, and prints what is in it: a line per tensor (name, type, shape, bytes in hexadecimal), or what a module computes."""
import sys
from collections import OrderedDict

from needs import module

torch = module("torch", "python3-torch")
kind, path = sys.argv[1:3]
torch.manual_seed(7)


def show(tensors):
    for name, tensor in tensors.items():
        tensor = tensor.detach().contiguous().clone()
        raw = tensor.view(torch.int16) if tensor.dtype == torch.bfloat16 else tensor
        print(name, str(tensor.dtype), "x".join(map(str, tensor.shape)) or "scalar", raw.numpy().tobytes().hex())


if kind == "types":
    types = [torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8]
    saved = OrderedDict((str(t), (100 * torch.randn(3, 4)).abs().to(t)) for t in types)
    saved["edge"] = torch.tensor([-0.0, 1e-45, float("inf"), float("nan")])
    saved["scalar"] = torch.tensor(5.5)
    saved["empty"] = torch.zeros(0, 3)
    base = torch.randn(5, 6)
    saved["transposed"] = base.t()
    saved["slice"] = base[1:4, ::2]
    saved["shared"] = base
    torch.save(saved, path)
    show(saved)
elif kind == "checkpoint":
    net = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.SiLU(), torch.nn.Linear(2, 1))
    optimizer = torch.optim.Adam(net.parameters())
    net(torch.randn(4, 3)).sum().backward()
    optimizer.step()
    torch.save({"epoch": 3, "lr": 1e-3, "name": "\u00e4", "done": True, "best": None, "big": 2**40, "optimizer": optimizer.state_dict(), "state_dict": net.state_dict()}, path)
    show(net.state_dict())
elif kind == "parameters":
    saved = {"weight": torch.nn.Parameter(torch.randn(2, 3)), "bias": torch.nn.Parameter(torch.randn(2))}
    torch.save(saved, path)
    show(saved)
elif kind == "protocol4":
    saved = OrderedDict(weight=torch.randn(2, 3))
    torch.save(saved, path, pickle_protocol=4)
    show(saved)
elif kind == "module":
    torch.save(torch.nn.Linear(2, 2), path)
elif kind == "legacy":
    torch.save(OrderedDict(weight=torch.randn(2, 3)), path, _use_new_zipfile_serialization=False)
elif kind == "sequential":
    widths = list(map(int, sys.argv[3].split("-")))
    layers = []
    for before, after in zip(widths, widths[1:]):
        layers += [torch.nn.Linear(before, after), torch.nn.SiLU()]
    net = torch.nn.Sequential(*layers[:-1])
    torch.save(net.state_dict(), path)
    rows = torch.randn(5, widths[0])
    print(" ".join(v.hex() for v in rows.flatten().tolist()))
    print(" ".join(v.hex() for v in net(rows).flatten().tolist()))
elif kind == "oscillators":
    # The equations of the original's example 1, written anew: J = (C + C^T)/2, q'' = -sin q + sum_j J_ij (sin q_j - sin q_i) + e, five RK4 steps to t = 0.5.
    features, classes = map(int, sys.argv[3:5])
    reach = float(sys.argv[5])
    sizes = [features, features + classes]
    saved = OrderedDict(output_fac=torch.tensor(3.25))
    for layer, n in enumerate(sizes, 1):
        saved[f"fc{layer}.weight"] = reach * (2 * torch.rand(n, n) - 1)
        saved[f"fc{layer}.bias"] = reach * (2 * torch.rand(n) - 1)
    torch.save(saved, path)
    x = torch.rand(5, features)
    print(" ".join(v.hex() for v in x.flatten().tolist()))

    def forward(q, c, e):
        j = ((c + c.t()) / 2).double()
        j.fill_diagonal_(0)
        q, p = q.double(), torch.zeros_like(q).double()

        def push(at):
            s = torch.sin(at)
            return -s + s @ j - s * j.sum(0) + e.double()

        for _ in range(5):
            h = 0.1
            a1 = push(q)
            p2, a2 = p + h / 2 * a1, push(q + h / 2 * p)
            p3, a3 = p + h / 2 * a2, push(q + h / 2 * p2)
            p4, a4 = p + h * a3, push(q + h * p3)
            q, p = q + h / 6 * (p + 2 * p2 + 2 * p3 + p4), p + h / 6 * (a1 + 2 * a2 + 2 * a3 + a4)
        return q

    q = forward(x, saved["fc1.weight"], saved["fc1.bias"])
    q = forward(torch.cat([q, torch.zeros(5, classes)], 1), saved["fc2.weight"], saved["fc2.bias"])
    print(" ".join(v.hex() for v in (saved["output_fac"] * q[:, -classes:]).flatten().tolist()))
