"""The chirp by scipy.signal.chirp and tukey, its slope by fine differences, and where scipy.signal.correlate finds it in recordings. Exits with 77 without scipy."""
import json
import sys

try:
    import numpy
    from scipy.signal import chirp, correlate
    from scipy.signal.windows import tukey
except ImportError:
    sys.exit(77)

FINE = 64
asked = json.load(open(sys.argv[1]))
length, start, end, edges = asked["Samples"], asked["StartCycles"], asked["EndCycles"], asked["EdgeShare"]
time = numpy.arange(length * FINE + 1) / FINE
fine = tukey(len(time), edges) * chirp(time, start, length, end, method="linear", phi=-90)
slope = numpy.gradient(fine, time)
pattern = fine[::FINE]
lags = [int(numpy.argmax(correlate(numpy.array(recording), pattern, mode="valid"))) for recording in asked["Recordings"]]
# The Cramer-Rao bound of the delay for unit amplitude and unit noise, amplitude unknown too: from the information matrix of both.
information = numpy.array([[numpy.sum(pattern ** 2), -numpy.sum(pattern * slope[::FINE])],
                           [-numpy.sum(pattern * slope[::FINE]), numpy.sum(slope[::FINE] ** 2)]])
print(json.dumps({"Pattern": pattern.tolist(), "Slope": slope[::FINE].tolist(), "Lags": lags, "Bound": float(numpy.sqrt(numpy.linalg.inv(information)[1, 1]))}))
