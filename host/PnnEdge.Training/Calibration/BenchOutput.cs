using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>An output that can be moved alone: a sample of the drive, where those are channels beside each other, or a static output.</summary>
/// <param name="Name">For sentences, counted from 0.</param>
/// <param name="Bank">Equal ones have the same.</param>
/// <param name="Slot">Index of the drive's sample; −1 for a static output.</param>
/// <param name="Actuator">Index of the static output; −1 for the drive.</param>
public sealed record BenchOutput(string Name, string Bank, int Slot, int Actuator, VoltRange Range)
{
    /// <param name="areSlots">A shot is loaded first and read afterwards, so that its samples are channels and no moments.</param>
    public static IEnumerable<BenchOutput> Of(SystemDescription system, bool areSlots)
    {
        for (int slot = 0; areSlots && slot < system.StimulusSamples; slot++) { yield return new BenchOutput($"output {slot}", string.Empty, slot, -1, system.StimulusRange); }
        int at = 0;
        foreach (ActuatorPort port in system.Actuators)
        {
            for (int i = 0; i < port.Count; i++) { yield return new BenchOutput(NameIn(port, i), port.Name, -1, at++, port.Range); }
        }
    }

    /// <summary>Of one of a bank's outputs, counted from 0.</summary>
    public static string NameIn(ActuatorPort port, int index) => port.Count == 1 ? port.Name : $"{port.Name} {index}";

    /// <summary>All slots, and of each bank of static outputs at most so many, evenly spread.</summary>
    public static IEnumerable<BenchOutput> Spread(IEnumerable<BenchOutput> all, int mostOfBank) => all.GroupBy(output => (output.Bank, output.Slot < 0)).SelectMany(bank =>
    {
        BenchOutput[] outputs = [.. bank];
        int taken = bank.Key.Item2 ? Math.Min(outputs.Length, mostOfBank) : outputs.Length;
        return Enumerable.Range(0, taken).Select(i => outputs[(int)((long)i * outputs.Length / taken)]);
    });
}
