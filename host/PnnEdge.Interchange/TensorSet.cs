namespace PnnEdge.Interchange;

/// <summary>Named tensors, as a file of any format holds them.</summary>
/// <param name="source">Named in error messages.</param>
public sealed class TensorSet(string source)
{
    private const int MostNames = 12;

    private readonly SortedDictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _notes = new(StringComparer.Ordinal);

    public string Source { get; } = source;

    public IReadOnlyCollection<string> Names => _tensors.Keys;

    public IReadOnlyDictionary<string, Tensor> All => _tensors;

    /// <summary>Free text about the tensors.</summary>
    public IDictionary<string, string> Notes => _notes;

    /// <summary>The names, or the first of them, for a person.</summary>
    public string Found => Names.Count == 0 ? "no tensor" : string.Join(", ", Names.Take(MostNames)) + (Names.Count > MostNames ? $" and {Names.Count - MostNames} more" : "");

    public void Add(string name, Tensor tensor) => _tensors.Add(name, tensor);

    /// <summary>Another's tensors under a common beginning of their names, and its notes.</summary>
    public void AddAll(TensorSet others, string prefix)
    {
        foreach ((string name, Tensor tensor) in others.All) { Add(prefix + name, tensor); }
        foreach ((string key, string text) in others.Notes) { Notes[key] = text; }
    }

    /// <summary>A tensor's numbers, all of them finite.</summary>
    /// <param name="shape">That is needed.</param>
    /// <exception cref="InvalidDataException">One sentence: what was found and what is needed.</exception>
    public float[] Floats(string name, params IReadOnlyList<int> shape)
    {
        if (!_tensors.TryGetValue(name, out Tensor? tensor))
        {
            throw new InvalidDataException($"{Source} has no tensor {name}; it has {Found}.");
        }

        if (!tensor.Shape.SequenceEqual(shape))
        {
            throw new InvalidDataException($"{Source}: {name} has the shape {tensor.ShapeText}; {Tensor.TextOf(shape)} is needed.");
        }

        try
        {
            float[] values = tensor.ToFloats();
            int odd = Array.FindIndex(values, value => !float.IsFinite(value));
            return odd < 0 ? values : throw new InvalidDataException($"element {odd} is {values[odd]}");
        }
        catch (InvalidDataException wrong)
        {
            throw new InvalidDataException($"{Source}: {name} cannot be taken: {wrong.Message}.", wrong);
        }
    }
}
