using PnnEdge.Physics.Plate;
using PnnEdge.Physics.Tests.Circuit;

namespace PnnEdge.Physics.Tests.Plate;

public class PlateModelTests(ITestOutputHelper output)
{
    private const int Samples = 96;

    private static readonly PlateParameters P = PlateParameters.Nominal;

    /// <summary>Every nonlinear term far stronger than on the bench, so that an error in any of their derivatives shows.</summary>
    private static readonly PlateParameters Harsh = P with
    {
        SampleRateHz = 16e3, // 6 ms a shot: time for the cone to travel
        Amplifier = P.Amplifier with { ClipVolts = 1 },
        Speaker = P.Speaker with { TravelMetre = 0.5e-3, StiffnessNewtonPerMetre = 5e3, StiffnessRise = 2, ForceFactorFall = 0.5, DragNewtonSecondPerMetre = 10 },
        Plate = P.Plate with { CubicPerSquareMetreSecond = 2e19 },
    };

    [Fact]
    public void Forward_is_the_ideal_bench()
    {
        float[] drive = Stimuli.White(1, 21 * Samples, 2);
        float[] bench = new float[drive.Length];
        float[] model = new float[drive.Length];
        new PlateBench(PlateBenchOptions.Ideal).Run(5, 21, Samples, drive, [], bench);
        new PlateModel(P, threads: 2).Forward(21, Samples, drive, [], model);
        Assert.Equal(bench, model);
    }

    [Theory]
    [InlineData("nominal", 0.1)]
    [InlineData("linear", 0.1)]
    [InlineData("harsh", 0.02)] // it bends within a tenth of a volt
    public void The_derivative_agrees_with_central_differences_along_random_directions(string kind, double stepVolts)
    {
        PlateParameters parameters = kind switch { "nominal" => P, "linear" => P.Linear(), _ => Harsh };
        var model = new PlateModel(parameters, threads: 1);
        var random = new Random(3);

        // Half a volt of bias makes the cone travel, so that Bl(x) and Kms(x) change.
        const int directions = 32;
        float[] drive = [.. Stimuli.White(4, Samples, 1).Select(volts => volts + 0.5f)];
        double worst = 0;
        for (int n = 0; n < directions; n++)
        {
            double[] direction = [.. Enumerable.Range(0, Samples).Select(_ => random.NextDouble() * 2 - 1)];
            float[] weights = [.. Enumerable.Range(0, Samples).Select(_ => (float)(random.NextDouble() * 2 - 1))];
            float[] ddrive = new float[Samples];
            model.Vjp(1, Samples, drive, [], weights, ddrive, []);
            double ours = Enumerable.Range(0, Samples).Sum(k => ddrive[k] * direction[k]);

            // Richardson's extrapolation of two central differences: a step large against single precision's rounding still leaves little of the cubic.
            double wide = Difference(model, drive, direction, weights, 2 * stepVolts);
            double narrow = Difference(model, drive, direction, weights, stepVolts);
            double length = Math.Sqrt(ddrive.Sum(g => (double)g * g) / 3); // rms of its projection on such directions
            worst = Math.Max(worst, Math.Abs(ours - (4 * narrow - wide) / 3) / length);
        }

        output.WriteLine($"{kind}: {worst:e2} of the gradient's typical projection");

        // Rounding of 1e-6 V over such steps leaves a few 1e-4; a forgotten term leaves 1e-2 in the harsh plate.
        Assert.InRange(worst, 0, 1e-3);
    }

    [Fact]
    public void Each_nonlinear_term_shows_in_the_harsh_plate_s_derivative()
    {
        float[] drive = [.. Stimuli.White(4, Samples, 1).Select(volts => volts + 0.5f)];
        float[] weights = Stimuli.White(5, Samples, 1);
        double[] full = Gradient(Harsh, drive, weights);
        PlateParameters[] without =
        [
            Harsh with { Amplifier = Harsh.Amplifier with { ClipVolts = 1e6 } },
            Harsh with { Speaker = Harsh.Speaker with { StiffnessRise = 0 } },
            Harsh with { Speaker = Harsh.Speaker with { ForceFactorFall = 0 } },
            Harsh with { Speaker = Harsh.Speaker with { DragNewtonSecondPerMetre = 0 } },
            Harsh with { Plate = Harsh.Plate with { CubicPerSquareMetreSecond = 0 } },
        ];
        double[] changes = [.. without.Select(parameters => PlateStimuli.RelativeError(full, Gradient(parameters, drive, weights)))];
        output.WriteLine(string.Join(", ", changes.Select(change => $"{change:e2}")));

        // Five times what the comparison by central differences would let pass.
        Assert.All(changes, change => Assert.InRange(change, 5e-3, 2));
    }

