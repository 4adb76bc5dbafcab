using PnnEdge.Physics;
using PnnEdge.Physics.Channel;
using PnnEdge.Physics.Circuit;
using PnnEdge.Physics.Loopback;
using PnnEdge.RaspberryPi.Rigs;
using PnnEdge.RaspberryPi.Simulated;
using PnnEdge.RaspberryPi.Systems;
using PnnEdge.RaspberryPi.Tests.Support;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Calibration.Doctor;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.VirtualDevice.InProcess;

namespace PnnEdge.RaspberryPi.Tests.Calibration;

/// <summary>The faults of a virtual device's converters, on simulated chips.</summary>
public class ConverterFaultTests
{
    private const float Step = 3f / 4096;

    private static readonly PiRig Rig = PiRig.Load("loopback");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task The_rig_loopback_is_sound_whichever_plug_and_noise_it_has(int seed) =>
        Assert.All(await LookAsync(Rig, seed), one => Assert.True(one.Verdict == DoctorVerdict.Sound, $"{one.Check} measured {one.Measured}, limit {one.Limit}: {one.Advice}"));

    // What a fault should read: a gain of 1.05 or a leak of 0.05 (-26.02 dB) is seen through a plug whose own gain is within 0.2 %; a bow of 20 steps bends away
    // from its own closest line by 11 to 13 of them, for the limits leave its ends out; a front end at half its range follows 0.1 to 1.5 V of 0.1 to 2.9 V.
    [Theory]
    [InlineData("adc.stuck=3", "stuck", 1, 1)]
    [InlineData("adc.clip=0.5", "range", 49, 51)]
    [InlineData("adc.inl=20", "linearity", -13, -10)]
    [InlineData("dac.gain=0.05", "gain", 4.7, 5.3)]
    [InlineData("xtalk=0.05", "crosstalk", -26.1, -25.9)]
    public async Task A_fault_is_found_by_its_check_and_in_its_size(string fault, string check, double least, double most)
    {
        DoctorCheck found = Assert.Single(await LookAsync(Rig, 1, fault), one => one.Check == check);
        Assert.Equal(DoctorVerdict.Wrong, found.Verdict);
        Assert.InRange(found.Measured, least, most);
    }

