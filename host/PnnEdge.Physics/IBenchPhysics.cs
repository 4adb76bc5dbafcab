namespace PnnEdge.Physics;

/// <summary>
/// What stands between a bench's DAC and its ADC, in volts. Converters (bits, range, clipping, codes) belong to the
/// device in front of it and are not here.
/// </summary>
/// <remarks>
/// A shot's result depends on its drive, the actuators and its logical index only, never on the batch, lane or thread
/// that computed it. An instance owns its scratch memory: it takes one call at a time and allocates nothing once it has
/// seen its largest batch.
/// </remarks>
public interface IBenchPhysics
{
    string Name { get; }

    /// <summary>How many static actuator values one call takes.</summary>
    int ActuatorCount { get; }

    /// <param name="firstShot">Logical index of the first shot; noise and drift are functions of it.</param>
    /// <param name="driveVolts">[shot, sample], V, held during each sample.</param>
    /// <param name="actuatorVolts">[actuator], V, constant during the call.</param>
    /// <param name="nodeVolts">[shot, sample], V, at the end of each sample; overwritten.</param>
    /// <exception cref="ArgumentException">A shape does not match.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A volt is out of range or NaN; nothing was computed.</exception>
    void Run(
        ulong firstShot,
        int shots,
        int samplesPerShot,
        ReadOnlySpan<float> driveVolts,
        ReadOnlySpan<float> actuatorVolts,
        Span<float> nodeVolts);
}
