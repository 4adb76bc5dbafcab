using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Wire.Tests.Vectors;

/// <summary>What every accepted golden frame means, said once in fields: written, they are the file's bytes; read, the file says them.</summary>
internal static class GoldenFrames
{
    private const uint Boot = 0xCAFE0001;
    private static readonly HostCrc32 Crc = new();

    internal static readonly IReadOnlyDictionary<string, Golden> All = new Dictionary<string, Golden>
    {
        ["hello-bench"] = Hello(new Header(FrameKind.Hello, Epoch: 41, Millis: 123456, BootId: Boot), Bench()),
        ["hello-bare"] = Hello(new Header(FrameKind.Hello), Bare()),
        ["hello-safe-mode"] = Hello(new Header(FrameKind.Hello), InSafeMode()),
        ["hello-banks"] = Hello(new Header(FrameKind.Hello, Epoch: 41, Millis: 123456, BootId: Boot), Banks()),
        ["hello-codec"] = Hello(new Header(FrameKind.Hello, Epoch: 41, Millis: 123456, BootId: Boot), Codec()),
        ["plan"] = Plan(actuators: 2),
        ["plan-banks"] = Plan(actuators: 21321),
        ["parameters"] = Parameters(0x451E29F2, 1.5f, -0f, float.Epsilon),
        ["parameters-none"] = Parameters(ReferenceCrc32.Of(new byte[4])),
        ["stimulus"] = Stimulus(
            ToDevice(FrameKind.Stimulus, 17, runId: 9) with { Version = 3, Hash = 0xA1B2C3D4 }, 1000000007, 2, 2048, 4095, 0, 2048, 1, 2),
        ["stimulus-extremes"] = Stimulus(
            new(FrameKind.Stimulus, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue),
            ulong.MaxValue, 1, 0, 65535),
        ["measurement"] = Measurement(
            FromDevice(FrameKind.Measurement, 17, runId: 9) with { Version = 3, Hash = 0xA1B2C3D4 }, 1000000007, 2, 0, 1, 65535, 32768, 4),
        ["measurement-underrun"] = Measurement(FromDevice(FrameKind.Measurement, 18, runId: 9), 5, 1, MeasurementBlock.UnderrunFlag, 7),
        ["command-identify"] = Command(new(FrameKind.Command), CommandCode.Identify, 0, string.Empty),
        ["command-arm"] = Command(ToDevice(FrameKind.Command, 1) with { Epoch = 41 }, CommandCode.Arm, 2000, string.Empty),
        ["command-renew"] = Command(ToDevice(FrameKind.Command, 4), CommandCode.Renew, 1500, string.Empty),
        ["command-disarm"] = Command(ToDevice(FrameKind.Command, 5), CommandCode.Disarm, 0, string.Empty),
        ["command-clear-fault"] = Command(ToDevice(FrameKind.Command, 6), CommandCode.ClearFault, 0, "Lüfter geprüft, läuft!"),
        ["reply-armed"] = Reply(FrameKind.Command, CommandCode.Arm, RefusalReason.Accepted, 1, 2000, 0),
        ["reply-stale"] = Reply(FrameKind.Stimulus, CommandCode.None, RefusalReason.StaleSequence, 17, 0, 21),
        ["reply-plan-too-fast"] = Reply(FrameKind.Plan, CommandCode.None, RefusalReason.PlanUnsupported, 2, 48000000, (uint)PlanLimit.SampleRate),
        ["fault-hot"] = Fault(FaultCode.Overtemperature, 81.5f, 80f, "too hot"),
        ["fault-readback"] = Fault(FaultCode.ActuatorReadback, 0.5f, 1f, "actuator coupling 21114 did not take its value", 21114),
        ["fault-bare"] = Fault(FaultCode.InterlockOpen, 0f, 0f, string.Empty),
        ["heartbeat"] = Heartbeats(1UL << 33, 123456, -2500, LinkState.Armed, 10, 20, 3, Enumerable.Range(100, 34).Select(i => (uint)i).ToArray()),
        ["heartbeat-no-sensor"] = Heartbeats(1, 0, Heartbeat.NoTemperature, LinkState.Safe, 0, 0, 0, new uint[34]),
        ["infer-request"] = new(ToDevice(FrameKind.InferRequest, 8), WriteFeatures, ReadFeatures),
        ["infer-result"] = Result(8, 1, 0.75f, InferSource.Request, 0, 0, 68990, 1500, 0.25f, 0.75f),
        ["infer-result-timer"] = Result(3, 0, 1f, InferSource.Timer, 2, 5, 68990, 1500, 3.5f),
        ["infer-result-of-program"] = Result(8, 1, 0.92329144f, InferSource.Request, 1, 0, 69000, 0, -1.5203451f, 0.9675865f),
        ["program"] = Program(2, GoldenProgram.Bytes.Length, 0, GoldenProgram.Bytes),
        ["firmware"] = Program(2, GoldenPackage.Bytes.Length, 0, GoldenPackage.Bytes, ProgramCargo.Firmware),
        ["program-piece"] = Program(3, 1000, 996, [0xAA, 0xBB, 0xCC, 0xDD]),
    };