    [Theory]
    [InlineData("adc.clip=0", "pi-loopback#1 reads 0 V whatever is played; its input is stuck or not connected.")]
    [InlineData("dac.gain=-1", "The readings of pi-loopback#1 do not follow what is played ")]
    public async Task A_cut_wire_and_an_output_that_is_dead_are_told_and_nothing_more_is_measured(string fault, string advice)
    {
        IReadOnlyList<DoctorCheck> checks = await LookAsync(Rig, 1, fault);
        Assert.Equal(["follows", "stuck"], checks.Select(one => one.Check));
        Assert.Equal(DoctorVerdict.Wrong, checks[0].Verdict);
        Assert.StartsWith(advice, checks[0].Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bit_that_is_stuck_is_stuck_in_the_mean_of_several_reads_too()
    {
        DoctorCheck found = Assert.Single(await LookAsync(Rig with { Measurement = Rig.Measurement with { Reads = 4 } }, 1, "adc.stuck=5"), one => one.Check == "stuck");
        Assert.StartsWith("Bit 5 of the readings never changes ", found.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adc.clip=0.4")]
    [InlineData("adc.inl=30")]
    [InlineData("dac.gain=-0.2")]
    [InlineData("xtalk=0.1")]
    public async Task A_fault_does_to_chips_what_it_does_to_a_virtual_device_from_its_shot_on(string text)
    {
        const int Samples = 8, Shots = 4;
        var shot = ShotShape.Throughout(Samples);
        InjectedFaults faults = new([NamedFault.Parse($"{text}@12")]);
        var stimulus = new Stimulus(10, Shots, [.. Enumerable.Range(0, Shots * Samples).Select(i => 1.5f + (1.3f * MathF.Sin(0.7f * i)))], []);
        await using PiSystem sound = PiSystem.OpenSimulated(Rig, new EchoBench(), shot, TimeProvider.System);
        await using PiSystem chips = PiSystem.OpenSimulated(Rig, new EchoBench(), shot, TimeProvider.System, faults);
        await using var device = new InProcessSystem(PiBoard.Describe(Rig, simulated: true), new EchoBench(), Rig.SampleRateHz, shot, faults, TimeProvider.System);
        float[] without = (await sound.RunAsync(stimulus, CancellationToken.None)).Volts;
        float[] with = (await chips.RunAsync(stimulus, CancellationToken.None)).Volts, virtually = (await device.RunAsync(stimulus, CancellationToken.None)).Volts;

        // The chip cuts off where the virtual converter rounds.
        Assert.All(virtually.Zip(with), pair => Assert.InRange(pair.First - pair.Second, -0.01f * Step, 1.01f * Step));
        Assert.Equal(without[..(2 * Samples)], with[..(2 * Samples)]);
        Assert.Contains(without.Zip(with).Skip(2 * Samples), pair => Math.Abs(pair.First - pair.Second) > 10 * Step);
    }

    [Fact]
    public async Task An_output_that_is_stuck_leaves_the_bench_at_its_safe_value_and_nobody_notices()
    {
        float[] safe = (await OnCircuitAsync(Circuit(), 0)).Volts;
        Measurement stuck = await OnCircuitAsync(Circuit("dac.stuck"), 0.8f);
        Assert.Equal(safe, stuck.Volts);
        Assert.Equal(0.8f, stuck.AppliedActuatorVolts[0], 2.2f / 8192); // as the chip's registers have it, half a step off at most
        Assert.NotEqual(safe, (await OnCircuitAsync(Circuit(), 0.8f)).Volts);
    }

    [Fact]
    public async Task A_device_that_restarts_in_front_of_the_chips_goes_through_safe_again_and_measures_the_same_bits()
    {
        SimulatedPi sound = Circuit(), restarted = Circuit("dev.reboot=2");
        (int soundEdges, int restartedEdges) = (0, 0);
        CountEdges(sound, () => soundEdges++);
        CountEdges(restarted, () => restartedEdges++);
        Assert.Equal((await OnCircuitAsync(sound, 0.5f)).Volts, (await OnCircuitAsync(restarted, 0.5f)).Volts);
        Assert.True(restartedEdges > soundEdges, $"{restartedEdges} edges of the enable line, and {soundEdges} without a restart");
    }

    [Fact]
    public async Task A_set_that_arrives_otherwise_is_not_played_and_one_that_always_does_ends_the_run()
    {
        Assert.Equal((await OnCircuitAsync(Circuit(), 0.5f)).Volts, (await OnCircuitAsync(Circuit("param.bitflip=3"), 0.5f)).Volts);
        string[] always = [.. Enumerable.Repeat("param.bitflip=3", 20)];
        Assert.EndsWith(" times in a row.", (await Assert.ThrowsAsync<PhysicalSystemException>(() => OnCircuitAsync(Circuit(always), 0.5f))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adc.stuck=12", "Asked fault adc.stuck for bit 12; the measuring converter of pi-loopback has bits 0 to 11.")]
    [InlineData("dac.stuck=0", "Asked fault dac.stuck for static output 0; pi-loopback has none.")]
    public void What_the_rig_does_not_have_cannot_be_wrong_with_it(string fault, string sentence) => Assert.Equal(sentence, Assert.Throws<ArgumentException>(() =>
        PiSystem.OpenSimulated(Rig, new EchoBench(), ShotShape.Throughout(4), TimeProvider.System, new InjectedFaults([NamedFault.Parse(fault)]))).Message);

    private static SimulatedPi Circuit(params string[] faults) => new(TestRigs.Circuit, new CircuitBench(new CircuitBenchOptions { Seed = 5, Threads = 1 }), Of(faults));

    private static void CountEdges(SimulatedPi pi, Action edge)
    {
        Action<int> before = pi.Lines.Changed!;
        pi.Lines.Changed = line =>
        {
            before(line);
            if (line == pi.Rig.Safety.EnableLine) { edge(); }
        };
    }

    private static async Task<Measurement> OnCircuitAsync(SimulatedPi pi, float bias)
    {
        await using PiSystem system = PiSystem.OpenSimulated(pi, ShotShape.Throughout(12), TimeProvider.System);
        return await system.RunAsync(new Stimulus(0, 3, [.. Enumerable.Range(0, 36).Select(i => 2.8f * MathF.Sin(0.9f * i))], [bias]), CancellationToken.None);
    }

    private static async Task<IReadOnlyList<DoctorCheck>> LookAsync(PiRig rig, int seed, params string[] faults)
    {
        var shot = ShotShape.Throughout(64);
        var plug = new LoopbackBench(new LoopbackBenchOptions { Serial = (uint)seed, Seed = (ulong)seed, Threads = 1, Noise = new OutputNoise { VoltsRms = Step } });
        await using PiSystem system = PiSystem.OpenSimulated(rig, plug, shot, TimeProvider.System, Of(faults));
        return await new BenchDoctor(system, shot, ChannelPath.Loopback, new ChannelSettings(), new DoctorLimits()).LookAsync(new ShotCounter(0), CancellationToken.None);
    }

    private static InjectedFaults Of(string[] faults) => new([.. faults.Select(NamedFault.Parse)]);
}
