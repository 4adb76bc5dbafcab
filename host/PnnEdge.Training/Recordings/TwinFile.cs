using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Convolution;

namespace PnnEdge.Training.Recordings;

/// <summary>A fitted twin of any trainable kind as a NumPy archive.</summary>
public static class TwinFile
{
    /// <exception cref="ArgumentException">A twin of another kind.</exception>
    public static void Save(string path, ITwin twin)
    {
        NpzArchive archive = twin switch
        {
            MlpTwin perceptron => PerceptronArchive.Write(perceptron),
            ConvolutionTwin convolution => ConvolutionArchive.Write(convolution),
            _ => throw new ArgumentException($"A twin of type {twin.GetType().Name} has no file of its own here; perceptrons and causal convolutions have.", nameof(twin)),
        };
        archive.Save(path);
    }

    /// <exception cref="InvalidDataException">One sentence: what does not fit together.</exception>
    public static ITrainableTwin Load(string path) => Read(NpzArchive.Load(path), path);

    /// <param name="path">Named in error messages.</param>
    /// <exception cref="InvalidDataException">One sentence: what does not fit together.</exception>
    public static ITrainableTwin Read(NpzArchive archive, string path) =>
        archive.Names.Contains(ConvolutionArchive.Mark) ? ConvolutionArchive.Read(archive, path) : PerceptronArchive.Read(archive, path);

    internal static void AddScale(NpzArchive archive, TwinScale scale)
    {
        archive.Add("input_centre_volts", scale.InputCentreVolts);
        archive.Add("input_spread_volts", scale.InputSpreadVolts);
        archive.Add("output_centre_volts", scale.OutputCentreVolts);
        archive.Add("output_spread_volts", scale.OutputSpreadVolts);
    }

    /// <exception cref="InvalidDataException">Its lengths are not these.</exception>
    internal static TwinScale ScaleOf(NpzArchive archive, int inputs, int outputs, string path)
    {
        var scale = new TwinScale(
            archive.Get<float>("input_centre_volts"), archive.Get<float>("input_spread_volts"),
            archive.Get<float>("output_centre_volts"), archive.Get<float>("output_spread_volts"));
        return scale.InputCentreVolts.Length == inputs && scale.InputSpreadVolts.Length == inputs
            && scale.OutputCentreVolts.Length == outputs && scale.OutputSpreadVolts.Length == outputs
            ? scale
            : throw new InvalidDataException($"{path} holds the scale of a twin with other than {inputs} inputs and {outputs} outputs.");
    }
}