    /// <summary>The header's fields, in its order; what is not named is 0.</summary>
    internal sealed record Header(
        FrameKind Kind, uint Epoch = 0, uint RunId = 0, uint Sequence = 0, uint Version = 0, uint Hash = 0, uint Millis = 0, uint BootId = 0)
    {
        internal static Header Read(byte[] f) => new(
            FrameHeader.Kind(f), FrameHeader.Epoch(f), FrameHeader.RunId(f), FrameHeader.Sequence(f), FrameHeader.ParameterVersion(f),
            FrameHeader.ParameterHash(f), FrameHeader.DeviceMillis(f), FrameHeader.BootId(f));
    }

    /// <param name="Header">Expected and written.</param>
    /// <param name="WritePayload">Returns the payload's length, bytes.</param>
    /// <param name="CheckPayload">Asserts every field of a read frame.</param>
    internal sealed record Golden(Header Header, Func<byte[], int> WritePayload, Action<byte[]> CheckPayload)
    {
        internal byte[] Encode()
        {
            byte[] frame = new byte[4096];
            Array.Fill(frame, (byte)0xEE); // a reused buffer: whatever a writer forgets shows
            FrameHeader.Write(frame, Header.Kind, Header.Epoch, Header.RunId, Header.Sequence, Header.BootId, Header.Millis);
            FrameHeader.WriteParameters(frame, Header.Version, Header.Hash);
            return frame[..FrameHeader.Seal(frame, WritePayload(frame), Crc)];
        }
    }

    private static Header ToDevice(FrameKind kind, uint sequence, uint runId = 0) => new(kind, 42, runId, sequence, Millis: 70000, BootId: Boot);

    private static Header FromDevice(FrameKind kind, uint sequence, uint runId = 0) => new(kind, 42, runId, sequence, Millis: 69000, BootId: Boot);

    private static Golden Hello(Header header, BirthCertificate said) => new(header, said.Write, frame =>
    {
        BirthCertificate read = BirthCertificate.Read(frame);
        Assert.Equivalent(said, read, strict: true);
    });

    private static BirthCertificate Bare() => new()
    {
        ProtocolHash = 0x1234ABCD,
        ProtocolNumber = 1,
        State = LinkState.Fault,
        UnitSerial = 7,
        Epoch = 41,
        MaxFrameBytes = 4096,
        StimulusBufferBytes = 4044,
        MeasurementBufferBytes = 4040,
        Window = 1,
        ParameterSets = 4,
        MaxLeaseMillis = 8000,
        LongestTransferMillis = 2000,
        RateJitterNanos = 1500,
        HeartbeatMillis = 5000,
    };

    private static BirthCertificate InSafeMode()
    {
        BirthCertificate hello = Bare();
        hello.Boot = BootState.SafeMode;
        return hello;
    }

