"""One step of physics-aware training on the coupled oscillators' example 1 in PyTorch, on the CPU.

Arguments: a JSON file with sizes, constants, parameters and a mini-batch; a file for the gradient of the first step (32-bit floats, the
parameters in the order of the JSON) or nothing. Prints JSON: milliseconds of processor and wall time per step. Exit code 77: a package is
missing.
"""

import json
import sys
import time

PACKAGE_MISSING = 77

try:
    import torch
except ImportError:
    sys.exit(PACKAGE_MISSING)

LEAST_SECONDS = 1.0

with open(sys.argv[1], encoding="utf-8") as file:
    q = json.load(file)

torch.set_num_threads(q["Threads"])
N, STEPS, H, GAIN, VOLTS = q["Count"], q["Steps"], q["StepRadians"], q["Gain"], q["MaxVolts"]
COUPLINGS = N * (N - 1) // 2
ROW, COLUMN = torch.triu_indices(N, N, offset=1)
UPPER = ROW * N + COLUMN

images = torch.tensor(q["Images"], dtype=torch.float32).reshape(q["Shots"], q["Features"])
labels = torch.tensor(q["Labels"])
parameters = {name: torch.tensor(values, dtype=torch.float32, requires_grad=True) for name, values in q["Parameters"].items()}
adam = torch.optim.Adam(parameters.values(), lr=q["LearningRate"])


def oscillators(start, coupling, force):
    """start [shot, oscillator] to the amplitudes after the classical Runge-Kutta steps, from rest."""
    matrix = torch.zeros(N * N).index_copy(0, UPPER, coupling).reshape(N, N)
    matrix = matrix + matrix.T
    matrix = matrix - torch.diag(1 + matrix.sum(1))

    def acceleration(position):
        return torch.addmm(force, torch.sin(GAIN * position), matrix)

    at, speed = start, torch.zeros_like(start)
    for _ in range(STEPS):
        a1 = acceleration(at)
        v2 = speed + H / 2 * a1
        a2 = acceleration(at + H / 2 * speed)
        v3 = speed + H / 2 * a2
        a3 = acceleration(at + H / 2 * v2)
        v4 = speed + H * a3
        a4 = acceleration(at + H * v3)
        at = at + H / 6 * (speed + 2 * v2 + 2 * v3 + v4)
        speed = speed + H / 6 * (a1 + 2 * a2 + 2 * a3 + a4)
    return at


class PhysicsAware(torch.autograd.Function):
    """Forward through the (simulated) physics, backward through the twin's autograd at the same input."""

    @staticmethod
    def forward(ctx, *inputs):
        ctx.save_for_backward(*inputs)
        return oscillators(*inputs)

    @staticmethod
    def backward(ctx, dout):
        inputs = [tensor.detach().requires_grad_() for tensor in ctx.saved_tensors]
        with torch.enable_grad():
            out = oscillators(*inputs)
        return torch.autograd.grad(out, inputs, dout)


def step():
    """Returns the loss; leaves its gradient."""
    adam.zero_grad()
    rest = torch.zeros(q["Shots"], q["Classes"])
    carried = images
    for layer in ("layer0", "layer1"):
        unit = parameters[f"{layer}.scale"] * carried + parameters[f"{layer}.offset"]
        start = torch.cat([2 * VOLTS * unit.clamp(0, 1) - VOLTS, rest], 1)
        actuators = parameters[f"{layer}.actuators"].clamp(0, 1)
        out = PhysicsAware.apply(start, 2 * actuators[:COUPLINGS] - 1, 4 * actuators[COUPLINGS:] - 2)
        carried = out[:, : -q["Classes"]]
    logits = parameters["readout.attenuation"] * out[:, -q["Classes"] :] + parameters["readout.offset"]
    loss = torch.nn.functional.cross_entropy(logits, labels)
    loss.backward()
    return loss


if len(sys.argv) > 2:
    step()
    torch.cat([tensor.grad for tensor in parameters.values()]).numpy().tofile(sys.argv[2])
for _ in range(5):
    step()
    adam.step()
count, cpu, wall = 0, time.process_time(), time.perf_counter()
while time.perf_counter() - wall < LEAST_SECONDS:
    step()
    adam.step()
    count += 1
print(json.dumps({"CpuSeconds": (time.process_time() - cpu) / count, "WallSeconds": (time.perf_counter() - wall) / count}))
