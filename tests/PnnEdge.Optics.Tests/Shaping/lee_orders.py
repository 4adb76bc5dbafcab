"""What a column of mirrors diffracts, by numpy's FFT: python3 lee_orders.py <frame> <columns> <rows> <fringes>.

Prints for every column the first order's field (real and imaginary part) relative to that of an ideal grating of half duty cycle, 1/pi (Lee,
Appl. Opt. 18, 3661, 1979); then the same where a Gaussian, 1/e^2 in intensity at the first and last row, lights the rows.
"""
import sys

try:
    import numpy
except ImportError:
    sys.exit(77)

columns, rows, fringes = (int(argument) for argument in sys.argv[2:])
mirrors = numpy.fromfile(sys.argv[1], dtype=numpy.uint8).reshape(rows, columns)
assert set(numpy.unique(mirrors)) <= {0, 255}
light = mirrors / 255
gaussian = numpy.exp(-((2 * numpy.arange(rows) + 1 - rows) / rows) ** 2)
for weight in (numpy.ones(rows), gaussian):
    first = numpy.pi * numpy.fft.fft(light * (weight / weight.sum())[:, None], axis=0)[fringes]
    print(" ".join(f"{value.real:.9f} {value.imag:.9f}" for value in first))
