using PnnEdge.Training.Twins;

namespace PnnEdge.Conformance;

/// <summary>What every engine's perceptron twin must do: the values and the gradients of the double-precision one, and the contract of its interface.</summary>
/// <remarks>
/// Relative to the largest element of its tensor, 1e-5 everywhere: sums of up to 100 products in single precision, layer after layer, err by some
/// 1e-6. The central differences err less: in double precision a step of 1e-4 spreads leaves 1e-8 of truncation and 1e-12 of rounding.
/// </remarks>
public abstract class TwinConformance
{
    private const double Relative = 1e-5, Step = 1e-4;

    public static TheoryData<string> Cases => TwinCase.Names;

    /// <summary>A twin with the start weights of a seed; it is disposed where it can be.</summary>
    protected abstract ITrainableTwin Open(TwinScale scale, IReadOnlyList<int> hiddenWidths, ulong seed, int actuators);

    [Theory, MemberData(nameof(Cases))]
    public void Forward_is_the_double_precision_forward(string name) => With(name, (twin, at) =>
    {
        float[] y = new float[at.Shots * at.Outputs];
        twin.Forward(at.SlotVolts, at.ActuatorVolts, at.Shots, y);
        DoublePerceptron exact = at.InDouble(twin.Parameters);
        AssertNear([.. Enumerable.Range(0, at.Shots).SelectMany(s => exact.Forward(Row(at, s)))], y);
    });

    [Theory, MemberData(nameof(Cases))]
    public void Vjp_is_the_central_difference_of_the_forward(string name) => With(name, (twin, at) =>
    {
        float[] dslots = new float[at.SlotVolts.Length], dactuators = new float[at.Actuators];
        twin.Vjp(at.SlotVolts, at.ActuatorVolts, at.Shots, at.OutputGradient, dslots, dactuators);
        DoublePerceptron exact = at.InDouble(twin.Parameters);
        double[] differences = new double[dslots.Length], ofActuators = new double[dactuators.Length];
        for (int s = 0; s < at.Shots; s++)
        {
            double[] row = Row(at, s);
            for (int i = 0; i < row.Length; i++)
            {
                double h = Step * at.Scale.InputSpreadVolts[i], middle = row[i];
                double Loss(double volts)
                {
                    row[i] = volts;
                    return exact.Forward(row).Select((y, o) => y * at.OutputGradient[(s * at.Outputs) + o]).Sum();
                }

                double difference = (Loss(middle + h) - Loss(middle - h)) / (2 * h);
                row[i] = middle;
                if (i < at.Slots) { differences[(s * at.Slots) + i] = difference; }
                else { ofActuators[i - at.Slots] += difference; } // common to all shots
            }
        }

        AssertNear(differences, dslots);
        AssertNear(ofActuators, dactuators);
    });

    [Theory, MemberData(nameof(Cases))]
    public void The_fit_gradient_is_the_central_difference_of_the_fit_loss(string name) => With(name, (twin, at) =>
    {
        float[] gradient = new float[twin.Parameters.Length];
        double loss = twin.LossGradient(at.Rows, at.TargetVolts, at.Shots, gradient);
        double[] parameters = [.. twin.Parameters.Select(p => (double)p)];
        var exact = new DoublePerceptron(at.Scale, at.Widths, parameters);
        double Loss() => Enumerable.Range(0, at.Shots).Sum(s => exact.Normalised(Row(at, s)).Select((z, o) => Math.Pow(z - Target(at, s, o), 2)).Sum()) / (at.Shots * at.Outputs);

        Assert.Equal(Loss(), loss, Relative * loss);
        int[] some = [.. Enumerable.Range(0, parameters.Length).Where(i => i % Math.Max(1, parameters.Length / 150) == 0 || i >= parameters.Length - at.Outputs)];
        double[] differences = [.. some.Select(i =>
        {
            double middle = parameters[i];
            parameters[i] = middle + Step;
            double up = Loss();
            parameters[i] = middle - Step;
            double down = Loss();
            parameters[i] = middle;
            return (up - down) / (2 * Step);
        })];
        AssertNear(differences, [.. some.Select(i => gradient[i])]);
    });

