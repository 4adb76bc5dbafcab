using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Oscillators;

/// <summary>How far units differ; ours. Every value is uniform within ±.</summary>
public readonly record struct OscillatorTolerances
{
    public OscillatorTolerances()
    {
    }

    public static OscillatorTolerances Typical { get; } = new();

    /// <summary>Every unit is the nominal one.</summary>
    public static OscillatorTolerances None { get; } = new() { Coupling = 0, Gain = 0, OffsetVolts = 0 };

    /// <summary>Relative, of each coupling on its own.</summary>
    public double Coupling { get; init; } = 0.01;

    /// <summary>Relative, of the readout.</summary>
    public double Gain { get; init; } = 0.01;

    /// <summary>Of the readout.</summary>
    public double OffsetVolts { get; init; } = 2e-3;
}

/// <summary>What is fixed about one unit for life: a function of its serial number alone, not of any seed.</summary>
internal sealed class OscillatorUnit
{
    private OscillatorUnit(int oscillators)
    {
        CouplingGain = new float[OscillatorActuators.CouplingCount(oscillators)];
        CouplingAdded = new float[CouplingGain.Length];
        OwnStiffness = new float[oscillators];
        Array.Fill(CouplingGain, 1);
    }

    /// <summary>[coupling], factor, 1.</summary>
    public float[] CouplingGain { get; }

    /// <summary>[coupling], added after the factor, 1.</summary>
    public float[] CouplingAdded { get; }

    /// <summary>[oscillator], c in −c·sin(g·q_i), 1.</summary>
    public float[] OwnStiffness { get; }

    /// <summary>Of the readout, 1.</summary>
    public double ReadGain { get; private init; } = 1;

    /// <summary>Of the readout, V.</summary>
    public double ReadOffsetVolts { get; private init; }

    public static OscillatorUnit Nominal(int oscillators) => new(oscillators);

    public static OscillatorUnit Of(ulong serial, int oscillators, in OscillatorTolerances tolerances, in OscillatorGap gap)
    {
        var chance = new ChanceSource(0, serial);
        var unit = new OscillatorUnit(oscillators)
        {
            ReadGain = 1 + tolerances.Gain * chance.Symmetric(ChanceStream.Unit, 0, 0),
            ReadOffsetVolts = tolerances.OffsetVolts * chance.Symmetric(ChanceStream.Unit, 0, 1),
        };
        for (int n = 0; tolerances.Coupling > 0 && n < unit.CouplingGain.Length; n++)
        {
            unit.CouplingGain[n] = (float)(1 + tolerances.Coupling * chance.Symmetric(ChanceStream.UnitCoupling, 0, (uint)n));
        }

        // (R + Rᵀ)/2 of independent elements: 1/√2 of their rms off the diagonal, all of it on the diagonal.
        var normal = new NormalNoise();
        Fill(unit.CouplingAdded, 0, gap.CouplingRms / Math.Sqrt(2));
        Fill(unit.OwnStiffness, 1, gap.CouplingRms);
        return unit;

        void Fill(float[] values, ulong part, double rms)
        {
            if (rms == 0)
            {
                return;
            }

            normal.Fill(chance, ChanceStream.UnitCouplingAdded, part, values);
            for (int n = 0; n < values.Length; n++)
            {
                values[n] *= (float)rms;
            }
        }
    }
}
