"""Drives the simulated optical table with nothing but a socket: python3 socket_session.py <port>."""
import socket
import struct
import sys

table = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=20)


def read(count):
    data = b""
    while len(data) < count:
        piece = table.recv(count - len(data))
        assert piece, "the table closed the connection"
        data += piece
    return data


def line():
    text = b""
    while not text.endswith(b"\n"):
        text += read(1)
    return text.decode().strip()


def block():
    assert read(1) == b"#"
    data = read(int(read(int(read(1)))))
    assert read(1) == b"\n"
    return data


table.sendall(b"*IDN?\r\n")  # a carriage return before the line feed is possible
print("idn", line())
for piece in (b"SHAP:FRAM #3", b"640" + bytes(320), bytes(320), b"\nSHUT", b" ON\nSIM:SHOT 5\nINIT\nFETC:SPEC?\n"):
    table.sendall(piece)  # as it may arrive from a network
counts = struct.unpack("<64H", block())
print("pixels", len(counts), "pedestal", counts[0], "peak", max(counts) == 65535)
table.sendall(b"SHAP:FRAM #3640" + b"\n" * 640 + b"\nSYST:ERR?\n")  # line feeds inside a block end nothing
print("error", line())
table.sendall(b"SHUT?;:MEAS:POW?;:SHUT OFF;:SHUT?\n")
print("compound", line().count(";"))
table.close()
