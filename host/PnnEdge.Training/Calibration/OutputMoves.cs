using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>Every output moved alone from one end of its range to the other, and whether any input noticed: what finds a channel that is stuck.</summary>
/// <param name="Outputs">That the bench has beside each other.</param>
/// <param name="Tried">Of those; of a long bank <see cref="MostOfBank"/>, evenly spread.</param>
/// <param name="Dead">Names of those that moved no input.</param>
/// <param name="InputMoves">[input]: some output moved it.</param>
public sealed record OutputMoves(int Outputs, int Tried, IReadOnlyList<string> Dead, bool[] InputMoves)
{
    /// <summary>Of one bank of static outputs, each of which is moved eight times in a round: 20 s where they settle in 20 ms.</summary>
    public const int MostOfBank = 128;

    /// <summary>Random settings of all other outputs, others in every round: at a single one an output may do nothing.</summary>
    private const int Bases = 2;

    /// <summary>Of a dead output being taken for one that moves; ours.</summary>
    private const double Alarm = 1e-4;

    /// <summary>Readings at either end, round by round; only outputs that nothing was seen of come to the next.</summary>
    private static readonly int[] Repeats = [2, 8, 32, 128];

    /// <returns>Null where a bench has nothing beside its one drive: whether that moves the input, the sweep says.</returns>
    /// <param name="areSlots">A shot's samples are channels beside each other, not moments.</param>
    /// <param name="unused">Static outputs that are left alone, by their bank's name.</param>
    /// <param name="progress">Told outputs judged and outputs.</param>
    public static async Task<OutputMoves?> MeasureAsync(
        IPhysicalSystem system, bool areSlots, IReadOnlyList<string> unused, ShotCounter counter, Action<int, int> progress, CancellationToken cancellation)
    {
        SystemDescription d = system.Description;
        BenchOutput[] all = [.. BenchOutput.Of(d, areSlots).Where(output => output.Slot >= 0 || !unused.Contains(output.Bank))], tried = [.. BenchOutput.Spread(all, MostOfBank)];
        if (tried.Length == 0) { return null; }
        var random = new SeededRandom(seed: 0, stream: 0x0D7);
        List<BenchOutput> open = [.. tried];
        bool[] inputs = new bool[d.MeasurementSamples];
        for (int round = 0; round < Repeats.Length && open.Count > 0; round++)
        {
            OutputBase[] bases = [.. Enumerable.Range(0, Bases).Select(i => OutputBase.Random(d, areSlots, (round * Bases) + i, random))];
            var seen = new MovedInputs(Bases, inputs, Alarm / Repeats.Length, d.MeasurementStepVolts);
            int repeats = Math.Max(Repeats[round], MovedInputs.LeastRepeats(open.Count));
            List<double[][]> apart = [.. open.Select(_ => new double[Bases][])];
            for (int i = 0; i < Bases; i++)
            {
                for (int o = 0; o < open.Count; o++)
                {
                    apart[o][i] = seen.Add(i, await bases[i].PlayAsync(system, open[o], repeats, counter, cancellation));
                }
            }

            open = [.. open.Where((_, o) => !seen.HasMoved(apart[o], repeats))];
            progress(tried.Length - open.Count, tried.Length);
        }

        return new OutputMoves(all.Length, tried.Length, [.. open.Select(output => output.Name)], inputs);
    }
}
