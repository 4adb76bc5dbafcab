using PnnEdge.Conformance;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Document;
using PnnEdge.Wire.Tests.Vectors;

namespace PnnEdge.Wire.Tests.Fuzz;

public class FrameFuzzTests
{
    private const int Frames = 100_000;
    private const int LongestBytes = 8192;

    /// <summary>The promise for what one hostile frame may cost.</summary>
    private const long LargestAllocationBytes = 64 * 1024;

    private static readonly byte[][] Valid =
        [.. Resources.Vectors().Select(GoldenVector.Read).Where(v => v.Expected == RefusalReason.Accepted).Select(v => v.Bytes)];

    [Theory]
    [InlineData(1)]
    [InlineData(20261124)]
    public void No_frame_throws_or_costs_memory_and_each_is_counted_under_one_reason(int seed)
    {
        FrameFuzz fuzz = new(seed, Valid, LongestBytes);
        HostCrc32 crc = new();
        byte[] buffer = new byte[LongestBytes];
        uint[] byReason = new uint[RefusalReasons.Count];
        int[] openedByKind = new int[1 + (int)Enum.GetValues<FrameKind>().Max()];
        int sealedFrames = 0;
        long largest = 0;
        for (int i = 0; i < Frames; i++)
        {
            int length = fuzz.Next(buffer);
            sealedFrames += fuzz.IsSealed ? 1 : 0;
            long before = GC.GetAllocatedBytesForCurrentThread();
            RefusalReason verdict = FrameCheck.Open(buffer, length, LongestBytes, crc);
            if (verdict == RefusalReason.Accepted)
            {
                ReadEverything(buffer, length);
                openedByKind[(int)FrameHeader.Kind(buffer)]++;
            }

            largest = Math.Max(largest, GC.GetAllocatedBytesForCurrentThread() - before);
            byReason[(int)verdict]++;
        }

        Assert.True(largest <= LargestAllocationBytes, $"One frame allocated {largest} bytes; {LargestAllocationBytes} are allowed.");
        Assert.Equal(Frames, byReason.Sum(c => c));

        // The fuzz is worth its time only if it reaches everything that bytes alone can be refused for, and every reader.
        RefusalReason[] reachable =
        [
            RefusalReason.TooShort, RefusalReason.WrongMagic, RefusalReason.WrongVersion, RefusalReason.WrongLength, RefusalReason.WrongCrc,
            RefusalReason.UnknownKind, RefusalReason.ReservedNotZero, RefusalReason.NotFinite, RefusalReason.OutOfRange,
            RefusalReason.UnknownCommand, RefusalReason.PlanUnsupported,
        ];
        Assert.All(reachable, r => Assert.True(byReason[(int)r] > 0, $"No frame was refused for {r}."));
        Assert.All(Enum.GetValues<FrameKind>().Where(k => k != FrameKind.None), k => Assert.True(openedByKind[(int)k] > 0, $"No {k} was opened."));
        Assert.InRange(sealedFrames, (Frames / 2) - 1000, (Frames / 2) + 1000); // six standard deviations of a fair coin
    }

    [Fact]
    public void The_same_seed_gives_the_same_frames_and_another_seed_others()
    {
        Assert.Equal(Digest(7), Digest(7));
        Assert.NotEqual(Digest(7), Digest(8));
    }

    [Fact]
    public void A_frame_that_is_too_long_is_refused_whatever_it_says()
    {
        FrameFuzz fuzz = new(3, Valid, LongestBytes);
        byte[] buffer = new byte[LongestBytes];
        HostCrc32 crc = new();
        for (int i = 0; i < 10_000; i++)
        {
            int length = fuzz.Next(buffer);
            RefusalReason verdict = FrameCheck.Open(buffer, length, 64, crc);
            Assert.True(length <= 64 || verdict is RefusalReason.TooLong or RefusalReason.WrongMagic or RefusalReason.WrongVersion, $"{length} bytes: {verdict}.");
        }
    }

    private static uint Digest(int seed)
    {
        FrameFuzz fuzz = new(seed, Valid, LongestBytes);
        byte[] buffer = new byte[LongestBytes];
        System.IO.Hashing.Crc32 digest = new();
        for (int i = 0; i < 1000; i++)
        {
            digest.Append(buffer.AsSpan(0, fuzz.Next(buffer)));
        }

        return digest.GetCurrentHashAsUInt32();
    }

    private static void ReadEverything(byte[] f, int length)
    {
        Assert.Equal(length - FrameHeader.Bytes, FrameHeader.PayloadLength(f));
        switch (FrameHeader.Kind(f))
        {
            case FrameKind.Hello:
                foreach (ChannelRecord channel in BirthCertificate.Read(f).Channels)
                {
                    // A hello that was opened must be usable: its ranges make scales.
                    _ = new VoltScale(channel.MinVolts, channel.MaxVolts, channel.Bits).LowestCodeInside(channel.LimitMinVolts);
                }

                break;
            case FrameKind.Plan:
                RunPlan plan = new();
                plan.Read(f);
                Assert.True(plan.BlockMicros(plan.ShotsPerBlock) >= 0);
                break;
            case FrameKind.Parameters:
                Assert.All(Enumerable.Range(0, ParameterFrame.Count(f)), i => Assert.True(float.IsFinite(ParameterFrame.Volts(f, i))));
                break;
            case FrameKind.Stimulus:
                Assert.Equal(0, (length - StimulusBlock.CodesAt) % (2 * StimulusBlock.Shots(f)));
                break;
            case FrameKind.Measurement:
                Assert.Equal(0, (length - MeasurementBlock.CodesAt) % (2 * MeasurementBlock.Shots(f)));
                break;
            case FrameKind.Command:
                _ = CommandFrame.Text(f);
                break;
            case FrameKind.Reply:
                Assert.True(LinkStateTable.IsDeviceState(ReplyFrame.State(f)));
                break;
            case FrameKind.Fault:
                Assert.NotNull(FaultReport.Read(f).Text);
                break;
            case FrameKind.Heartbeat:
                _ = Enum.GetValues<RefusalReason>().Sum(r => Heartbeat.Refusals(f, r));
                break;
            case FrameKind.InferRequest:
                Assert.All(Enumerable.Range(0, InferRequest.Count(f)), i => Assert.True(float.IsFinite(InferRequest.Feature(f, i))));
                break;
            case FrameKind.Program:
                Assert.True(ProgramChunk.Offset(f) + (ulong)ProgramChunk.Count(f) <= ProgramChunk.Length(f));
                break;
            default:
                Assert.True(float.IsFinite(InferResult.Score(f, InferResult.Class(f))));
                break;
        }
    }
}
