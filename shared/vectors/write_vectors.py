#!/usr/bin/env python3
"""Writes the golden frames beside this file, from WIRE.md alone: struct, zlib and hmac, none of the code that is tested by them.

    python3 write_vectors.py          writes every *.hex
    python3 write_vectors.py --check  says which files differ, and exits 1 if any does
"""
import hashlib
import hmac
import math
import pathlib
import struct
import sys
import zlib

HERE = pathlib.Path(__file__).parent
HEADER = [("Magic", "<H"), ("Version", "<B"), ("Kind", "<B"), ("Epoch", "<I"), ("RunId", "<I"), ("Sequence", "<I"),
          ("ParameterVersion", "<I"), ("ParameterHash", "<I"), ("DeviceMillis", "<I"), ("BootId", "<I"),
          ("PayloadLength", "<I"), ("Crc", "<I")]
KINDS = dict(Hello=1, Plan=2, Parameters=3, Stimulus=4, Measurement=5, Command=6, Reply=7, Fault=8, Heartbeat=9,
             InferRequest=10, InferResult=11, Program=12)


def pack(fmt, value):
    return value if isinstance(value, bytes) else struct.pack(fmt, value)


def crc(data):
    return zlib.crc32(data) & 0xFFFFFFFF


class Frame:
    """Fields in order, as (name, bytes, note); the CRC is computed when the frame is written, unless it is given."""

    def __init__(self, kind, epoch=0, run=0, sequence=0, version=0, hash=0, millis=0, boot=0, **wrong):
        self.header = dict(Magic=0x4E50, Version=1, Kind=KINDS.get(kind, kind), Epoch=epoch, RunId=run, Sequence=sequence,
                           ParameterVersion=version, ParameterHash=hash, DeviceMillis=millis, BootId=boot)
        self.wrong = wrong
        self.payload = []

    def put(self, name, fmt, value, note=None):
        self.payload.append((name, pack(fmt, value), str(value) if note is None else note))
        return self

    def body(self):
        return b"".join(data for _, data, _ in self.payload)

    def lines(self):
        body = self.body()
        fields = dict(self.header, PayloadLength=len(body), Crc=0)
        fields.update({k: v for k, v in self.wrong.items() if k != "Crc"})
        head = b"".join(struct.pack(f, fields[n]) for n, f in HEADER)
        fields["Crc"] = self.wrong.get("Crc", crc(head + body))
        at = 0
        for name, fmt in HEADER:
            data = struct.pack(fmt, fields[name])
            yield at, data, name, f"{fields[name]:#010x}" if name in ("Crc", "ParameterHash", "BootId") else str(fields[name])
            at += len(data)
        for name, data, note in self.payload:
            yield at, data, name, note
            at += len(data)


def channel(f, name, role, bits, guard, invalid, *volts_rate, count=1, coding=0, purpose=0):
    f.put("Role", "<B", role).put("Bits", "<B", bits).put("Guard", "<B", guard).put("OnInvalid", "<B", invalid)
    for field, value in zip(("MinVolts", "MaxVolts", "LimitMinVolts", "LimitMaxVolts", "MaxStepVolts", "SafeVolts"), volts_rate):
        f.put(field, "<f", value, f"{value} V")
    f.put("MaxRate", "<I", volts_rate[6], f"{volts_rate[6]} mHz").put("Count", "<H", count).put("Coding", "<B", coding).put("Purpose", "<B", purpose)
    return f.put("Name", "", name.encode().ljust(16, b"\0"), name)


def hello(board, firmware, channels, state=3, window=16, simulated=1, frame_bytes=4096, boot_state=0, lag=0, **header):
    f = Frame("Hello", **header)
    b, w = board.encode(), firmware.encode()
    f.put("ProtocolHash", "<I", 0x1234ABCD, "of the sender; not checked by the bytes").put("ProtocolNumber", "<H", 1)
    f.put("State", "<B", state).put("Channels", "<B", channels).put("UnitSerial", "<I", 7).put("Epoch", "<I", 41)
    f.put("MaxFrameBytes", "<I", frame_bytes).put("StimulusBufferBytes", "<I", 4044).put("MeasurementBufferBytes", "<I", 4040)
    f.put("Window", "<H", window).put("ParameterSets", "<H", 4).put("MaxLeaseMillis", "<I", 8000)
    f.put("LongestTransferMillis", "<I", 2000).put("RateJitterNanos", "<I", 1500).put("HeartbeatMillis", "<I", 5000)
    f.put("BoardLength", "<B", len(b)).put("FirmwareLength", "<B", len(w)).put("Simulated", "<B", simulated).put("Boot", "<B", boot_state)
    f.put("LagSamples", "<I", lag)
    if b or w:
        f.put("Text", "", b + w, f"{board} {firmware}".strip())
    return f


