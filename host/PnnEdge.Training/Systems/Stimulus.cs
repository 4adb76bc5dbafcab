namespace PnnEdge.Training.Systems;

/// <summary>A batch of shots to play.</summary>
/// <param name="FirstShot">Logical index of the first shot; simulated noise and drift depend on it and on nothing else of the run.</param>
/// <param name="Shots">Number of shots.</param>
/// <param name="Volts">[shot, sample], V.</param>
/// <param name="ActuatorVolts">[actuator], V; one value for all shots of the batch.</param>
public sealed record Stimulus(ulong FirstShot, int Shots, float[] Volts, float[] ActuatorVolts);

/// <summary>What a batch of shots did.</summary>
/// <param name="FirstShot">As asked.</param>
/// <param name="Shots">As asked.</param>
/// <param name="AppliedVolts">[shot, sample], V: decoded from the converter codes really sent.</param>
/// <param name="AppliedActuatorVolts">[actuator], V: really set.</param>
/// <param name="Volts">[shot, sample], V: measured.</param>
public sealed record Measurement(ulong FirstShot, int Shots, float[] AppliedVolts, float[] AppliedActuatorVolts, float[] Volts);
