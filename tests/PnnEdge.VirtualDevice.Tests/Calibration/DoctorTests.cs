using PnnEdge.Physics.Channel;
using PnnEdge.Physics.Circuit;
using PnnEdge.Physics.Loopback;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Calibration.Doctor;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Converters;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.VirtualDevice.InProcess;
using PnnEdge.VirtualDevice.Tests.Support;

namespace PnnEdge.VirtualDevice.Tests.Calibration;

public class DoctorTests
{
    private static async Task<IReadOnlyList<DoctorCheck>> JudgeAsync(uint serial, ulong seed, params string[] faults)
    {
        NamedFault[] all = [.. faults.Select(NamedFault.Parse)];
        var physics = new LoopbackBench(new LoopbackBenchOptions { Serial = serial, Seed = seed, Threads = 1, Faults = [.. all.Where(f => LoopbackBench.SupportedFaults.Contains(f.Kind))] });
        var injected = new InjectedFaults([.. all.Where(f => InjectedFaults.IsTaken(f.Kind))]);
        await using var system = new InProcessSystem(
            VirtualBoards.Loopback(serial), physics, VirtualBoards.CircuitSampleRateHz, ShotShape.Throughout(64), injected, TimeProvider.System, unit: ConverterUnit.Of(serial));
        ChannelOutcome outcome = await ChannelMeasurement.RunAsync(
            system, ShotShape.Throughout(64), ChannelPath.Loopback, new ChannelSettings(), new ShotCounter(0), (_, _, _) => { }, CancellationToken.None);
        return ChannelDoctor.Judge(outcome, ChannelPath.Loopback, 1, system.Description, new DoctorLimits());
    }

