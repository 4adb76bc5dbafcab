namespace PnnEdge.Training.Calibration;

/// <summary>Which binary digits of a converter's words changed, and which did not although they surely should have.</summary>
/// <remarks>
/// A digit that stands still leaves out every other stretch of 2^digit words. What a bench reads can leave out one by itself, such as between two states; it then seldom goes
/// right up to both ends of the stretches it does visit, as readings do that only lost a digit.
/// </remarks>
/// <param name="lowest">The lowest word, in the words' unit.</param> <param name="step">Between neighbouring words, same unit; 0 where words are no counts.</param>
/// <param name="bits">Of a word.</param>
public sealed class StuckBits(double lowest, double step, int bits)
{
    /// <summary>In each outermost eighth of the stretches.</summary>
    private const int LeastReadings = 40;

    private readonly long[] _atBegin = new long[bits];
    private readonly long[] _atEnd = new long[bits];
    private int _ones;
    private int _zeros;
    private int _least = int.MaxValue;
    private int _most = int.MinValue;

    /// <summary>Every reading so far was the same.</summary>
    public bool IsStill => _least == _most;

    /// <summary>Digits that were read as 0 and as 1.</summary>
    public int Changed => Enumerable.Range(0, bits).Count(HasChanged);

    /// <summary>Digits that never changed although readings went through at least one of their periods, the least significant being 0; none where words are no counts.</summary>
    public IReadOnlyList<int> Stuck => [.. Enumerable.Range(0, bits).Where(bit =>
        !HasChanged(bit) && _most - (long)_least >= 2L << bit && _atBegin[bit] >= LeastReadings && _atEnd[bit] >= LeastReadings)];

    public void See(float word)
    {
        int count = step == 0 ? BitConverter.SingleToInt32Bits(word) : (int)Math.Round((word - lowest) / step);
        _ones |= count;
        _zeros |= ~count;
        (_least, _most) = (Math.Min(_least, count), Math.Max(_most, count));
        for (int bit = 0; bit < bits; bit++)
        {
            int last = (1 << bit) - 1, at = count & last;
            if (at <= last / 8) { _atBegin[bit]++; }
            if (at >= last - (last / 8)) { _atEnd[bit]++; }
        }
    }

    private bool HasChanged(int bit) => (_ones & _zeros & (1 << bit)) != 0;
}