    private static BirthCertificate Bench()
    {
        BirthCertificate hello = Bare();
        hello.State = LinkState.Idle;
        hello.Window = 16;
        hello.Simulated = true;
        hello.Board = "virtual-esp32";
        hello.FirmwareVersion = "0.1.0";
        hello.Channels =
        [
            new("drive", ChannelRole.Stimulus, 12, LimitGuard.PerWord, OnInvalid.SafeValue, -5f, 5f, -4f, 4f, 2f, 0f, 100000000),
            new("sense", ChannelRole.Measurement, 16, LimitGuard.Span, OnInvalid.Hold, -10f, 10f, -10f, 10f, 20f, 0f, 100000000),
            new("bias-a-0123456ab", ChannelRole.Actuator, 16, LimitGuard.PerWord, OnInvalid.Zero, 0f, 3.3f, 0.25f, 3f, 0.5f, 1f, 0),
        ];
        return hello;
    }

    private static BirthCertificate Codec()
    {
        const ChannelCoding Twos = ChannelCoding.TwosComplement;
        const uint Rate = 96000000;
        BirthCertificate hello = Bench();
        hello.Board = "codec";
        hello.LagSamples = 600;
        hello.Channels =
        [
            new("drive-left", ChannelRole.Stimulus, 16, LimitGuard.Span, OnInvalid.SafeValue, -2.97f, 2.97f, -2.97f, 2.97f, 5.94f, 0f, Rate, 1, Twos),
            new("ref-out-right", ChannelRole.Stimulus, 16, LimitGuard.Span, OnInvalid.SafeValue, -2.97f, 2.97f, -2.97f, 2.97f, 5.94f, 0f, Rate, 1, Twos, ChannelPurpose.Reference),
            new("node-left", ChannelRole.Measurement, 16, LimitGuard.Span, OnInvalid.Hold, -1.5f, 1.5f, -1.5f, 1.5f, 3f, 0f, Rate, 1, Twos),
            new("ref-in-right", ChannelRole.Measurement, 16, LimitGuard.Span, OnInvalid.Hold, -1.5f, 1.5f, -1.5f, 1.5f, 3f, 0f, Rate, 1, Twos, ChannelPurpose.Reference),
        ];
        return hello;
    }

    private static BirthCertificate Banks()
    {
        BirthCertificate hello = Bare();
        hello.State = LinkState.Idle;
        hello.Window = 16;
        hello.Simulated = true;
        hello.MaxFrameBytes = 98304;
        hello.Board = "oscillators";
        hello.FirmwareVersion = "0.1.0";
        hello.Channels =
        [
            new("start", ChannelRole.Stimulus, 12, LimitGuard.PerWord, OnInvalid.SafeValue, -4f, 4f, -4f, 4f, 8f, 0f, 1000000000),
            new("coupling", ChannelRole.Actuator, 16, LimitGuard.PerWord, OnInvalid.SafeValue, -1.024f, 1.024f, -1f, 1f, 2f, 0f, 0, 21115),
            new("drive", ChannelRole.Actuator, 16, LimitGuard.PerWord, OnInvalid.SafeValue, -2.048f, 2.048f, -2f, 2f, 4f, 0f, 0, 206),
        ];
        return hello;
    }

    private static Golden Plan(int actuators) => new(
        ToDevice(FrameKind.Plan, 2, runId: 9), frame => WritePlan(frame, actuators), frame => ReadPlan(frame, actuators));

    private static int WritePlan(byte[] frame, int actuators)
    {
        new RunPlan
        {
            SampleRateMilliHertz = 100000000,
            StimulusWords = 6,
            MeasurementWords = 4,
            MeasurementStartSample = 1,
            RestSamples = 2,
            ShotsPerBlock = 3,
            StimulusChannels = 2,
            MeasurementChannels = 1,
            Actuators = actuators,
            SettleMicros = 250,
        }.Write(frame);
        return RunPlan.PayloadBytes;
    }

