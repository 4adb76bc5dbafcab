using System.Globalization;

namespace PnnEdge.Physics.Channel;

/// <summary>One fault to inject: what, how much, and from which logical shot on.</summary>
/// <param name="Kind">What.</param>
/// <param name="Magnitude">In the unit of <see cref="FaultCatalog"/>.</param>
/// <param name="FirstShot">Running number of a shot: the lower 40 bits of its logical index, whose upper ones tell whose shots are counted.</param>
public readonly record struct NamedFault(FaultKind Kind, double Magnitude, ulong FirstShot)
{
    /// <summary>Of <see cref="FirstShot"/>.</summary>
    public const ulong MaxFirstShot = (1UL << 40) - 1;

    /// <param name="shot">Logical index.</param>
    public static ulong RunningNumber(ulong shot) => shot & MaxFirstShot;

    /// <param name="shot">Logical index.</param>
    public bool HasBegun(ulong shot) => RunningNumber(shot) >= FirstShot;

    /// <summary>Reads <c>name[=magnitude][@first shot]</c>, for example <c>drift.gain=-0.05@2000</c>.</summary>
    /// <exception cref="FormatException">One sentence: what was asked and what is possible.</exception>
    public static NamedFault Parse(string text)
    {
        string[] atShot = text.Split('@', 2);
        string[] nameAndMagnitude = atShot[0].Split('=', 2);
        string name = nameAndMagnitude[0].Trim();
        FaultDescription fault = FaultCatalog.All.FirstOrDefault(known => known.Name == name)
            ?? throw new FormatException($"There is no fault \"{name}\"; possible are {FaultCatalog.Names()}.");

        double magnitude = fault.DefaultMagnitude;
        if (nameAndMagnitude.Length == 2
            && (!double.TryParse(nameAndMagnitude[1], NumberStyles.Float, CultureInfo.InvariantCulture, out magnitude)
                || !fault.Allows(magnitude)))
        {
            throw new FormatException($"Asked fault {name} for \"{nameAndMagnitude[1]}\"; {fault.Possible}.");
        }

        ulong firstShot = 0;
        if (atShot.Length == 2 && !(ulong.TryParse(atShot[1], NumberStyles.None, CultureInfo.InvariantCulture, out firstShot) && firstShot <= MaxFirstShot))
        {
            throw new FormatException($"Asked fault {name} to begin at shot \"{atShot[1]}\"; possible is a whole number from 0 to {MaxFirstShot}.");
        }

        return new NamedFault(fault.Kind, magnitude, firstShot);
    }

    /// <returns>Magnitudes of one kind that have begun, in the unit of <see cref="FaultCatalog"/>.</returns>
    /// <param name="shot">Logical index.</param>
    public static double Sum(ReadOnlySpan<NamedFault> faults, FaultKind kind, ulong shot)
    {
        double sum = 0;
        foreach (NamedFault fault in faults)
        {
            sum += fault.Kind == kind && fault.HasBegun(shot) ? fault.Magnitude : 0;
        }

        return sum;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{FaultCatalog.Of(Kind).Name}={Magnitude}@{FirstShot}");
}