    [Theory]
    [InlineData("adc.stuck", "stuck")]
    [InlineData("adc.stuck=6", "stuck")]
    [InlineData("adc.stuck=11", "follows")]
    [InlineData("adc.clip", "range")]
    [InlineData("adc.clip=0.9", "range")]
    [InlineData("adc.inl", "linearity")]
    [InlineData("dac.gain", "gain")]
    [InlineData("dac.gain=-0.05", "gain")]
    [InlineData("xtalk", "crosstalk")]
    [InlineData("xtalk=-0.02", "crosstalk")]
    [InlineData("noise.hetero", "noise")]
    public async Task Every_fault_of_converters_is_found_by_its_check_on_several_units(string fault, string check)
    {
        for (uint serial = 1; serial <= 4; serial++)
        {
            IReadOnlyList<DoctorCheck> checks = await JudgeAsync(serial, serial, fault);
            DoctorCheck found = Assert.Single(checks, one => one.Check == check);
            Assert.True(found.Verdict == DoctorVerdict.Wrong, $"Unit {serial}: {check} measured {found.Measured}, limit {found.Limit}.");
            Assert.EndsWith(".", found.Advice, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_sound_bench_passes_every_check_on_several_units()
    {
        for (uint serial = 1; serial <= 12; serial++)
        {
            IReadOnlyList<DoctorCheck> checks = await JudgeAsync(serial, 100 + serial);
            Assert.All(checks, one => Assert.True(one.Verdict == DoctorVerdict.Sound, $"Unit {serial}: {one.Check} measured {one.Measured}, limit {one.Limit}: {one.Advice}"));
            Assert.Equal(["follows", "stuck", "wire", "gain", "offset", "linearity", "codes", "range", "noise", "crosstalk", "latency", "drift"], checks.Select(one => one.Check));
        }
    }

    [Fact]
    public async Task What_is_found_has_the_size_of_the_fault()
    {
        double Of(IReadOnlyList<DoctorCheck> checks, string name) => checks.Single(one => one.Check == name).Measured;
        IReadOnlyList<DoctorCheck> sound = await JudgeAsync(1, 1), leaky = await JudgeAsync(1, 1, "xtalk=0.05"), strong = await JudgeAsync(1, 1, "dac.gain=0.05");

        // The leak stands in front of the ADC like the sample itself, so its ratio is the fault's: −26.02 dB; four of the tap's uncertainty of 5e-5 are 0.03 dB.
        Assert.Equal(20 * Math.Log10(0.05), Of(leaky, "crosstalk"), 0.04);
        Assert.Equal(1.05 * (100 + Of(sound, "gain")), 100 + Of(strong, "gain"), 0.02); // nonlinearity is seen at other drives: 0.7 steps of 4096
        Assert.Equal(50, Of(await JudgeAsync(1, 1, "adc.clip=0.5"), "range"), 1.0); // of the reading's range; the unit's gain is within 1 %
    }

    [Fact]
    public async Task Drift_of_gain_is_told_with_its_size()
    {
        DoctorCheck drift = (await JudgeAsync(1, 1, "drift.gain=-0.5")).Single(one => one.Check == "drift");

        // −0.5 in 10,000 shots is −5 % of 1 in 1000, and of the gain in the middle of the sweep's 1040 shots, 2.6 % lower, a little more; four of the slope's uncertainty.
        Assert.Equal(-5 / (1 - (0.05 * 0.52)), drift.Measured, 0.03);
    }

    [Theory]
    [InlineData(0.02, true)]
    [InlineData(-0.002, false)]
    public async Task A_static_output_that_is_read_on_the_input_is_found_with_its_size(double leak, bool isWrong)
    {
        var physics = new FunctionBench(1, (drive, bias) => drive + (float)(leak * bias));
        await using var system = new InProcessSystem(
            VirtualBoards.Circuit(1), physics, VirtualBoards.CircuitSampleRateHz, ShotShape.Throughout(64), InjectedFaults.None, TimeProvider.System);
        ChannelOutcome outcome = await ChannelMeasurement.RunAsync(
            system, ShotShape.Throughout(64), ChannelPath.Loopback, new ChannelSettings(), new ShotCounter(0), (_, _, _) => { }, CancellationToken.None);
        ActuatorLeak found = Assert.Single(outcome.Required.ActuatorLeaks);
        Assert.Equal("bias", found.Actuator);
        Assert.True(found.Ratio.Holds(leak), $"{found.Ratio.Value} ± {found.Ratio.Expanded95}"); // nothing dithers here: rounding is the uncertainty
        DoctorCheck check = ChannelDoctor.Judge(outcome, ChannelPath.Loopback, 1, system.Description, new DoctorLimits()).Single(one => one.Check == "leak");
        Assert.Equal(isWrong ? DoctorVerdict.Wrong : DoctorVerdict.Sound, check.Verdict);
    }

    [Theory]
    [InlineData("dac.stuck", true)]
    [InlineData("adc.stuck=4", false)]
    public async Task Behind_the_circuit_a_bias_that_stays_where_it_is_and_a_lost_bit_are_found_and_nothing_on_sound_units(string fault, bool isOutput)
    {
        for (uint serial = 1; serial <= 4; serial++)
        {
            Assert.DoesNotContain(await LookAsync(serial), one => one.Verdict == DoctorVerdict.Wrong);
            DoctorCheck wrong = Assert.Single(await LookAsync(serial, fault), one => one.Verdict == DoctorVerdict.Wrong);
            Assert.Equal(isOutput ? "outputs" : "stuck", wrong.Check);
            Assert.Contains(isOutput ? "No input notices when bias is moved" : "Bit 4 of the readings never changes", wrong.Advice, StringComparison.Ordinal);
        }

        static async Task<IReadOnlyList<DoctorCheck>> LookAsync(uint serial, string faults = "")
        {
            var physics = new CircuitBench(new CircuitBenchOptions { Serial = serial, Seed = serial, Threads = 1 });
            await using var system = new InProcessSystem(
                VirtualBoards.Circuit(serial), physics, VirtualBoards.CircuitSampleRateHz, ShotShape.Throughout(128), Inject.These(faults), TimeProvider.System);
            return await new BenchDoctor(system, ShotShape.Throughout(128), ChannelPath.ThroughBench, new ChannelSettings(), new DoctorLimits()).LookAsync(new ShotCounter(0), CancellationToken.None);
        }
    }

    [Fact]
    public void A_static_output_that_a_board_has_not_cannot_be_stuck() => Assert.Equal(
        "Asked fault dac.stuck for static output 0; virtual-echo has none.",
        Assert.Throws<ArgumentException>(() => Inject.These("dac.stuck").RequireOn(VirtualBoards.Echo(1))).Message);

    [Theory]
    [InlineData(1, true)]
    [InlineData(0.4615, false)]
    public async Task A_divider_in_the_plug_is_no_wrong_gain_once_it_is_said(double said, bool isWrong)
    {
        await using var system = new InProcessSystem(
            VirtualBoards.Echo(1), new FunctionBench(0, (drive, _) => 0.4615f * drive), VirtualBoards.CircuitSampleRateHz, ShotShape.Throughout(64), InjectedFaults.None, TimeProvider.System);
        ChannelOutcome outcome = await ChannelMeasurement.RunAsync(
            system, ShotShape.Throughout(64), ChannelPath.Loopback, new ChannelSettings(), new ShotCounter(0), (_, _, _) => { }, CancellationToken.None);
        IReadOnlyList<DoctorCheck> checks = ChannelDoctor.Judge(outcome, ChannelPath.Loopback, said, system.Description, new DoctorLimits());
        Assert.Equal(isWrong ? DoctorVerdict.Wrong : DoctorVerdict.Sound, checks.Single(one => one.Check == "gain").Verdict);
        Assert.All(checks.Where(one => one.Check != "gain"), one => Assert.NotEqual(DoctorVerdict.Wrong, one.Verdict));
    }

    [Theory]
    [InlineData("gian=3", "There is no limit 'gian'; there are gain, offset, linearity, range, noise, crosstalk, latency.")]
    [InlineData("gain", "Asked limit gain for ''; possible is a number of %, such as gain=2.")]
    [InlineData("crosstalk=NaN", "Asked limit crosstalk for 'NaN'; possible is a number of dB, such as crosstalk=-40.")]
    public void A_limit_that_cannot_be_is_refused_with_what_is_possible(string text, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<FormatException>(() => new DoctorLimits().Set(text)).Message);

    [Fact]
    public void A_limit_of_one_s_own_replaces_ours()
    {
        var limits = new DoctorLimits();
        limits.Set("linearity=12.5");
        Assert.Equal(12.5, limits[DoctorLimits.Linearity]);
        Assert.Equal(2, limits[DoctorLimits.Gain]);
    }
}
