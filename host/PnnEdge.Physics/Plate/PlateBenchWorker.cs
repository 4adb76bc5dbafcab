using PnnEdge.Physics.Channel;
using PnnEdge.Physics.Numeric;

namespace PnnEdge.Physics.Plate;

/// <summary>One thread's share of a bench: conditions → physics → gain and offset → noise, for a few shots.</summary>
internal sealed class PlateBenchWorker(OutputNoise noise, PlateWeather weather)
{
    private readonly PlateForward _forward = new();
    private readonly Readout _readout = new(noise);
    private readonly PlateConditions[] _conditions = new PlateConditions[PlateForward.Lanes];

    /// <param name="stateKept">What the shots start with of the state that the last call ended with; 0 is rest.</param>
    /// <param name="driveVolts">[shot, sample], V.</param>
    /// <param name="nodeVolts">[shot, sample], V; overwritten.</param>
    public void Run(ulong firstShot, int shots, int samplesPerShot, double stateKept, ReadOnlySpan<float> driveVolts, Span<float> nodeVolts)
    {
        int lanes = PlateForward.Lanes;
        Span<float> samples = _forward.Samples(samplesPerShot);
        for (int lane = 0; lane < lanes; lane++)
        {
            // Lanes without a shot repeat the last one.
            int shot = Math.Min(lane, shots - 1);
            if (lane < shots)
            {
                _conditions[lane] = weather.At(firstShot + (ulong)lane);
            }

            PlateConditions conditions = _conditions[shot];
            _forward.Plate.Set(lane, conditions.Rig, conditions.FrequencyFactor, conditions.DampingFactor);
        }

        LaneRows.Spread(driveVolts, samplesPerShot, samples);
        if (stateKept == 0)
        {
            _forward.Plate.Rest();
        }
        else
        {
            _forward.Plate.Keep((float)stateKept);
        }

        _forward.Run(samplesPerShot, _conditions[0].Rig.StepsPerSample);
        LaneRows.Gather(samples, samplesPerShot, nodeVolts);
        for (int shot = 0; shot < shots; shot++)
        {
            ulong logical = firstShot + (ulong)shot;
            _readout.Read(weather.ChanceAt(logical), logical, _conditions[shot].Read, nodeVolts.Slice(shot * samplesPerShot, samplesPerShot));
        }
    }
}
