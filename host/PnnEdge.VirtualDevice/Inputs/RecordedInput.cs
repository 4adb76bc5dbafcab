using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.VirtualDevice.Inputs;

/// <summary>A simulated board's own input: recorded samples, one at each look, from the first again after the last.</summary>
/// <param name="samples">[sample][feature]; at least one.</param>
public sealed class RecordedInput(IReadOnlyList<float[]> samples) : ILocalInput
{
    private int _next;

    bool ILocalInput.Fits(int features) => samples.All(sample => sample.Length == features);

    bool ILocalInput.Read(float[] features)
    {
        float[] sample = samples[_next];
        sample.CopyTo(features, 0);
        _next = (_next + 1) % samples.Count;
        return true;
    }
}
