using PnnEdge.Physics;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire.Messages;

namespace PnnEdge.RaspberryPi.Simulated;

/// <summary>
/// A simulated bench behind chips with faults: what the outputs drive and what arrives at the input is otherwise, and so are the words that
/// were read. What each fault does is <see cref="InjectedFaults"/>'s, as on a virtual device; a leak begins with a shot's first sample,
/// for the chip is at the node from there on.
/// </summary>
/// <param name="safeVolts">[actuator], V.</param>
internal sealed class FaultyChips(IBenchPhysics bench, ConverterFaults faults, float[] safeVolts) : IBenchPhysics
{
    public string Name => bench.Name;

    public int ActuatorCount => bench.ActuatorCount;

    public void Run(ulong firstShot, int shots, int samplesPerShot, ReadOnlySpan<float> driveVolts, ReadOnlySpan<float> actuatorVolts, Span<float> nodeVolts)
    {
        float[] drive = driveVolts.ToArray();
        for (int s = 0; s < shots; s++) { faults.OnDrive(firstShot + (ulong)s, drive.AsSpan(s * samplesPerShot, samplesPerShot)); }
        bench.Run(firstShot, shots, samplesPerShot, drive, faults.OnActuators(firstShot, actuatorVolts.ToArray(), safeVolts), nodeVolts);
        for (int s = 0; s < shots; s++) { faults.OnFrontEnd(firstShot + (ulong)s, nodeVolts.Slice(s * samplesPerShot, samplesPerShot)); }
    }

    /// <param name="words">[shot, word], 16-bit little-endian codes as the driver made them of its reads; read and overwritten.</param>
    public void OnCodes(RunPlan plan, ulong firstShot, int shots, Span<byte> words)
    {
        int bytes = 2 * plan.MeasurementWords;
        for (int s = 0; s < shots; s++) { faults.OnCodes(firstShot + (ulong)s, words.Slice(s * bytes, bytes)); }
    }
}
