namespace PnnEdge.Physics;

/// <summary>
/// A bench's equations at one set of constants, differentiable and free of noise: what ideal backpropagation runs through
/// and what a grey-box twin fits.
/// </summary>
/// <remarks>An instance owns its scratch memory and takes one call at a time; its results do not depend on batch, lane or thread.</remarks>
public interface IPhysicsModel
{
    string Name { get; }

    int ActuatorCount { get; }

    /// <summary>The handful of constants that may be fitted; the others stay as they are.</summary>
    IReadOnlyList<PhysicalConstant> Constants { get; }

    /// <summary>The same equations at other constants.</summary>
    /// <param name="constants">[constant], in the order and units of <see cref="Constants"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range, or NaN.</exception>
    IPhysicsModel AtConstants(ReadOnlySpan<double> constants);

    /// <param name="driveVolts">[shot, sample], V.</param>
    /// <param name="actuatorVolts">[actuator], V, common to all shots.</param>
    /// <param name="nodeVolts">[shot, sample], V; overwritten.</param>
    void Forward(
        int shots, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, Span<float> nodeVolts);

    /// <param name="driveVolts">[shot, sample], V, where the derivative is taken.</param>
    /// <param name="actuatorVolts">[actuator], V, where the derivative is taken.</param>
    /// <param name="dnode">[shot, sample], ∂loss/∂node, 1/V.</param>
    /// <param name="ddrive">[shot, sample], ∂loss/∂drive, 1/V; overwritten.</param>
    /// <param name="dactuators">[actuator], ∂loss/∂actuator summed over shots, 1/V; overwritten.</param>
    void Vjp(
        int shots, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, ReadOnlySpan<float> dnode,
        Span<float> ddrive, Span<float> dactuators);
}

/// <param name="Name">As its equation calls it.</param>
/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Min">Smallest value that the equations are computed at.</param>
/// <param name="Max">Largest.</param>
/// <param name="Unit">SI, or 1.</param>
public sealed record PhysicalConstant(string Name, double Value, double Min, double Max, string Unit)
{
    /// <summary>The given values where every one is in its constant's range.</summary>
    /// <exception cref="ArgumentException">Another number of values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range, or NaN.</exception>
    public static void Require(string model, IReadOnlyList<PhysicalConstant> constants, ReadOnlySpan<double> values)
    {
        if (values.Length != constants.Count)
        {
            throw new ArgumentException($"Model {model} has {constants.Count} constants; {values.Length} values came.", nameof(values));
        }

        for (int i = 0; i < values.Length; i++)
        {
            PhysicalConstant constant = constants[i];
            if (!(values[i] >= constant.Min && values[i] <= constant.Max))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(values), $"Asked model {model} for {constant.Name} = {values[i]} {constant.Unit}; possible is {constant.Min} to {constant.Max} {constant.Unit}.");
            }
        }
    }

    /// <returns>[constant]: the same constants, ranges and all, at other values.</returns>
    /// <exception cref="ArgumentException">As <see cref="Require"/>.</exception>
    public static PhysicalConstant[] Moved(string model, IReadOnlyList<PhysicalConstant> constants, ReadOnlySpan<double> values)
    {
        Require(model, constants, values);
        PhysicalConstant[] moved = new PhysicalConstant[values.Length];
        for (int n = 0; n < moved.Length; n++)
        {
            moved[n] = constants[n] with { Value = values[n] };
        }

        return moved;
    }
}
