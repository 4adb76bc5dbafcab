using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Device;

namespace PnnEdge.Wire.Tests.Clauses;

public class SequenceClauses
{
    private static HostFrame Rest(uint sequence, ulong firstShot = 100) => HostFrame.StimulusOf(sequence, firstShot, 1, 2048, 2048, 2048);

    [Fact]
    [Clause("S-1", Accepts)]
    public void Ascending_sequences_are_played_with_gaps_too()
    {
        DeviceBench bench = DeviceBench.Ready();
        foreach (uint sequence in new uint[] { 1, 2, 5, uint.MaxValue })
        {
            Assert.Equal(sequence, FrameHeader.Sequence(bench.Measure(Rest(sequence, sequence))));
        }

        Assert.Equal([1, 2, 5, uint.MaxValue], bench.Converters.Played.Select(p => p.FirstShot));
    }

    [Fact]
    [Clause("S-1", Refuses)]
    public void A_sequence_that_left_the_cache_is_refused_and_the_newest_told()
    {
        DeviceBench bench = DeviceBench.Ready();
        for (uint sequence = 1; sequence <= 5; sequence++)
        {
            bench.Measure(Rest(sequence));
        }

        Assert.Equal(5u, bench.Refuse(Rest(1), RefusalReason.StaleSequence).Detail);
        Assert.Equal(5, bench.Converters.Played.Count);
    }