    private static void ReadPlan(byte[] frame, int actuators)
    {
        RunPlan plan = new();
        plan.Read(frame);
        Assert.Equal(100000000u, plan.SampleRateMilliHertz);
        Assert.Equal((6, 4, 1, 2, 3), (plan.StimulusWords, plan.MeasurementWords, plan.MeasurementStartSample, plan.RestSamples, plan.ShotsPerBlock));
        Assert.Equal((2, 1, actuators, 250u), (plan.StimulusChannels, plan.MeasurementChannels, plan.Actuators, plan.SettleMicros));
        Assert.Equal(150, plan.BlockMicros(3)); // three shots of three samples and two of rest at 100 kHz
    }

    private static Golden Parameters(uint hash, params float[] volts) => new(
        ToDevice(FrameKind.Parameters, 3) with { Version = 3, Hash = hash },
        frame => ParameterWriter.Write(frame, volts),
        frame =>
        {
            Assert.Equal(volts.Length, ParameterFrame.Count(frame));
            for (int i = 0; i < volts.Length; i++)
            {
                Assert.Equal(BitConverter.SingleToUInt32Bits(volts[i]), BitConverter.SingleToUInt32Bits(ParameterFrame.Volts(frame, i)));
            }

            Assert.Equal(hash, ParameterFrame.Hash(frame, FrameHeader.PayloadLength(frame), Crc));
        });

    private static Golden Stimulus(Header header, ulong firstShot, int shots, params int[] codes) => new(
        header,
        frame =>
        {
            StimulusBlock.Write(frame, firstShot, shots);
            PutCodes(frame, StimulusBlock.CodesAt, codes);
            return StimulusBlock.PayloadBytes(shots, codes.Length / shots);
        },
        frame =>
        {
            Assert.Equal(firstShot, StimulusBlock.FirstShot(frame));
            Assert.Equal(shots, StimulusBlock.Shots(frame));
            CheckCodes(frame, StimulusBlock.CodesAt, codes);
        });

    private static Golden Measurement(Header header, ulong firstShot, int shots, int flags, params int[] codes) => new(
        header,
        frame =>
        {
            MeasurementBlock.Write(frame, firstShot, shots, flags, 1234);
            PutCodes(frame, MeasurementBlock.CodesAt, codes);
            return MeasurementBlock.PayloadBytes(shots, codes.Length / shots);
        },
        frame =>
        {
            Assert.Equal(firstShot, MeasurementBlock.FirstShot(frame));
            Assert.Equal((shots, flags, 1234u), (MeasurementBlock.Shots(frame), MeasurementBlock.Flags(frame), MeasurementBlock.PlayMicros(frame)));
            CheckCodes(frame, MeasurementBlock.CodesAt, codes);
        });

    private static Golden Command(Header header, CommandCode code, uint argument, string text) => new(
        header,
        frame => CommandFrame.Write(frame, code, 0xBEEF, argument, text),
        frame =>
        {
            Assert.Equal((code, 0xBEEFu, argument), (CommandFrame.Code(frame), CommandFrame.Holder(frame), CommandFrame.Argument(frame)));
            Assert.Equal(text, CommandFrame.Text(frame));
        });

    private static Golden Reply(FrameKind kind, CommandCode command, RefusalReason reason, uint sequence, uint valueSet, uint detail) => new(
        FromDevice(FrameKind.Reply, sequence),
        frame =>
        {
            ReplyFrame.Write(frame, kind, command, reason, LinkState.Armed, sequence, valueSet, detail);
            return ReplyFrame.PayloadBytes;
        },
        frame =>
        {
            Assert.Equal((kind, command, reason), (ReplyFrame.AnsweredKind(frame), ReplyFrame.Command(frame), ReplyFrame.Reason(frame)));
            Assert.Equal((LinkState.Armed, sequence), (ReplyFrame.State(frame), ReplyFrame.AnsweredSequence(frame)));
            Assert.Equal((valueSet, detail), (ReplyFrame.ValueSet(frame), ReplyFrame.Detail(frame)));
        });

    private static Golden Fault(FaultCode code, float asked, float limit, string text, int actuator = 0) => new(
        FromDevice(FrameKind.Fault, 0),
        new FaultReport(code, actuator, asked, limit, text).Write,
        frame =>
        {
            FaultReport read = FaultReport.Read(frame);
            Assert.Equal((code, actuator, asked, limit, text), (read.Code, read.Actuator, read.Asked, read.Limit, read.Text));
        });