def plan(rate=100000000, stimulus=6, measurement=4, start=1, rest=2, shots=3, s_channels=2, m_channels=1, word=2, actuators=2, **header):
    f = Frame("Plan", **header)
    f.put("SampleRate", "<I", rate, f"{rate} mHz").put("StimulusWords", "<H", stimulus).put("MeasurementWords", "<H", measurement)
    f.put("MeasurementStart", "<H", start).put("RestSamples", "<H", rest).put("ShotsPerBlock", "<H", shots).put("WordBytes", "<B", word)
    f.put("ByteOrder", "<B", 0).put("StimulusChannels", "<B", s_channels).put("MeasurementChannels", "<B", m_channels)
    f.put("Actuators", "<H", actuators).put("SettleMicros", "<I", 250, "250 µs").put("Interleave", "<B", 0)
    return f.put("Reserved", "", bytes(3), "0")


def floats(f, name, values, count=True):
    if count:
        f.put("Count", "<H", len(values)).put("Reserved", "<H", 0)
    if values:
        f.put(name, "", b"".join(v if isinstance(v, bytes) else struct.pack("<f", v) for v in values),
              ", ".join("NaN" if isinstance(v, bytes) else repr(v) for v in values))
    return f


def parameters(values, version=3, hash=None, **header):
    body = floats(Frame("Parameters"), "Volts", values).body()
    return floats(Frame("Parameters", version=version, hash=crc(body) if hash is None else hash, **header), "Volts", values)


def words(f, values):
    return f.put("Codes", "", struct.pack(f"<{len(values)}H", *values), " ".join(str(v) for v in values))


def stimulus(first, shots, codes, reserved=0, **header):
    f = Frame("Stimulus", **header).put("FirstShot", "<Q", first).put("Shots", "<H", shots).put("Reserved", "<H", reserved)
    return words(f, codes)


def measurement(first, shots, flags, codes, **header):
    f = Frame("Measurement", **header).put("FirstShot", "<Q", first).put("Shots", "<H", shots).put("Flags", "<H", flags)
    return words(f.put("PlayMicros", "<I", 1234, "1234 µs"), codes)


def command(code, holder, argument, text="", **header):
    t = text.encode()
    f = Frame("Command", **header).put("Code", "<B", code).put("TextLength", "<B", len(t)).put("Reserved", "<H", 0)
    f.put("Holder", "<I", holder).put("Argument", "<I", argument)
    return f.put("Text", "", t, text) if t else f


def reply(kind, code, reason, state, sequence, value, detail, **header):
    f = Frame("Reply", sequence=sequence, **header).put("AnsweredKind", "<B", kind).put("Command", "<B", code)
    f.put("Reason", "<B", reason).put("State", "<B", state).put("AnsweredSequence", "<I", sequence)
    return f.put("ValueSet", "<I", value).put("Detail", "<I", detail)


def fault(code, actuator, asked, limit, text, **header):
    t = text.encode()
    f = Frame("Fault", **header).put("Code", "<B", code).put("TextLength", "<B", len(t)).put("Actuator", "<H", actuator)
    f.put("Asked", "<f", asked).put("Limit", "<f", limit)
    return f.put("Text", "", t, text) if t else f


def heartbeat(uptime, free, milli, state, blocks, shots, repeats, refusals, **header):
    f = Frame("Heartbeat", **header).put("UptimeMillis", "<Q", uptime, f"{uptime} ms").put("FreeMemoryBytes", "<I", free)
    f.put("Temperature", "<i", milli, f"{milli} m°C").put("State", "<B", state).put("Counters", "<B", 34).put("Reserved", "<H", 0)
    f.put("BlocksPlayed", "<I", blocks).put("ShotsPlayed", "<I", shots).put("RepeatsAnswered", "<I", repeats)
    return f.put("Refusals", "", struct.pack("<34I", *refusals), " ".join(str(r) for r in refusals))