    [Fact]
    [Clause("S-1", Refuses)]
    public void A_late_frame_that_was_overtaken_is_refused_though_it_was_never_played()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(Rest(1));
        bench.Measure(Rest(3));
        Assert.Equal(3u, bench.Refuse(Rest(2), RefusalReason.StaleSequence).Detail);
    }

    [Fact]
    [Clause("S-1", Refuses)]
    public void Sequence_0_is_refused() => DeviceBench.Ready().Refuse(Rest(0), RefusalReason.StaleSequence);

    [Fact]
    [Clause("S-2", Accepts)]
    public void A_repeat_is_answered_with_the_same_bytes_and_the_whole_window_is_kept()
    {
        DeviceBench bench = DeviceBench.Ready();
        byte[][] first = Enumerable.Range(1, 4).Select(i => bench.Measure(Rest((uint)i))).ToArray();
        bench.Step(50);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(first[i], bench.Measure(Rest((uint)i + 1)));
        }

        Assert.Equal(4u, bench.Loop.Counters.RepeatsAnswered);
    }

    [Fact]
    [Clause("S-2", Refuses)]
    public void A_repeat_is_not_played_again()
    {
        DeviceBench bench = DeviceBench.Ready();
        for (int i = 0; i < 100; i++)
        {
            bench.Measure(Rest(1));
        }

        Assert.Single(bench.Converters.Played);
        Assert.Equal(1u, bench.Loop.Counters.BlocksPlayed);
    }

    [Fact]
    [Clause("S-2", Refuses)]
    public void A_repeat_that_overtakes_and_comes_back_is_not_played_again()
    {
        DeviceBench bench = DeviceBench.Ready();
        foreach (uint sequence in new uint[] { 1, 2, 1, 2, 3, 2, 1, 3 })
        {
            bench.Measure(Rest(sequence, sequence));
        }

        Assert.Equal([1ul, 2ul, 3ul], bench.Converters.Played.Select(p => p.FirstShot));
    }

    [Fact]
    [Clause("S-3", Accepts)]
    public void The_same_shots_under_a_new_sequence_are_played()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(Rest(1));
        bench.Measure(Rest(2));
        Assert.Equal(2, bench.Converters.Played.Count);
    }

    [Fact]
    [Clause("S-3", Refuses)]
    public void A_used_sequence_for_another_first_shot_is_refused() => ReuseIsRefused(Rest(1, 101));

    [Fact]
    [Clause("S-3", Refuses)]
    public void A_used_sequence_for_another_number_of_shots_is_refused() =>
        ReuseIsRefused(HostFrame.StimulusOf(1, 100, 2, 2048, 2048, 2048, 2048, 2048, 2048));

    [Fact]
    [Clause("S-3", Refuses)]
    public void A_used_sequence_for_other_parameters_is_refused() => ReuseIsRefused(Rest(1) with { Version = 2, Hash = 0x12345678 });

    [Fact]
    [Clause("S-3", Refuses)]
    public void A_used_sequence_for_another_run_is_refused() => ReuseIsRefused(Rest(1) with { RunId = 10 });

    [Fact]
    [Clause("S-4", Accepts)]
    public void The_newest_control_frame_repeated_gets_the_same_reply_and_is_not_carried_out_again()
    {
        DeviceBench bench = DeviceBench.Ready();
        Answer first = bench.Accept(HostFrame.Plan(3, p => p.ShotsPerBlock = 4));
        bench.Step(20);
        Answer again = bench.Accept(HostFrame.Plan(3, p => p.ShotsPerBlock = 4));
        Assert.Equal(first.Frame[FrameHeader.Bytes..], again.Frame[FrameHeader.Bytes..]);
        Assert.Equal(FrameHeader.Sequence(first.Frame), FrameHeader.Sequence(again.Frame));
    }

    [Fact]
    [Clause("S-4", Accepts)]
    public void A_repeat_after_a_stimulus_is_still_the_newest_control_frame()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(Rest(1));
        bench.Accept(HostFrame.Parameters(2, 1, DeviceBench.FirstSet));
    }

    [Fact]
    [Clause("S-4", Refuses)]
    public void An_older_control_frame_is_refused_and_the_newest_told() =>
        Assert.Equal(2u, DeviceBench.Ready().Refuse(HostFrame.Plan(1), RefusalReason.StaleSequence).Detail);

    [Fact]
    [Clause("S-4", Refuses)]
    public void The_newest_sequence_with_a_frame_of_another_kind_is_refused() =>
        DeviceBench.Ready().Refuse(HostFrame.Command(CommandCode.Renew, 2, 1000), RefusalReason.StaleSequence);

    [Fact]
    [Clause("S-4", Refuses)]
    public void The_newest_sequence_with_other_content_is_refused()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Refuse(HostFrame.Parameters(2, 1, 1.5f, 1.5f), RefusalReason.StaleSequence);
        bench.Refuse(HostFrame.Parameters(2, 9, DeviceBench.FirstSet), RefusalReason.StaleSequence);
        bench.Accept(HostFrame.Plan(3));
        bench.Refuse(HostFrame.Plan(3, p => p.ShotsPerBlock = 4), RefusalReason.StaleSequence);
        bench.Refuse(HostFrame.Plan(3) with { RunId = 10 }, RefusalReason.StaleSequence);
    }

    [Fact]
    [Clause("S-5", Accepts)]
    public void A_new_epoch_counts_from_one_again()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(Rest(9, 500));
        bench.Accept(HostFrame.Arm());
        bench.Accept(HostFrame.Plan(1));
        bench.Accept(HostFrame.Parameters(2, 1, DeviceBench.FirstSet));
        bench.Measure(Rest(1, 600));
        Assert.Equal([500ul, 600ul], bench.Converters.Played.Select(p => p.FirstShot));
    }

    [Fact]
    [Clause("S-5", Refuses)]
    public void A_frame_of_the_new_epoch_is_not_answered_from_the_old_cache()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(Rest(1));
        bench.Accept(HostFrame.Arm());
        bench.Refuse(Rest(1), RefusalReason.NoPlan);
        bench.Accept(HostFrame.Plan(1));
        bench.Accept(HostFrame.Parameters(2, 1, DeviceBench.FirstSet));
        Assert.Equal(2u, FrameHeader.Epoch(bench.Measure(Rest(1))));
        Assert.Equal(2, bench.Converters.Played.Count);
    }

    [Fact]
    [Clause("S-5", Refuses)]
    public void A_repeat_from_the_old_epoch_is_not_answered()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Measure(Rest(1));
        bench.Accept(HostFrame.Arm());
        bench.Refuse(Rest(1) with { Epoch = 1 }, RefusalReason.WrongEpoch);
    }

    [Fact]
    [Clause("S-6", Accepts)]
    public void After_a_refusal_the_same_sequence_comes_again_with_what_is_right()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Refuse(HostFrame.Stimulus(1, 0, 0, 0), RefusalReason.OutOfRange);
        bench.Measure(Rest(1));
        bench.Refuse(HostFrame.Parameters(3, 2, 9f, 1f), RefusalReason.OutOfRange);
        bench.Accept(HostFrame.Parameters(3, 2, 1f, 1f));
    }

    [Fact]
    [Clause("S-6", Refuses)]
    public void A_refused_stimulus_does_not_make_lower_sequences_stale()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Refuse(HostFrame.Stimulus(1000, 0, 0, 0), RefusalReason.OutOfRange);
        bench.Measure(Rest(1));
    }

    [Fact]
    [Clause("S-6", Refuses)]
    public void A_refused_stimulus_is_not_answered_from_the_cache_afterwards()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Refuse(HostFrame.Stimulus(1, 0, 0, 0), RefusalReason.OutOfRange);
        bench.Refuse(HostFrame.Stimulus(1, 0, 0, 0), RefusalReason.OutOfRange);
        Assert.Equal(0u, bench.Loop.Counters.RepeatsAnswered);
    }

    private static void ReuseIsRefused(HostFrame other)
    {
        DeviceBench bench = DeviceBench.Ready();
        byte[] first = bench.Measure(Rest(1));
        bench.Refuse(other, RefusalReason.FrameIdReused);
        Assert.Equal(first, bench.Measure(Rest(1)));
    }
}
