namespace PnnEdge.Physics.Channel;

/// <summary>What the faults injected into one bench do at one logical shot.</summary>
internal sealed class FaultSchedule
{
    private const double MaxRampKelvin = 60;
    private const double MaxRampOffsetVolts = 10;

    private readonly NamedFault[] _faults;

    /// <param name="bench">For the refusal's sentence.</param>
    /// <param name="supported">What this bench gives a meaning to.</param>
    /// <param name="faults">Asked.</param>
    /// <exception cref="ArgumentException">The bench cannot inject one of them.</exception>
    public FaultSchedule(string bench, IReadOnlyList<FaultKind> supported, IReadOnlyList<NamedFault> faults)
    {
        foreach (NamedFault fault in faults)
        {
            FaultDescription known = FaultCatalog.Of(fault.Kind);
            if (!supported.Contains(fault.Kind))
            {
                throw new ArgumentException(
                    $"Asked the {bench} for fault {known.Name}, which belongs to {known.Place}; the {bench} can inject {FaultCatalog.Names(other => supported.Contains(other.Kind))}.",
                    nameof(faults));
            }

            if (!known.Allows(fault.Magnitude))
            {
                throw new ArgumentException($"Asked fault {known.Name} for {fault.Magnitude}; {known.Possible}.", nameof(faults));
            }
        }

        // Steps add up; what else can come more than once ends at a limit of its own.
        NamedFault[] steps = [.. faults.Where(fault => fault.Kind == FaultKind.DriftStep)];
        double up = steps.Sum(step => Math.Max(step.Magnitude, 0)), down = steps.Sum(step => Math.Min(step.Magnitude, 0));
        FaultDescription one = FaultCatalog.Of(FaultKind.DriftStep);
        if (!(up <= one.Max && down >= one.Min))
        {
            throw new ArgumentException(
                $"Asked fault {one.Name} {steps.Length} times, {(up > one.Max ? up : down)} together; {one.Possible}.", nameof(faults));
        }

        _faults = [.. faults];
        HasMemory = faults.Any(fault => fault.Kind == FaultKind.Memory);
    }

    /// <summary>A shot then starts where the one played before it ended.</summary>
    public bool HasMemory { get; }

    public double ReadGain(ulong shot) => Math.Clamp(1 + Ramp(FaultKind.DriftGain, shot), 0.5, 2);

    public double ReadOffsetVolts(ulong shot) => Math.Clamp(Ramp(FaultKind.DriftOffset, shot), -MaxRampOffsetVolts, MaxRampOffsetVolts);

    public double RampKelvin(ulong shot) => Math.Clamp(Ramp(FaultKind.TemperatureRamp, shot), -MaxRampKelvin, MaxRampKelvin);

    public double StateKept(ulong shot) => Math.Min(Sum(FaultKind.Memory, shot), 1);

    public ReadConditions ReadAt(ulong shot, double unitGain = 1, double unitOffsetVolts = 0) =>
        new(unitGain * ReadGain(shot), unitOffsetVolts + ReadOffsetVolts(shot), Sum(FaultKind.NoiseHetero, shot));

    /// <summary>How much of the way to another regime, 0 to 1.</summary>
    public double RegimePart(ulong shot) => Math.Min(Sum(FaultKind.DriftRegime, shot), 1);

    public ulong SerialsFurther(ulong shot) => (ulong)Sum(FaultKind.RigSwap, shot);

    /// <summary>Magnitudes of one kind that have begun, in the unit of <see cref="FaultCatalog"/>.</summary>
    public double Sum(FaultKind kind, ulong shot) => NamedFault.Sum(_faults, kind, shot);

    /// <summary>Product of the magnitudes of one kind that have begun, in the unit of <see cref="FaultCatalog"/>; 1 where none has.</summary>
    public double Product(FaultKind kind, ulong shot)
    {
        double product = 1;
        foreach (NamedFault fault in _faults)
        {
            product *= fault.Kind == kind && fault.HasBegun(shot) ? fault.Magnitude : 1;
        }

        return product;
    }

    /// <summary>Magnitude times how many <see cref="FaultCatalog.ShotsPerRampUnit"/> have passed since it began.</summary>
    public double Ramp(FaultKind kind, ulong shot)
    {
        double sum = 0;
        foreach (NamedFault fault in _faults)
        {
            sum += fault.Kind == kind && fault.HasBegun(shot)
                ? fault.Magnitude * ((NamedFault.RunningNumber(shot) - fault.FirstShot) / FaultCatalog.ShotsPerRampUnit)
                : 0;
        }

        return sum;
    }
}
