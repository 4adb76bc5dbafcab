using PnnEdge.Training.Coding;
using PnnEdge.Training.Networks;

namespace PnnEdge.Training.Recordings;

/// <summary>A trained network's parameters as a NumPy archive: one array per segment, and the output scale.</summary>
public static class NetworkFile
{
    public static void Save(string path, PhysicalNetwork network)
    {
        var archive = new NpzArchive();
        foreach (ParameterSegment segment in network.Layout.Segments) { archive.Add(segment.Name, segment.Of(network.Parameters).ToArray(), segment.Shape); }
        archive.Add("output_mean_volts", network.Scale.MeanVolts);
        archive.Add("output_spread_volts", network.Scale.SpreadVolts);
        archive.Save(path);
    }

    /// <exception cref="InvalidDataException">One sentence: what does not fit this shape.</exception>
    public static PhysicalNetwork Load(string path, NetworkShape shape)
    {
        NpzArchive archive = NpzArchive.Load(path);
        PhysicalNetwork network;
        try
        {
            network = new PhysicalNetwork(shape, new OutputScale(archive.Get<float>("output_mean_volts"), archive.Get<float>("output_spread_volts")));
        }
        catch (ArgumentException misfit)
        {
            throw new InvalidDataException($"{path}: {misfit.Message.Split(" (Parameter")[0]}", misfit);
        }

        foreach (ParameterSegment segment in network.Layout.Segments)
        {
            float[] values = archive.Get<float>(segment.Name);
            if (values.Length != segment.Length || !values.All(float.IsFinite))
            {
                throw new InvalidDataException($"{path}: {segment.Name} has {values.Length} values; this network takes {segment.Length} finite ones.");
            }

            values.CopyTo(segment.Of(network.Parameters));
        }

        return network;
    }
}
