using System.Numerics;
using PnnEdge.Physics.Channel;
using PnnEdge.Physics.SecondHarmonic;

namespace PnnEdge.Physics.Tests.SecondHarmonic;

/// <summary>The full equations in single precision: against the double-precision ones, and on the bench.</summary>
public class FullBenchTests(ITestOutputHelper output)
{
    private const int Samples = Amplitudes.Samples;

    private static readonly SecondHarmonicParameters P = SecondHarmonicParameters.Nominal;

    private static readonly SecondHarmonicBenchOptions OneThread = new() { Seed = 5, Threads = 1, Crystal = CrystalEquations.Full };

    private static readonly SecondHarmonicBenchOptions Ideal = SecondHarmonicBenchOptions.Ideal with { Threads = 1, Crystal = CrystalEquations.Full };

    [Theory]
    [InlineData("default", 1)]
    [InlineData("twice the amplitude", 2)]
    [InlineData("every term on, half of the energy converted", 1)]
    [InlineData("spectrum beside the window", 1)]
    public void Single_precision_follows_the_double_reference(string optics, float drive)
    {
        SecondHarmonicParameters p = optics switch
        {
            "every term on, half of the energy converted" => P with
            {
                CouplingPerMm = 8,
                PhaseMismatchPerMm = 1.5,
                GroupDelayDispersionFs2 = 1500,
                ThirdOrderDispersionFs3 = 20e3,
                PumpDispersionFs2PerMm = -300,
                HarmonicDispersionFs2PerMm = 900,
                ShiftWindows = -0.013,
                ReadBandFraction = 1,
            },
            "spectrum beside the window" => P with { ShiftWindows = 0.4 },
            _ => P,
        };
        int shots = Vector<float>.Count + 2;
        float[] volts = [.. Amplitudes.RandomShots(3, shots).Select(value => drive * value)];
        float[] node = Run(Ideal with { Parameters = p }, 0, volts);
        double largest = 0;
        for (int shot = 0; shot < shots; shot++)
        {
            double[] reference = DepletedReference.Run(p, Amplitudes.OfShot(volts, shot), SplitStepTable.DefaultSteps);
            largest = Math.Max(largest, Amplitudes.LargestDifference(reference, Amplitudes.BinsOf(node, shot)) / reference.Max());
            Assert.All(node.Skip(shot * Samples).Take(Amplitudes.Pixels), value => Assert.Equal(0, value));
        }

        output.WriteLine($"{optics}: {largest:e1} of the brightest bin");
        Assert.InRange(largest, 0, 2.5e-6);
    }

    private static float[] Run(SecondHarmonicBenchOptions options, ulong firstShot, float[] drive)
    {
        float[] node = new float[drive.Length];
        new SecondHarmonicBench(options).Run(firstShot, drive.Length / Samples, Samples, drive, [], node);
        return node;
    }
}
