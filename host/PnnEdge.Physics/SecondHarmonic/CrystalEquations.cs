namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>What a bench's crystal does; the differentiable model knows <see cref="Undepleted"/> alone.</summary>
public enum CrystalEquations
{
    /// <summary>The pump stays as it is, and its frequencies mix at once: <see cref="UndepletedCrystal"/>.</summary>
    Undepleted,

    /// <summary>Depletion and dispersion of both fields along the crystal: <see cref="SplitStepCrystal"/>.</summary>
    Full,
}
