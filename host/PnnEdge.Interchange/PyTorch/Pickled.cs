namespace PnnEdge.Interchange.PyTorch;

/// <summary>A dict or OrderedDict. Keys are text or whole numbers.</summary>
internal sealed class PickledDict
{
    private readonly List<KeyValuePair<object, object?>> _items = [];

    public IReadOnlyList<KeyValuePair<object, object?>> Items => _items;

    public void Set(object? key, object? value) => _items.Add(new(
        key is string or long ? key : throw new InvalidDataException("a dict in its pickle has keys other than text and whole numbers"), value));

    /// <summary>The last that was set, as in Python; null for none.</summary>
    public object? this[string key] => _items.LastOrDefault(item => item.Key is string name && name == key).Value;
}

/// <summary>A class or function by name: never called, only recognised.</summary>
internal sealed record PickledGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>Where a tensor's elements lie: a file of the archive.</summary>
/// <param name="Key">The file's name below <c>data/</c>.</param>
internal sealed record PickledStorage(ElementType Type, string Key, long Count);

/// <summary>A view of a storage.</summary>
/// <param name="Offset">Elements.</param> <param name="Size">[axis].</param> <param name="Stride">[axis], elements.</param>
internal sealed record PickledTensor(PickledStorage Storage, long Offset, long[] Size, long[] Stride);
