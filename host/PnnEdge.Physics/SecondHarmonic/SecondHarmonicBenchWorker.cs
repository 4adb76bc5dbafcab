using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>One thread's share of a bench: conditions → optics → reading, for a few shots.</summary>
internal sealed class SecondHarmonicBenchWorker
{
    private readonly SecondHarmonicBenchOptions _options;
    private readonly SecondHarmonicWeather _weather;
    private readonly SpectrometerReadout _readout;
    private readonly SecondHarmonicForward _forward = new();
    private readonly OpticalTable _table = new();
    private readonly LaneDepletedOptics? _full;
    private readonly SecondHarmonicConditions[] _conditions = new SecondHarmonicConditions[SecondHarmonicForward.MaxShots];
    private ulong _serial;
    private SecondHarmonicShot _shot;
    private SecondHarmonicUnit _unit;

    public SecondHarmonicBenchWorker(SecondHarmonicBenchOptions options, FaultSchedule faults)
    {
        _options = options;
        _weather = new SecondHarmonicWeather(options, faults);
        _readout = new SpectrometerReadout(options.Noise);
        _serial = options.Serial;
        _unit = SecondHarmonicUnit.Of(options.Serial, options.Tolerances);
        _table.Set(options.Parameters, _unit.PixelGains);
        if (options.Crystal == CrystalEquations.Full)
        {
            _full = new LaneDepletedOptics(SecondHarmonicBench.CrystalSteps);
            _full.Set(options.Parameters);
        }
    }

    /// <param name="drive">[shot, sample], V.</param>
    /// <param name="node">[shot, sample], V; overwritten.</param>
    public void Run(ulong firstShot, int shots, ReadOnlySpan<float> drive, Span<float> node)
    {
        for (int shot = 0; shot < shots; shot++)
        {
            _conditions[shot] = _weather.At(firstShot + (ulong)shot);
        }

        for (int first = 0, end; first < shots; first = end)
        {
            // Shots of one unit in one alignment share its table.
            ref readonly SecondHarmonicConditions now = ref _conditions[first];
            for (end = first + 1; end < shots && _conditions[end].Serial == now.Serial && _conditions[end].Shot == now.Shot;) { end++; }

            Align(now.Serial, now.Shot);
            int at = first * ShotLayout.SamplesPerShot;
            int length = (end - first) * ShotLayout.SamplesPerShot;
            if (_full is null) { _forward.Run(_table, end - first, drive.Slice(at, length), node.Slice(at, length)); }
            else { _full.Forward(_table, end - first, drive.Slice(at, length), node.Slice(at, length)); }
        }

        for (int shot = 0; shot < shots; shot++)
        {
            ulong logical = firstShot + (ulong)shot;
            Span<float> bins = node.Slice(shot * ShotLayout.SamplesPerShot + ShotLayout.Pixels, ShotLayout.Bins);
            _readout.Read(_weather.ChanceAt(logical), logical, _conditions[shot], bins);
        }
    }

    private void Align(ulong serial, in SecondHarmonicShot shot)
    {
        if (serial == _serial && shot == _shot)
        {
            return;
        }

        if (serial != _serial)
        {
            _unit = SecondHarmonicUnit.Of(serial, _options.Tolerances);
        }

        SecondHarmonicParameters now = shot.Of(_options.Parameters);
        _table.SetShaperAndCrystal(now, _unit.PixelGains);
        _full?.Set(now);
        (_serial, _shot) = (serial, shot);
    }
}
