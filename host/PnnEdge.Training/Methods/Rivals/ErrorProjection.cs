using PnnEdge.Numerics.Chance;

namespace PnnEdge.Training.Methods.Rivals;

/// <summary>A fixed random matrix for each layer that carries the output's error straight to it (Nøkland, NeurIPS 2016).</summary>
internal sealed class ErrorProjection
{
    private readonly float[][] _matrix; // [layer][target, class]
    private readonly int _classes;

    /// <param name="targets">[layer]: how many numbers receive the error.</param>
    public ErrorProjection(IReadOnlyList<int> targets, int classes, ulong seed)
    {
        _classes = classes;
        var random = new SeededRandom(seed, stream: 0xDFA);
        double spread = 1 / Math.Sqrt(classes);
        _matrix = [.. targets.Select(count => new float[count * classes])];
        foreach (float[] matrix in _matrix)
        {
            foreach (ref float weight in matrix.AsSpan()) { weight = (float)(spread * random.NextNormal()); }
        }
    }

    /// <param name="dlogits">[shot, class].</param> <param name="projected">[shot, target]; overwritten.</param>
    public void Forward(int layer, ReadOnlySpan<float> dlogits, int shots, Span<float> projected)
    {
        float[] matrix = _matrix[layer];
        int targets = matrix.Length / _classes;
        for (int s = 0; s < shots; s++)
        {
            ReadOnlySpan<float> error = dlogits.Slice(s * _classes, _classes);
            for (int t = 0; t < targets; t++)
            {
                float sum = 0;
                for (int c = 0; c < _classes; c++) { sum += matrix[(t * _classes) + c] * error[c]; }
                projected[(s * targets) + t] = sum;
            }
        }
    }
}
