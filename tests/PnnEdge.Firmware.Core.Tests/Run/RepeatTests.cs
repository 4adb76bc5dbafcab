using PnnEdge.Firmware.Core.Tests.Support;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Run;

public class RepeatTests
{
    [Fact]
    public void The_window_is_as_deep_as_the_memory_set_aside()
    {
        Rig rig = Rig.Ready();
        Assert.Equal(4, rig.Board.Window());
        byte[] hello = rig.Give(rig.Command(CommandCode.Identify))[0];
        Assert.Equal(4, BirthCertificate.Read(hello).Window);
    }

    [Fact]
    public void Every_frame_of_the_window_is_answered_again_byte_for_byte_and_not_played()
    {
        Rig rig = Rig.Ready();
        byte[][] stimuli = [.. Enumerable.Range(1, 6).Select(n => rig.Stimulus((uint)n, Rig.Ramp(n % 3 + 1), (ulong)n * 10))];
        byte[][] answers = [.. stimuli.Select(rig.Measure)];
        Assert.Equal(6, rig.Converters.Blocks);
        rig.Clock.Advance(5);
        for (int n = 5; n >= 2; n--)
        {
            Assert.Equal(answers[n], rig.Measure(stimuli[n]));

            // A host that asks again later names a later deadline.
            Assert.Equal(answers[n], rig.Measure(Rig.Reseal(stimuli[n], f => Bytes.PutUInt32(f, FrameHeader.DeviceMillisAt, (uint)rig.Clock.Millis() + 900))));
        }

        for (int n = 0; n < 2; n++)
        {
            Answer stale = rig.Ask(stimuli[n]);
            Assert.Equal((RefusalReason.StaleSequence, 6u), (stale.Reason, stale.Detail));
        }

        Assert.Equal(6, rig.Converters.Blocks);
        Assert.Equal(8u, rig.Loop.Counters.RepeatsAnswered);
    }

    [Fact]
    public void After_a_gap_what_was_skipped_is_stale_and_what_is_cached_still_answers()
    {
        Rig rig = Rig.Ready();
        byte[] first = rig.Stimulus(1, Rig.Ramp()), skipped = rig.Stimulus(2, Rig.Ramp(), 9);
        byte[] answer = rig.Measure(first);
        rig.Measure(rig.Stimulus(7, Rig.Ramp(), 1));
        Assert.Equal(RefusalReason.StaleSequence, rig.Ask(skipped).Reason);
        Assert.Equal(answer, rig.Measure(first));

        // Sequence 9 falls into the place of sequence 1.
        rig.Measure(rig.Stimulus(9, Rig.Ramp(), 2));
        Assert.Equal(RefusalReason.StaleSequence, rig.Ask(first).Reason);
        Assert.Equal(3, rig.Converters.Blocks);
    }

    [Fact]
    public void A_sequence_that_names_other_shots_another_run_or_other_parameters_is_not_answered_from_the_cache()
    {
        Rig rig = Rig.Ready();
        rig.Accept(rig.Parameters(2, Rig.Volts));
        byte[] played = rig.Stimulus(1, Rig.Ramp(2), 10);
        rig.Measure(played);
        byte[][] others =
        [
            rig.Stimulus(1, Rig.Ramp(2), 11),
            rig.Stimulus(1, Rig.Ramp(1), 10),
            rig.Stimulus(1, Rig.Ramp(2), 10, version: 2),
            rig.Stimulus(1, Rig.Ramp(2), 10, volts: [0f, 0f]),
            Rig.Reseal(played, f => Bytes.PutUInt32(f, FrameHeader.RunIdAt, Rig.RunId + 1)),
        ];
        foreach (byte[] other in others)
        {
            Assert.Equal(RefusalReason.FrameIdReused, rig.Ask(other).Reason);
        }

        Assert.Equal(1, rig.Converters.Blocks);
    }

