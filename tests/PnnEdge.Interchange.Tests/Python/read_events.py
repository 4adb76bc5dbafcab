"""Reads a TensorBoard event file with nothing but crcmod: checks both checksums of every record, and prints what each event says.

A line per event: wall time, step, then version, session status or tag=value pairs; descriptions as tag: text behind a bar.
"""
import struct
import sys

from needs import module

crc32c = module("crcmod.predefined", "python3-crcmod").mkPredefinedCrcFun("crc-32c")


def masked(data):
    crc = crc32c(data)
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def fields(data):
    """(number, value) pairs of a protocol-buffer message; a value is an int, or bytes."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(data):
        key = varint()
        kind = key & 7
        if kind == 0:
            yield key >> 3, varint()
        else:
            size = {1: 8, 5: 4}.get(kind) or varint()
            yield key >> 3, data[at : at + size]
            at += size
            assert at <= len(data), "a field goes on behind its message"


with open(sys.argv[1], "rb") as file:
    data = file.read()
at = 0
while at < len(data):
    (length,) = struct.unpack_from("<Q", data, at)
    (of_length,) = struct.unpack_from("<I", data, at + 8)
    assert of_length == masked(data[at : at + 8]), f"checksum of the length at byte {at}"
    record = data[at + 12 : at + 12 + length]
    (of_record,) = struct.unpack_from("<I", data, at + 12 + length)
    assert of_record == masked(record), f"checksum of the record at byte {at}"
    at += 16 + length
    event = dict(fields(record))
    (wall,) = struct.unpack("<d", event[1])
    if 3 in event:
        what = event[3].decode()
    elif 7 in event:
        what = f"session {dict(fields(event[7]))[1]}"
    else:
        values = []
        for number, value in fields(event[5]):
            assert number == 1
            value = dict(fields(value))
            text = f"{value[1].decode()}={struct.unpack('<f', value[2])[0]!r}"
            if 9 in value:
                text += "|" + dict(fields(value[9]))[3].decode()
            values.append(text)
        what = "; ".join(values)
    print(f"{wall!r} {event.get(2, 0)} {what}")
assert at == len(data), "the last record is cut off"