    private static Golden Heartbeats(
        ulong uptime, uint free, int milliCelsius, LinkState state, uint blocks, uint shots, uint repeats, uint[] refusals) => new(
        FromDevice(FrameKind.Heartbeat, 0),
        frame =>
        {
            Heartbeat.Write(frame, uptime, free, milliCelsius, state, blocks, shots, repeats, refusals);
            return Heartbeat.PayloadBytes;
        },
        frame =>
        {
            Assert.Equal((uptime, free, milliCelsius, state), (
                Heartbeat.UptimeMillis(frame), Heartbeat.FreeMemoryBytes(frame), Heartbeat.TemperatureMilliCelsius(frame), Heartbeat.State(frame)));
            Assert.Equal((blocks, shots, repeats), (Heartbeat.BlocksPlayed(frame), Heartbeat.ShotsPlayed(frame), Heartbeat.RepeatsAnswered(frame)));
            Assert.Equal(refusals, Enum.GetValues<RefusalReason>().Select(r => Heartbeat.Refusals(frame, r)));
        });

    private static int WriteFeatures(byte[] frame)
    {
        InferRequest.Write(frame, [0.5f, -1f]);
        return InferRequest.PayloadBytes(2);
    }

    private static void ReadFeatures(byte[] frame) =>
        Assert.Equal((2, 0.5f, -1f), (InferRequest.Count(frame), InferRequest.Feature(frame, 0), InferRequest.Feature(frame, 1)));

    private static Golden Result(
        uint sequence, int winner, float confidence, InferSource source, int clamped, uint saturated, uint measured, uint micros, params float[] scores) => new(
        FromDevice(FrameKind.InferResult, sequence),
        frame =>
        {
            InferResult.Write(frame, winner, 12, confidence, scores);
            InferResult.WriteHealth(frame, source, clamped, saturated, measured, micros);
            return InferResult.PayloadBytes(scores.Length);
        },
        frame =>
        {
            Assert.Equal((winner, 12u, confidence), (InferResult.Class(frame), InferResult.ProgramVersion(frame), InferResult.Confidence(frame)));
            Assert.Equal((source, clamped, saturated), (InferResult.Source(frame), InferResult.Clamped(frame), InferResult.Saturated(frame)));
            Assert.Equal((measured, micros), (InferResult.MeasuredMillis(frame), InferResult.RunMicros(frame)));
            Assert.Equal(scores, Enumerable.Range(0, InferResult.Count(frame)).Select(i => InferResult.Score(frame, i)));
        });

    private static Golden Program(uint sequence, int length, int offset, byte[] content, ProgramCargo cargo = ProgramCargo.Program)
    {
        uint crc = Bytes.GetUInt32(content, content.Length - 4);
        return new(
            ToDevice(FrameKind.Program, sequence),
            frame =>
            {
                byte[] whole = new byte[length];
                content.CopyTo(whole, offset);
                ProgramChunk.Write(frame, cargo, whole, offset, content.Length, crc);
                return ProgramChunk.PayloadBytes(content.Length);
            },
            frame =>
            {
                Assert.Equal((cargo, (uint)length, (uint)offset, crc), (ProgramChunk.Cargo(frame), ProgramChunk.Length(frame), ProgramChunk.Offset(frame), ProgramChunk.ProgramCrc(frame)));
                Assert.Equal(content, frame.AsSpan(ProgramChunk.ContentAt, ProgramChunk.Count(frame)).ToArray());
            });
    }

    private static void PutCodes(byte[] frame, int at, int[] codes)
    {
        for (int i = 0; i < codes.Length; i++)
        {
            Bytes.PutUInt16(frame, at + (2 * i), codes[i]);
        }
    }

    private static void CheckCodes(byte[] frame, int at, int[] codes) =>
        Assert.Equal(codes, codes.Select((_, i) => (int)Bytes.GetUInt16(frame, at + (2 * i))));
}
