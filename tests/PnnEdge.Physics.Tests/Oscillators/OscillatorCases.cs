using PnnEdge.Physics.Oscillators;

namespace PnnEdge.Physics.Tests.Oscillators;

/// <summary>Random shots and actuators of the size that training has: amplitudes of order 1, couplings drawn as the original's, ±1/√N and halved by symmetrising.</summary>
internal static class OscillatorCases
{
    public static float[] Actuators(int oscillators, int seed, double times = 1)
    {
        var random = new Random(seed);
        double reach = times / Math.Sqrt(oscillators);
        int couplings = OscillatorActuators.CouplingCount(oscillators);
        return [.. Enumerable.Range(0, OscillatorActuators.Count(oscillators))
            .Select(n => (float)(n < couplings ? reach * (random.NextDouble() + random.NextDouble() - 1) : reach * (2 * random.NextDouble() - 1)))];
    }

    /// <returns>[shot, 2N]: amplitudes in ±<paramref name="peak"/>, then rest.</returns>
    public static float[] Drive(int oscillators, int shots, int seed, double peak = 1.5)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, shots * 2 * oscillators)
            .Select(n => n % (2 * oscillators) < oscillators ? (float)(peak * (2 * random.NextDouble() - 1)) : 0)];
    }

    /// <summary>The couplings of a list of actuators.</summary>
    /// <param name="actuators">As <see cref="OscillatorActuators"/> orders them.</param>
    /// <returns>[i, j], J, with an empty diagonal.</returns>
    public static double[] Coupling(int oscillators, ReadOnlySpan<double> actuators)
    {
        double[] coupling = new double[oscillators * oscillators];
        int at = 0;
        for (int i = 0; i < oscillators; i++)
        {
            for (int j = i + 1; j < oscillators; j++)
            {
                coupling[i * oscillators + j] = actuators[at];
                coupling[j * oscillators + i] = actuators[at++];
            }
        }

        return coupling;
    }

    /// <returns>[oscillator] of one shot of a [shot, 2N] array.</returns>
    public static double[] Loaded(float[] shots, int oscillators, int shot) =>
        [.. shots.AsSpan(shot * 2 * oscillators, oscillators).ToArray().Select(volts => (double)volts)];

    /// <inheritdoc cref="Loaded"/>
    public static double[] Read(float[] shots, int oscillators, int shot) =>
        [.. shots.AsSpan((shot * 2 + 1) * oscillators, oscillators).ToArray().Select(volts => (double)volts)];

    /// <summary>The double reference on actuators.</summary>
    /// <returns>[oscillator], final amplitudes, rad.</returns>
    public static double[] Reference(in OscillatorParameters parameters, IEnumerable<double> actuators, double[] initial)
    {
        double[] all = [.. actuators];
        double[] amplitude = [.. initial];
        double[] force = all[OscillatorActuators.CouplingCount(parameters.Count)..];
        OscillatorReference.Run(parameters, Coupling(parameters.Count, all), force, amplitude, new double[parameters.Count]);
        return amplitude;
    }

    public static double[] ToDouble(float[] values) => [.. values.Select(value => (double)value)];

    public static double LargestDifference(double[] a, double[] b) => a.Paired(b, (x, y) => Math.Abs(x - y)).Max();
}
