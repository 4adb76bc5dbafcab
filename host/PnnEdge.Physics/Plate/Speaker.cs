namespace PnnEdge.Physics.Plate;

/// <summary>
/// The speaker that shakes the plate: Mms·x″ + Rms·x′ + Kms(x)·x = Bl(x)·i − F and Le·di/dt = e − Re·i − Bl(x)·x′,
/// F what the plate takes. Every number is ours.
/// </summary>
public readonly record struct Speaker
{
    public Speaker()
    {
    }

    /// <summary>Mms: cone, coil and stem.</summary>
    public double ConeKilogram { get; init; } = 2.5e-3;

    /// <summary>Rms, N·s/m.</summary>
    public double DragNewtonSecondPerMetre { get; init; } = 0.6;

    /// <summary>Kms(0), N/m.</summary>
    public double StiffnessNewtonPerMetre { get; init; } = 1.2e3;

    /// <summary>Kms(x) = Kms(0)·(1 + this·(x/Xmax)²).</summary>
    public double StiffnessRise { get; init; } = 0.5;

    /// <summary>Bl(0), T·m.</summary>
    public double ForceFactorTeslaMetre { get; init; } = 3;

    /// <summary>Bl(x) = Bl(0)·(1 − this·(x/Xmax)²).</summary>
    public double ForceFactorFall { get; init; } = 0.3;

    /// <summary>Xmax.</summary>
    public double TravelMetre { get; init; } = 2e-3;

    /// <summary>Re.</summary>
    public double CoilOhm { get; init; } = 3.5;

    /// <summary>Le.</summary>
    public double CoilHenry { get; init; } = 0.15e-3;
}
