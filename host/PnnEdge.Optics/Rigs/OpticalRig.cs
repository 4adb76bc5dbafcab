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

    /// <summary>The rig that the simulated table is, where nothing else is said.</summary>
    public static string OfTheTable => "table";

    /// <summary>The rig that the simulated table is with such a modulator.</summary>
    public static string OfTheTableWith(Modulator modulator) => modulator == Modulator.Slm ? OfTheTable : "table-dmd";

    /// <param name="nameOrPath">One of <see cref="Names"/>, or a file.</param>
    /// <exception cref="InvalidDataException">One sentence.</exception>
    public static OpticalRig Load(string nameOrPath)
    {
        OpticalRig rig = YamlRecords.Load<OpticalRig>(typeof(OpticalRig).Assembly, "rigs", nameOrPath);
        try
        {
            _ = rig.Encoder();
            rig.Laser.RequireHold();
            string?[] addresses = [rig.Shaper.Address, rig.Spectrometer.Address, rig.Laser.Address, rig.Laser.MonitorAddress];
            foreach (string address in addresses.OfType<string>()) { _ = ScpiAddress.Parse(address); }
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            throw new InvalidDataException($"Rig {nameOrPath}: {wrong.Message.Split(" (Parameter", 2)[0]}", wrong);
        }

        return rig;
    }

    public FrameEncoder Encoder() => Shaper.Encoder();

    public WavelengthBins Bins => new(Spectrometer.FirstNm, Spectrometer.LastNm, Spectrometer.Bins);
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

    /// <summary>Scatter of one exposure near the detector's end, rms, units of a reading. Needed where means are read and the dialect has <c>saturated_at</c>.</summary>
    public double ExposureRmsReading { get; init; }

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

    /// <summary>The shutter closes by itself when nothing was measured for so many seconds; 0 for never. Null for <see cref="DefaultHoldSeconds"/> where the dialect has a command for it.</summary>
    public double? HoldSeconds { get; init; }

    internal const double DefaultHoldSeconds = 10;

    internal void RequireHold()
    {
        if (HoldSeconds is not (null or 0 or (>= 1 and <= MostHoldSeconds))) { throw new ArgumentException($"hold_seconds is {HoldSeconds}; possible are 0 (the shutter is never closed by itself) and 1 to {MostHoldSeconds} s."); }
    }

    private const double MostHoldSeconds = 600;
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
