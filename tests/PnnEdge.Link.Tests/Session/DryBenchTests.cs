using PnnEdge.Link.Session;
using PnnEdge.Link.Tests.Support;
using PnnEdge.Training.Systems;

namespace PnnEdge.Link.Tests.Session;

/// <summary>WIRE.md M-5, the host's duty: shots of a block that ran dry are never used.</summary>
public class DryBenchTests
{
    [Fact]
    public void Blocks_that_ran_dry_are_played_again_and_their_shots_are_not_in_the_result()
    {
        SimulatedConversation conversation = new(new AirFaults(0, 0, 0), 5);
        conversation.Run(SimulatedConversation.Batch(0));
        conversation.Converters.BlocksToRunDry = 7;

        BatchJob job = conversation.Run(SimulatedConversation.Batch(1));

        Assert.Equal([.. job.AppliedVolts], job.MeasuredVolts);
        SystemUsage usage = conversation.Session.Counters.Usage;
        Assert.Equal(7, usage.FramesRetried);
        Assert.Equal(2 * SimulatedConversation.BatchShots, usage.Passes);
    }

    [Fact]
    public void A_bench_that_always_runs_dry_is_told_while_waiting_and_given_up_in_time()
    {
        List<string> told = [];
        SessionOptions options = new() { GoneMillis = 5000, NoticeMillis = 2000, Progress = told.Add };
        SimulatedConversation conversation = new(new AirFaults(0, 0, 0), 5, options: options);
        conversation.Run(SimulatedConversation.Batch(0));
        conversation.Converters.BlocksToRunDry = int.MaxValue;
        long start = conversation.NowMicros;

        PhysicalSystemException tooLong = Assert.Throws<PhysicalSystemException>(() => conversation.Run(SimulatedConversation.Batch(1)));

        Assert.Contains("made no progress for 5 s: the bench ran dry", tooLong.Message, StringComparison.Ordinal);
        Assert.Contains(told, line => line.Contains("the bench ran dry", StringComparison.Ordinal));

        // The limit, and one step of the simulation at most.
        Assert.InRange(conversation.NowMicros - start, 5_000_000, 5_020_000);
    }
}
