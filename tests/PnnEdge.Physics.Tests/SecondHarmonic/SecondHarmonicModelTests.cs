using PnnEdge.Physics.SecondHarmonic;

namespace PnnEdge.Physics.Tests.SecondHarmonic;

public class SecondHarmonicModelTests(ITestOutputHelper output)
{
    private static readonly SecondHarmonicParameters Skewed = SecondHarmonicParameters.Nominal with
    {
        GroupDelayDispersionFs2 = 2500,
        PhaseMismatchPerMm = 2.5,
        ShiftWindows = 0.02,
    };

    [Fact]
    public void The_gradient_is_that_of_central_differences()
    {
        const int shots = 19;
        foreach (SecondHarmonicParameters p in (SecondHarmonicParameters[])[SecondHarmonicParameters.Nominal, Skewed])
        {
            float[] drive = Amplitudes.RandomShots(1, shots);
            float[] dnode = Normals(2, drive.Length);
            float[] ddrive = new float[drive.Length];
            new SecondHarmonicModel(p, threads: 2).Vjp(shots, Amplitudes.Samples, drive, [], dnode, ddrive, []);
            double worst = 0;
            for (int shot = 0; shot < shots; shot++)
            {
                for (int direction = 0; direction < 4; direction++)
                {
                    double[] along = [.. Normals(100 + 4 * shot + direction, Amplitudes.Pixels).Select(value => (double)value)];
                    double[] weights = [.. dnode.Skip(shot * Amplitudes.Samples + Amplitudes.Pixels).Take(Amplitudes.Bins).Select(value => (double)value)];
                    double exact = Difference(p, Amplitudes.OfShot(drive, shot), along, weights);
                    double ours = Amplitudes.OfShot(ddrive, shot).Zip(along, (g, a) => g * a).Sum();
                    double size = Math.Sqrt(Amplitudes.OfShot(ddrive, shot).Sum(g => g * g));
                    worst = Math.Max(worst, Math.Abs(ours - exact) / size);
                }
            }

            output.WriteLine($"worst difference {worst:e1} of the gradient's length");

            // The double-precision reference at a step of 1e-4 leaves 1e-8; four single-precision transforms leave some 6e-8 of the
            // gradient's length in each of 100 pixels, of which a direction of length 10 sees a random sum, ten times that.
            Assert.InRange(worst, 0, 5e-6);
            Assert.All(Enumerable.Range(0, ddrive.Length).Where(n => n % Amplitudes.Samples >= Amplitudes.Pixels), n => Assert.Equal(0, ddrive[n]));
        }
    }

    [Fact]
    public void The_same_bits_come_from_any_number_of_threads_and_any_cut_of_the_batch()
    {
        const int shots = 45;
        float[] drive = Amplitudes.RandomShots(5, shots);
        float[] dnode = Normals(6, drive.Length);
        (float[] node, float[] ddrive) = Both(1, 0, shots);
        (float[] nodeOfThree, float[] ddriveOfThree) = Both(3, 0, shots);
        Assert.Equal(node, nodeOfThree);
        Assert.Equal(ddrive, ddriveOfThree);
        (float[] nodeOfPart, float[] ddriveOfPart) = Both(2, 13, 11);
        Assert.Equal(node[(13 * Amplitudes.Samples)..(24 * Amplitudes.Samples)], nodeOfPart);
        Assert.Equal(ddrive[(13 * Amplitudes.Samples)..(24 * Amplitudes.Samples)], ddriveOfPart);

        (float[] Node, float[] Ddrive) Both(int threads, int first, int count)
        {
            var model = new SecondHarmonicModel(SecondHarmonicParameters.Nominal, threads);
            int at = first * Amplitudes.Samples;
            int length = count * Amplitudes.Samples;
            float[] node = new float[length];
            float[] ddrive = new float[length];
            model.Forward(count, Amplitudes.Samples, drive.AsSpan(at, length), [], node);
            model.Vjp(count, Amplitudes.Samples, drive.AsSpan(at, length), [], dnode.AsSpan(at, length), ddrive, []);
            return (node, ddrive);
        }
    }

