using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace PnnEdge.Twins.Torch;

/// <summary>Floats of the managed side into tensors and back; every copy is whole.</summary>
internal static class TensorRows
{
    /// <returns>[row, column], of the current dispose scope.</returns>
    public static Tensor Of(ReadOnlySpan<float> values, int rows)
    {
        Tensor tensor = empty(rows, values.Length / rows, float32);
        values.CopyTo(Floats(tensor));
        return tensor;
    }

    /// <summary>The rows of a twin: slots of each shot, then the actuators that all shots share.</summary>
    /// <returns>[shot, slot then actuator], V.</returns>
    public static Tensor Of(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots)
    {
        int perShot = slots.Length / shots, inputs = perShot + actuators.Length;
        Tensor tensor = empty(shots, inputs, float32);
        Span<float> x = Floats(tensor);
        for (int s = 0; s < shots; s++)
        {
            slots.Slice(s * perShot, perShot).CopyTo(x[(s * inputs)..]);
            actuators.CopyTo(x[((s * inputs) + perShot)..]);
        }

        return tensor;
    }

    /// <summary>Copies a tensor of any layout, row by row.</summary>
    public static void Copy(Tensor tensor, Span<float> to)
    {
        using Tensor whole = tensor.contiguous();
        Floats(whole).CopyTo(to);
    }

    public static float[] ToArray(Tensor tensor)
    {
        float[] values = new float[tensor.NumberOfElements];
        Copy(tensor, values);
        return values;
    }

    /// <summary>The tensor's own memory; it has to be contiguous, and to live as long as the span.</summary>
    public static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
