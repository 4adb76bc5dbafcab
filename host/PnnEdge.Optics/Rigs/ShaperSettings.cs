using PnnEdge.Optics.Shaping;

namespace PnnEdge.Optics.Rigs;

/// <summary>The modulator in the spectrum's plane. Channel 0 begins at <see cref="FirstNm"/>.</summary>
public sealed record ShaperSettings
{
    public Modulator Modulator { get; init; }

    /// <summary>Where it takes frames over SCPI; null where it is a display.</summary>
    public string? Dialect { get; init; }

    /// <summary><c>scpi://host:port</c>; null for the address that the command names.</summary>
    public string? Address { get; init; }

    public DisplaySettings? Display { get; init; }

    public required int Columns { get; init; }

    public required int Rows { get; init; }

    /// <summary>[power], nm: the wavelength on a column's middle as a polynomial of its index.</summary>
    public required double[] WavelengthNm { get; init; }

    public required int Channels { get; init; }

    public required double FirstNm { get; init; }

    public required double LastNm { get; init; }

    /// <summary>What a stimulus may ask: 1 V is a channel's full transmission, a negative one has a phase of π.</summary>
    public float MinVolts { get; init; }

    public float MaxVolts { get; init; } = 1;

    /// <summary>[grey level], rad, of an SLM; where it is empty, span and gamma stand for it.</summary>
    public double[] LevelsRad { get; init; } = [];

    public double SpanRad { get; init; }

    public double Gamma { get; init; } = 1;

    /// <summary>Of a DMD, over all its rows; they have no common factor.</summary>
    public int Fringes { get; init; }

    /// <summary>[power], rad: a phase of every frame as a polynomial of −1 to 1 across the channels.</summary>
    public double[] PhaseRad { get; init; } = [];

    /// <summary>How its frames go over SCPI.</summary>
    public FrameBlock Block => new(Columns, Rows, Modulator == Modulator.Dmd);

    /// <exception cref="ArgumentException">One sentence.</exception>
    internal FrameEncoder Encoder()
    {
        bool hasLevels = LevelsRad.Length > 0 || SpanRad != 0;
        if (hasLevels == (Modulator == Modulator.Dmd) || (Fringes != 0) == (Modulator == Modulator.Slm))
        {
            throw new ArgumentException(Modulator == Modulator.Dmd
                ? "A DMD's mirrors are on or off: its shaper has fringes, and neither span_rad nor levels_rad."
                : "An SLM's grey levels are phases: its shaper has span_rad or levels_rad, and no fringes.");
        }

        var axis = new SpectralAxis(WavelengthNm, Columns);
        var channels = new WavelengthBins(FirstNm, LastNm, Channels);
        if (Modulator == Modulator.Slm)
        {
            return new PhasePairEncoder(axis, channels, Rows, LevelsRad.Length > 0 ? PhaseTable.Of(LevelsRad) : PhaseTable.Bent(SpanRad, Gamma), ChannelRad());
        }

        return Display is null || Display.Rows % Rows == 0
            ? new LeeHologramEncoder(axis, channels, Rows, Fringes, ChannelRad())
            : throw new ArgumentException($"A DMD's fringes fill its display: {Display.Rows} rows of a display are no multiple of {Rows}.");
    }

    private double[] ChannelRad()
    {
        double[] rad = new double[Channels];
        for (int channel = 0; channel < Channels; channel++)
        {
            double across = ((channel + 0.5) * 2 / Channels) - 1;
            for (int power = PhaseRad.Length - 1; power >= 0; power--) { rad[channel] = (rad[channel] * across) + PhaseRad[power]; }
        }

        return rad;
    }
}

/// <summary>A modulator that is a second display.</summary>
public sealed record DisplaySettings
{
    public required string Path { get; init; }

    public required int Rows { get; init; }

    public required int BytesPerPixel { get; init; }

    public required int StrideBytes { get; init; }

    /// <summary>From a written frame to settled liquid crystal.</summary>
    public required int SettleMilliseconds { get; init; }
}
