using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>How far units of the optical bench differ; ours.</summary>
public readonly record struct SecondHarmonicTolerances
{
    public SecondHarmonicTolerances()
    {
    }

    public static SecondHarmonicTolerances Typical { get; } = new();

    /// <summary>Every unit is the nominal one.</summary>
    public static SecondHarmonicTolerances None { get; } = new() { PixelGainRms = 0 };

    /// <summary>Of each pixel's amplitude, relative; near-normal within ±3.5 σ.</summary>
    public double PixelGainRms { get; init; } = 0.05;
}

/// <summary>What is fixed about one unit for life: a function of its serial number alone, not of any seed.</summary>
internal sealed class SecondHarmonicUnit
{
    private SecondHarmonicUnit(double[] pixelGains) => PixelGains = pixelGains;

    public static SecondHarmonicUnit Nominal { get; } = Of(1, SecondHarmonicTolerances.None);

    /// <summary>[pixel], factor on the amplitude, 1.</summary>
    public double[] PixelGains { get; }

    public static SecondHarmonicUnit Of(ulong serial, in SecondHarmonicTolerances tolerances)
    {
        var chance = new ChanceSource(0, serial);
        double[] gains = new double[ShotLayout.Pixels];
        for (int pixel = 0; pixel < gains.Length; pixel++)
        {
            gains[pixel] = 1 + tolerances.PixelGainRms * chance.NearNormal(ChanceStream.Unit, 0, (uint)pixel);
        }

        return new SecondHarmonicUnit(gains);
    }
}
