"""Estimates by numpy and scipy for the calibration's own: reads one JSON object from the file named, prints one number a line."""
import json
import sys

try:
    import numpy as np
    from scipy import stats
except ImportError as missing:
    print(missing.name)
    sys.exit(77)

what = json.load(open(sys.argv[1]))
kind = what["kind"]
if kind == "line":
    x, means, variances = np.array(what["x"]), np.array(what["means"]), np.array(what["variances"])
    gain, offset = np.polyfit(x, means, 1)
    design = np.c_[x, np.ones_like(x)]
    to = np.linalg.inv(design.T @ design) @ design.T
    covariance = to @ np.diag(variances / what["repeats"]) @ to.T
    print(gain, offset, *np.sqrt(np.diag(covariance)), sep="\n")
    _, equal = np.polyfit(x, means, 1, cov="unscaled")  # the case of equal variances
    print(*np.sqrt(np.diag(equal)), sep="\n")
elif kind == "quantiles":
    print(*stats.t.ppf(what["p"], what["dof"]), *stats.chi2.ppf(what["p"], what["dof"]), sep="\n")
elif kind == "taps":
    design, y = np.array(what["design"]), np.array(what["y"])
    taps, squares, _, _ = np.linalg.lstsq(design, y, rcond=None)
    covariance = squares[0] / (len(y) - design.shape[1]) * np.linalg.inv(design.T @ design)
    print(*taps, *np.sqrt(np.diag(covariance)), sep="\n")
else:
    sys.exit(f"There is no oracle for {kind}.")
