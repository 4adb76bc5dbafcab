using System.Numerics;
using PnnEdge.Physics.Plate;

namespace PnnEdge.Physics.Tests.Plate;

/// <summary>The fault that slides the plate's stem.</summary>
public class PlateRegimeTests(ITestOutputHelper output)
{
    private const int Samples = PlateStimuli.Samples;

    private static readonly PlateParameters P = PlateParameters.Nominal;
    private static readonly PlateBenchOptions Still = PlateBenchOptions.Ideal with { Threads = 1 };

    [Fact]
    public void Nothing_of_it_and_the_shots_before_it_leave_the_bits_and_all_of_it_is_another_plate_s()
    {
        float[] drive = [.. PlateStimuli.Of("white ±1 V", seed: 1), .. PlateStimuli.Of("white ±1 V", seed: 2)];
        PlateBenchOptions full = new() { Seed = 5, Serial = 3, Threads = 1 };
        Assert.Equal(Run(full, drive), Run(full with { Faults = Faults.These("drift.regime=0") }, drive));

        float[] sound = Run(Still, drive), faulty = Run(Still with { Faults = Faults.These("drift.regime=0.3@1, drift.regime=0.2@1") }, drive);
        PlateParameters slid = P with { Plate = P.Plate with { Drive = new PlatePoint(0.155, 0.27) } };
        Assert.Equal(sound[..Samples], faulty[..Samples]);
        Assert.Equal(Run(Still with { Parameters = slid }, drive)[Samples..], faulty[Samples..]);
        Assert.NotEqual(sound[Samples..], faulty[Samples..]);
    }

    [Theory]
    [InlineData(1, 2743, 2602)]
    [InlineData(6, 10_930, 11_972)]
    public void Its_resonances_move_each_by_another_factor(int mode, double soundHz, double slidHz)
    {
        // The frequencies that the modes' eigenproblem gives are what the microphone hears of a click.
        Assert.Equal(soundHz, new PlateRig(P).RadPerSecond[mode] / (2 * Math.PI), 0.5);
        Assert.Equal(slidHz, new PlateRig(PlateRegime.Towards(P, 1)).RadPerSecond[mode] / (2 * Math.PI), 0.5);
        double sound = LoudestHz(Run(Still, Click()), soundHz), slid = LoudestHz(Run(Still with { Faults = Faults.These("drift.regime") }, Click()), slidHz);
        output.WriteLine($"mode {mode}: {sound:f0} Hz, then {slid:f0} Hz: {slid / sound - 1:p1}");

        // Speaker, coil and the other modes' tails pull a heard peak by up to a percent; the move is 5 and 10 of them.
        Assert.InRange(sound / soundHz, 0.99, 1.01);
        Assert.InRange(slid / slidHz, 0.99, 1.01);
    }

    // One shot at a time: 20 ms, until all is quiet.
    private static float[] Click() => [1, .. new float[2047]];

    // Where the spectrum is highest within 4 % of a frequency.
    private static double LoudestHz(float[] node, double aroundHz) => Enumerable.Range(-40, 81).Select(step => aroundHz * (1 + step * 1e-3)).MaxBy(hz =>
    {
        Complex sum = 0;
        for (int n = 0; n < node.Length; n++) { sum += node[n] * Complex.FromPolarCoordinates(1, -2 * Math.PI * hz / P.SampleRateHz * n); }
        return sum.Magnitude;
    });

    private static float[] Run(PlateBenchOptions options, float[] drive)
    {
        int samples = drive.Length == 2 * Samples ? Samples : drive.Length;
        float[] node = new float[drive.Length];
        new PlateBench(options).Run(0, drive.Length / samples, samples, drive, [], node);
        return node;
    }
}
