using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>A random setting of all outputs, at which one of them is moved.</summary>
/// <param name="Drive">[sample], V.</param> <param name="Actuators">[actuator], V.</param>
internal sealed record OutputBase(float[] Drive, float[] Actuators)
{
    /// <summary>
    /// Static outputs anywhere in their ranges, and so the drive where it is played in time, faster or slower. Slots are in the middle half of what is above 0 V: light adds up there to something
    /// that a single one is seen in, and does not dazzle the detector.
    /// </summary>
    /// <param name="turn">Counted up from base to base: the slowest drive comes first.</param>
    public static OutputBase Random(SystemDescription system, bool areSlots, int turn, SeededRandom random)
    {
        float[] drive = new float[system.StimulusSamples];
        if (areSlots) { foreach (ref float v in drive.AsSpan()) { v = Between(Above(system.StimulusRange), 0.25 + (random.NextDouble() / 2)); } }
        else { HeldVolts.Fill(drive, random, system.StimulusRange, HeldVolts.Kinds(system) - 1 - (turn % HeldVolts.Kinds(system))); }
        return new OutputBase(drive, [.. system.Actuators.SelectMany(port => Enumerable.Range(0, port.Count).Select(_ => Between(port.Range, random.NextDouble())))]);
    }

    /// <summary>The output at the top and at the bottom of its range so often each, in turns in which a linear drift is none: up, down, down, up.</summary>
    /// <param name="repeats">Even.</param>
    public async Task<EndReadings> PlayAsync(IPhysicalSystem system, BenchOutput output, int repeats, ShotCounter counter, CancellationToken cancellation)
    {
        int inputs = system.Description.MeasurementSamples;
        var read = new EndReadings([], []);
        foreach (int at in output.Slot >= 0 ? [-1] : (int[])[1, 0, 0, 1])
        {
            int shots = at < 0 ? 2 * repeats : repeats / 2;
            float[] drive = [.. Enumerable.Range(0, shots).SelectMany(_ => Drive)], actuators = [.. Actuators];
            for (int shot = 0; shot < shots && at < 0; shot++) { drive[(shot * Drive.Length) + output.Slot] = End(output.Range, IsUp(shot)); }
            if (at >= 0) { actuators[output.Actuator] = End(output.Range, at == 1); }
            Measurement measured = await system.RunAsync(new Stimulus(counter.Take(shots), shots, drive, actuators), cancellation);
            for (int shot = 0; shot < shots; shot++)
            {
                ((at < 0 ? IsUp(shot) : at == 1) ? read.Up : read.Down).Add(measured.Volts[(shot * inputs)..((shot + 1) * inputs)]);
            }
        }

        return read;
    }

    private static VoltRange Above(VoltRange range) => range.MaxVolts > 0 ? range with { MinVolts = Math.Max(0, range.MinVolts) } : range;

    private static bool IsUp(int shot) => shot % 4 is 0 or 3;

    private static float End(VoltRange range, bool isUp) => isUp ? range.MaxVolts : range.MinVolts;

    private static float Between(VoltRange range, double share) =>
        Math.Clamp((float)(range.MinVolts + (share * (range.MaxVolts - (double)range.MinVolts))), range.MinVolts, range.MaxVolts);
}

/// <param name="Up">[shot][input], V: with the output at the top of its range.</param> <param name="Down">[shot][input], V.</param>
internal sealed record EndReadings(List<float[]> Up, List<float[]> Down);
