using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Device;

namespace PnnEdge.Wire.Tests.Clauses;

public class PlanClauses
{
    private static HostFrame Rest(uint sequence) => HostFrame.Stimulus(sequence, 2048, 2048, 2048);

    [Fact]
    [Clause("P-1", Accepts)]
    public void An_armed_device_takes_a_plan_and_tells_the_rate_set()
    {
        DeviceBench bench = DeviceBench.Connected();
        bench.Accept(HostFrame.Arm());
        Assert.Equal(1000000u, bench.Accept(HostFrame.Plan(1)).ValueSet);
    }

    [Fact]
    [Clause("P-1", Refuses)]
    public void An_idle_device_refuses_a_plan() => DeviceBench.Connected().Refuse(HostFrame.Plan(1), RefusalReason.NotArmed);

    [Fact]
    [Clause("P-1", Refuses)]
    public void A_device_whose_lease_lapsed_refuses_a_plan()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Step(1000);
        bench.Refuse(HostFrame.Plan(3), RefusalReason.NotArmed);
    }

    [Fact]
    [Clause("P-2", Accepts)]
    public void Measuring_may_begin_late_and_end_with_the_rest() =>
        DeviceBench.Ready().Accept(HostFrame.Plan(3, p => (p.RestSamples, p.MeasurementStartSample, p.MeasurementWords) = (2, 1, 4)));

    [Theory]
    [Clause("P-2", Refuses)]
    [InlineData(RunPlan.WordBytesAt, 1)]
    [InlineData(RunPlan.WordBytesAt, 4)]
    [InlineData(RunPlan.ByteOrderAt, 1)]
    [InlineData(RunPlan.InterleaveAt, 1)]
    public void Another_word_format_is_refused(int at, byte value)
    {
        DeviceBench bench = DeviceBench.Ready();
        HostFrame plan = HostFrame.Plan(3);
        bench.RefuseUnanswered(plan with { Payload = f => Then(plan.Payload(f), () => f[at] = value) }, RefusalReason.PlanUnsupported);
    }

    [Fact]
    [Clause("P-2", Refuses)]
    public void Counts_of_zero_are_refused()
    {
        DeviceBench bench = DeviceBench.Ready();
        Action<RunPlan>[] zeros =
        [
            p => p.SampleRateMilliHertz = 0, p => p.StimulusWords = 0, p => p.MeasurementWords = 0, p => p.ShotsPerBlock = 0,
            p => p.StimulusChannels = 0, p => p.MeasurementChannels = 0,
        ];
        Assert.All(zeros, zero => bench.RefuseUnanswered(HostFrame.Plan(3, zero), RefusalReason.PlanUnsupported));
    }

    [Fact]
    [Clause("P-2", Refuses)]
    public void Words_that_do_not_divide_into_channels_are_refused()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.RefuseUnanswered(HostFrame.Plan(3, p => p.StimulusChannels = 2), RefusalReason.PlanUnsupported);
        bench.RefuseUnanswered(HostFrame.Plan(3, p => p.MeasurementChannels = 2), RefusalReason.PlanUnsupported);
    }

    [Fact]
    [Clause("P-2", Refuses)]
    public void Measuring_beyond_the_rest_is_refused()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.RefuseUnanswered(HostFrame.Plan(3, p => p.MeasurementWords = 5), RefusalReason.PlanUnsupported);
        bench.RefuseUnanswered(HostFrame.Plan(3, p => p.MeasurementStartSample = 2), RefusalReason.PlanUnsupported);
        bench.RefuseUnanswered(HostFrame.Plan(3, p => p.MeasurementStartSample = 65535), RefusalReason.PlanUnsupported);
    }

    [Fact]
    [Clause("P-3", Accepts)]
    public void A_plan_at_every_limit_is_taken()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Accept(HostFrame.Plan(3, p => p.SampleRateMilliHertz = 2000000));
        bench.Accept(HostFrame.Plan(4, p => p.ShotsPerBlock = 25)); // 25 shots of 4 ms are the longest transfer
        bench.Accept(HostFrame.Plan(5, p => (p.SampleRateMilliHertz, p.StimulusWords, p.MeasurementWords, p.ShotsPerBlock) = (2000000, 3, 3, 50)));
    }

    [Fact]
    [Clause("P-3", Accepts)]
    public void The_actuators_of_a_plan_are_the_values_of_all_banks()
    {
        DeviceBench bench = WithBanks();
        bench.Accept(HostFrame.Arm());
        bench.Accept(HostFrame.Plan(1, p => p.Actuators = 302));
    }

    [Theory]
    [Clause("P-3", Refuses)]
    [InlineData(3)] // the channel records
    [InlineData(46)] // the low byte of 302
    [InlineData(300)]
    [InlineData(65535)]
    public void A_plan_with_another_number_of_actuators_is_refused(int actuators)
    {
        DeviceBench bench = WithBanks();
        bench.Accept(HostFrame.Arm());
        Answer answer = bench.Refuse(HostFrame.Plan(1, p => p.Actuators = actuators), RefusalReason.PlanUnsupported);
        Assert.Equal(((uint)PlanLimit.Actuators, 302u), (answer.Detail, answer.ValueSet));
    }

    [Theory]
    [Clause("P-3", Refuses)]
    [InlineData(PlanLimit.StimulusChannels, 1u)]
    [InlineData(PlanLimit.MeasurementChannels, 1u)]
    [InlineData(PlanLimit.Actuators, 2u)]
    [InlineData(PlanLimit.SampleRate, 2000000u)]
    [InlineData(PlanLimit.FrameBytes, 12u)]
    [InlineData(PlanLimit.TransferTime, 100u)]
    public void A_plan_beyond_a_limit_is_refused_and_told_what_is_possible(PlanLimit limit, uint possible)
    {
        DeviceBench bench = DeviceBench.Ready();
        Answer answer = bench.Refuse(HostFrame.Plan(3, p => Break(p, limit)), RefusalReason.PlanUnsupported);
        Assert.Equal(((uint)limit, possible), (answer.Detail, answer.ValueSet));
    }

    [Fact]
    [Clause("P-3", Refuses)]
    public void Counts_whose_products_pass_32_bits_are_refused()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Refuse(HostFrame.Plan(3, p => (p.SampleRateMilliHertz, p.RestSamples, p.ShotsPerBlock) = (1, 65535, 50)), RefusalReason.PlanUnsupported);
        bench.Refuse(HostFrame.Plan(3, p => p.SettleMicros = uint.MaxValue), RefusalReason.PlanUnsupported);
    }

    [Fact]
    [Clause("P-3", Refuses)]
    public void A_refused_plan_leaves_the_one_before_in_force()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Refuse(HostFrame.Plan(3, p => (p.ShotsPerBlock, p.StimulusWords) = (1000, 6)) with { RunId = 10 }, RefusalReason.PlanUnsupported);
        bench.Measure(Rest(1));
    }

    [Fact]
    [Clause("P-4", Accepts)]
    public void With_a_plan_a_stimulus_is_played() => DeviceBench.Ready().Measure(Rest(1));

    [Fact]
    [Clause("P-4", Refuses)]
    public void Without_a_plan_a_stimulus_is_refused()
    {
        DeviceBench bench = DeviceBench.Connected();
        bench.Accept(HostFrame.Arm());
        bench.Refuse(Rest(1), RefusalReason.NoPlan);
    }

    [Fact]
    [Clause("P-4", Refuses)]
    public void A_plan_that_was_refused_is_no_plan()
    {
        DeviceBench bench = DeviceBench.Connected();
        bench.Accept(HostFrame.Arm());
        bench.Refuse(HostFrame.Plan(1, p => p.ShotsPerBlock = 1000), RefusalReason.PlanUnsupported);
        bench.Refuse(Rest(1), RefusalReason.NoPlan);
    }

    [Fact]
    [Clause("P-5", Accepts)]
    public void The_newest_plan_sets_the_run()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Accept(HostFrame.Plan(3) with { RunId = 10 });
        Assert.Equal(10u, FrameHeader.RunId(bench.Measure(Rest(1) with { RunId = 10 })));
    }

    [Theory]
    [Clause("P-5", Refuses)]
    [InlineData(0u)]
    [InlineData(8u)]
    [InlineData(uint.MaxValue)]
    public void A_stimulus_of_another_run_is_refused_and_told_which(uint runId) =>
        Assert.Equal(9u, DeviceBench.Ready().Refuse(Rest(1) with { RunId = runId }, RefusalReason.WrongRun).Detail);

    private static DeviceBench WithBanks() => DeviceBench.Connected(b =>
    {
        b.MaxFrameBytes = 2048;
        b.FrameMemoryBytes = 4 * 2048;
        b.Channels = [.. b.Channels, DeviceBench.Bank("coupling", 300)];
    });

    private static int Then(int length, Action change)
    {
        change();
        return length;
    }

    private static void Break(RunPlan plan, PlanLimit limit)
    {
        switch (limit)
        {
            case PlanLimit.StimulusChannels:
                (plan.StimulusChannels, plan.StimulusWords) = (2, 6);
                break;
            case PlanLimit.MeasurementChannels:
                plan.MeasurementChannels = 3;
                break;
            case PlanLimit.Actuators:
                plan.Actuators = 3;
                break;
            case PlanLimit.SampleRate:
                plan.SampleRateMilliHertz = 2000001;
                break;
            case PlanLimit.FrameBytes:
                // 512 - 40 - 16 bytes hold twelve measured shots of 18 words.
                (plan.StimulusWords, plan.MeasurementWords, plan.RestSamples, plan.ShotsPerBlock) = (18, 18, 0, 13);
                break;
            default:
                plan.ShotsPerBlock = 26;
                break;
        }
    }
}
