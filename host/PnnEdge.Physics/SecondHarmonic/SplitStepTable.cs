namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>
/// What <see cref="LaneSplitStep"/> needs of the parameters, as single-precision numbers common to all lanes, made from the
/// double-precision ones. Setting allocates nothing.
/// </summary>
/// <param name="steps">z-steps.</param>
internal sealed class SplitStepTable(int steps)
{
    public int Steps => steps;

    /// <summary>κh of one step, 1.</summary>
    public float Coupling { get; private set; }

    /// <summary>[sample of the pump], half a linear step, 1.</summary>
    public LaneTurns PumpHalf { get; } = new(ShotLayout.FieldSamples);

    /// <summary>[Ω], a whole linear step of the pump over the transform's length, 1.</summary>
    public LaneTurns Pump { get; } = new(LaneWideTransform.Length);

    /// <summary>As <see cref="Pump"/>, for the harmonic.</summary>
    public LaneTurns Harmonic { get; } = new(LaneWideTransform.Length);

    /// <summary>[sample of the harmonic], V per |B|² as <see cref="LaneSplitStep"/> leaves it.</summary>
    public float[] ReadGain { get; } = new float[ShotLayout.HarmonicSamples];

    public void Set(in SecondHarmonicParameters p)
    {
        double stepMm = p.CrystalMm / steps;
        Coupling = (float)(p.CouplingPerMm * stepMm);
        for (int sample = 0; sample < ShotLayout.FieldSamples; sample++)
        {
            PumpHalf.Set(sample, 1, stepMm / 2 * SplitStepCrystal.PumpRadPerMm(p, PulseShaper.RadPerFs(p, sample)));
        }

        // Both bands stand in the middle of what the transform tells apart.
        for (int at = 0; at < LaneWideTransform.Length; at++)
        {
            double pump = PulseShaper.RadPerFs(p, Unwrapped(at, ShotLayout.FieldSamples / 2));
            double harmonic = UndepletedCrystal.RadPerFs(p, Unwrapped(at, ShotLayout.FieldSamples));
            Pump.Set(at, 1.0 / LaneWideTransform.Length, stepMm * SplitStepCrystal.PumpRadPerMm(p, pump));
            Harmonic.Set(at, 1.0 / LaneWideTransform.Length, stepMm * SplitStepCrystal.HarmonicRadPerMm(p, harmonic));
        }

        const double perTransform = 1.0 / LaneWideTransform.Length;
        ReadGain.AsSpan().Fill((float)(p.ReadVoltsPerEnergy * perTransform * perTransform));
    }

    private static int Unwrapped(int at, int middle) => at < middle + LaneWideTransform.Length / 2 ? at : at - LaneWideTransform.Length;
}
