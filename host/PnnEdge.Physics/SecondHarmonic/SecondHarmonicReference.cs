using System.Numerics;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>The undepleted system in double precision, one shot at a time: the clean version beside <see cref="SecondHarmonicForward"/>.</summary>
public static class SecondHarmonicReference
{
    /// <param name="amplitudes">[pixel], 100 of them, 1; a unit's pixel gains are already in them.</param>
    /// <returns>[bin], 50 of them, V.</returns>
    public static double[] Run(in SecondHarmonicParameters parameters, ReadOnlySpan<double> amplitudes)
    {
        Complex[] pump = PulseShaper.Field(parameters, amplitudes);
        Complex[] harmonic = UndepletedCrystal.Harmonic(parameters, pump);
        return Spectrometer.Read(parameters, harmonic);
    }
}
