using PnnEdge.Link.Broker;
using PnnEdge.Optics.Scpi;

namespace PnnEdge.Cli.Composition;

/// <summary>Where the physical system of a command is to be found.</summary>
/// <param name="System">What stands on it, virtual or real: one of <see cref="Benches.Names"/>, by which its clock is known.</param>
/// <param name="Virtual">The virtual bench to start; null when the device is already there.</param>
/// <param name="InProcess">The virtual bench runs inside this process, without a wire.</param>
/// <param name="Broker">An outside broker; null for one of our own on a free loopback port.</param>
/// <param name="Device">Which device; null for the only one there.</param>
/// <param name="RealTime">A started device takes the time that real converters would.</param>
public sealed record BenchSource(string System, BenchRequest? Virtual, bool InProcess, BrokerAddress? Broker, string? Device, bool RealTime)
{
    /// <summary>The file of the calibration that the bench must still fit; null for none.</summary>
    public string? Calibration { get; init; }

    /// <summary>What a device at a broker is asked for; null for its system's own clock.</summary>
    public double? SampleRateHz { get; init; }

    /// <summary>The optical rig that is the bench; null where it is none.</summary>
    public OpticalSource? Optical { get; init; }

    /// <summary>The bench that is wired to a Raspberry Pi; null where it is none.</summary>
    public PiSource? Pi { get; init; }
}

/// <summary>An optical rig and where its instruments listen.</summary>
/// <param name="Address">Of the instruments that the rig's file gives none.</param>
/// <param name="Rig">One of the library's, or a file.</param>
public sealed record OpticalSource(ScpiAddress Address, string Rig);

/// <summary>A rig on a Raspberry Pi's buses.</summary>
/// <param name="Rig">One of the library's, or a file.</param>
/// <param name="Simulated">What stands behind simulated chips; null for this computer's own buses.</param>
public sealed record PiSource(string Rig, BenchRequest? Simulated);
