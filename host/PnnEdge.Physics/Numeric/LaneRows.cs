namespace PnnEdge.Physics.Numeric;

/// <summary>Between a batch's rows, one shot each, and the order that lanes read: one sample of all lanes after the other.</summary>
internal static class LaneRows
{
    // Of all lanes these samples fit the nearest cache; a whole shot of every lane does not.
    private const int Block = 16;

    /// <inheritdoc cref="Spread(ReadOnlySpan{float}, ReadOnlySpan{float}, int, Span{float})"/>
    public static void Spread(ReadOnlySpan<float> rows, int samplesPerShot, Span<float> columns)
    {
        Span<float> none = stackalloc float[rows.Length / samplesPerShot];
        none.Clear();
        Spread(rows, none, samplesPerShot, columns);
    }

    /// <param name="rows">[shot, sample].</param>
    /// <param name="offsets">[shot], added to every sample.</param>
    /// <param name="columns">[sample, lane]; overwritten. Lanes beyond the last shot repeat it.</param>
    public static void Spread(ReadOnlySpan<float> rows, ReadOnlySpan<float> offsets, int samplesPerShot, Span<float> columns)
    {
        int lanes = columns.Length / samplesPerShot;
        for (int first = 0; first < samplesPerShot; first += Block)
        {
            int length = Math.Min(Block, samplesPerShot - first);
            for (int lane = 0; lane < lanes; lane++)
            {
                int shot = Math.Min(lane, offsets.Length - 1);
                ReadOnlySpan<float> row = rows.Slice(shot * samplesPerShot + first, length);
                float offset = offsets[shot];
                int at = first * lanes + lane;
                foreach (float value in row)
                {
                    columns[at] = value + offset;
                    at += lanes;
                }
            }
        }
    }

    /// <param name="columns">[sample, lane].</param>
    /// <param name="rows">[shot, sample]; overwritten. Lanes beyond the last shot are left out.</param>
    public static void Gather(ReadOnlySpan<float> columns, int samplesPerShot, Span<float> rows)
    {
        int lanes = columns.Length / samplesPerShot;
        int shots = rows.Length / samplesPerShot;
        for (int first = 0; first < samplesPerShot; first += Block)
        {
            int length = Math.Min(Block, samplesPerShot - first);
            for (int shot = 0; shot < shots; shot++)
            {
                Span<float> row = rows.Slice(shot * samplesPerShot + first, length);
                int at = first * lanes + shot;
                for (int sample = 0; sample < row.Length; sample++)
                {
                    row[sample] = columns[at];
                    at += lanes;
                }
            }
        }
    }
}
