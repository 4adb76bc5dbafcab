namespace PnnEdge.Training.Data;

/// <summary>Labelled samples.</summary>
/// <param name="Name">Such as <c>vowels test</c>.</param>
/// <param name="Generated">True when no measured data stands behind it; shown beside every result.</param>
/// <param name="FeatureCount">Features per sample.</param>
/// <param name="Features">[sample, feature], 1, about 0 to 1.</param>
/// <param name="Labels">[sample], 0 to classes − 1.</param>
/// <param name="ClassNames">[class].</param>
public sealed record Dataset(string Name, bool Generated, int FeatureCount, float[] Features, int[] Labels, IReadOnlyList<string> ClassNames)
{
    public int Count => Labels.Length;

    public int Classes => ClassNames.Count;

    /// <exception cref="InvalidDataException">A shape, label or feature is not what the record says.</exception>
    public Dataset Checked()
    {
        if (FeatureCount < 1 || Features.Length != (long)Count * FeatureCount)
        {
            throw new InvalidDataException($"{Name} has {Features.Length} features for {Count} samples of {FeatureCount}.");
        }

        for (int i = 0; i < Features.Length; i++)
        {
            if (!float.IsFinite(Features[i])) { throw new InvalidDataException($"{Name} has {Features[i]} as feature {i % FeatureCount} of sample {i / FeatureCount}; features are finite numbers."); }
        }

        int wrong = Array.FindIndex(Labels, label => (uint)label >= (uint)Classes);
        return wrong < 0 ? this : throw new InvalidDataException($"{Name} has label {Labels[wrong]} at sample {wrong}; labels are 0 to {Classes - 1}.");
    }

    /// <summary>The samples at these indices, in this order.</summary>
    public Dataset Take(string name, IReadOnlyList<int> samples)
    {
        float[] features = new float[samples.Count * FeatureCount];
        int[] labels = new int[samples.Count];
        for (int i = 0; i < samples.Count; i++)
        {
            Features.AsSpan(samples[i] * FeatureCount, FeatureCount).CopyTo(features.AsSpan(i * FeatureCount));
            labels[i] = Labels[samples[i]];
        }

        return this with { Name = name, Features = features, Labels = labels };
    }
}

/// <summary>A task: what is fitted, what chooses, what is reported. The test samples choose nothing.</summary>
public sealed record TaskData(Dataset Train, Dataset Validation, Dataset Test);
