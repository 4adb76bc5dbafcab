"""Second-harmonic generation in numpy, written from the equations alone: the outside oracle of the C# simulator.

Reads the parameters, the pixels' amplitudes and a number of z-steps (0: undepleted) from a JSON file and prints the
harmonic's spectrum and the spectrometer's bins as JSON. Fields are sum A(W) e^{+iWt}; fs and mm.
"""

import json
import math
import sys

try:
    import numpy as np
except ImportError:
    sys.exit(77)

PIXELS, SUB, BINS = 100, 2, 50
SAMPLES = PIXELS * SUB
erf = np.vectorize(math.erf)


def share(low, high, sigma):
    """Part of a Gaussian around 0 between low and high."""
    return 0.5 * (erf(high / (sigma * math.sqrt(2))) - erf(low / (sigma * math.sqrt(2))))


def pump_spectrum(p, amplitudes):
    window = 2 * math.pi * 299.792458 * p["WindowNm"] / p["CentreWavelengthNm"] ** 2
    spacing = window / SAMPLES
    omega = (np.arange(SAMPLES) - (SAMPLES - 1) / 2) * spacing
    nm = omega / window * p["WindowNm"]
    spectrum = np.exp(-math.log(16) * (nm / p["SpectrumFwhmNm"]) ** 2)
    spectrum *= 1 + p["RippleFraction"] * np.cos(2 * math.pi * nm / p["RipplePeriodNm"])
    phase = p["GroupDelayDispersionFs2"] * omega**2 / 2 + p["ThirdOrderDispersionFs3"] * omega**3 / 6
    spot = (np.arange(SAMPLES) + 0.5) / SUB + PIXELS * p["ShiftWindows"]
    edges = np.arange(PIXELS)[None, :] - spot[:, None]
    mask = share(edges, edges + 1, p["PointSpreadPixels"]) @ amplitudes
    return omega, spacing, mask * np.sqrt(spectrum) * np.exp(1j * phase) / SAMPLES


def undepleted(p, spacing, pump):
    omega = np.arange(-(SAMPLES - 1), SAMPLES) * spacing
    mismatch = p["PhaseMismatchPerMm"] + p["GroupVelocityMismatchFsPerMm"] * omega
    half = mismatch * p["CrystalMm"] / 2
    response = 1j * p["CouplingPerMm"] * p["CrystalMm"] * np.sinc(half / np.pi) * np.exp(1j * half)
    return response * np.convolve(pump, pump)


def split_step(p, omega, spacing, pump, steps):
    """Half a coupling step, a linear step, half a coupling step; half the spacing, so that every W lies on the grid."""
    points = 2048
    t = np.arange(points) * 4 * np.pi / (spacing * points)
    grid = np.fft.fftfreq(points, 1 / points) * spacing / 2
    h = p["CrystalMm"] / steps
    pump_linear = np.exp(1j * h * p["PumpDispersionFs2PerMm"] / 2 * grid**2)
    harmonic_linear = np.exp(
        1j * h * (p["HarmonicDispersionFs2PerMm"] / 2 * grid**2 - p["GroupVelocityMismatchFsPerMm"] * grid)
    )
    kappa, mismatch = p["CouplingPerMm"], p["PhaseMismatchPerMm"]

    def slope(z, a, b):
        turn = np.exp(1j * mismatch * z)
        return 1j * kappa * np.conj(a) * b / turn, 1j * kappa * a * a * turn

    def couple(z, dz, a, b):
        a1, b1 = slope(z, a, b)
        a2, b2 = slope(z + dz / 2, a + dz / 2 * a1, b + dz / 2 * b1)
        a3, b3 = slope(z + dz / 2, a + dz / 2 * a2, b + dz / 2 * b2)
        a4, b4 = slope(z + dz, a + dz * a3, b + dz * b3)
        return a + dz / 6 * (a1 + 2 * a2 + 2 * a3 + a4), b + dz / 6 * (b1 + 2 * b2 + 2 * b3 + b4)

    a = np.exp(1j * np.outer(t, omega)) @ pump
    b = np.zeros(points, complex)
    for n in range(steps):
        a, b = couple(n * h, h / 2, a, b)
        a = np.fft.ifft(np.fft.fft(a) * pump_linear)
        b = np.fft.ifft(np.fft.fft(b) * harmonic_linear)
        a, b = couple((n + 0.5) * h, h / 2, a, b)

    return np.fft.fft(b)[2 * np.arange(-(SAMPLES - 1), SAMPLES)] / points


def bins(p, harmonic):
    width = 2 * SAMPLES * p["ReadBandFraction"] / BINS
    edges = (np.arange(BINS) - BINS / 2) * width
    apart = edges[:, None] - np.arange(-(SAMPLES - 1), SAMPLES)[None, :]
    weights = share(apart, apart + width, p["BlurBins"] * width)
    return p["ReadVoltsPerEnergy"] * weights @ np.abs(harmonic) ** 2


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        asked = json.load(file)
    p = asked["Parameters"]
    omega, spacing, pump = pump_spectrum(p, np.array(asked["Amplitudes"]))
    steps = asked["Steps"]
    harmonic = split_step(p, omega, spacing, pump, steps) if steps else undepleted(p, spacing, pump)
    print(json.dumps({"Re": list(harmonic.real), "Im": list(harmonic.imag), "Bins": list(bins(p, harmonic))}))


if __name__ == "__main__":
    main()
