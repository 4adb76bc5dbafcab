using PnnEdge.Firmware.Core;
using PnnEdge.Link.Session;
using PnnEdge.Link.Tests.Support;
using PnnEdge.Training.Systems;
using PnnEdge.Wire;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Tests.Session;

public class LossyConversationTests
{
    private const int Samples = 32;
    private const int Shots = 200;

    public static TheoryData<double, double, int, double> Mixes => new()
    {
        { 0, 0, 0, 0 },
        { 0.1, 0, 1, 0 },
        { 0, 0.2, 1, 0 },
        { 0.3, 0.2, 20, 0 },
        { 0.05, 0.05, 2000, 0 },
        { 0.1, 0.1, 50, 0.1 },
        { 0.3, 0.2, 500, 0.05 },
    };

    [Theory]
    [MemberData(nameof(Mixes))]
    public void Whatever_the_air_does_results_are_right_and_no_frame_is_played_twice(double drop, double duplicate, int delayMillis, double flipBit)
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            SimulatedConversation conversation = new(new AirFaults(drop, duplicate, 1000L * delayMillis, flipBit), seed);
            for (int batch = 0; batch < 8; batch++)
            {
                Stimulus stimulus = Batch(batch, new[] { 0.25f, -0.5f, 0.75f }[batch % 3]);
                RequireRight(conversation.Run(stimulus), stimulus);
            }

