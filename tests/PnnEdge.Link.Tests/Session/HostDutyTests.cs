using PnnEdge.Firmware.Core;
using PnnEdge.Link.Session;
using PnnEdge.Link.Tests.Support;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Tests.Session;

/// <summary>What WIRE.md asks of a host: a device could not tell whether it is done.</summary>
public class HostDutyTests
{
    public static TheoryData<string, RefusalReason> Mismatches => new()
    {
        { "sequence", RefusalReason.StaleSequence },
        { "epoch", RefusalReason.WrongEpoch },
        { "run id", RefusalReason.WrongRun },
        { "parameter version", RefusalReason.WrongParameterHash },
        { "parameter hash", RefusalReason.WrongParameterHash },
        { "first shot", RefusalReason.FrameIdReused },
        { "shots", RefusalReason.FrameIdReused },
        { "words", RefusalReason.WrongLength },
    };

    [Theory]
    [MemberData(nameof(Mismatches))]
    public void A_measurement_that_answers_no_frame_in_flight_is_discarded_and_counted(string changed, RefusalReason reason)
    {
        SimulatedConversation conversation = new(new AirFaults(0, 0, 0), 5);
        conversation.Run(SimulatedConversation.Batch(0));
        int before = conversation.Air.Sent.Count;
        BatchJob job = conversation.Begin(SimulatedConversation.Batch(1));
        byte[]? answer = null;
        while (answer is null)
        {
            conversation.Step();
            answer = conversation.Air.Sent.Skip(before).FirstOrDefault(frame => FrameHeader.Kind(frame) == FrameKind.Measurement);
        }

        long passes = conversation.Session.Counters.Usage.Passes;
        byte[] forged = Changed(answer, changed);
        long refused = conversation.Session.Refused[reason];
        conversation.Session.Handle(forged, forged.Length, false, conversation.NowMicros);

        Assert.Equal(refused + 1, conversation.Session.Refused[reason]);
        Assert.Equal(passes, conversation.Session.Counters.Usage.Passes);

        // The true answer is still in the air and still counts: every shot once, and none of the forged codes.
        while (!job.IsEnded)
        {
            conversation.Step();
        }

        Assert.Equal(job.AppliedVolts, job.MeasuredVolts);
        Assert.Equal(2 * SimulatedConversation.BatchShots, conversation.Session.Counters.Usage.Passes);
    }

    [Fact]
    public void The_lease_granted_counts_where_it_is_longer_than_the_one_asked_for()
    {
        Board board = SimulatedConversation.SmallBoard();
        SimulatedConversation conversation = new(new AirFaults(0, 0, 0), 5, board, new SessionOptions { LeaseMillis = 10, GoneMillis = 60_000 });
        conversation.Run(SimulatedConversation.Batch(0));
        long granted = 4L * board.LongestTransferMillis;

        Assert.Equal(1000 * granted, conversation.Session.Facts.LeaseMicros);
        RequireRenewedEvery(granted / 3.0, conversation);
    }

    [Fact]
    public void The_lease_granted_counts_where_it_is_shorter_than_the_one_asked_for()
    {
        SimulatedConversation conversation = new(new AirFaults(0, 0, 0), 5, options: new SessionOptions { LeaseMillis = 6000, GoneMillis = 60_000 });
        conversation.Run(SimulatedConversation.Batch(0));
        int before = conversation.Air.Sent.Count;
        byte[]? renew = null;
        while (renew is null)
        {
            conversation.Step();
            renew = conversation.Air.Sent.Skip(before).FirstOrDefault(IsRenew);
        }

        byte[] reply = new byte[256];
        FrameHeader.Write(reply, FrameKind.Reply, FrameHeader.Epoch(renew), 0, FrameHeader.Sequence(renew), FrameHeader.BootId(renew), FrameHeader.DeviceMillis(renew));
        ReplyFrame.Write(reply, FrameKind.Command, CommandCode.Renew, RefusalReason.Accepted, LinkState.Armed, FrameHeader.Sequence(renew), 900, 0);
        int length = FrameHeader.Seal(reply, ReplyFrame.PayloadBytes, new HostCrc32());
        conversation.Session.Handle(reply, length, false, conversation.NowMicros);

        Assert.Equal(900_000, conversation.Session.Facts.LeaseMicros);
        Assert.Equal(conversation.NowMicros + 300_000, conversation.Session.NextDueMicros());
    }

    private static bool IsRenew(byte[] frame) => FrameHeader.Kind(frame) == FrameKind.Command && CommandFrame.Code(frame) == CommandCode.Renew;

    private static void RequireRenewedEvery(double millis, SimulatedConversation conversation)
    {
        const int Periods = 30;
        int before = conversation.Air.Sent.Count;
        conversation.RunFor((long)(1000 * millis * Periods));

        // Each period is longer by the way there and back, less than a step of the simulation: one in thirty is lost to that at most.
        Assert.InRange(conversation.Air.Sent.Skip(before).Count(IsRenew), Periods - 3, Periods);
    }

    private static byte[] Changed(byte[] measurement, string what)
    {
        byte[] frame = new byte[measurement.Length];
        measurement.CopyTo(frame, 0);
        int payload = FrameHeader.PayloadLength(frame);
        switch (what)
        {
            case "sequence": Add(frame, FrameHeader.SequenceAt, 1000); break;
            case "epoch": Add(frame, FrameHeader.EpochAt, 1); break;
            case "run id": Add(frame, FrameHeader.RunIdAt, 1); break;
            case "parameter version": Add(frame, FrameHeader.ParameterVersionAt, 1); break;
            case "parameter hash": Add(frame, FrameHeader.ParameterHashAt, 1); break;
            case "first shot": Add(frame, MeasurementBlock.FirstShotAt, 1); break;
            case "shots":
                payload -= (payload - MeasurementBlock.FixedBytes) / MeasurementBlock.Shots(frame);
                Bytes.PutUInt16(frame, MeasurementBlock.ShotsAt, MeasurementBlock.Shots(frame) - 1);
                break;
            case "words": payload -= 2 * MeasurementBlock.Shots(frame); break;
            default: throw new ArgumentOutOfRangeException(nameof(what), what, "Not a field.");
        }

        return frame[..FrameHeader.Seal(frame, payload, new HostCrc32())];
    }

    private static void Add(byte[] frame, int at, uint difference) => Bytes.PutUInt32(frame, at, Bytes.GetUInt32(frame, at) + difference);
}
