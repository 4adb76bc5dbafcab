using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics.Circuit;

/// <summary>What injected faults do to the circuit at one logical shot.</summary>
internal sealed class CircuitFaults
{
    private const double MaxRampKelvin = 60;
    private const double MaxRampOffsetVolts = 10;

    private readonly NamedFault[] _faults;

    /// <exception cref="ArgumentException">The circuit cannot inject one of them.</exception>
    public CircuitFaults(IReadOnlyList<NamedFault> faults)
    {
        foreach (NamedFault fault in faults)
        {
            FaultDescription known = FaultCatalog.Of(fault.Kind);
            if (!Supports(fault.Kind))
            {
                throw new ArgumentException(
                    $"Asked the circuit for fault {known.Name}, which belongs to {known.Place}; the circuit can inject {FaultCatalog.Names(other => Supports(other.Kind))}.",
                    nameof(faults));
            }

            if (!(fault.Magnitude >= known.Min && fault.Magnitude <= known.Max))
            {
                throw new ArgumentException(
                    $"Asked fault {known.Name} for {fault.Magnitude}; possible is {known.Min} to {known.Max} ({known.Unit}).", nameof(faults));
            }
        }

        _faults = [.. faults];
        HasMemory = faults.Any(fault => fault.Kind == FaultKind.Memory);
    }

    public static bool Supports(FaultKind kind) => kind is FaultKind.DriftGain or FaultKind.DriftOffset or FaultKind.DriftStep
        or FaultKind.Memory or FaultKind.NoiseHetero or FaultKind.TemperatureRamp or FaultKind.RigSwap;

    /// <summary>A shot then starts where the one played before it ended.</summary>
    public bool HasMemory { get; }

    public double ReadGain(ulong shot) => Math.Clamp(1 + Ramp(FaultKind.DriftGain, shot), 0.5, 2);

    public double ReadOffsetVolts(ulong shot) => Math.Clamp(Ramp(FaultKind.DriftOffset, shot), -MaxRampOffsetVolts, MaxRampOffsetVolts);

    public double ThresholdVolts(ulong shot) => Sum(FaultKind.DriftStep, shot);

    public double RampKelvin(ulong shot) => Math.Clamp(Ramp(FaultKind.TemperatureRamp, shot), -MaxRampKelvin, MaxRampKelvin);

    /// <summary>Relative noise added per volt read, 1/V.</summary>
    public double NoisePerVolt(ulong shot) => Sum(FaultKind.NoiseHetero, shot);

    public double StateKept(ulong shot) => Math.Min(Sum(FaultKind.Memory, shot), 1);

    public ulong SerialsFurther(ulong shot) => (ulong)Sum(FaultKind.RigSwap, shot);

    private double Sum(FaultKind kind, ulong shot)
    {
        double sum = 0;
        foreach (NamedFault fault in _faults)
        {
            sum += fault.Kind == kind && shot >= fault.FirstShot ? fault.Magnitude : 0;
        }

        return sum;
    }

    private double Ramp(FaultKind kind, ulong shot)
    {
        double sum = 0;
        foreach (NamedFault fault in _faults)
        {
            sum += fault.Kind == kind && shot >= fault.FirstShot
                ? fault.Magnitude * ((shot - fault.FirstShot) / FaultCatalog.ShotsPerRampUnit)
                : 0;
        }

        return sum;
    }
}