def infer_result(winner, confidence, scores, version=12, source=0, clamped=0, saturated=0, measured=68990, micros=1500, **header):
    f = Frame("InferResult", **header).put("Class", "<H", winner).put("Count", "<H", len(scores)).put("ProgramVersion", "<I", version)
    f.put("Confidence", "<f", confidence).put("Source", "<B", source).put("Reserved", "<B", 0).put("Clamped", "<H", clamped)
    f.put("Saturated", "<I", saturated).put("MeasuredMillis", "<I", measured, f"{measured} ms").put("RunMicros", "<I", micros, f"{micros} µs")
    return floats(f, "Scores", scores, count=False)


# A program for a board of one 12-bit ±5 V channel each way, driven within ±2 V, with two actuators; key: bytes 0 to 31.
KEY = bytes(range(32))
DATA, THETA, STARTS = [1, 2, 4], [0, 3], [0, 2, 4, 5]
MEAN, SPREAD, SCALES, OFFSETS, SKIPS = [0.25, -0.5, 0.0], [0.5, 2.0, 0.25], [0.75, 0.125], [0.125, 0.5], [0.5, -1.25]
SOURCES, THETAS, ACTUATORS = [[0, 1, 0], [2, 1, 0]], [[2100, 1900], [2048, 1700]], [[1.5, 1.25], [1.0, 0.5]]
CLASSES = [(0, 1.5, 2.0, 0.25, [1.0, 0.5]), (1, 1.0, -1.5, 0.0, [0.75, 0.25])]
LOW, HIGH, REST, IDLE, HOLD = -2.0, 2.0, 2048, 2048, 1


def program():
    """(name, bytes, note) of every field, the tables as one field each."""
    run = plan(rate=1000000, stimulus=5, measurement=5, start=0, rest=1, shots=1, s_channels=1, m_channels=1).body()
    u16s = lambda values: struct.pack(f"<{len(values)}H", *values)
    f32s = lambda values: struct.pack(f"<{len(values)}f", *values)
    tables = [("places of slots", u16s(DATA + THETA)), ("windows", u16s(STARTS)), ("means and spreads", f32s(MEAN + SPREAD))]
    for l in range(2):
        tables.append((f"layer {l}", struct.pack("<Q", 100 + 10 * l) + u16s(SOURCES[l] + THETAS[l]) + f32s(ACTUATORS[l] + [SCALES[l], OFFSETS[l], SKIPS[l]])))
    for c, (first, width, gain, offset, shares) in enumerate(CLASSES):
        tables.append((f"class {c}", u16s([first, len(shares)]) + f32s([width, gain, offset] + shares)))
    length = 84 + sum(len(data) for _, data in tables) + 36
    fields = [("Magic", "<I", 0x504E4E50), ("Format", "<H", 1), ("Output", "<B", 0), ("Skip", "<B", 1), ("Length", "<I", length), ("ProgramVersion", "<I", 12),
              ("TimerMillis", "<I", 0), ("Plan", "", run), ("Layers", "<H", 2), ("Branches", "<H", 1), ("Repeats", "<H", 1), ("Features", "<H", 2), ("Classes", "<H", 2),
              ("DataSlots", "<H", 3), ("ParameterSlots", "<H", 2), ("HoldSamples", "<H", HOLD), ("Windows", "<H", 3), ("PassedOn", "<H", 3), ("Scales", "<H", 1),
              ("Reserved", "<H", 0), ("MinVolts", "<f", LOW), ("MaxVolts", "<f", HIGH), ("RestCode", "<H", REST), ("IdleCode", "<H", IDLE)]
    done = [(name, pack(fmt, value), "as in a plan's payload" if name == "Plan" else str(value)) for name, fmt, value in fields]
    done += [("Tables", data, note) for note, data in tables]
    body = b"".join(data for _, data, _ in done)
    tag = hmac.new(KEY, body, hashlib.sha256).digest()
    return done + [("Tag", tag, "under the key 00 01 … 1F"), ("Crc", struct.pack("<I", crc(body + tag)), f"{crc(body + tag):#010x}")]


