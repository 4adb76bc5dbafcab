using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Link.Deployment;

/// <summary>What one answer asks of a device: counted, and estimated for an interpreter on an ESP32.</summary>
/// <param name="MultiplyAdds">Scales, windows' spreads, skips and classes.</param>
/// <param name="WordsWritten">Codes packed into stimuli.</param>
/// <param name="WordsRead">Codes measured and summed.</param>
/// <param name="ActuatorValues">Set, layer by layer.</param>
/// <param name="TransferMillis">The converters at work.</param>
/// <param name="MemoryBytes">Once loaded.</param>
public sealed record ProgramCost(long MultiplyAdds, long WordsWritten, long WordsRead, long ActuatorValues, double TransferMillis, long MemoryBytes)
{
    // Measured on the interpreter, host nanoseconds × 100 to 200 for an ESP32 (ours, not timed on the chip): a term of a dot product 78 ns, a
    // code packed into two bytes 212 ns; a measured word is a static call, two array reads and a term, 67 + 2 × 42 + 78 ns. A value written to a
    // converter was measured on real boards: 106 to 200 µs.
    private static readonly (double Least, double Most) TermMicros = (8, 20), PackMicros = (20, 40), ReadMicros = (23, 46), SetMicros = (106, 200);

    public double LeastMillis => Millis(TermMicros.Least, PackMicros.Least, ReadMicros.Least, SetMicros.Least);

    public double MostMillis => Millis(TermMicros.Most, PackMicros.Most, ReadMicros.Most, SetMicros.Most);

    public static ProgramCost Of(SealedProgram program)
    {
        ProgramLayout layout = program.Layout;
        long shares = 0;
        for (int c = 0, at = layout.FirstClassAt; c < layout.Classes; c++)
        {
            int count = Bytes.GetUInt16(program.Bytes, at + ProgramLayout.ClassCountAt);
            shares += count;
            at += ProgramLayout.ClassFixedBytes + (4 * count);
        }

        long perLayer = layout.Units + (layout.HasSkip ? 2L : 1L) * layout.Carried;
        int measured = Bytes.GetUInt16(program.Bytes, layout.WindowStartAt + (2 * layout.Windows)) - Bytes.GetUInt16(program.Bytes, layout.WindowStartAt);
        return new ProgramCost(
            (layout.Layers * perLayer) + shares,
            (long)layout.Layers * layout.Shots * (layout.DataSlots + layout.ParameterSlots) * layout.HoldSamples,
            (long)layout.Layers * layout.Shots * measured,
            (long)layout.Layers * layout.Plan.Actuators,
            layout.Layers * (layout.Plan.BlockMicros(layout.Shots) + layout.Plan.SettleMicros) / 1000.0,
            layout.MemoryBytes());
    }

    private double Millis(double term, double pack, double read, double set) =>
        (((MultiplyAdds * term) + (WordsWritten * pack) + (WordsRead * read) + (ActuatorValues * set)) / 1000) + TransferMillis;
}
