using System.Numerics;
using PnnEdge.Physics.SecondHarmonic;

namespace PnnEdge.Physics.Tests.SecondHarmonic;

/// <summary>The single-precision version against the double-precision one.</summary>
public class SecondHarmonicForwardTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("default")]
    [InlineData("every term on")]
    [InlineData("spectrum beside the window")]
    [InlineData("widest spot and blur")]
    [InlineData("narrowest spot and blur")]
    public void Single_precision_follows_the_double_reference(string optics)
    {
        SecondHarmonicParameters p = optics switch
        {
            "default" => SecondHarmonicParameters.Nominal,
            "every term on" => SecondHarmonicParameters.Nominal with
            {
                GroupDelayDispersionFs2 = 2500,
                ThirdOrderDispersionFs3 = -40e3,
                PhaseMismatchPerMm = 2.5,
                ShiftWindows = -0.013,
                ReadBandFraction = 1,
            },
            "spectrum beside the window" => SecondHarmonicParameters.Nominal with { ShiftWindows = 0.4 },
            "widest spot and blur" => SecondHarmonicParameters.Nominal with { PointSpreadPixels = 3, BlurBins = 5 },
            _ => SecondHarmonicParameters.Nominal with { PointSpreadPixels = 0.2, BlurBins = 0.2 },
        };
        const int shots = 21;
        float[] drive = Amplitudes.RandomShots(3, shots);
        float[] node = new float[drive.Length];
        new SecondHarmonicModel(p, threads: 1).Forward(shots, Amplitudes.Samples, drive, [], node);
        double largest = 0;
        for (int shot = 0; shot < shots; shot++)
        {
            double[] reference = SecondHarmonicReference.Run(p, Amplitudes.OfShot(drive, shot));
            largest = Math.Max(largest, Amplitudes.LargestDifference(reference, Amplitudes.BinsOf(node, shot)) / reference.Max());
            Assert.All(node.Skip(shot * Amplitudes.Samples).Take(Amplitudes.Pixels), volts => Assert.Equal(0, volts));
        }

        output.WriteLine($"{optics}: {largest:e1} of the brightest bin");

        // Nine passes of the transform there and back, each rounding at 6e-8 of the spectrum's peak, with random signs: below
        // 20 roundings, and twice that in the square.
        Assert.InRange(largest, 0, 2.5e-6);
    }

    [Fact]
    public void The_transform_there_and_back_gives_512_times_the_values_and_a_product_is_a_convolution()
    {
        var random = new Random(9);
        double[] values = [.. Enumerable.Range(0, LaneTransform.Length).Select(_ => random.NextDouble() - 0.5)];
        Vector<float>[] re = [.. values.Select(value => new Vector<float>((float)value))];
        Vector<float>[] im = [.. values.Reverse().Select(value => new Vector<float>((float)value))];
        LaneTransform.Forward(re, im);
        LaneTransform.Inverse(re, im);
        for (int n = 0; n < values.Length; n++)
        {
            Assert.Equal(values[n], re[n][0] / LaneTransform.Length, 1e-6); // 18 passes at 6e-8 of a peak of ½
            Assert.Equal(values[^(n + 1)], im[n][Vector<float>.Count - 1] / LaneTransform.Length, 1e-6);
        }

        // A unit impulse at 300 convolved with one at 250 stands at 550 − 512.
        var impulseRe = new Vector<float>[LaneTransform.Length];
        var impulseIm = new Vector<float>[LaneTransform.Length];
        impulseRe[300] = Vector<float>.One;
        impulseIm[250] = Vector<float>.One;
        LaneTransform.Forward(impulseRe, impulseIm);
        var productRe = new Vector<float>[LaneTransform.Length];
        var productIm = new Vector<float>[LaneTransform.Length];
        for (int n = 0; n < LaneTransform.Length; n++)
        {
            productRe[n] = impulseRe[n] * impulseRe[n] - impulseIm[n] * impulseIm[n];
            productIm[n] = impulseRe[n] * impulseIm[n] + impulseIm[n] * impulseRe[n];
        }

        LaneTransform.Inverse(productRe, productIm);
        for (int n = 0; n < LaneTransform.Length; n++)
        {
            // (δ₃₀₀ + iδ₂₅₀)² = δ₆₀₀ − δ₅₀₀ + 2iδ₅₅₀.
            Assert.Equal(n == 600 - 512 ? 1 : n == 500 ? -1 : 0, productRe[n][0] / LaneTransform.Length, 2e-6);
            Assert.Equal(n == 550 - 512 ? 2 : 0, productIm[n][0] / LaneTransform.Length, 2e-6);
        }
    }
}