def package():
    """(name, bytes, note) of every field of a firmware package for the same board: two assemblies of five and eight bytes."""
    board, version, assemblies = b"bench", b"0.2.0", [b"NFMRK", b"NFMRK1\0\0"]
    fields = [("Magic", "<I", 0x464E4E50), ("Format", "<H", 1), ("ProtocolNumber", "<H", 1), ("Length", "<I", 20 + 10 + 8 + 13 + 36), ("ProtocolHash", "<I", 0x1234ABCD),
              ("Assemblies", "<H", 2), ("BoardLength", "<B", len(board)), ("VersionLength", "<B", len(version))]
    done = [(name, pack(fmt, value), str(value)) for name, fmt, value in fields]
    done.append(("Text", board + version, "bench, 0.2.0"))
    done += [("Lengths", struct.pack("<2I", *map(len, assemblies)), "5, 8"), ("Assemblies", b"".join(assemblies), "two")]
    body = b"".join(data for _, data, _ in done)
    tag = hmac.new(KEY, body, hashlib.sha256).digest()
    return done + [("Tag", tag, "under the key 00 01 … 1F"), ("Crc", struct.pack("<I", crc(body + tag)), f"{crc(body + tag):#010x}")]


def program_frame(part, cargo=0, **header):
    whole = b"".join(data for _, data, _ in part)
    f = Frame("Program", **header).put("Length", "<I", len(whole)).put("Offset", "<I", 0).put("ProgramCrc", "", whole[-4:], f"{crc(whole[:-4]):#010x}")
    f.put("Count", "<H", len(whole)).put("Cargo", "<H", cargo)
    f.payload += part
    return f


def f32(value):
    return struct.unpack("<f", struct.pack("<f", value))[0]


def answer(features):
    """G-8 on a bench that is a wire from output to input: scores, the codes of both layers, and how many slots were clamped."""
    step, inputs, played, clamped = 10.0 / 4096, features, [], 0
    for l in range(2):
        codes, applied = [REST] * 5, [0.0] * 3
        for i, slot in enumerate(DATA):
            unit = f32(f32(SCALES[l] * inputs[SOURCES[l][i]]) + OFFSETS[l])
            clamped += not 0 <= unit <= 1
            volts = min(max(f32(LOW + f32(unit * f32(HIGH - LOW))), LOW), HIGH)
            codes[slot] = math.floor((volts + 5.0) * (4096 / 10.0) + 0.5)
            applied[i] = f32(-5.0 + codes[slot] * step)
        for i, slot in enumerate(THETA):
            codes[slot] = THETAS[l][i]
        volts = [f32(-5.0 + code * step) for code in codes]
        carried = []
        for w in range(3):
            window = f32(sum(volts[STARTS[w]:STARTS[w + 1]]) / (STARTS[w + 1] - STARTS[w]))
            skip = f32(SKIPS[l] * f32(f32(applied[w] - LOW) / f32(HIGH - LOW)))
            carried.append(f32(f32(f32(window - MEAN[w]) / SPREAD[w]) + skip))
        inputs, played = carried, played + codes
    return [f32(f32(gain * f32(sum(s * inputs[first + i] for i, s in enumerate(shares)) / width)) + offset)
            for first, width, gain, offset, shares in CLASSES], played, clamped


def program_answer(**header):
    scores, _, clamped = answer([0.5, -1.0])
    winner = scores.index(max(scores))
    share = f32(1 / sum(math.exp(s - scores[winner]) for s in scores))
    return infer_result(winner, share, scores, clamped=clamped, measured=69000, micros=0, **header)



def banks(**sizes):
    f = hello("oscillators", "0.1.0", 3, millis=123456, boot=0xCAFE0001, epoch=41, frame_bytes=98304)
    channel(f, "start", 0, 12, 0, 0, -4.0, 4.0, -4.0, 4.0, 8.0, 0.0, 1000000000, count=sizes.get("start", 1))
    channel(f, "coupling", 2, 16, 0, 0, -1.024, 1.024, -1.0, 1.0, 2.0, 0.0, 0, count=sizes.get("coupling", 21115))
    return channel(f, "drive", 2, 16, 0, 0, -2.048, 2.048, -2.0, sizes.get("limit", 2.0), 4.0, 0.0, 0, count=sizes.get("drive", 206))


