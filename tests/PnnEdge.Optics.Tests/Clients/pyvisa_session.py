"""Drives the simulated optical table with PyVISA and pyvisa-py, whose authors never heard of it: python3 pyvisa_session.py <port>."""
import sys

try:
    import numpy
    import pyvisa
    import pyvisa_py  # the backend named @py
except ImportError as missing:
    print(missing.name)
    sys.exit(77)

table = pyvisa.ResourceManager("@py").open_resource(
    f"TCPIP0::127.0.0.1::{sys.argv[1]}::SOCKET", read_termination="\n", write_termination="\n", timeout=20_000)
print("idn", table.query("*IDN?"))
table.write("*CLS;*ESE 60")
table.write(":SENSE:AVERAGE:COUNT 2;:INT:TIME 1E-3")
nanometres = table.query_binary_values("WAV:DATA?", datatype="d", container=numpy.array)
print("pixels", len(nanometres), "rising", bool(numpy.all(numpy.diff(nanometres) > 0)))


def spectrum():
    table.write("INIT")
    assert table.query("*OPC?") == "1"
    return numpy.array(table.query_binary_values("FETC:SPEC?", datatype="H"))


table.write("SIM:SHOT 0")
dark = spectrum()
table.write("SHUT ON")
print("open", table.query("SHUT?"), "watts", 0.09 < float(table.query("MEAS:POW?")) < 0.11)
table.write_binary_values("SHAP:FRAM ", [0] * 640, datatype="B")
bright = spectrum()
print("brighter", bool(bright.max() > dark.max() + 1000), "saturated", int((bright == 65535).sum()) > 0)
table.write_binary_values("SHAP:FRAM ", [0] * 639, datatype="B")
print("error", table.query("SYST:ERR?"))
print("events", table.query("*ESR?"), "status", table.query("*STB?"))
table.write("NONSENSE")
print("error", table.query("SYST:ERR?"))
print("none", table.query("SYST:ERR?"))
table.close()
