using PnnEdge.Training.Methods.Adaptation;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Tests.Adaptation;

public class CompensationTests
{
    private const int Frames = 16;
    private static readonly VoltRange Wide = new(-5, 5);

    [Theory]
    [InlineData(0, 1e-6)] // readings are floats of about 1 V
    [InlineData(0.01, 4e-3)] // 10 mV on 512 readings of 0.7 V rms, twice: σ is 0.9e-3 for the gain and 0.6e-3 V for the offset
    public async Task A_known_gain_and_offset_is_found_and_undone(double noiseVolts, double tolerance)
    {
        const float gain = 0.8f, offsetVolts = -0.3f;
        var drifting = new DriftingReadout(TinyTask.System(noiseVolts), firstShot: Frames, gain, offsetVolts);
        CompensatedSystem system = await CompensatedAsync(drifting);
        Assert.Equal(1 / gain, system.Correction.Gain, tolerance);
        Assert.Equal(-offsetVolts / gain, system.Correction.OffsetVolts, tolerance);

        Stimulus shot = Shot(1000);
        Measurement sound = await TinyTask.System(noiseVolts: 0).RunAsync(shot, default), read = await system.RunAsync(shot, default);
        double mean = read.Volts.Zip(sound.Volts, (a, b) => a - b).Average();
        Assert.Equal(0, mean, tolerance + (2 * noiseVolts)); // 32 readings: 4 σ is 0.9 of the noise of one, over the gain
        Assert.Equal(sound.AppliedVolts, read.AppliedVolts);
    }

    [Fact]
    public async Task Without_a_drift_the_readings_stay_as_they_are_within_the_noise_of_the_frames()
    {
        CompensatedSystem system = await CompensatedAsync(TinyTask.System(noiseVolts: 0.01));
        Assert.Equal(1, system.Correction.Gain, 4e-3); // as above
        Assert.Equal(0, system.Correction.OffsetVolts, 4e-3);
    }

    [Fact]
    public async Task Frames_are_the_same_whenever_they_are_measured_and_reach_both_ends_of_the_drive()
    {
        var frames = new ReferenceFrames(TinyTask.Plan, TinyTask.Drive, Frames);
        var first = new KeptStimulus(TinyTask.System());
        await frames.MeasureAsync(first, 0, default);
        float[] volts = first.Last!.Volts;
        await frames.MeasureAsync(first, 500, default);
        Assert.Equal(volts, first.Last!.Volts);
        int samples = TinyTask.Plan.Shot.StimulusSamples;
        Assert.All(volts[..samples], v => Assert.Equal(TinyTask.Drive.MinVolts, v));
        Assert.All(volts[samples..(2 * samples)], v => Assert.Equal(TinyTask.Drive.MaxVolts, v));
        Assert.Equal(Frames - 2, volts[(2 * samples)..].Chunk(samples).Select(shot => string.Join(' ', shot)).Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReferenceFrames(TinyTask.Plan, TinyTask.Drive, 2)); // the constant ones alone
    }

    [Fact]
    public void Clipped_readings_do_not_bend_the_gain()
    {
        float[] reference = [-0.9f, -0.5f, -0.1f, 0.3f, 0.7f], now = [.. reference.Select(v => Math.Clamp((2 * v) + 0.1f, -1, 1))];
        var clipped = ReadoutCorrection.Fit(reference, now, new VoltRange(-1, 1)); // both ends of the five clip
        Assert.Equal(0.5, clipped.Gain, 1e-6);
        Assert.Equal(-0.05, clipped.OffsetVolts, 1e-6);
    }

    [Fact]
    public void Readings_that_do_not_move_say_so()
    {
        float[] reference = [0.1f, 0.5f, 0.9f], dead = [0.2f, 0.2f, 0.2f];
        Assert.Equal(
            "3 of 3 readings of the reference frames lie inside -5 to 5 V and move; gain and offset cannot be told from them.",
            Assert.Throws<PhysicalSystemException>(() => ReadoutCorrection.Fit(reference, dead, Wide)).Message);
        Assert.StartsWith("0 of 3 ", Assert.Throws<PhysicalSystemException>(() => ReadoutCorrection.Fit(reference, [9, 9, 9], Wide)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ReadoutCorrection.Fit(reference, [1, 2], Wide));
    }

    [Fact]
    public async Task Nothing_can_be_undone_before_there_is_a_reference()
    {
        await using var system = new CompensatedSystem(TinyTask.System(), new ReferenceFrames(TinyTask.Plan, TinyTask.Drive, Frames));
        await Assert.ThrowsAsync<InvalidOperationException>(() => system.CompensateAsync(0, default));
    }

    private static async Task<CompensatedSystem> CompensatedAsync(IPhysicalSystem system)
    {
        var compensated = new CompensatedSystem(system, new ReferenceFrames(TinyTask.Plan, TinyTask.Drive, Frames));
        await compensated.RememberAsync(0, default);
        await compensated.CompensateAsync(Frames, default);
        return compensated;
    }

    private static Stimulus Shot(ulong index)
    {
        float[] volts = new float[TinyTask.Plan.Shot.StimulusSamples];
        for (int i = 0; i < volts.Length; i++) { volts[i] = MathF.Sin(i); }
        return new Stimulus(index, 1, volts, [0.2f]);
    }

    private sealed class KeptStimulus(IPhysicalSystem system) : IPhysicalSystem
    {
        public Stimulus? Last { get; private set; }

        public SystemDescription Description => system.Description;

        public SystemUsage Usage => system.Usage;

        public Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
        {
            Last = stimulus;
            return system.RunAsync(stimulus, cancellation);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