def codec(lag=600, bits=16, guard=1, purpose=1, other=1, coding=1):
    f = hello("codec", "0.1.0", 4, millis=123456, boot=0xCAFE0001, epoch=41, lag=lag)
    channel(f, "drive-left", 0, bits, guard, 0, -2.97, 2.97, -2.97, 2.97, 5.94, 0.0, 96000000, coding=coding)
    channel(f, "ref-out-right", 0, 16, 1, 0, -2.97, 2.97, -2.97, 2.97, 5.94, 0.0, 96000000, coding=1, purpose=purpose)
    channel(f, "node-left", 1, 16, 1, 1, -1.5, 1.5, -1.5, 1.5, 3.0, 0.0, 96000000, coding=1)
    return channel(f, "ref-in-right", 1, 16, 1, 1, -1.5, 1.5, -1.5, 1.5, 3.0, 0.0, 96000000, coding=1, purpose=other)


def bench():
    f = hello("virtual-esp32", "0.1.0", 3, millis=123456, boot=0xCAFE0001, epoch=41)
    channel(f, "drive", 0, 12, 0, 0, -5.0, 5.0, -4.0, 4.0, 2.0, 0.0, 100000000)
    channel(f, "sense", 1, 16, 1, 1, -10.0, 10.0, -10.0, 10.0, 20.0, 0.0, 100000000)
    return channel(f, "bias-a-0123456ab", 2, 16, 0, 2, 0.0, 3.3, 0.25, 3.0, 0.5, 1.0, 0)


