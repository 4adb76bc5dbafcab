using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Twins;

namespace PnnEdge.Conformance;

/// <summary>One size of perceptron twin and one batch for it, all from a seed.</summary>
public sealed class TwinCase
{
    private TwinCase(int slots, int actuators, int[] hidden, int outputs, int shots)
    {
        (Slots, Actuators, Hidden, Outputs, Shots) = (slots, actuators, hidden, outputs, shots);
        var random = new SeededRandom(17, stream: (ulong)((slots * 1000) + outputs));
        float[] Values(int count, float centre, float spread) => [.. Enumerable.Range(0, count).Select(_ => centre + (spread * (float)random.NextNormal()))];
        float[] Spreads(int count) => [.. Enumerable.Range(0, count).Select(_ => 0.3f + random.NextSingle())];
        int inputs = slots + actuators;
        Scale = new TwinScale(Values(inputs, 0.2f, 0.1f), Spreads(inputs), Values(outputs, -0.1f, 0.3f), Spreads(outputs));
        SlotVolts = Values(shots * slots, 0.2f, 0.7f);
        ActuatorVolts = Values(actuators, 0.2f, 0.4f);
        OutputGradient = Values(shots * outputs, 0, 1);
        TargetVolts = Values(shots * outputs, 0, 0.7f);
    }

    public static TheoryData<string> Names => ["two hidden layers", "one shot, no actuator", "no hidden layer", "as wide as the paper's input"];

    public int Slots { get; }

    public int Actuators { get; }

    public int[] Hidden { get; }

    public int Outputs { get; }

    public int Shots { get; }

    public TwinScale Scale { get; }

    public IReadOnlyList<int> Widths => [Slots + Actuators, .. Hidden, Outputs];

    /// <summary>[shot, slot], V.</summary>
    public float[] SlotVolts { get; }

    /// <summary>[actuator], V.</summary>
    public float[] ActuatorVolts { get; }

    /// <summary>[shot, output], 1/V.</summary>
    public float[] OutputGradient { get; }

    /// <summary>[shot, output], V.</summary>
    public float[] TargetVolts { get; }

    /// <summary>[shot, slot then actuator], V.</summary>
    public float[] Rows => [.. Enumerable.Range(0, Shots).SelectMany(Row)];

    public static TwinCase Of(string name) => name switch
    {
        "two hidden layers" => new(16, 1, [32, 32], 8, 5),
        "one shot, no actuator" => new(7, 0, [13], 5, 1),
        "no hidden layer" => new(6, 2, [], 3, 4),
        _ => new(50, 50, [100, 60], 50, 9),
    };

    public IEnumerable<float> Row(int shot) => [.. SlotVolts[(shot * Slots)..((shot + 1) * Slots)], .. ActuatorVolts];

    /// <summary>The same twin in double precision, at a twin's own numbers.</summary>
    public DoublePerceptron InDouble(float[] parameters) => new(Scale, Widths, [.. parameters.Select(p => (double)p)]);
}
