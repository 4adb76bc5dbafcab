using System.Text.Json.Serialization;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration;

/// <summary>What is known of a bench on one day: its channel's figures, and the fingerprint by which it is known again. Every figure in V unless its name says otherwise.</summary>
/// <param name="Format">Of this record.</param>
/// <param name="Id">The first 16 hexadecimal digits of SHA-256 over the rest.</param>
/// <param name="MeasuredUtc">When.</param>
/// <param name="Program">That measured, with its version.</param>
/// <param name="Shape">Of every shot that was played.</param>
/// <param name="Channels">One for each output and input.</param>
public sealed record BenchCalibration(
    string Format, string Id, DateTimeOffset MeasuredUtc, string Program, BenchIdentity Bench, ShotShape Shape, IReadOnlyList<ChannelFigures> Channels, Fingerprint Fingerprint)
{
    public const string CurrentFormat = "pnnedge-calibration-1";

    /// <summary>For sentences: the end of "as …".</summary>
    [JsonIgnore]
    public string Title => FormattableString.Invariant($"{Bench.Name} did on {MeasuredUtc:yyyy-MM-dd}");
}

/// <summary>Which bench: what it calls itself, and what of its description must be the same for its figures to mean the same.</summary>
/// <param name="Name">Board or system and serial number, such as <c>virtual-circuit#7</c>.</param>
/// <param name="Simulated">No hardware stood behind it.</param>
public sealed record BenchIdentity(
    string Name, bool Simulated, double SampleRateHz, VoltRange StimulusRange, double StimulusStepVolts, VoltRange MeasurementRange, double MeasurementStepVolts,
    IReadOnlyList<ActuatorPort> Actuators)
{
    public static BenchIdentity Of(SystemDescription system) => new(
        system.Name, system.Simulated, system.SampleRateHz, system.StimulusRange, system.StimulusStepVolts, system.MeasurementRange, system.MeasurementStepVolts, system.Actuators);

    /// <summary>The first thing in which another bench's channels are not these, as the end of a sentence; null where they are alike, whatever the name.</summary>
    public string? Unlike(BenchIdentity other) =>
        SampleRateHz != other.SampleRateHz ? FormattableString.Invariant($"samples at {other.SampleRateHz:#,0.###} Hz, not {SampleRateHz:#,0.###} Hz")
        : StimulusRange != other.StimulusRange ? $"plays {other.StimulusRange}, not {StimulusRange}"
        : StimulusStepVolts != other.StimulusStepVolts ? FormattableString.Invariant($"plays in steps of {other.StimulusStepVolts:G4} V, not {StimulusStepVolts:G4} V")
        : !Alike(MeasurementRange, other.MeasurementRange) ? $"reads {other.MeasurementRange}, not {MeasurementRange}"
        : MeasurementStepVolts != other.MeasurementStepVolts ? FormattableString.Invariant($"reads in steps of {other.MeasurementStepVolts:G4} V, not {MeasurementStepVolts:G4} V")
        : !Actuators.SequenceEqual(other.Actuators) ? $"has {Told(other.Actuators)}, not {Told(Actuators)}"
        : null;

    // An optical rig measures its own dark level each time, and with it where its readings end.
    private static bool Alike(VoltRange a, VoltRange b) =>
        Math.Max(Math.Abs(a.MinVolts - b.MinVolts), Math.Abs(a.MaxVolts - b.MaxVolts)) <= 0.01 * (a.MaxVolts - a.MinVolts);

    private static string Told(IReadOnlyList<ActuatorPort> ports) => ports.Count == 0 ? "no actuator"
        : string.Join(" and ", ports.Select(port => $"{(port.Count == 1 ? "actuator" : $"{port.Count} actuators")} {port.Name} ({port.Range})"));
}