    [Fact]
    public void A_block_that_failed_leaves_no_answer_behind()
    {
        Rig rig = Rig.Ready();
        for (uint n = 1; n <= 4; n++)
        {
            rig.Measure(rig.Stimulus(n, Rig.Ramp()));
        }

        rig.Converters.PlayReturns = -(int)FaultCode.ConverterFailed;
        Assert.Equal(RefusalReason.Faulted, rig.Ask(rig.Stimulus(5, Rig.Ramp())).Reason);
        rig.Converters.PlayReturns = 0;
        rig.Accept(rig.Command(CommandCode.ClearFault, text: "reset the bus"));
        rig.Prepare();
        for (uint n = 1; n <= 5; n++)
        {
            rig.Measure(rig.Stimulus(n, Rig.Ramp()));
        }

        Assert.Equal(10, rig.Converters.Blocks);
    }

    [Fact]
    public void An_answer_that_the_link_did_not_take_is_there_when_the_frame_comes_again()
    {
        Rig rig = Rig.Ready();
        byte[] stimulus = rig.Stimulus(1, Rig.Ramp());
        rig.Link.Refuses = true;
        Assert.Empty(rig.Give(stimulus));
        rig.Link.Refuses = false;
        rig.Measure(stimulus);
        Assert.Equal(1, rig.Converters.Blocks);
    }

    [Fact]
    public void A_control_frame_comes_again_unchanged_or_not_at_all()
    {
        Rig rig = Rig.Ready();
        byte[] plan = rig.Plan(p => p.ShotsPerBlock = 2);
        byte[] otherPlan = Rig.Reseal(plan, f => Bytes.PutUInt16(f, RunPlan.ShotsPerBlockAt, 3));
        byte[] otherRun = Rig.Reseal(plan, f => Bytes.PutUInt32(f, FrameHeader.RunIdAt, 99));
        rig.Accept(plan);
        rig.Accept(plan);
        Assert.Equal(RefusalReason.StaleSequence, rig.Ask(otherPlan).Reason);
        Assert.Equal(RefusalReason.StaleSequence, rig.Ask(otherRun).Reason);

        byte[] set = rig.Parameters(2, 0.25f, 0.25f);
        rig.Accept(set);
        rig.Accept(set);
        Assert.Equal(RefusalReason.StaleSequence, rig.Ask(plan).Reason);

        // The first plan is the one in force: three shots are one too many.
        Assert.Equal(RefusalReason.WrongLength, rig.Ask(rig.Stimulus(1, Rig.Ramp(3))).Reason);
        rig.Measure(rig.Stimulus(1, Rig.Ramp(2)));
    }

    [Fact]
    public void A_broker_that_repeats_a_dead_hosts_stimulus_does_not_hold_its_outputs_up()
    {
        Rig rig = Rig.Ready();
        byte[] stimulus = rig.Stimulus(1, Rig.Ramp());
        rig.Measure(stimulus);
        for (int n = 0; n < 4; n++)
        {
            rig.Clock.Advance(200);
            rig.Measure(Rig.Reseal(stimulus, f => Bytes.PutUInt32(f, FrameHeader.DeviceMillisAt, (uint)rig.Clock.Millis() + 900)));
        }

        rig.Step(199);
        Assert.Equal(LinkState.Armed, rig.Loop.State);
        Assert.False(rig.Converters.OutputsAreSafe);
        rig.Step(1);
        Assert.Equal(LinkState.Idle, rig.Loop.State);
        Assert.True(rig.Converters.OutputsAreSafe);
    }

    [Fact]
    public void A_disarm_that_comes_again_finds_no_lease_and_changes_nothing()
    {
        Rig rig = Rig.Ready();
        byte[] disarm = rig.Command(CommandCode.Disarm);
        rig.Accept(disarm);
        int madeSafe = rig.Converters.MadeSafe;
        Assert.Equal(new Answer(RefusalReason.NotArmed, LinkState.Idle, 0, 0), rig.Ask(disarm));
        Assert.Equal(madeSafe, rig.Converters.MadeSafe);
    }

    [Fact]
    public void A_repeated_renewal_does_not_renew()
    {
        Rig rig = Rig.Ready();
        byte[] renew = rig.Command(CommandCode.Renew, 1000);
        rig.Accept(renew);
        rig.Clock.Advance(400);
        rig.Accept(renew);
        rig.Step(600);
        Assert.Equal(LinkState.Idle, rig.Loop.State);
    }
}
