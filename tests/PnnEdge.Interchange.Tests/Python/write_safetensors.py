"""Writes a safetensors file of every type with nothing but json and numpy; every tensor holds 1.5 or 1, -2, 0.15625 or 0."""
import json
import struct
import sys

from needs import module

numpy = module("numpy", "python3-numpy")
real, whole = [1.5, -2.0, 0.15625], [1, -2, 0]
tensors = {
    "F64": numpy.array(real, "<f8"),
    "F32": numpy.array(real, "<f4"),
    "F16": numpy.array(real, "<f2"),
    "BF16": (numpy.array(real, "<f4").view("<u4") >> 16).astype("<u2"),
    "I64": numpy.array(whole, "<i8"),
    "I32": numpy.array(whole, "<i4"),
    "I16": numpy.array(whole, "<i2"),
    "I8": numpy.array(whole, "i1"),
}
header, body = {"__metadata__": {"who": "json and numpy"}}, b""
for name, values in tensors.items():
    header["of " + name] = {"dtype": name, "shape": [3, 1], "data_offsets": [len(body), len(body) + values.nbytes]}
    body += values.tobytes()
text = json.dumps(header).encode()
with open(sys.argv[1], "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + body)
