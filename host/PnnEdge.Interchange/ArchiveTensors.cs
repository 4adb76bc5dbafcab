using System.Text;
using PnnEdge.Training.Recordings;

namespace PnnEdge.Interchange;

/// <summary>Any NumPy archive of ours as tensors of the same names and shapes; arrays of text become notes.</summary>
public static class ArchiveTensors
{
    /// <param name="source">Named in error messages.</param>
    public static TensorSet Of(NpzArchive archive, string source)
    {
        var tensors = new TensorSet(source);
        foreach (string name in archive.Names)
        {
            int[] shape = archive.ShapeOf(name);
            if (shape.Contains(0)) { continue; } // a part that this network does not have
            switch (archive.Get(name))
            {
                case byte[] text: tensors.Notes[name] = Encoding.UTF8.GetString(text); break;
                case float[] values: tensors.Add(name, Tensor.Of(ElementType.F32, values, shape)); break;
                case double[] values: tensors.Add(name, Tensor.Of(ElementType.F64, values, shape)); break;
                case int[] values when values.GetType() == typeof(int[]): tensors.Add(name, Tensor.Of(ElementType.I32, values, shape)); break;
                case Array other: throw new InvalidDataException($"{source}: {name} holds {other.GetType().GetElementType()}, which no parameter of ours is.");
            }
        }

        return tensors;
    }
}