TO = dict(epoch=42, millis=70000, boot=0xCAFE0001)
FROM = dict(epoch=42, millis=69000, boot=0xCAFE0001)
NAN = bytes.fromhex("0000C07F")
FILES = {
    "hello-bench": ("Accepted", "Three channels; the last name fills its field.", bench()),
    "hello-codec": ("Accepted", "Two's complement each way, a lag of up to 600 samples and a wire to find it by.", codec()),
    "hello-codec-looked-at": ("OutOfRange", "Words that the device looks at are offset binary.", codec(guard=0)),
    "hello-codec-half-a-wire": ("OutOfRange", "A reference output without its input.", codec(other=0)),
    "hello-codec-no-lag": ("OutOfRange", "A reference with no lag to find.", codec(lag=0)),
    "hello-codec-undefined-coding": ("ReservedNotZero", "A coding that nobody defined.", codec(coding=2)),
    "hello-banks": ("Accepted", "Two banks: 21,321 actuators in three records.", banks()),
    "hello-empty-bank": ("OutOfRange", "A bank of no actuators.", banks(drive=0)),
    "hello-stimulus-bank": ("OutOfRange", "Only actuators come in banks.", banks(start=2)),
    "hello-banks-beyond-a-frame": ("OutOfRange", "A set of 24,566 values is 4 bytes longer than the longest frame.", banks(drive=3451)),
    "hello-too-many-actuators": ("OutOfRange", "Two banks of 65,535 and 206.", banks(coupling=65535)),
    "hello-limit-without-code": ("OutOfRange", "The upper end of a range has no code, so it is no limit for an actuator.", banks(limit=2.048)),
    "hello-bare": ("Accepted", "No channel, no names, in Fault, no real time to speak of.", hello("", "", 0, state=6, window=1, simulated=0)),
    "hello-safe-mode": ("Accepted", "What was flashed runs, because an update was given up.", hello("", "", 0, state=6, window=1, simulated=0, boot_state=5)),
    "hello-undefined-boot": ("ReservedNotZero", "", hello("", "", 0, state=6, window=1, simulated=0, boot_state=6)),
    "hello-no-window": ("OutOfRange", "A duplicate cache of no depth cannot keep the promise of S-2.", hello("b", "f", 0, window=0)),
    "plan": ("Accepted", "Two stimulus channels, three samples, rest of two; four words measured from sample 1 on.", plan(**TO, run=9, sequence=2)),
    "plan-banks": ("Accepted", "More actuators than a byte counts.", plan(**TO, run=9, sequence=2, actuators=21321)),
    "plan-words-misfit": ("PlanUnsupported", "Seven words do not divide into two channels.", plan(**TO, run=9, sequence=2, stimulus=7)),
    "plan-measures-past-rest": ("PlanUnsupported", "Five samples are played and rested; six would be measured.", plan(**TO, run=9, sequence=2, measurement=5)),
    "parameters": ("Accepted", "The smallest float and minus zero survive.", parameters([1.5, -0.0, 1.401298464324817e-45], **TO, sequence=3)),
    "parameters-none": ("Accepted", "A bench without actuators still sends its empty set.", parameters([], **TO, sequence=3)),
    "parameters-nan": ("NotFinite", "Not a number never travels.", parameters([1.5, NAN], **TO, sequence=3)),
    "stimulus": ("Accepted", "Two shots of three words.", stimulus(1000000007, 2, [2048, 4095, 0, 2048, 1, 2], **TO, run=9, sequence=17, version=3, hash=0xA1B2C3D4)),
    "stimulus-extremes": ("Accepted", "Every header field at its largest, the largest shot number, both ends of a word.", stimulus(2**64 - 1, 1, [0, 65535], epoch=2**32 - 1, run=2**32 - 1, sequence=2**32 - 1, version=2**32 - 1, hash=2**32 - 1, millis=2**32 - 1, boot=2**32 - 1)),
    "stimulus-odd-shots": ("WrongLength", "Five words are not two shots.", stimulus(0, 2, [1, 2, 3, 4, 5], **TO, run=9, sequence=17)),
    "stimulus-reserved": ("ReservedNotZero", "A reserved byte is not free to use.", stimulus(0, 1, [1, 2], reserved=1, **TO, run=9, sequence=17)),
    "measurement": ("Accepted", "Two shots of two words.", measurement(1000000007, 2, 0, [1, 65535, 32768, 4], **FROM, run=9, sequence=17, version=3, hash=0xA1B2C3D4)),
    "measurement-underrun": ("Accepted", "The stimulus ran dry; the shots are not to be used.", measurement(5, 1, 1, [7], **FROM, run=9, sequence=18)),
    "measurement-unknown-flag": ("ReservedNotZero", "A flag that protocol 1 does not define.", measurement(5, 1, 2, [7], **FROM, run=9, sequence=18)),
    "command-identify": ("Accepted", "The one command without boot id, deadline and epoch.", command(1, 0xBEEF, 0)),
    "command-arm": ("Accepted", "Names the newest epoch that the host knows; asks for 2 s.", command(2, 0xBEEF, 2000, **dict(TO, epoch=41), sequence=1)),
    "command-renew": ("Accepted", "", command(3, 0xBEEF, 1500, **TO, sequence=4)),
    "command-disarm": ("Accepted", "", command(4, 0xBEEF, 0, **TO, sequence=5)),
    "command-clear-fault": ("Accepted", "The reason is UTF-8: 25 bytes for 22 letters.", command(5, 0xBEEF, 0, "Lüfter geprüft, läuft!", **TO, sequence=6)),
    "command-unknown": ("UnknownCommand", "", command(6, 0xBEEF, 0, **TO, sequence=7)),
    "reply-armed": ("Accepted", "A lease of 2 s under the new epoch in the header.", reply(6, 2, 0, 4, 1, 2000, 0, **FROM)),
    "reply-stale": ("Accepted", "Stimulus 17 was refused: 21 is the newest played.", reply(4, 0, 17, 4, 17, 0, 21, **FROM)),
    "reply-plan-too-fast": ("Accepted", "Limit 4, rate: 48 kHz would be possible.", reply(2, 0, 21, 4, 2, 48000000, 4, **FROM)),
    "reply-undefined-reason": ("ReservedNotZero", "", reply(4, 0, 34, 4, 17, 0, 0, **FROM)),
    "fault-hot": ("Accepted", "81.5 °C of at most 80.", fault(4, 0, 81.5, 80.0, "too hot", **FROM)),
    "fault-readback": ("Accepted", "Actuator 21114, the last of its bank.", fault(6, 21114, 0.5, 1.0, "actuator coupling 21114 did not take its value", **FROM)),
    "fault-bare": ("Accepted", "", fault(3, 0, 0.0, 0.0, "", **FROM)),
    "fault-no-code": ("ReservedNotZero", "", fault(0, 0, 0.0, 0.0, "", **FROM)),
    "heartbeat": ("Accepted", "Below freezing; each counter differs.", heartbeat(2**33, 123456, -2500, 4, 10, 20, 3, [100 + i for i in range(34)], **FROM)),
    "heartbeat-no-sensor": ("Accepted", "", heartbeat(1, 0, -2**31, 2, 0, 0, 0, [0] * 34, **FROM)),
    "infer-request": ("Accepted", "", floats(Frame("InferRequest", **TO, sequence=8), "Features", [0.5, -1.0])),
    "infer-result": ("Accepted", "", infer_result(1, 0.75, [0.25, 0.75], **FROM, sequence=8)),
    "infer-result-timer": ("Accepted", "The third answer to the local input, kept since; 2 slots clamped, 5 words saturated.", infer_result(0, 1.0, [3.5], source=1, clamped=2, saturated=5, **FROM, sequence=3)),
    "infer-result-of-program": ("Accepted", "What the program in program.hex answers to infer-request.hex where the bench is a wire from output to input.", program_answer(**FROM, sequence=8)),
    "infer-result-undefined-source": ("ReservedNotZero", "", infer_result(1, 0.75, [0.25, 0.75], source=2, **FROM, sequence=8)),
    "program": ("Accepted", "A whole program of two layers in one piece, sealed.", program_frame(program(), **TO, sequence=2)),
    "firmware": ("Accepted", "A whole firmware package in one piece, sealed.", program_frame(package(), cargo=1, **TO, sequence=2)),
    "program-undefined-cargo": ("ReservedNotZero", "Neither a program nor firmware.", program_frame(program(), cargo=2, **TO, sequence=2)),
    "program-piece": ("Accepted", "Four bytes of 1,000, the last.", Frame("Program", **TO, sequence=3).put("Length", "<I", 1000).put("Offset", "<I", 996).put("ProgramCrc", "<I", 0xDDCCBBAA, "0xddccbbaa").put("Count", "<H", 4).put("Cargo", "<H", 0).put("Content", "", bytes.fromhex("AABBCCDD"), "the program's Crc")),
    "program-past-its-end": ("WrongLength", "Four bytes from the third last on.", Frame("Program", **TO, sequence=3).put("Length", "<I", 1000).put("Offset", "<I", 997).put("ProgramCrc", "<I", 1).put("Count", "<H", 4).put("Cargo", "<H", 0).put("Content", "", bytes(4), "0")),
    "program-of-nothing": ("WrongLength", "A piece has at least one byte.", Frame("Program", **TO, sequence=3).put("Length", "<I", 1000).put("Offset", "<I", 0).put("ProgramCrc", "<I", 1).put("Count", "<H", 0).put("Cargo", "<H", 0)),
    "infer-result-no-such-class": ("OutOfRange", "", infer_result(2, 0.75, [0.25, 0.75], **FROM, sequence=8)),
    "wrong-magic": ("WrongMagic", "The bytes of the magic in the other order.", Frame("Command", Magic=0x504E)),
    "wrong-version": ("WrongVersion", "", Frame("Command", Version=2)),
    "wrong-length": ("WrongLength", "Says one byte more than there is.", Frame("Command", PayloadLength=1)),
    "wrong-crc": ("WrongCrc", "One bit of the CRC.", Frame("Command", Crc=1)),
    "unknown-kind": ("UnknownKind", "", Frame(13)),
}


def text(expect, note, frame):
    out = [f"# expect: {expect}"] + ([f"# {note}"] if note else [])
    for at, data, name, value in frame.lines():
        for i in range(0, len(data), 16):
            comment = f"{name} = {value}" if i == 0 else f"{name} (continued)"
            out.append(f"{at + i:04X}  {' '.join(f'{b:02X}' for b in data[i:i + 16]):<47}  # {comment}")
    return "\n".join(out) + "\n"


def main():
    wrong = 0
    for name, (expect, note, frame) in FILES.items():
        path = HERE / f"{name}.hex"
        want = text(expect, note, frame)
        if "--check" not in sys.argv:
            path.write_text(want, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != want:
            print(f"{path.name} differs from what WIRE.md says.")
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())
