using PnnEdge.Training.Twins.Convolution;

namespace PnnEdge.Training.Recordings;

/// <summary>A causal convolution twin as arrays.</summary>
internal static class ConvolutionArchive
{
    /// <summary>The array that tells it from a perceptron: slots, actuators, windows, memory in slots, steps late.</summary>
    public const string Mark = "convolution";

    private const int MostOfAnything = 1_000_000;

    public static NpzArchive Write(ConvolutionTwin twin)
    {
        var archive = new NpzArchive();
        ConvolutionShape shape = twin.Shape;
        archive.Add(Mark, [shape.Slots, shape.Actuators, shape.Windows, shape.MemorySlots, shape.LateSteps]);
        archive.Add("widths", [.. shape.Widths]);
        archive.Add("parameters", twin.Parameters);
        TwinFile.AddScale(archive, twin.Scale);
        return archive;
    }

    /// <exception cref="InvalidDataException">One sentence: what does not fit together.</exception>
    public static ConvolutionTwin Read(NpzArchive archive, string path)
    {
        int[] of = archive.Get<int>(Mark), widths = archive.Get<int>("widths");
        float[] parameters = archive.Get<float>("parameters");
        if (of.Length != 5 || of.Any(value => value is < 0 or > MostOfAnything) || of[0] < 1 || of[2] < 1 || widths.Length is < 1 or > 64 || widths.Any(width => width is < 1 or > 10_000)
            || (long)widths[0] * of[3] > parameters.Length || !parameters.All(float.IsFinite))
        {
            throw new InvalidDataException($"{path} holds a convolution of {string.Join(", ", of)} with widths {string.Join("-", widths)} and {parameters.Length} parameters; they do not fit together.");
        }

        ConvolutionShape shape;
        try
        {
            shape = new ConvolutionShape(of[0], of[1], of[2], of[3], of[4], widths);
        }
        catch (ArgumentException misfit)
        {
            throw new InvalidDataException($"{path}: {misfit.Message}", misfit);
        }

        if (shape.ParameterCount != parameters.Length)
        {
            throw new InvalidDataException($"{path} holds {parameters.Length} parameters; a convolution of widths {string.Join("-", widths)} has {shape.ParameterCount}.");
        }

        var twin = new ConvolutionTwin(shape, TwinFile.ScaleOf(archive, 1 + shape.Actuators, shape.WindowsPerStep, path), seed: 0);
        parameters.CopyTo(twin.Parameters.AsSpan());
        return twin;
    }
}
