namespace PnnEdge.Physics.Plate;

/// <summary>Everything that one plate, speaker and microphone remember between samples, in double precision.</summary>
public sealed class PlateState
{
    /// <summary>[mode], q_k, m.</summary>
    public double[] Metre { get; } = new double[PlateModes.Count];

    /// <summary>[mode], q_k′, m/s.</summary>
    public double[] MetrePerSecond { get; } = new double[PlateModes.Count];

    /// <summary>h of the amplifier's low corner, V.</summary>
    public double BlockedVolts { get; set; }

    /// <summary>e, V at the speaker.</summary>
    public double SpeakerVolts { get; set; }

    /// <summary>i, A.</summary>
    public double CoilAmpere { get; set; }

    /// <summary>z, m/s.</summary>
    public double HeardMetrePerSecond { get; set; }

    /// <summary>d, m/s.</summary>
    public double RumbleMetrePerSecond { get; set; }

    /// <summary>This + factor · slope; the slope's fields are per second.</summary>
    internal PlateState Plus(double factor, PlateState slope)
    {
        var sum = new PlateState
        {
            BlockedVolts = BlockedVolts + factor * slope.BlockedVolts,
            SpeakerVolts = SpeakerVolts + factor * slope.SpeakerVolts,
            CoilAmpere = CoilAmpere + factor * slope.CoilAmpere,
            HeardMetrePerSecond = HeardMetrePerSecond + factor * slope.HeardMetrePerSecond,
            RumbleMetrePerSecond = RumbleMetrePerSecond + factor * slope.RumbleMetrePerSecond,
        };
        for (int k = 0; k < PlateModes.Count; k++)
        {
            sum.Metre[k] = Metre[k] + factor * slope.Metre[k];
            sum.MetrePerSecond[k] = MetrePerSecond[k] + factor * slope.MetrePerSecond[k];
        }

        return sum;
    }
}
