using PnnEdge.Conformance;
using PnnEdge.Link.Session;
using PnnEdge.Link.Tests.Support;
using PnnEdge.Training.Systems;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;

namespace PnnEdge.Link.Tests.Session;

public class SessionFuzzTests
{
    private const int Frames = 100_000;
    private const int LongestBytes = 4096;
    private const long AllowedBytes = 64 * 1024;

    [Fact]
    public void A_hundred_thousand_hostile_frames_crash_nothing_cost_little_and_are_counted_by_reason()
    {
        SimulatedConversation conversation = new(new AirFaults(0, 0, 3000), 5);
        conversation.Run(Batch());
        byte[][] valid = [.. conversation.Air.Sent.Where(frame => frame.Length <= LongestBytes).Take(400)];
        FrameFuzz fuzz = new(17, valid, LongestBytes);
        HostCrc32 crc = new();
        byte[] buffer = new byte[LongestBytes];
        BatchJob job = conversation.Begin(Batch());
        DeviceSession session = conversation.Session;
        long refusedByBytes = 0, worstBytes = 0;
        int ended = 0;
        for (int i = 0; i < Frames; i++)
        {
            int length = fuzz.Next(buffer);
            RefusalReason expected = FrameCheck.Open(buffer, length, 65_536, crc);
            long before = expected == RefusalReason.Accepted ? 0 : session.Refused[expected], total = session.Refused.Total;
            long allocated = GC.GetAllocatedBytesForCurrentThread();

            session.Handle(buffer, length, retained: i % 97 == 0, conversation.NowMicros);

            worstBytes = Math.Max(worstBytes, GC.GetAllocatedBytesForCurrentThread() - allocated);
            Assert.InRange(session.Refused.Total - total, 0, 1);
            if (expected != RefusalReason.Accepted)
            {
                refusedByBytes++;
                Assert.Equal(before + 1, session.Refused[expected]);
            }

            if (i % 20 == 0)
            {
                conversation.Step();
            }

            if (job.IsEnded)
            {
                // A forged fault or refusal ends a batch, and says so; the next one begins.
                ended++;
                _ = job.Ended.Exception;
                job = conversation.Begin(Batch());
            }
        }

        Assert.InRange(worstBytes, 0, AllowedBytes);

        // The mutator makes half of all frames whole again: both halves must have been there for this to mean anything.
        Assert.InRange(refusedByBytes, Frames / 3, Frames - (Frames / 50));
        Assert.True(ended > 0, "no forged frame got as far as ending a batch");
        foreach (RefusalReason reason in new[]
        {
            RefusalReason.TooShort, RefusalReason.WrongMagic, RefusalReason.WrongVersion, RefusalReason.WrongLength, RefusalReason.WrongCrc,
            RefusalReason.UnknownKind, RefusalReason.WrongDirection, RefusalReason.WrongBoot, RefusalReason.ReservedNotZero,
        })
        {
            Assert.True(session.Refused[reason] > 0, $"no frame was refused for {reason}");
        }
    }

    [Fact]
    public void Frames_that_are_not_whole_disturb_no_batch()
    {
        SimulatedConversation conversation = new(new AirFaults(0, 0, 0), 5);
        conversation.Run(Batch());
        FrameFuzz fuzz = new(19, [.. conversation.Air.Sent], LongestBytes);
        byte[] buffer = new byte[LongestBytes];
        HostCrc32 crc = new();
        long retried = conversation.Session.Counters.Usage.FramesRetried;

        BatchJob job = conversation.Run(Batch(), c =>
        {
            for (int i = 0; i < 2000; i++)
            {
                int length = fuzz.Next(buffer);
                if (FrameCheck.Open(buffer, length, 65_536, crc) != RefusalReason.Accepted)
                {
                    c.Session.Handle(buffer, length, retained: false, c.NowMicros);
                }
            }
        });

        Assert.All(job.MeasuredVolts, volts => Assert.True(float.IsFinite(volts)));
        Assert.Equal(retried, conversation.Session.Counters.Usage.FramesRetried);
    }

    [Fact]
    public void A_retained_frame_is_not_believed_whatever_it_says()
    {
        SimulatedConversation conversation = new(new AirFaults(0, 0, 0), 5);
        conversation.Run(Batch());
        uint epoch = conversation.Session.Facts.Epoch;
        long before = conversation.Session.Refused[RefusalReason.Retained];
        byte[][] fromDevice = [.. conversation.Air.Sent.Where(frame => !FrameCheck.IsForDevice(FrameHeader.Kind(frame)))];
        foreach (byte[] frame in fromDevice)
        {
            conversation.Session.Handle(frame, frame.Length, retained: true, conversation.NowMicros);
        }

        Assert.Equal(before + fromDevice.Length, conversation.Session.Refused[RefusalReason.Retained]);
        Assert.Equal(epoch, conversation.Session.Facts.Epoch);
        Assert.Equal(Wire.LinkState.Armed, conversation.Session.State);
    }

    private static Stimulus Batch() => new(0, 600, [.. Enumerable.Range(0, 600 * 32).Select(i => (i * 37 % 1180 / 200f) - 2.95f)], [0.25f]);
}