            RequireOnce(conversation);
            Assert.Equal(8L * Shots, conversation.Session.Counters.Usage.Passes);
            Assert.InRange(conversation.Session.PeakInFlight, 1, 8);
        }
    }

    [Fact]
    public void Through_a_clean_air_nothing_is_sent_twice_and_nothing_refused()
    {
        SimulatedConversation conversation = new(new AirFaults(0, 0, 0), 1);
        Stimulus stimulus = Batch(0, 0.25f);
        RequireRight(conversation.Run(stimulus), stimulus);

        SystemUsage usage = conversation.Session.Counters.Usage;
        Assert.Equal((0L, 0L), (usage.FramesRetried, usage.FramesRefused));
        Assert.Equal(usage.FramesSent, conversation.Converters.Plays.Count);
        Assert.Equal(8, conversation.Session.PeakInFlight);
    }

    [Fact]
    public void The_same_volts_need_no_new_parameter_version()
    {
        SimulatedConversation conversation = new(new AirFaults(0, 0, 0), 1);
        for (int batch = 0; batch < 12; batch++)
        {
            Stimulus stimulus = Batch(batch, new[] { 0.25f, -0.5f, 0.75f }[batch % 3]);
            RequireRight(conversation.Run(stimulus), stimulus);
        }

        Assert.Equal(3u, conversation.Session.NewestParameterVersion);
    }

    [Fact]
    public void More_sets_than_the_device_keeps_are_sent_again_under_new_versions()
    {
        SimulatedConversation conversation = new(new AirFaults(0, 0, 0), 1);
        for (int batch = 0; batch < 12; batch++)
        {
            Stimulus stimulus = Batch(batch, new[] { 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f }[batch % 6]);
            RequireRight(conversation.Run(stimulus), stimulus);
        }

        Assert.Equal(12u, conversation.Session.NewestParameterVersion);
        Assert.Equal(0, conversation.Session.Counters.Usage.FramesRefused);
    }

    [Fact]
    public void A_reboot_at_any_moment_of_a_batch_changes_nothing_in_the_result()
    {
        for (int moment = 0; moment < 40; moment++)
        {
            SimulatedConversation conversation = new(new AirFaults(0.02, 0.02, 2000), moment + 1);
            conversation.Run(Batch(0, 0.25f));
            Stimulus stimulus = Batch(1, -0.5f);
            BatchJob job = conversation.Run(stimulus, c =>
            {
                c.RunFor(1 + (moment * 977));
                c.Reboot((uint)moment + 2, 300_000);
            });

            RequireRight(job, stimulus);
            RequireOnce(conversation);
        }
    }

    [Fact]
    public void A_lost_transport_with_the_lease_still_held_goes_on_where_it_was()
    {
        SimulatedConversation conversation = new(new AirFaults(0, 0, 5000), 3);
        conversation.Run(Batch(0, 0.25f));
        uint epoch = conversation.Device.Epoch;
        Stimulus stimulus = Batch(1, 0.25f);
        BatchJob job = conversation.Run(stimulus, c =>
        {
            c.RunFor(8000);
            c.HostTransport(false);
            c.RunFor(100_000);
            c.HostTransport(true);
        });

        RequireRight(job, stimulus);
        RequireOnce(conversation);
        Assert.Equal(epoch, conversation.Device.Epoch);
    }

    [Fact]
    public void A_host_that_was_frozen_longer_than_its_lease_arms_again_by_itself()
    {
        SimulatedConversation conversation = new(new AirFaults(0, 0, 1000), 3);
        conversation.Run(Batch(0, 0.25f));
        uint epoch = conversation.Device.Epoch;
        conversation.HostTransport(false);
        conversation.RunFor(10_000_000);
        Assert.Equal(LinkState.Idle, conversation.Device.State);
        conversation.HostTransport(true);
        Stimulus stimulus = Batch(1, 0.25f);

        RequireRight(conversation.Run(stimulus), stimulus);
        Assert.True(conversation.Device.Epoch > epoch);
        RequireOnce(conversation);
    }

    [Fact]
    public void Delays_beyond_the_lease_end_in_one_sentence_and_not_in_an_endless_loop()
    {
        Firmware.Core.Board board = SimulatedConversation.SmallBoard();
        board.MaxLeaseMillis = 1000;
        SimulatedConversation conversation = new(
            new AirFaults(0, 0, 4_000_000), 3, board, new SessionOptions { GoneMillis = 120_000, FirstHelloMillis = 120_000 });

        PhysicalSystemException tooLong = Assert.Throws<PhysicalSystemException>(() => conversation.Run(Batch(0, 0.25f)));

        Assert.Contains("made no progress for 120 s", tooLong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lease_is_renewed_while_nothing_is_asked()
    {
        SimulatedConversation conversation = new(new AirFaults(0, 0, 1000), 3);
        conversation.Run(null);
        uint epoch = conversation.Device.Epoch;
        conversation.RunFor(60_000_000);

        Assert.Equal(LinkState.Armed, conversation.Device.State);
        Assert.Equal(epoch, conversation.Device.Epoch);
    }

    [Fact]
    public void A_volt_that_the_device_refuses_is_told_with_shot_sample_and_limit()
    {
        SimulatedConversation conversation = new(new AirFaults(0, 0, 0), 1);
        Stimulus stimulus = Batch(0, 0.25f);
        stimulus.Volts[(17 * Samples) + 5] = 4f;

        PhysicalSystemException refusal = Assert.Throws<PhysicalSystemException>(() => conversation.Run(stimulus));

        ChannelRecord drive = SimulatedConversation.SmallBoard().Channels[0];
        Assert.Contains("in shot 17, sample 5", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"accepts {drive.LimitMinVolts} to {drive.LimitMaxVolts} V", refusal.Message, StringComparison.Ordinal);
        RequireRight(conversation.Run(Batch(1, 0.25f)), Batch(1, 0.25f));
    }

    [Fact]
    public void An_actuator_value_that_the_device_refuses_is_told_with_its_limit()
    {
        SimulatedConversation conversation = new(new AirFaults(0, 0, 0), 1);

        PhysicalSystemException refusal = Assert.Throws<PhysicalSystemException>(() => conversation.Run(Batch(0, 1.5f)));

        Assert.Contains("1.5 V on actuator bias", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("-1 to 1 V", refusal.Message, StringComparison.Ordinal);
        RequireRight(conversation.Run(Batch(1, 0.25f)), Batch(1, 0.25f));
    }

    [Fact]
    public void An_actuator_of_a_bank_is_told_by_the_name_of_its_bank_and_its_place_there()
    {
        SimulatedConversation conversation = new(new AirFaults(0, 0, 0), 1, WithBank());

        PhysicalSystemException range = Assert.Throws<PhysicalSystemException>(() => conversation.Run(Batch(0, 0f) with { ActuatorVolts = [0f, 0f, 1.25f, 0f] }));
        Assert.Contains("1.25 V on actuator coupling 2; device lab/air-1 accepts -1 to 1 V", range.Message, StringComparison.Ordinal);

        PhysicalSystemException step = Assert.Throws<PhysicalSystemException>(() => conversation.Run(Batch(1, 0f) with { ActuatorVolts = [0f, 0.75f, 0f, 0f] }));
        Assert.Contains("0.75 V on actuator coupling 1; device lab/air-1 allows steps of at most 0.5 V there", step.Message, StringComparison.Ordinal);

        PhysicalSystemException single = Assert.Throws<PhysicalSystemException>(() => conversation.Run(Batch(2, 0f) with { ActuatorVolts = [0f, 0f, 0f, 1.5f] }));
        Assert.Contains("1.5 V on actuator bias;", single.Message, StringComparison.Ordinal);
    }

    /// <summary>Three couplings before the bias.</summary>
    private static Board WithBank()
    {
        Board board = SimulatedConversation.SmallBoard();
        ChannelRecord bank = new("coupling", ChannelRole.Actuator, 16, LimitGuard.PerWord, OnInvalid.SafeValue, -2f, 2f, -1f, 1f, 0.5f, 0f, 0, 3);
        board.Channels = [board.Channels[0], board.Channels[1], bank, board.Channels[2]];
        return board;
    }

    [Fact]
    public void A_refusal_of_a_cancelled_batchs_actuator_values_does_not_fail_the_batch_after_it()
    {
        foreach (float next in new[] { 0.25f, -0.5f })
        {
            SimulatedConversation conversation = new(new AirFaults(0, 0, 0), 1);
            conversation.Run(Batch(0, 0.25f));
            using CancellationTokenSource cancel = new();
            conversation.Session.Begin(new BatchJob(Batch(1, 1.5f), cancel.Token), conversation.NowMicros);
            conversation.Session.Serve(conversation.NowMicros);
            cancel.Cancel();
            conversation.Session.Serve(conversation.NowMicros);

            // The answer to 1.5 V is still to come; the device holds a set of 0.25 V and none of -0.5 V.
            RequireRight(conversation.Run(Batch(2, next)), Batch(2, next));
            Assert.Equal(1, conversation.Session.RefusedByDevice[RefusalReason.OutOfRange]);
        }
    }

    private static Stimulus Batch(int batch, float actuatorVolts) => new(
        (ulong)batch * 1000, Shots, [.. Enumerable.Range(0, Shots * Samples).Select(i => (((i * 37) + (batch * 101)) % 1180 / 200f) - 2.95f)], [actuatorVolts]);

    /// <summary>Every sample is the one asked, shifted by this batch's actuator and no other's.</summary>
    private static void RequireRight(BatchJob job, Stimulus stimulus)
    {
        VoltScale scale = new(-10f, 10f, 12);
        int shift = RecordingEcho.ShiftCodes(stimulus.ActuatorVolts[0]);
        for (int i = 0; i < stimulus.Volts.Length; i++)
        {
            int code = scale.CodeFromVolts(stimulus.Volts[i]);
            Assert.Equal(scale.VoltsFromCode(code), job.AppliedVolts[i]);
            Assert.Equal(scale.VoltsFromCode((code + shift) & 0xFFF), job.MeasuredVolts[i]);
        }
    }

    private static void RequireOnce(SimulatedConversation conversation) =>
        Assert.All(conversation.Converters.Plays, play => Assert.True(play.Value == 1, $"frame {play.Key} was played {play.Value} times"));
}
