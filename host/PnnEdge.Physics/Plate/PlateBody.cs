namespace PnnEdge.Physics.Plate;

/// <summary>
/// A free square titanium plate, glued at one point to the stem of the speaker's cone. The suspension keeps it from
/// rocking and the joint passes force but no moment (both ours).
/// </summary>
public readonly record struct PlateBody
{
    public PlateBody()
    {
    }

    /// <summary>a.</summary>
    public double SideMetre { get; init; } = 32e-3;

    /// <summary>h.</summary>
    public double ThicknessMetre { get; init; } = 1e-3;

    /// <summary>E.</summary>
    public double YoungPascal { get; init; } = 116e9;

    /// <summary>ν.</summary>
    public double PoissonRatio { get; init; } = 0.32;

    /// <summary>ρ.</summary>
    public double KilogramPerCubicMetre { get; init; } = 4506;

    /// <summary>
    /// Where the stem is glued, in sides; off centre, so that no symmetry keeps a mode still. A point moves only one of two modes
    /// of equal frequency, though, and lies near the third mode's nodal line: six bending modes take up nearly all the force.
    /// </summary>
    public PlatePoint Drive { get; init; } = new(0.18, 0.27);

    /// <summary>ζ of the lowest bending mode.</summary>
    public double LowestModeDamping { get; init; } = 0.016;

    /// <summary>ζ of the highest bending mode that is computed; between the two it falls geometrically (ours), so that all ring about as long.</summary>
    public double HighestModeDamping { get; init; } = 0.003;

    /// <summary>
    /// α of the membrane term α·g_k·q_k·Σ g_j·q_j², 1/(m²·s²). Ours, chosen for a relative nonlinearity of 5–6 % at full
    /// random drive: far more than a plate of this thickness would show at its few micrometres.
    /// </summary>
    public double CubicPerSquareMetreSecond { get; init; } = 3e18;

    /// <summary>ρha².</summary>
    public double Kilogram => KilogramPerCubicMetre * ThicknessMetre * SideMetre * SideMetre;

    /// <summary>√(D/ρh)/(2πa²), D = Eh³/12(1 − ν²): a mode's frequency is this times its λ²; 240 Hz here.</summary>
    public double UnitFrequencyHz
    {
        get
        {
            double bendingNewtonMetre = YoungPascal * Math.Pow(ThicknessMetre, 3) / (12 * (1 - PoissonRatio * PoissonRatio));
            return Math.Sqrt(bendingNewtonMetre / (KilogramPerCubicMetre * ThicknessMetre)) / (2 * Math.PI * SideMetre * SideMetre);
        }
    }
}

/// <summary>A place on the plate, in sides from one corner: 0 to 1 each way.</summary>
public readonly record struct PlatePoint(double Across, double Along);
