using PnnEdge.Physics;
using PnnEdge.Physics.Channel;
using PnnEdge.Physics.Loopback;
using PnnEdge.RaspberryPi.Rigs;
using PnnEdge.RaspberryPi.Systems;
using PnnEdge.RaspberryPi.Tests.Support;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Calibration.Doctor;
using PnnEdge.Training.Systems;

namespace PnnEdge.RaspberryPi.Tests.Calibration;

/// <summary>The doctor on the Pi's own chips with a plug from output to input.</summary>
public class DoctorTests
{
    private const int StuckBit = 6;

    private static readonly InputSettings Input = TestRigs.Echo.Measurement;

    [Fact]
    public async Task A_sound_rig_passes_every_check()
    {
        IReadOnlyList<DoctorCheck> checks = await JudgeAsync(volts => volts);
        Assert.All(checks, one => Assert.True(one.Verdict == DoctorVerdict.Sound, $"{one.Check} measured {one.Measured}, limit {one.Limit}: {one.Advice}"));
        Assert.Equal(["follows", "stuck", "wire", "gain", "offset", "linearity", "codes", "range", "noise", "crosstalk", "latency", "drift"], checks.Select(one => one.Check));
    }

    [Theory]
    [InlineData("a cut wire", "follows", "pi-echo#1 reads 0 V whatever is played; its input is stuck or not connected.")]
    [InlineData("a missing input chip", "follows", "pi-echo#1 reads -3.2 V whatever is played; its input is stuck or not connected.")]
    [InlineData("an output chip that stays where it is", "follows", "The readings of pi-echo#1 do not follow what is played ")]
    [InlineData("a data line that is stuck", "stuck", "Bit 6 of the readings never changes (0 is the least); ")]
    public async Task A_rig_that_is_not_is_found_by_its_check(string what, string check, string advice)
    {
        IReadOnlyList<DoctorCheck> checks = await JudgeAsync(what switch
        {
            "a cut wire" => _ => 0,
            "a missing input chip" => _ => Input.MinVolts, // nobody drives the data line, which is pulled down: code 0
            "an output chip that stays where it is" => volts => 1 + (0.001f * volts), // its neighbours on the board are heard a little
            _ => WithoutTheBit,
        });
        DoctorCheck found = Assert.Single(checks, one => one.Check == check);
        Assert.Equal(DoctorVerdict.Wrong, found.Verdict);
        Assert.StartsWith(advice, found.Advice, StringComparison.Ordinal);
    }

    /// <summary>The middle of the step that a reading without the bit is.</summary>
    private static float WithoutTheBit(float volts)
    {
        float step = (Input.MaxVolts - Input.MinVolts) / 4096;
        int code = Math.Clamp((int)((volts - Input.MinVolts) / step), 0, 4095) & ~(1 << StuckBit);
        return Input.MinVolts + ((code + 0.5f) * step);
    }

    /// <param name="fault">What the input chip is given instead of the plug's volts.</param>
    private static async Task<IReadOnlyList<DoctorCheck>> JudgeAsync(Func<float, float> fault)
    {
        var shot = ShotShape.Throughout(64);
        await using PiSystem system = PiSystem.OpenSimulated(TestRigs.Echo, new FaultyPlug(fault), shot, TimeProvider.System);
        ChannelOutcome outcome = await ChannelMeasurement.RunAsync(
            system, shot, ChannelPath.Loopback, new ChannelSettings(), new ShotCounter(0), (_, _, _) => { }, CancellationToken.None);
        return ChannelDoctor.Judge(outcome, ChannelPath.Loopback, 1, system.Description, new DoctorLimits());
    }

    private sealed class FaultyPlug(Func<float, float> fault) : IBenchPhysics
    {
        // A plug's usual noise is a step of ±10 V; this is one of the rig's ±3.2 V, enough to tell steps apart.
        private readonly LoopbackBench _plug = new(new LoopbackBenchOptions { Serial = 1, Seed = 1, Threads = 1, Noise = new OutputNoise { VoltsRms = 1.6e-3 } });

        public string Name => _plug.Name;

        public int ActuatorCount => 0;

        public void Run(ulong firstShot, int shots, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, Span<float> nodeVolts)
        {
            _plug.Run(firstShot, shots, samplesPerShot, driveVolts, actuatorVolts, nodeVolts);
            foreach (ref float volts in nodeVolts) { volts = fault(volts); }
        }
    }
}
