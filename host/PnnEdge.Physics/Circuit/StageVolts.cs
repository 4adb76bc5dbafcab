using System.Numerics;

namespace PnnEdge.Physics.Circuit;

/// <summary>v_C at the four stages of one RK4 step, V, one shot a lane: the only values that its derivative needs.</summary>
internal readonly record struct StageVolts(Vector<float> First, Vector<float> Second, Vector<float> Third, Vector<float> Fourth);
