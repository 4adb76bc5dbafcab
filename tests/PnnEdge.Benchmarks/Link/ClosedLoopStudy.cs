using BenchmarkDotNet.Attributes;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Benchmarks.Link;

/// <summary>What a 1 KiB frame costs the host in arithmetic: codes, seal, check.</summary>
[MemoryDiagnoser]
public class ClosedLoopStudy
{
    private const int Samples = 484;

    private readonly HostCrc32 _crc = new();
    private readonly VoltScale _scale = new(-10f, 10f, 12);
    private readonly byte[] _frame = new byte[FrameHeader.Bytes + StimulusBlock.FixedBytes + (2 * Samples)];
    private readonly float[] _volts = new float[Samples];

    [Benchmark]
    public int EncodeAndSeal()
    {
        FrameHeader.Write(_frame, FrameKind.Stimulus, 1, 1, 1, 1, 1);
        StimulusBlock.Write(_frame, 0, 1);
        _scale.EncodeWords(_volts, 0, Samples, _frame, StimulusBlock.CodesAt);
        return FrameHeader.Seal(_frame, StimulusBlock.PayloadBytes(1, Samples), _crc);
    }

    [Benchmark]
    public void Decode() => _scale.DecodeWords(_frame, StimulusBlock.CodesAt, Samples, _volts, 0);

    [Benchmark]
    public RefusalReason Check() => FrameCheck.Open(_frame, _frame.Length, 65_536, _crc);
}
