using System.Numerics;

namespace PnnEdge.Physics.Plate;

/// <summary>What acts on every mode in one step.</summary>
/// <param name="NewtonSecond">The kicks' impulse of the speaker.</param>
/// <param name="Stretch">Σ g·q² of the membrane term, scaled as <see cref="LaneMode.StretchShape"/>.</param>
/// <param name="Drive">u, V.</param>
/// <param name="Volts">e at the step's start.</param>
/// <param name="Ampere">i at the step's start, after the kicks.</param>
internal readonly record struct LanePush(
    Vector<float> NewtonSecond, Vector<float> Stretch, Vector<float> Drive, Vector<float> Volts, Vector<float> Ampere);
