using System.Diagnostics;
using PnnEdge.Numerics.Chance;
using PnnEdge.Physics.Circuit;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Convolution;
using PnnEdge.Twins.Physics;

namespace PnnEdge.Benchmarks.Twins;

/// <summary>What a twin's reverse costs for one shot of MNIST on the circuit: 392 slots, 196 windows. Processor time, so that a busy machine counts once.</summary>
internal static class TwinCosts
{
    private const int Shots = 64;

    private static readonly SlotPlan Plan = new(dataSlots: 196, parameterSlots: 196, holdSamples: 4, windows: 196);

    public static IReadOnlyList<Figure> Measure()
    {
        double perceptron = Micros(CausalPerceptron(memorySlots: 24, [48, 48]));
        double narrow = Micros(Convolution(memorySlots: 48, [16, 16, 16])), wide = Micros(Convolution(memorySlots: 48, [32, 32, 32]));
        double greyBox = Micros(new GreyBoxTwin(new CircuitModel(CircuitParameters.Nominal, threads: 1), Plan, restVolts: 0));
        return
        [
            new("twins.reverse.causal_perceptron_48_48_micros", perceptron, "µs"),
            new("twins.reverse.convolution_16_16_16_micros", narrow, "µs"),
            new("twins.reverse.convolution_32_32_32_micros", wide, "µs"),
            new("twins.reverse.circuit_grey_box_micros", greyBox, "µs"),
            // 1.1 to 1.4 on one machine, by what is left of its caches: that the convolution costs no more is what is held.
            new("twins.reverse.perceptron_over_convolution_ratio", perceptron / narrow, "1", Least: 1),
        ];
    }

    private static double Micros(ITwin twin)
    {
        var random = new SeededRandom(1);
        float[] slots = new float[Shots * twin.Slots], dy = new float[Shots * twin.Outputs], dslots = new float[slots.Length];
        float[] actuators = new float[twin.Actuators], dactuators = new float[twin.Actuators];
        foreach (ref float volts in slots.AsSpan()) { volts = (6 * random.NextSingle()) - 3; }
        foreach (ref float d in dy.AsSpan()) { d = (float)random.NextNormal(); }
        var process = Process.GetCurrentProcess();
        double best = double.PositiveInfinity;
        for (int round = 0; round < 8; round++)
        {
            // Ten calls: processor time is counted in steps that one call would drown in.
            process.Refresh();
            TimeSpan before = process.TotalProcessorTime;
            for (int call = 0; call < 10; call++) { twin.Vjp(slots, actuators, Shots, dy, dslots, dactuators); }
            process.Refresh();
            best = Math.Min(best, (process.TotalProcessorTime - before).TotalMicroseconds / (10 * Shots));
        }

        return best;
    }

    private static MlpTwin CausalPerceptron(int memorySlots, int[] widths)
    {
        ReceptiveField field = ReceptiveField.Of(Plan, actuators: 1, memorySlots);
        return new MlpTwin(Ones(field.RowInputs, 1), widths, seed: 1, actuators: 1, field);
    }

    private static ConvolutionTwin Convolution(int memorySlots, int[] widths)
    {
        ConvolutionShape shape = ConvolutionShape.Of(Plan, actuators: 1, memorySlots, widths);
        return new ConvolutionTwin(shape, Ones(2, shape.WindowsPerStep), seed: 1);
    }

    /// <summary>Scales nothing.</summary>
    public static TwinScale Ones(int inputs, int outputs) =>
        new(new float[inputs], [.. Enumerable.Repeat(1f, inputs)], new float[outputs], [.. Enumerable.Repeat(1f, outputs)]);
}
