using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Run;
using PnnEdge.Link.Session;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Tests.Session;

public class PlanBuilderTests
{
    private const int HostBytes = 65_536;

    private static BirthCertificate HelloOf(Board board) => new()
    {
        Board = board.Name,
        MaxFrameBytes = (uint)board.MaxFrameBytes,
        LongestTransferMillis = (uint)board.LongestTransferMillis,
        MaxLeaseMillis = (uint)board.MaxLeaseMillis,
        LagSamples = (uint)board.LagSamples,
        Channels = board.Channels,
    };

    private static RunPlan Build(Board board, ShotShape shot, int longestFrameBytes = 16 * 1024, int hostBytes = HostBytes) =>
        PlanBuilder.Build("lab/dev", HelloOf(board), new RunShape(1e6, shot) { LongestFrameBytes = longestFrameBytes }, hostBytes);

    [Fact]
    public void A_shot_that_is_loaded_first_rests_while_it_is_read()
    {
        Board board = VirtualBoards.SecondHarmonic(1);
        RunPlan plan = Build(board, ShotShape.LoadThenRead(100, 50));
        Assert.Equal((100, 50, 100, 50), (plan.StimulusWords, plan.MeasurementWords, plan.MeasurementStartSample, plan.RestSamples));
        Assert.Equal(81, plan.ShotsPerBlock); // 16 KiB hold 81 shots of 200 bytes
        Assert.Equal(RefusalReason.Accepted, PlanCheck.Check(board, plan, out _, out _));
    }

    [Theory]
    [InlineData(1_000_001)]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void A_rate_that_the_device_has_not_is_refused_before_anything_is_sent(double hertz)
    {
        string told = Assert.Throws<PhysicalSystemException>(
            () => PlanBuilder.Build("lab/dev", HelloOf(VirtualBoards.Circuit(1)), new RunShape(hertz, ShotShape.Throughout(100)), HostBytes)).Message;
        Assert.Equal(FormattableString.Invariant($"Asked for {hertz} Hz; device lab/dev samples at up to 1000000 Hz."), told);
    }

    [Fact]
    public void Every_actuator_of_every_bank_counts()
    {
        Board board = VirtualBoards.Oscillators(1, 206);
        RunPlan plan = Build(board, ShotShape.LoadThenRead(206, 206));
        Assert.Equal(21_321, plan.Actuators);
        Assert.Equal(RefusalReason.Accepted, PlanCheck.Check(board, plan, out _, out _));
    }

    [Fact]
    public void Answers_are_no_longer_than_the_host_takes_where_the_device_would_send_longer_ones()
    {
        Board board = VirtualBoards.Oscillators(1, 206);
        Assert.True(board.MaxFrameBytes > HostBytes);
        RunPlan plan = Build(board, ShotShape.Throughout(30_000), longestFrameBytes: 1_000_000);
        Assert.InRange(FrameHeader.Bytes + MeasurementBlock.PayloadBytes(plan.ShotsPerBlock, plan.MeasurementWords), 1, HostBytes);
        Assert.Throws<PhysicalSystemException>(() => Build(board, ShotShape.Throughout(40_000)));
    }

    [Fact]
    public void Where_answers_come_late_the_plan_is_longer_by_lead_and_lag_and_the_description_says_what_was_asked()
    {
        Board board = VirtualBoards.Codec(1);
        ShotShape shot = ShotShape.Throughout(384);
        RunPlan plan = PlanBuilder.Build("lab/dev", HelloOf(board), new RunShape(96e3, shot), HostBytes);
        Assert.Equal((2 * (8 + 384), 2 * (8 + 384 + 600 + 8), 0, 608), (plan.StimulusWords, plan.MeasurementWords, plan.MeasurementStartSample, plan.RestSamples));
        Assert.Equal(1, plan.ShotsPerBlock); // 4096 bytes hold 1010 samples of two channels
        Assert.Equal(RefusalReason.Accepted, PlanCheck.Check(board, plan, out _, out _));
        SystemDescription description = PlanBuilder.Describe(HelloOf(board), plan, 96_000_000, shot);
        Assert.Equal(new UnknownLag(600, shot, new ChannelPlaces(2, 0, 1), new ChannelPlaces(2, 0, 1)), description.Lag);
        Assert.Null(PlanBuilder.Describe(HelloOf(VirtualBoards.Echo(1)), plan, 96_000_000, shot).Lag);
    }

    [Fact]
    public void The_longest_shot_beside_a_lag_is_the_one_the_documents_name_and_a_longer_one_is_one_sentence()
    {
        Board board = VirtualBoards.Codec(1);
        PlanBuilder.Build("lab/dev", HelloOf(board), new RunShape(96e3, ShotShape.Throughout(394)), HostBytes);
        PhysicalSystemException told = Assert.Throws<PhysicalSystemException>(() => PlanBuilder.Build("lab/dev", HelloOf(board), new RunShape(96e3, ShotShape.Throughout(395)), HostBytes));
        Assert.Contains("395 samples played and 395 measured beside a chirp of 256 samples and a lag of up to 600 samples", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Channels_of_different_codings_are_no_one_system()
    {
        Board board = VirtualBoards.Codec(1);
        ChannelRecord c = board.Channels[1];
        board.Channels[1] = new(c.Name, c.Role, c.Bits, c.Guard, c.OnInvalid, c.MinVolts, c.MaxVolts, c.LimitMinVolts, c.LimitMaxVolts, c.MaxStepVolts, c.SafeVolts, c.MaxRateMilliHertz);
        PhysicalSystemException told = Assert.Throws<PhysicalSystemException>(() => Build(board, ShotShape.Throughout(8)));
        Assert.Contains("codings", told.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 5, 8, 2)] // measured from 8 to 13 of 12
    [InlineData(10, 5, -1, 5)]
    [InlineData(10, 5, 0, -1)]
    [InlineData(10, 5, 0, 65_536)]
    public void A_shot_that_is_measured_when_it_is_over_is_refused_in_one_sentence(int played, int measured, int from, int rest)
    {
        PhysicalSystemException told = Assert.Throws<PhysicalSystemException>(() => Build(VirtualBoards.Echo(1), new ShotShape(played, measured, from, rest)));
        Assert.Contains($"a shot of {played} samples played and {rest} at rest", told.Message, StringComparison.Ordinal);
    }
}
