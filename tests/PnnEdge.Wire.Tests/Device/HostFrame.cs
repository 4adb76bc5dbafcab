using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Wire.Tests.Device;

/// <summary>A frame to the device. What is left null is filled in with what the device would accept now.</summary>
/// <param name="Payload">Writes the payload; returns its length, bytes.</param>
internal sealed record HostFrame(FrameKind Kind, uint Sequence, Func<byte[], int> Payload)
{
    internal const uint Holder = 0xA11CE;
    internal const int RestCode = 2048;
    private static readonly HostCrc32 Crc = new();

    internal uint? Epoch { get; init; }

    internal uint? BootId { get; init; }

    /// <summary>Device milliseconds.</summary>
    internal uint? Deadline { get; init; }

    internal uint RunId { get; init; }

    internal uint Version { get; init; }

    internal uint? Hash { get; init; }

    internal bool Retained { get; init; }

    internal static HostFrame Command(CommandCode code, uint sequence = 0, uint argument = 0, string text = "", uint holder = Holder) =>
        new(FrameKind.Command, sequence, f => CommandFrame.Write(f, code, holder, argument, text));

    internal static HostFrame Arm(uint leaseMillis = 1000, uint holder = Holder) => Command(CommandCode.Arm, 0, leaseMillis, holder: holder);

    /// <summary>Three samples and one of rest at 1 kHz: 4 ms a shot, up to five shots a block.</summary>
    internal static HostFrame Plan(uint sequence, Action<RunPlan>? change = null)
    {
        RunPlan plan = new()
        {
            SampleRateMilliHertz = 1000000,
            StimulusWords = 3,
            MeasurementWords = 3,
            RestSamples = 1,
            ShotsPerBlock = 5,
            StimulusChannels = 1,
            MeasurementChannels = 1,
            Actuators = 2,
        };
        change?.Invoke(plan);
        return new(FrameKind.Plan, sequence, f =>
        {
            plan.Write(f);
            return RunPlan.PayloadBytes;
        })
        { RunId = 9 };
    }

    internal static HostFrame Parameters(uint sequence, uint version, params float[] volts) => new(FrameKind.Parameters, sequence, f => ParameterWriter.Write(f, volts))
    { Version = version, Hash = HashOf(volts) };

    /// <summary>Shots of three words; names parameter version 1 with the bench's first set unless changed.</summary>
    internal static HostFrame Stimulus(uint sequence, params int[] codes) => StimulusOf(sequence, 100, codes.Length / 3, codes);

    internal static HostFrame StimulusOf(uint sequence, ulong firstShot, int shots, params int[] codes) => new(FrameKind.Stimulus, sequence, f =>
    {
        StimulusBlock.Write(f, firstShot, shots);
        for (int i = 0; i < codes.Length; i++)
        {
            Bytes.PutUInt16(f, StimulusBlock.CodesAt + (2 * i), codes[i]);
        }

        return StimulusBlock.FixedBytes + (2 * codes.Length);
    })
    { RunId = 9, Version = 1, Hash = HashOf(DeviceBench.FirstSet) };

    internal static HostFrame Infer(uint sequence, params float[] features) => new(FrameKind.InferRequest, sequence, f =>
    {
        InferRequest.Write(f, features);
        return InferRequest.PayloadBytes(features.Length);
    });

    /// <summary>A piece of a program; all of it unless said otherwise.</summary>
    internal static HostFrame Program(uint sequence, byte[] program, int offset = 0, int? count = null, uint? crc = null, ProgramCargo cargo = ProgramCargo.Program) => new(FrameKind.Program, sequence, f =>
    {
        int bytes = count ?? (program.Length - offset);
        ProgramChunk.Write(f, cargo, program, offset, bytes, crc ?? Bytes.GetUInt32(program, program.Length - 4));
        return ProgramChunk.PayloadBytes(bytes);
    });

    /// <summary>A piece of a firmware package; all of it unless said otherwise.</summary>
    internal static HostFrame Package(uint sequence, byte[] package, int offset = 0, int? count = null) =>
        Program(sequence, package, offset, count, cargo: ProgramCargo.Firmware);

    internal static uint HashOf(params float[] volts)
    {
        byte[] frame = new byte[FrameHeader.Bytes + ParameterFrame.PayloadBytes(volts.Length)];
        ParameterWriter.Write(frame, volts);
        return ParameterFrame.Hash(frame, ParameterFrame.PayloadBytes(volts.Length), Crc);
    }

    internal byte[] Encode(uint epochNow, uint bootIdNow, uint nowMillis)
    {
        byte[] frame = new byte[8192];
        FrameHeader.Write(frame, Kind, Epoch ?? epochNow, RunId, Sequence, BootId ?? bootIdNow, Deadline ?? (nowMillis + 500));
        FrameHeader.WriteParameters(frame, Version, Hash ?? 0);
        return frame[..FrameHeader.Seal(frame, Payload(frame), Crc)];
    }
}
