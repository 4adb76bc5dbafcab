using PnnEdge.Optics.Scpi;
using PnnEdge.Optics.Shaping;
using PnnEdge.Training.Files;

namespace PnnEdge.Optics.Rigs;

/// <summary>One optical rig: which instruments, how they are calibrated, and what is still safe and still the same rig. A data file of <c>Rigs/</c> or the user's own.</summary>
public sealed record OpticalRig
{
    public required string Name { get; init; }

    /// <summary>The system in whose experiments it stands, such as <c>shg</c>.</summary>
    public required string System { get; init; }

    public required ShaperSettings Shaper { get; init; }

    public required SpectrometerSettings Spectrometer { get; init; }

    public required LaserSettings Laser { get; init; }

    public required HealthSettings Health { get; init; }

    public static IReadOnlyList<string> Names => YamlRecords.Names(typeof(OpticalRig).Assembly, "rigs");

    /// <summary>The rig that the simulated table is.</summary>
    public static string OfTheTable => "table";

    /// <param name="nameOrPath">One of <see cref="Names"/>, or a file.</param>
    /// <exception cref="InvalidDataException">One sentence.</exception>
    public static OpticalRig Load(string nameOrPath)
    {
        OpticalRig rig = YamlRecords.Load<OpticalRig>(typeof(OpticalRig).Assembly, "rigs", nameOrPath);
        try
        {
            _ = rig.Encoder();
            string?[] addresses = [rig.Shaper.Address, rig.Spectrometer.Address, rig.Laser.Address, rig.Laser.MonitorAddress];
            foreach (string address in addresses.OfType<string>()) { _ = ScpiAddress.Parse(address); }
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            throw new InvalidDataException($"Rig {nameOrPath}: {wrong.Message.Split(" (Parameter", 2)[0]}", wrong);
        }

        return rig;
    }

    public FrameEncoder Encoder() => new(
        new SpectralAxis(Shaper.WavelengthNm, Shaper.Columns), new WavelengthBins(Shaper.FirstNm, Shaper.LastNm, Shaper.Channels), Shaper.Rows,
        Shaper.LevelsRad.Length > 0 ? PhaseTable.Of(Shaper.LevelsRad) : PhaseTable.Bent(Shaper.SpanRad, Shaper.Gamma), Shaper.ChannelRad());

    public WavelengthBins Bins => new(Spectrometer.FirstNm, Spectrometer.LastNm, Spectrometer.Bins);
}

/// <summary>The modulator in the spectrum's plane. Channel 0 begins at <see cref="FirstNm"/>.</summary>
public sealed record ShaperSettings
{
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

    /// <summary>[grey level], rad; where it is empty, span and gamma stand for it.</summary>
    public double[] LevelsRad { get; init; } = [];

    public double SpanRad { get; init; }

    public double Gamma { get; init; } = 1;

    /// <summary>[power], rad: a phase of every frame as a polynomial of −1 to 1 across the channels.</summary>
    public double[] PhaseRad { get; init; } = [];

    internal double[] ChannelRad()
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

public sealed record SpectrometerSettings
{
    public required string Dialect { get; init; }

    public string? Address { get; init; }

    /// <summary>Of the detector.</summary>
    public required int Pixels { get; init; }

    public required int Bins { get; init; }

    public required double FirstNm { get; init; }

    public required double LastNm { get; init; }

    public double IntegrationSeconds { get; init; }

    public int Averages { get; init; } = 1;

    /// <summary>One unit of a reading, V.</summary>
    public required double VoltsPerUnit { get; init; }

    /// <summary>Where its readings end.</summary>
    public required double LowestReading { get; init; }

    public required double HighestReading { get; init; }
}

/// <summary>Shutter and power monitor: the interlock.</summary>
public sealed record LaserSettings
{
    public required string Dialect { get; init; }

    public string? Address { get; init; }

    /// <summary>A dialect of its own where the shutter's instrument has no monitor.</summary>
    public string? MonitorDialect { get; init; }

    public string? MonitorAddress { get; init; }

    /// <summary>Outside of it the shutter stays closed.</summary>
    public required double MinWatts { get; init; }

    public required double MaxWatts { get; init; }
}

/// <summary>When a rig is no longer the one that was opened.</summary>
public sealed record HealthSettings
{
    /// <summary>Shots between two looks.</summary>
    public required int EveryShots { get; init; }

    /// <summary>Exposures without light, averaged.</summary>
    public required int DarkExposures { get; init; }

    /// <summary>Exposures of the reference pattern, averaged.</summary>
    public required int ReferenceExposures { get; init; }

    /// <summary>Largest change of a bin without light, V.</summary>
    public required double DarkVolts { get; init; }

    /// <summary>Largest relative change of the laser's power.</summary>
    public required double PowerPart { get; init; }

    /// <summary>Largest change of the reference spectrum's shape since the rig was opened, its power left out (0 to √2).</summary>
    public required double ShapeDistance { get; init; }

    /// <summary>As <see cref="ShapeDistance"/>, from one look to the next: slow drift stays below it, a step does not.</summary>
    public required double StepDistance { get; init; }
}
