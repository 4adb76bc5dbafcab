using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>Which steps of the measuring converter were ever read, and what binary digit of their count never changed.</summary>
public sealed class StuckBits(SystemDescription system)
{
    private const int MostBits = 24;

    // A digit that is as often 0 as 1 stands still in so many readings by chance with 2^-39.
    private const int LeastReadings = 40;

    private readonly double _step = system.MeasurementStepVolts;
    private readonly HashSet<int> _read = [];
    private long _readings;
    private int _ones;
    private int _zeros;
    private int _lowest = int.MaxValue;
    private int _highest = int.MinValue;

    /// <summary>Different steps seen; 1 is a channel that says one thing.</summary>
    public int Different => _read.Count;

    /// <param name="volts">Readings, V.</param>
    public void See(ReadOnlySpan<float> volts)
    {
        _readings += volts.Length;
        foreach (float v in volts)
        {
            int count = _step == 0 ? BitConverter.SingleToInt32Bits(v) : (int)Math.Round((v - (double)system.MeasurementRange.MinVolts) / _step);
            _read.Add(count);
            _ones |= count;
            _zeros |= ~count;
            (_lowest, _highest) = (Math.Min(_lowest, count), Math.Max(_highest, count));
        }
    }

    /// <summary>Digits that never changed although what was read went through at least two of their periods, the least significant being 0; none where the step is not known.</summary>
    public IReadOnlyList<int> Stuck => _step == 0 || _readings < LeastReadings ? []
        : [.. Enumerable.Range(0, MostBits).Where(bit => (_ones & _zeros & (1 << bit)) == 0 && _highest - (long)_lowest >= 4L << bit)];
}