    [Theory, MemberData(nameof(Cases))]
    public void The_last_layer_on_its_rows_plus_what_is_missing_is_the_target(string name) => With(name, (twin, at) =>
    {
        Assert.Equal(1, twin.RowsPerShot);
        float[] features = new float[at.Shots * twin.LastFeatures], missing = new float[at.Shots * at.Outputs];
        twin.LastLayerRows(at.Rows, at.TargetVolts, at.Shots, features, missing);
        Span<float> last = twin.LastLayer.Of(twin.Parameters);
        Assert.Equal((twin.LastFeatures + 1) * at.Outputs, last.Length);
        float[] sum = new float[missing.Length];
        double[] targets = new double[missing.Length];
        for (int i = 0; i < missing.Length; i++)
        {
            (int s, int o) = (i / at.Outputs, i % at.Outputs);
            sum[i] = missing[i] + last[(twin.LastFeatures * at.Outputs) + o];
            for (int f = 0; f < twin.LastFeatures; f++) { sum[i] += last[(o * twin.LastFeatures) + f] * features[(s * twin.LastFeatures) + f]; }
            targets[i] = Target(at, s, o);
        }

        AssertNear(targets, sum);
    });

    [Theory, MemberData(nameof(Cases))]
    public void The_same_call_gives_the_same_bits(string name) => With(name, (twin, at) =>
    {
        (float[] first, float[] second) = (All(twin, at), All(twin, at));
        Assert.Equal(first.Select(BitConverter.SingleToInt32Bits), second.Select(BitConverter.SingleToInt32Bits));
    });

    [Fact]
    public void A_number_that_is_moved_moves_the_output_and_the_gradient_moves_no_number() => With("two hidden layers", (twin, at) =>
    {
        float[] before = [.. twin.Parameters], y = new float[at.Shots * at.Outputs], moved = new float[y.Length];
        All(twin, at);
        Assert.Equal(before, twin.Parameters);
        twin.Forward(at.SlotVolts, at.ActuatorVolts, at.Shots, y);
        twin.Parameters[^1] += 0.5f; // the last output's bias, in units of its spread
        twin.Forward(at.SlotVolts, at.ActuatorVolts, at.Shots, moved);
        for (int i = 0; i < y.Length; i++) { Assert.Equal(i % at.Outputs == at.Outputs - 1 ? 0.5f * at.Scale.OutputSpreadVolts[^1] : 0, moved[i] - y[i], 1e-6); } // two roundings of values of order 1
    });

    [Fact]
    public void A_smaller_batch_after_a_larger_one_is_the_smaller_ones_own() => With("two hidden layers", (twin, at) =>
    {
        float[] all = new float[at.Shots * at.Outputs], first = new float[at.Outputs];
        twin.Forward(at.SlotVolts, at.ActuatorVolts, at.Shots, all);
        twin.Forward(at.SlotVolts.AsSpan(0, at.Slots), at.ActuatorVolts, 1, first);
        AssertNear([.. all[..at.Outputs].Select(v => (double)v)], first);
    });

    /// <summary>Everything that a twin says of a case, one after the other.</summary>
    public static float[] All(ITrainableTwin twin, TwinCase at)
    {
        float[] y = new float[at.Shots * at.Outputs], dslots = new float[at.SlotVolts.Length], dactuators = new float[at.Actuators], gradient = new float[twin.Parameters.Length];
        twin.Forward(at.SlotVolts, at.ActuatorVolts, at.Shots, y);
        twin.Vjp(at.SlotVolts, at.ActuatorVolts, at.Shots, at.OutputGradient, dslots, dactuators);
        double loss = twin.LossGradient(at.Rows, at.TargetVolts, at.Shots, gradient);
        return [.. y, .. dslots, .. dactuators, .. gradient, (float)loss];
    }

    /// <summary>Within 1e-5 of the largest expected.</summary>
    public static void AssertNear(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0;
        foreach (double value in expected) { largest = Math.Max(largest, Math.Abs(value)); }
        for (int i = 0; i < actual.Length; i++)
        {
            Assert.True(Math.Abs(actual[i] - expected[i]) <= Relative * largest, $"Element {i} is {actual[i]}, not {expected[i]}; the largest is {largest}.");
        }
    }

    private static double[] Row(TwinCase at, int shot) => [.. at.Row(shot).Select(v => (double)v)];

    private static double Target(TwinCase at, int shot, int output) =>
        ((double)at.TargetVolts[(shot * at.Outputs) + output] - at.Scale.OutputCentreVolts[output]) / at.Scale.OutputSpreadVolts[output];

    private void With(string name, Action<ITrainableTwin, TwinCase> fact)
    {
        TwinCase at = TwinCase.Of(name);
        ITrainableTwin twin = Open(at.Scale, at.Hidden, seed: 5, at.Actuators);
        using var ending = twin as IDisposable;
        Assert.Equal((at.Slots, at.Actuators, at.Outputs), (twin.Slots, twin.Actuators, twin.Outputs));
        fact(twin, at);
    }
}
