using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>One thread's share of a bench: conditions → optics → reading, for a few shots.</summary>
internal sealed class SecondHarmonicBenchWorker
{
    private readonly SecondHarmonicBenchOptions _options;
    private readonly OpticalWeather _weather;
    private readonly SpectrometerReadout _readout;
    private readonly LaneOptics _optics = new();
    private readonly OpticalTable _table = new();
    private readonly LaneDepletedOptics? _fullOptics;
    private OpticalConditions _conditions;
    private double[] _pixelGains;

    public SecondHarmonicBenchWorker(SecondHarmonicBenchOptions options, FaultSchedule faults)
    {
        _options = options;
        _weather = new OpticalWeather(options, faults);
        _readout = new SpectrometerReadout(options.Noise);
        _conditions = new OpticalConditions(options.Serial, 0, 0, 0);
        _pixelGains = SecondHarmonicUnit.PixelGains(options.Serial, options.Tolerances);
        _table.Set(options.Parameters, _pixelGains);
        if (options.Crystal == CrystalEquations.Full)
        {
            _fullOptics = new LaneDepletedOptics(SecondHarmonicBench.CrystalSteps);
            _fullOptics.Set(options.Parameters);
        }
    }

    /// <param name="drive">[shot, sample], V.</param>
    /// <param name="node">[shot, sample], V; overwritten.</param>
    public void Run(ulong firstShot, int shots, ReadOnlySpan<float> drive, Span<float> node)
    {
        int count;
        for (int done = 0; done < shots; done += count)
        {
            OpticalConditions conditions = _weather.OpticsAt(firstShot + (ulong)done);
            count = 1;
            while (count < LaneOptics.MaxShots && done + count < shots && _weather.OpticsAt(firstShot + (ulong)(done + count)) == conditions)
            {
                count++;
            }

            Align(conditions);
            int at = done * ShotLayout.SamplesPerShot;
            int length = count * ShotLayout.SamplesPerShot;
            Play(count, drive.Slice(at, length), node.Slice(at, length));
        }

        for (int shot = 0; shot < shots; shot++)
        {
            ulong logical = firstShot + (ulong)shot;
            Span<float> bins = node.Slice(shot * ShotLayout.SamplesPerShot + ShotLayout.Pixels, ShotLayout.Bins);
            _readout.Read(_weather.ChanceAt(logical), logical, _weather.ReadingAt(logical), bins);
        }
    }

    private void Play(int shots, ReadOnlySpan<float> drive, Span<float> node)
    {
        if (_fullOptics is null)
        {
            _optics.Forward(_table, shots, drive, node);
        }
        else
        {
            _fullOptics.Forward(_table, shots, drive, node);
        }
    }

    private void Align(in OpticalConditions conditions)
    {
        if (conditions == _conditions)
        {
            return;
        }

        if (conditions.Serial != _conditions.Serial)
        {
            _pixelGains = SecondHarmonicUnit.PixelGains(conditions.Serial, _options.Tolerances);
        }

        SecondHarmonicParameters nominal = _options.Parameters;
        SecondHarmonicParameters now = nominal with
        {
            ShiftWindows = nominal.ShiftWindows + conditions.ShiftWindows,
            GroupDelayDispersionFs2 = nominal.GroupDelayDispersionFs2 + conditions.DispersionFs2,
            PhaseMismatchPerMm = nominal.PhaseMismatchPerMm + conditions.PhaseMismatchPerMm,
        };
        _table.SetShaperAndCrystal(now, _pixelGains);
        _fullOptics?.Set(now);
        _conditions = conditions;
    }
}