    [Fact]
    public void Elsewhere_its_constants_keep_their_ranges()
    {
        var model = new SecondHarmonicModel(SecondHarmonicParameters.Nominal, threads: 1);
        double[] values = [.. model.Constants.Select(constant => constant.Min + 0.9 * (constant.Max - constant.Min))];
        IPhysicsModel moved = model.AtConstants(values);
        Assert.Equal(values, moved.Constants.Select(constant => constant.Value));
        Assert.Equal(model.Constants.Select(constant => (constant.Min, constant.Max)), moved.Constants.Select(constant => (constant.Min, constant.Max)));

        // Five times the efficiency and no further, wherever the model has moved meanwhile.
        values[0] = 6 * SecondHarmonicParameters.Nominal.ReadVoltsPerEnergy;
        Assert.Throws<ArgumentOutOfRangeException>(() => moved.AtConstants(values));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(2.5f)]
    [InlineData(float.NegativeInfinity)]
    public void An_amplitude_that_the_bench_refuses_is_refused_in_both_directions(float amplitude)
    {
        var model = new SecondHarmonicModel(SecondHarmonicParameters.Nominal, threads: 1);
        float[] drive = Amplitudes.RandomShots(3, 2), other = new float[drive.Length];
        drive[Amplitudes.Samples + 7] = amplitude;
        string sentence = $"Asked the shg for an amplitude of {amplitude} V; a pixel takes ±2 V.";
        Assert.StartsWith(sentence, Assert.Throws<ArgumentOutOfRangeException>(() => model.Forward(2, Amplitudes.Samples, drive, [], other)).Message, StringComparison.Ordinal);
        Assert.StartsWith(sentence, Assert.Throws<ArgumentOutOfRangeException>(() => model.Vjp(2, Amplitudes.Samples, drive, [], other, other, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void At_its_own_constants_it_is_the_same_model_and_elsewhere_the_one_asked_for()
    {
        var model = new SecondHarmonicModel(SecondHarmonicParameters.Nominal, threads: 1);
        float[] drive = Amplitudes.RandomShots(7, 4);
        double[] own = [.. model.Constants.Select(constant => constant.Value)];
        Assert.Equal(Forward(model, drive), Forward(model.AtConstants(own), drive));

        int dispersion = model.Constants.Select(constant => constant.Name).ToList().IndexOf("GDD");
        own[dispersion] = 2000;
        var direct = new SecondHarmonicModel(SecondHarmonicParameters.Nominal with { GroupDelayDispersionFs2 = 2000 }, threads: 1);
        Assert.Equal(Forward(direct, drive), Forward(model.AtConstants(own), drive));
    }

    [Fact]
    public void Every_constant_can_be_told_from_the_reading_and_acts_smoothly()
    {
        var model = new SecondHarmonicModel(Skewed, threads: 1);
        float[] drive = Amplitudes.RandomShots(8, 8);
        for (int constant = 0; constant < model.Constants.Count; constant++)
        {
            double step = 0.01 * (model.Constants[constant].Max - model.Constants[constant].Min);
            double[] slope = Slope(constant, step);
            double size = Amplitudes.Rms(slope);
            double change = Amplitudes.Rms(slope.Zip(Slope(constant, step / 2), (whole, half) => whole - half)) / size;
            output.WriteLine($"{model.Constants[constant].Name}: {size * step:e1} V rms for 1 % of its range, {change:p2} from halving the step");

            // Below 1e-5 V it would drown in single precision, 3e-7 of 0.5 V; where halving the step changes the slope by more than a tenth, 1 % of a range
            // is no longer small.
            Assert.InRange(size * step, 1e-5, 1);
            Assert.InRange(change, 0, 0.1);
        }

        double[] Slope(int constant, double step)
        {
            double[] at = [.. model.Constants.Select(known => known.Value)];
            at[constant] += step;
            float[] above = Forward(model.AtConstants(at), drive);
            at[constant] -= 2 * step;
            float[] below = Forward(model.AtConstants(at), drive);
            return [.. above.Zip(below, (a, b) => (a - b) / (2 * step))];
        }
    }

    [Fact]
    public void Random_amplitudes_use_the_converter_s_range_without_clipping()
    {
        const int shots = 1000;
        float[] node = Forward(new SecondHarmonicModel(SecondHarmonicParameters.Nominal, threads: 2), Amplitudes.RandomShots(9, shots));
        double[][] bins = [.. Enumerable.Range(0, shots).Select(shot => Amplitudes.BinsOf(node, shot))];
        double[] means = [.. Enumerable.Range(0, Amplitudes.Bins).Select(bin => bins.Average(shot => shot[bin]))];
        double clipped = bins.Average(shot => shot.Count(volts => volts > 1.2)) / Amplitudes.Bins;
        double[] highest = [.. bins.Select(shot => shot.Max()).Order()];
        output.WriteLine($"mean of the brightest bin {means.Max():f3} V, highest reading of a shot: median {highest[shots / 2]:f3}, largest {highest[^1]:f3} V; clipped {clipped:p3}");

        // The scale alone decides this: half of 1 V in the mean, and nothing above the 1.2 V where the converter ends.
        Assert.InRange(means.Max(), 0.4, 0.6);
        Assert.InRange(highest[shots / 2], 0.4, 0.7);
        Assert.InRange(highest[^1], 0.8, 1.2);
        Assert.Equal(0, clipped);
    }

    [Fact]
    public void Shots_of_another_length_and_constants_out_of_range_are_refused_in_one_sentence()
    {
        var model = new SecondHarmonicModel(SecondHarmonicParameters.Nominal, threads: 1);
        string shape = Assert.Throws<ArgumentException>(() => model.Forward(1, 100, new float[100], [], new float[100])).Message;
        Assert.StartsWith("Asked the shg for shots of 100 samples; a shot has 150: 100 to load the pixels and 50 to read the bins.", shape, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Vjp(1, 150, new float[150], [], new float[149], new float[150], []));
        Assert.Throws<ArgumentException>(() => model.Vjp(1, 150, new float[150], [], new float[150], new float[149], []));
        Assert.Throws<ArgumentException>(() => model.Vjp(1, 150, new float[150], [1f], new float[150], new float[150], []));

        double[] constants = [.. model.Constants.Select(constant => constant.Value)];
        constants[1] = 0.2;
        string range = Assert.Throws<ArgumentOutOfRangeException>(() => model.AtConstants(constants)).Message;
        Assert.StartsWith("Asked model shg for shift = 0.2 windows; possible is -0.1 to 0.1 windows.", range, StringComparison.Ordinal);

        SecondHarmonicParameters odd = SecondHarmonicParameters.Nominal with { PointSpreadPixels = 0 };
        string parameter = Assert.Throws<ArgumentOutOfRangeException>(() => new SecondHarmonicModel(odd, threads: 1)).Message;
        Assert.StartsWith("Asked for PointSpreadPixels = 0 pixels; possible is 0.2 to 3 pixels.", parameter, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => SecondHarmonicParameterRanges.Require(default));
        Assert.Throws<ArgumentOutOfRangeException>(() => SecondHarmonicParameterRanges.Require(odd with { PointSpreadPixels = double.NaN }));
    }

    private static float[] Forward(IPhysicsModel model, float[] drive)
    {
        float[] node = new float[drive.Length];
        model.Forward(drive.Length / Amplitudes.Samples, Amplitudes.Samples, drive, [], node);
        return node;
    }

    private static double Difference(in SecondHarmonicParameters p, double[] amplitudes, double[] along, double[] weights)
    {
        const double step = 1e-4;
        double[] above = SecondHarmonicReference.Run(p, [.. amplitudes.Zip(along, (x, a) => x + step * a)]);
        double[] below = SecondHarmonicReference.Run(p, [.. amplitudes.Zip(along, (x, a) => x - step * a)]);
        return above.Zip(below, (a, b) => (a - b) / (2 * step)).Zip(weights, (slope, weight) => slope * weight).Sum();
    }

    private static float[] Normals(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }
}
