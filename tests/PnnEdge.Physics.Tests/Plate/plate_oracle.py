"""The driven plate in numpy and scipy, written from the equations alone: the outside oracle of the C# simulator.

Reads the parameters, a drive and a method (DOP853 or expm) as JSON from standard input and prints the microphone's volts, one sample a line.
Its own way to the modes: Gauss-Legendre integrals, LAPACK's generalised eigenproblem with the cone in the mass matrix. SI units.
"""

import json
import sys

try:
    import numpy as np
    import scipy.linalg as sl
    from scipy.integrate import solve_ivp
    from scipy.optimize import brentq
except ImportError:
    sys.exit(77)

FUNCTIONS, MODES = 8, 11
STATES = 2 * MODES + 5
BETA = [
    brentq(lambda b: np.cos(b) - 1 / np.cosh(b), (k + 0.5) * np.pi - 0.4, (k + 0.5) * np.pi + 0.4, xtol=1e-14)
    for k in range(1, FUNCTIONS - 1)
]


def beam(n, s, d):
    """The d-th derivative of a free beam's n-th shape at s in [0, 1]."""
    s = np.asarray(s, float)
    if n == 0:
        return s * 0 + (d == 0)
    if n == 1:
        return [3**0.5 * (2 * s - 1), s * 0 + 2 * 3**0.5, s * 0][d]
    b, t = BETA[n - 2], s - 0.5
    c, o = (np.cos, np.sin) if n % 2 == 0 else (np.sin, np.cos)
    g, q = (np.cosh, np.sinh) if n % 2 == 0 else (np.sinh, np.cosh)
    sign = -1 if n % 2 == 0 else 1
    f = [c(b * t), sign * b * o(b * t), -b * b * c(b * t)][d]
    e = [g(b * t), b * q(b * t), b * b * g(b * t)][d]
    return f / c(b / 2) + e / g(b / 2)


def modes(p):
    """Angular frequencies, and the shapes at the stem and under the microphone."""
    s, w = np.polynomial.legendre.leggauss(60)
    s, w = (s + 1) / 2, w / 2
    shapes = np.array([[beam(n, s, d) for n in range(FUNCTIONS)] for d in range(3)])

    def integral(i, j):
        return np.einsum("ns,ms,s->nm", shapes[i], shapes[j], w)

    one, nu = np.eye(FUNCTIONS), p["nu"]
    bend, mixed, twist = integral(2, 2), integral(0, 2), integral(1, 1)
    stiff = np.kron(bend, one) + np.kron(one, bend)
    stiff += nu * (np.kron(mixed.T, mixed) + np.kron(mixed, mixed.T)) + 2 * (1 - nu) * np.kron(twist, twist)
    keep = [n for n in range(FUNCTIONS**2) if n not in (1, FUNCTIONS)]  # no rocking

    def at(place):
        return np.kron(*[[beam(n, along, 0) for n in range(FUNCTIONS)] for along in place])[keep]

    mass, stem = p["rho"] * p["h"] * p["a"] ** 2, at(p["stem"])
    values, vectors = sl.eigh(stiff[np.ix_(keep, keep)], np.eye(len(keep)) + p["Mms"] / mass * np.outer(stem, stem))
    omega = np.sqrt(np.abs(values[:MODES])) * np.sqrt(p["E"] * p["h"] ** 2 / 12 / (1 - nu**2) / p["rho"]) / p["a"] ** 2
    omega[0] = 0
    return mass, omega, (stem @ vectors)[:MODES], (at(p["mic"]) @ vectors)[:MODES]


def equations(p):
    """slope(state, clipped volts) and heard(state), of one shot [state] or of many side by side [state, shot]."""
    mass, omega, stem, mic = modes(p)
    low, high = p["zetas"]
    zeta = np.concatenate([[0], low * (high / low) ** (np.arange(MODES - 1) / (MODES - 2))])
    g, turn = omega / omega[1], 2 * np.pi

    def each(factor, value):
        return (factor * value.T).T

    def slope(y, u):
        q, v = y[:MODES], y[MODES : 2 * MODES]
        h, e, i, z, d = y[2 * MODES :]
        x, speed = stem @ q, stem @ v
        travel = (x / p["Xmax"]) ** 2
        pull = p["Bl"] * (1 - p["fall"] * travel)
        force = pull * i - p["Rms"] * speed - p["Kms"] * (1 + p["rise"] * travel) * x
        stretch = g @ q**2
        acceleration = (
            np.multiply.outer(stem, force) / mass - each(2 * zeta * omega, v) - each(omega**2, q) - p["alpha"] * each(g, q) * stretch
        )
        rest = [
            turn * p["fh"] * (u - h),
            turn * p["fa"] * (u - h - e),
            (e - p["Re"] * i - pull * speed) / p["Le"],
            turn * p["fl"] * (mic @ v - z),
            turn * p["fm"] * (z - d),
        ]
        return np.concatenate([v, acceleration, np.array(rest)])

    def heard(y):
        return p["sens"] * (turn * p["fl"] * (mic @ y[MODES : 2 * MODES] - y[-2]) - turn * p["fm"] * (y[-2] - y[-1]))

    return slope, heard


def clipped(p, volts):
    return p["gain"] * volts / np.sqrt(1 + (volts / p["clip"]) ** 2)


def main():
    p = json.load(sys.stdin)
    slope, heard = equations(p)
    y, period = np.zeros(STATES), 1 / p["fs"]
    if p["method"] == "expm":
        base = slope(y, 0)
        grown = np.zeros((STATES + 1, STATES + 1))
        grown[:-1, :-1] = np.array([slope(column, 0) - base for column in np.eye(STATES)]).T
        grown[:-1, -1] = slope(y, 1) - base
        step = sl.expm(grown * period)
    for volts in clipped(p, np.array(p["drive"])):
        if p["method"] == "expm":
            y = (step @ np.append(y, volts))[:-1]
        else:
            y = solve_ivp(lambda t, y: slope(y, volts), (0, period), y, method="DOP853", rtol=1e-9, atol=1e-14).y[:, -1]
        print(repr(float(heard(y))))


if __name__ == "__main__":
    main()
