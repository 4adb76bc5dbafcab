using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Data;

namespace PnnEdge.Training.Methods;

/// <summary>Mini-batches without end: which samples one holds is a function of seed, stream and its number alone.</summary>
/// <param name="stream">Of the orders; every time through the samples adds one.</param>
internal sealed class BatchFeed(Dataset train, int batchShots, ulong seed, ulong stream)
{
    private readonly int[] _order = new int[train.Count];
    private readonly int[] _labels = new int[Math.Min(batchShots, train.Count)];
    private readonly float[] _features = new float[Math.Min(batchShots, train.Count) * train.FeatureCount];
    private long _position;
    private long _orderEpoch = -1;

    public int Samples => _labels.Length;

    /// <summary>The next; its arrays are written over by the one after it.</summary>
    /// <param name="shotsOfLayer">As in <see cref="MiniBatch"/>.</param>
    public MiniBatch Next(Func<int, ulong> shotsOfLayer)
    {
        for (int i = 0; i < _labels.Length; i++, _position++)
        {
            int sample = SampleAt(_position);
            train.Features.AsSpan(sample * train.FeatureCount, train.FeatureCount).CopyTo(_features.AsSpan(i * train.FeatureCount));
            _labels[i] = train.Labels[sample];
        }

        return new MiniBatch(_features, _labels, shotsOfLayer);
    }

    private int SampleAt(long position)
    {
        long epoch = position / _order.Length;
        if (epoch != _orderEpoch)
        {
            for (int i = 0; i < _order.Length; i++) { _order[i] = i; }
            new SeededRandom(seed, stream + (ulong)epoch).Shuffle(_order);
            _orderEpoch = epoch;
        }

        return _order[(int)(position % _order.Length)];
    }
}
