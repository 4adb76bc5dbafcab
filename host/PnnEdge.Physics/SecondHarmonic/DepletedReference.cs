using System.Numerics;
using PnnEdge.Physics.Numeric;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>Shaper, <see cref="SplitStepCrystal"/> and spectrometer, one shot at a time in double precision: what the undepleted system neglects is in it.</summary>
public static class DepletedReference
{
    // A*·B spans three windows, and with each further order one more: five of them stay apart.
    private const int GridLength = 1024;

    /// <param name="amplitudes">[pixel], 100 of them, 1.</param>
    /// <returns>[bin], 50 of them, V.</returns>
    public static double[] Run(in SecondHarmonicParameters parameters, ReadOnlySpan<double> amplitudes, int steps = SplitStepCrystal.Steps)
    {
        Complex[] pump = PulseShaper.Field(parameters, amplitudes);
        Complex[] harmonic = Harmonic(parameters, pump, steps);
        return Spectrometer.Read(parameters, harmonic);
    }

    /// <param name="pump">[sample], A(Ω).</param>
    /// <returns>[sample], B(Ω); what runs out of the band of <see cref="UndepletedCrystal"/> is left out.</returns>
    public static Complex[] Harmonic(in SecondHarmonicParameters p, ReadOnlySpan<Complex> pump, int steps)
    {
        // The pump's Ω lie half a spacing beside the grid's, their sums a whole one.
        const int middle = ShotLayout.FieldSamples / 2;
        var pumpInTime = new Complex[GridLength];
        for (int sample = 0; sample < pump.Length; sample++)
        {
            pumpInTime[(sample - middle + GridLength) % GridLength] = pump[sample];
        }

        FourierTransform.ToTime(pumpInTime);
        var harmonicInTime = new Complex[GridLength];
        SplitStepCrystal.Propagate(p, p.SpacingRadPerFs, p.SpacingRadPerFs / 2, pumpInTime, harmonicInTime, steps);
        FourierTransform.ToSpectrum(harmonicInTime);

        var harmonic = new Complex[ShotLayout.HarmonicSamples];
        for (int sample = 0; sample < harmonic.Length; sample++)
        {
            harmonic[sample] = harmonicInTime[(sample - 2 * middle + GridLength) % GridLength] / GridLength;
        }

        return harmonic;
    }
}
