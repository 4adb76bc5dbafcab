using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Tests;

public class GradientTests
{
    public static TheoryData<string> Shapes => ["one layer", "three layers", "elements and edges", "hybrid", "branches with skip", "class slots"];

    [Theory, MemberData(nameof(Shapes))]
    public async Task The_step_gradient_is_the_central_difference_of_loss_and_penalty(string kind)
    {
        // The twin in both directions: then the step's gradient must be exact, through every stage and layer.
        MlpTwin twin = RandomTwin();
        await using var system = new TwinSystem(twin, TinyTask.Plan, TinyTask.System().Description);
        var network = new PhysicalNetwork(ShapeOf(kind), OutputScale.Same(TinyTask.Plan.Windows, 0.05f, 0.6f));
        network.Initialise(4);
        for (int l = 1; l < network.Shape.Layers && !kind.EndsWith("layers", StringComparison.Ordinal); l++) { network.SetLayerInput(l, 0.1f, 0.5f); } // no unit near a clamp, where a difference has two slopes
        foreach (ParameterSegment edges in network.Layout.Segments.Where(s => s.Name == "readout.edges"))
        {
            // On a window's border a mean has two slopes.
            foreach (ref float edge in edges.Of(network.Parameters)) { edge = Math.Clamp((0.9f * edge) + 0.031f, 0.02f, 0.98f); }
        }

        var method = new PhysicsAware(network, system, twin, TinyTask.Settings(1).Penalty, TimeProvider.System);
        float[] gradient = new float[network.Parameters.Length], unused = new float[network.Parameters.Length];
        float[] features = [.. new float[5 * 4].Select((_, i) => 0.1f + (0.8f * ((i * 7 % 20) / 20f)))];
        int[] labels = [0, 1, 2, 1, 0];

        await method.GradientAsync(new MiniBatch(features, labels, _ => 0), gradient, default);
        var wrong = new List<string>();
        foreach (ParameterSegment segment in network.Layout.Segments)
        {
            for (int i = segment.Start; i < segment.Start + segment.Length; i++)
            {
                const float h = 0.002f;
                float middle = network.Parameters[i];
                network.Parameters[i] = middle + h;
                double up = await Cost();
                network.Parameters[i] = middle - h;
                double down = await Cost();
                network.Parameters[i] = middle;
                double difference = (up - down) / (2 * (double)h);

                // Single precision of a loss of order 1, a few 1e-7, over 2h = 4e-3: 1e-4; truncation in h² adds about 1 % of steep ones.
                if (!(Math.Abs(difference - gradient[i]) < 4e-4 + (0.02 * Math.Abs(difference)))) { wrong.Add($"{segment.Name}[{i - segment.Start}]: {difference} against {gradient[i]}"); }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("; ", wrong));
        Assert.Contains(gradient, g => Math.Abs(g) > 0.05);
        Assert.All(network.Layout.Segments.Where(s => s.Length > 0), s => Assert.Contains(gradient[s.Start..(s.Start + s.Length)], g => Math.Abs(g) > 1e-4));

        async Task<double> Cost()
        {
            GradientReport report = await method.GradientAsync(new MiniBatch(features, labels, _ => 0), unused, default);
            return report.Loss + report.Penalty;
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void The_twin_reverse_is_the_central_difference_of_its_forward(bool causal)
    {
        MlpTwin twin = causal ? CausalTwin() : RandomTwin();
        // Three shots of slots, then the actuator that all of them share.
        int slots = 3 * twin.Slots;
        float[] x = Noise(slots + twin.Actuators, 5), v = Noise(3 * twin.Outputs, 6), dx = new float[x.Length], y = new float[v.Length];
        twin.Vjp(x.AsSpan(0, slots), x.AsSpan(slots), 3, v, dx.AsSpan(0, slots), dx.AsSpan(slots));
        for (int i = 0; i < x.Length; i = i == x.Length - 1 ? x.Length : Math.Min(i + 5, x.Length - 1))
        {
            const float h = 1f / 128;
            float middle = x[i];
            x[i] = middle + h;
            twin.Forward(x.AsSpan(0, slots), x.AsSpan(slots), 3, y);
            double up = Dot(v, y);
            x[i] = middle - h;
            twin.Forward(x.AsSpan(0, slots), x.AsSpan(slots), 3, y);
            double difference = (up - Dot(v, y)) * 64;
            x[i] = middle;
            Assert.Equal(difference, dx[i], i < slots ? 5e-4 : 1.5e-3); // rounding 5e-6·64 = 3e-4 of sums of order 5; truncation h² = 6e-5; the actuator moves three shots at once
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void The_fit_gradient_is_the_central_difference_of_the_fit_loss(bool causal)
    {
        MlpTwin twin = causal ? CausalTwin() : RandomTwin();
        float[] x = Noise(6 * twin.Inputs, 7), y = Noise(6 * twin.Outputs, 8), gradient = new float[twin.Parameters.Length], unused = new float[twin.Parameters.Length];
        twin.LossGradient(x, y, 6, gradient);
        for (int i = 0; i < gradient.Length; i += 41)
        {
            const float h = 1f / 64;
            float middle = twin.Parameters[i];
            twin.Parameters[i] = middle + h;
            double up = twin.LossGradient(x, y, 6, unused);
            twin.Parameters[i] = middle - h;
            double difference = (up - twin.LossGradient(x, y, 6, unused)) * 32;
            twin.Parameters[i] = middle;
            Assert.Equal(difference, gradient[i], 2e-4); // a loss of order 1 to 1e-6, times 32; truncation h² = 2e-4 of the third derivative
        }
    }

    [Fact]
    public void A_clamped_slot_gets_no_gradient_and_is_counted()
    {
        float[] unit = [0.5f, 1.2f, -0.1f, 0.25f, 0.5f, 0.5f, 0.5f, 0.5f], theta = [0, 1, 1.01f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f];
        float[] volts = new float[TinyTask.Plan.Shot.StimulusSamples];
        Assert.Equal(3, SlotEncoder.Forward(unit, theta, 1, TinyTask.Plan, TinyTask.Drive, volts));
        Assert.Equal(1.5f, volts[TinyTask.Plan.DataSlotAt[1] * 2]);
        Assert.Equal(-1.5f, volts[TinyTask.Plan.DataSlotAt[2] * 2]);
        Assert.Equal(-0.75f, volts[TinyTask.Plan.DataSlotAt[3] * 2]);
        float[] dunit = new float[8], dtheta = new float[8], dslot = [.. Enumerable.Repeat(1f, 16)];
        SlotEncoder.Vjp(unit, theta, 1, TinyTask.Plan, TinyTask.Drive, dslot, dunit, dtheta);
        Assert.Equal([3f, 0, 0, 3, 3, 3, 3, 3], dunit);
        Assert.Equal([3f, 3, 0, 3, 3, 3, 3, 3], dtheta);
    }

    [Fact]
    public void A_unit_that_is_not_a_number_is_refused()
    {
        float[] unit = new float[8], theta = new float[8], volts = new float[TinyTask.Plan.Shot.StimulusSamples];
        unit[3] = float.NaN;
        Assert.Contains("diverged", Assert.Throws<InvalidOperationException>(() => SlotEncoder.Forward(unit, theta, 1, TinyTask.Plan, TinyTask.Drive, volts)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_is_the_mean_of_its_samples_behind_the_delay()
    {
        var plan = new SlotPlan(5, 2, 3, 4, delaySamples: 2);
        float[] volts = Noise(2 * 30, 1), windows = new float[8];
        WindowDecoder.Forward(volts, 2, plan, windows);
        Assert.Equal(volts[2..7].Average(), windows[0], 1e-6); // single precision of a mean of order 1
        Assert.Equal(volts[37..42].Average(), windows[5], 1e-6);
    }

    [Fact]
    public void Parameters_come_first_and_alternate_with_the_data_when_there_are_as_many()
    {
        var plan = new SlotPlan(3, 3, 1, 3);
        Assert.Equal([0, 2, 4], plan.ParameterSlotAt);
        Assert.Equal([1, 3, 5], plan.DataSlotAt);
        var uneven = new SlotPlan(6, 2, 1, 3);
        Assert.Equal([0, 4], uneven.ParameterSlotAt);
        Assert.Equal([1, 2, 3, 5, 6, 7], uneven.DataSlotAt);
        Assert.Empty(new SlotPlan(4, 0, 1, 3).ParameterSlotAt);
    }

    [Fact]
    public void What_was_applied_is_decoded_to_the_held_volt()
    {
        float[] unit = [.. Enumerable.Range(0, 8).Select(i => i / 7.3f)], theta = [.. Enumerable.Range(0, 8).Select(i => 0.9f - (i / 9.1f))], volts = new float[32], applied = new float[16];
        SlotEncoder.Forward(unit, theta, 1, TinyTask.Plan, TinyTask.Drive, volts);
        AppliedSlots.Forward(new Measurement(0, 1, volts, [0.25f], volts), TinyTask.Plan, applied);
        for (int i = 0; i < 8; i++) { Assert.Equal(-1.5f + (unit[i] * 3f), applied[TinyTask.Plan.DataSlotAt[i]]); }
    }

    [Fact]
    public void The_penalty_is_near_nothing_inside_and_a_straight_line_outside()
    {
        var penalty = new RangePenalty(1, 25);
        Assert.InRange(penalty.Value([0.5f], 1), 0, 1e-6);
        Assert.Equal(1, penalty.Value([2f], 1), 1e-9);
        Assert.Equal(0.5, penalty.Value([-0.5f], 1), 1e-6); // softplus(12.5) exceeds 12.5 by 4e-6, over 25
        float[] gradient = new float[3];
        penalty.AddGradient([0.5f, 2f, -1f], 1, gradient);
        Assert.Equal(0, gradient[0], 1e-5);
        Assert.Equal(1, gradient[1], 1e-6);
        Assert.Equal(-1, gradient[2], 1e-6);
    }

    [Fact]
    public void The_penalty_and_its_slope_are_those_of_the_formula_for_any_number_of_units()
    {
        var penalty = new RangePenalty(0.7f, 25);
        foreach (int count in new[] { 1, 7, 64, 65, 200 })
        {
            float[] unit = [.. Enumerable.Range(0, count).Select(i => (float)Math.Sin(1 + i) * 2)], slope = new float[count];
            penalty.AddGradient(unit, 1.0 / count, slope);
            Assert.Equal(0.7 / count * unit.Sum(u => SoftPlus(-25 * u) + SoftPlus(25 * (u - 1.0))) / 25, penalty.Value(unit, 1.0 / count), 1e-6); // e^x in single precision
            Assert.All(unit.Zip(slope), at => Assert.Equal(0.7 / count * ((1 / (1 + Math.Exp(-25 * (at.First - 1.0)))) - (1 / (1 + Math.Exp(25.0 * at.First)))), at.Second, 1e-6));
        }

        static double SoftPlus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
    }

    [Fact]
    public void Every_layer_carries_every_input()
    {
        foreach (SlotOrder order in Enum.GetValues<SlotOrder>())
        {
            for (int layer = 0; layer < 3; layer++) { Assert.Equal(12, Wiring.Sources(12, 30, layer, order, 5).Distinct().Count()); }
        }

        Assert.Equal([0, 1, 2, 0, 1], Wiring.Sources(3, 5, 0, SlotOrder.Reversed, 5));
        Assert.Equal([1, 0, 2, 1, 0], Wiring.Sources(3, 5, 1, SlotOrder.Reversed, 5));
        Assert.Equal(Wiring.Sources(12, 12, 2, SlotOrder.Shuffled, 5), Wiring.Sources(12, 12, 2, SlotOrder.Shuffled, 5));
    }

    [Fact]
    public void A_window_of_a_causal_twin_sees_no_later_and_no_older_slot()
    {
        MlpTwin twin = CausalTwin();
        float[] x = Noise(twin.Inputs, 5), dy = new float[twin.Outputs], dx = new float[twin.Inputs];
        dy[4] = 1; // slots 8 and 9, and a memory of 5: slots 5 to 9
        twin.Vjp(x.AsSpan(0, 16), x.AsSpan(16), 1, dy, dx.AsSpan(0, 16), dx.AsSpan(16));
        for (int slot = 0; slot < 16; slot++) { Assert.Equal(slot is >= 5 and <= 9, dx[slot] != 0); }
        Assert.NotEqual(0, dx[16]);
    }

    private static NetworkShape ShapeOf(string kind) => kind switch
    {
        "one layer" => TinyTask.Shape(1),
        "three layers" => TinyTask.Shape(3),
        "elements and edges" => TinyTask.Shape(2) with { Rescale = RescaleKind.Element, TrainEdges = true },
        "hybrid" => TinyTask.Shape(1) with { Branches = 3, Input = InputKind.Dense, Readout = ReadoutKind.Dense, TrainSkip = false },
        "branches with skip" => TinyTask.Shape(2) with { Branches = 2, Readout = ReadoutKind.Dense },
        "class slots" => TinyTask.Shape(2) with { ClassSlots = 3, TrainSkip = false, ActuatorSpread = 0.2f },
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static MlpTwin CausalTwin()
    {
        ReceptiveField field = ReceptiveField.Of(TinyTask.Plan, actuators: 1, memorySlots: 5);
        return new MlpTwin(new TwinScale([.. Enumerable.Repeat(0.1f, 7)], [.. Enumerable.Repeat(0.9f, 7)], [-0.05f], [0.5f]), [20, 16], seed: 3, actuators: 1, field);
    }

    private static MlpTwin RandomTwin()
    {
        int inputs = TinyTask.Plan.Slots + 1, outputs = TinyTask.Plan.Windows;
        return new MlpTwin(new TwinScale(
            [.. Enumerable.Repeat(0.1f, inputs)], [.. Enumerable.Repeat(0.9f, inputs)],
            [.. Enumerable.Repeat(-0.05f, outputs)], [.. Enumerable.Repeat(0.5f, outputs)]), [24, 20], seed: 3, actuators: 1);
    }

    private static float[] Noise(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextNormal())];
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (p, q) => (double)p * q).Sum();
}
