"""Reads a safetensors file with nothing but json and numpy, and prints a line per tensor: name, type, shape, then its values in hexadecimal."""
import json
import struct
import sys

from needs import module

numpy = module("numpy", "python3-numpy")
TYPES = {"F32": "<f4", "F64": "<f8", "I32": "<i4", "I64": "<i8", "U8": "u1", "F16": "<f2"}

with open(sys.argv[1], "rb") as file:
    data = file.read()
(length,) = struct.unpack("<Q", data[:8])
header = json.loads(data[8 : 8 + length])
assert (8 + length) % 8 == 0, "data begins unaligned"
body = data[8 + length :]
for key, text in sorted(header.pop("__metadata__", {}).items()):
    print("note", key, text)
end = 0
for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
    begin, stop = entry["data_offsets"]
    assert begin == end, "hole or overlap before " + name
    end = stop
    values = numpy.frombuffer(body[begin:stop], TYPES[entry["dtype"]]).reshape(entry["shape"])
    assert begin % values.dtype.itemsize == 0, name + " lies unaligned"
    print(name, entry["dtype"], "x".join(map(str, values.shape)), " ".join(float(v).hex() for v in values.flat))
assert end == len(body), "bytes after the last tensor"
