using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Oscillators;

/// <summary>One thread's share of a bench: conditions → amplitudes loaded → physics → amplitudes read, for a few shots.</summary>
internal sealed class OscillatorBenchWorker(OscillatorParameters parameters, OutputNoise readNoise, OscillatorWeather weather)
{
    /// <summary>Rows that share one walk over the coupling matrix; more gave little.</summary>
    public const int MaxShots = 32;

    private readonly OscillatorForward _forward = new(parameters.Count, MaxShots);
    private readonly OscillatorConditions[] _conditions = new OscillatorConditions[MaxShots];
    private readonly NormalNoise _normal = new();
    private readonly float[] _normals = new float[parameters.Count];
    private readonly Readout _readout = new(readNoise);

    /// <param name="fields">[unit].</param>
    /// <param name="driveVolts">[shot, 2N], V.</param>
    /// <param name="nodeVolts">[shot, 2N], V; overwritten.</param>
    public void Run(OscillatorField[] fields, ulong firstShot, int shots, ReadOnlySpan<float> driveVolts, Span<float> nodeVolts)
    {
        for (int shot = 0; shot < shots; shot++)
        {
            _conditions[shot] = weather.At(firstShot + (ulong)shot);
        }

        int samples = 2 * parameters.Count;
        for (int first = 0, end; first < shots; first = end)
        {
            // Shots of one unit share its matrix.
            for (end = first + 1; end < shots && _conditions[end].UnitIndex == _conditions[first].UnitIndex;) { end++; }

            for (int shot = first; shot < end; shot++)
            {
                LoadShot(shot - first, firstShot + (ulong)shot, _conditions[shot], driveVolts.Slice(shot * samples, parameters.Count));
            }

            _forward.Run(fields[_conditions[first].UnitIndex], end - first, parameters.Steps, (float)parameters.StepRadians);
            for (int shot = first; shot < end; shot++)
            {
                Span<float> node = nodeVolts.Slice(shot * samples, samples);
                node[..parameters.Count].Clear();
                _forward.Amplitudes(shot - first).CopyTo(node[parameters.Count..]);
                ulong logical = firstShot + (ulong)shot;
                _readout.Read(weather.ChanceAt(logical), logical, _conditions[shot].Read, node[parameters.Count..]);
            }
        }
    }

    private void LoadShot(int row, ulong shot, in OscillatorConditions now, ReadOnlySpan<float> amplitudeVolts)
    {
        Span<float> amplitude = _forward.Load(row, now.Shot);
        amplitudeVolts.CopyTo(amplitude);
        if (now.AmplitudeRms > 0)
        {
            _normal.Fill(weather.ChanceAt(shot), ChanceStream.AmplitudeNoise, shot, _normals);
            float rms = (float)now.AmplitudeRms;
            for (int n = 0; n < amplitude.Length; n++)
            {
                amplitude[n] = MathF.FusedMultiplyAdd(rms, _normals[n], amplitude[n]);
            }
        }
    }
}