    [Fact]
    public void A_derivative_is_bit_equal_however_the_batch_is_cut_and_however_many_threads_compute_it()
    {
        const int shots = 53;
        float[] drive = Stimuli.White(6, shots * Samples, 1);
        float[] weights = Stimuli.White(7, shots * Samples, 1);
        float[] whole = new float[drive.Length];
        float[] threaded = new float[drive.Length];
        float[] pieces = new float[drive.Length];
        new PlateModel(P, threads: 1).Vjp(shots, Samples, drive, [], weights, whole, []);
        var model = new PlateModel(P, threads: 3);
        model.Vjp(shots, Samples, drive, [], weights, threaded, []);
        for (int n = 0; n < shots; n++)
        {
            int at = n * Samples;
            model.Vjp(1, Samples, drive.AsSpan(at, Samples), [], weights.AsSpan(at, Samples), pieces.AsSpan(at, Samples), []);
        }

        Assert.Equal(whole, threaded);
        Assert.Equal(whole, pieces);
    }

    [Fact]
    public void Constants_move_the_equations_they_name()
    {
        var model = new PlateModel(P, threads: 1);
        double[] values = [.. model.Constants.Select(constant => constant.Value)];
        Assert.Equal(["Re", "Kms", "Bl", "frequencies", "dampings", "α", "microphone"], model.Constants.Select(constant => constant.Name));
        float[] drive = Stimuli.White(8, Samples, 1);
        float[] plain = Forward(model, drive);
        Assert.Equal(plain, Forward(model.AtConstants(values), drive));
        for (int n = 0; n < values.Length; n++)
        {
            double[] moved = [.. values];
            moved[n] *= 1.05;
            IPhysicsModel there = model.AtConstants(moved);
            Assert.Equal(moved, there.Constants.Select(constant => constant.Value));
            Assert.NotEqual(plain, Forward(there, drive));
        }

        // The microphone's sensitivity is a factor on the output.
        double[] louder = [.. values];
        louder[^1] *= 1.5;
        float[] loud = Forward(model.AtConstants(louder), drive);
        for (int sample = 0; sample < Samples; sample++)
        {
            Assert.Equal(1.5 * plain[sample], loud[sample], 1e-5); // rounding of the two constants that hold it
        }

        // At the corners of the ranges the plate still plays.
        foreach (bool highest in (bool[])[false, true])
        {
            double[] corner = [.. model.Constants.Select(constant => highest ? constant.Max : constant.Min)];
            Assert.All(Forward(model.AtConstants(corner), drive), volts => Assert.True(float.IsFinite(volts)));
            Assert.Throws<ArgumentOutOfRangeException>(() => model.AtConstants([.. corner.Select(value => highest ? value * 1.01 : value * 0.99 - 1)]));
        }

        Assert.Throws<ArgumentException>(() => model.AtConstants([1.0]));
        values[0] = double.NaN;
        Assert.Throws<ArgumentOutOfRangeException>(() => model.AtConstants(values));
    }

    [Fact]
    public void Shapes_and_drives_that_do_not_fit_are_refused()
    {
        var model = new PlateModel(P, threads: 1);
        float[] two = [0, 0];
        float[] gradient = [7, 7];
        Assert.Throws<ArgumentException>(() => model.Vjp(1, 2, two, [], [0f], gradient, []));
        Assert.Throws<ArgumentException>(() => model.Vjp(1, 2, two, [], two, new float[3], []));
        Assert.Throws<ArgumentException>(() => model.Vjp(1, 2, two, [0f], two, gradient, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Vjp(1, 2, [0f, float.NaN], [], two, gradient, []));
        Assert.Equal([7f, 7f], gradient);
        model.Vjp(0, 2, [], [], [], [], []);
    }

    private static double Difference(PlateModel model, float[] drive, double[] direction, float[] weights, double step)
    {
        float[] above = [.. drive.Select((volts, k) => (float)(volts + step * direction[k]))];
        float[] below = [.. drive.Select((volts, k) => (float)(volts - step * direction[k]))];
        float[] high = Forward(model, above);
        float[] low = Forward(model, below);
        return Enumerable.Range(0, drive.Length).Sum(k => weights[k] * ((double)high[k] - low[k])) / (2 * step);
    }

    private static float[] Forward(IPhysicsModel model, float[] drive)
    {
        float[] node = new float[drive.Length];
        model.Forward(1, drive.Length, drive, [], node);
        return node;
    }

    private static double[] Gradient(in PlateParameters parameters, float[] drive, float[] weights)
    {
        float[] ddrive = new float[drive.Length];
        new PlateModel(parameters, threads: 1).Vjp(1, drive.Length, drive, [], weights, ddrive, []);
        return Stimuli.ToDouble(ddrive);
    }
}
