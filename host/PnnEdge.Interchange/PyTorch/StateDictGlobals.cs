namespace PnnEdge.Interchange.PyTorch;

/// <summary>The handful of names that a state_dict's pickle needs, and what stands here for each. Nothing else is recognised, and nothing is ever run.</summary>
/// <remarks>Names and arguments: torch/_utils.py and torch/serialization.py of github.com/pytorch/pytorch.</remarks>
internal static class StateDictGlobals
{
    private static readonly PickledGlobal OrderedDict = new("collections", "OrderedDict");
    private static readonly PickledGlobal RebuildTensor = new("torch._utils", "_rebuild_tensor_v2");
    private static readonly PickledGlobal RebuildParameter = new("torch._utils", "_rebuild_parameter");
    private static readonly PickledGlobal Size = new("torch", "Size");

    private static readonly Dictionary<PickledGlobal, ElementType> Storages = new()
    {
        [new("torch", "FloatStorage")] = ElementType.F32,
        [new("torch", "DoubleStorage")] = ElementType.F64,
        [new("torch", "HalfStorage")] = ElementType.F16,
        [new("torch", "BFloat16Storage")] = ElementType.BF16,
        [new("torch", "LongStorage")] = ElementType.I64,
        [new("torch", "IntStorage")] = ElementType.I32,
        [new("torch", "ShortStorage")] = ElementType.I16,
        [new("torch", "CharStorage")] = ElementType.I8,
        [new("torch", "ByteStorage")] = ElementType.U8,
        [new("torch", "BoolStorage")] = ElementType.Bool,
    };

    /// <exception cref="InvalidDataException">One clause: a name that a state_dict does not need.</exception>
    public static PickledGlobal Require(string module, string name)
    {
        var global = new PickledGlobal(module, name);
        return global == OrderedDict || global == RebuildTensor || global == RebuildParameter || global == Size || Storages.ContainsKey(global)
            ? global
            : throw new InvalidDataException($"it names {global}, which a state_dict of tensors does not need and which is not run here; save model.state_dict() alone");
    }

    /// <exception cref="InvalidDataException">One clause: not the arguments that PyTorch writes.</exception>
    public static object? Apply(PickledGlobal global, object?[] arguments)
    {
        if (global == OrderedDict && arguments is []) { return new PickledDict(); }
        if (global == Size && arguments is [object?[] axes]) { return axes; }
        if (global == RebuildParameter && arguments is [PickledTensor tensor, ..]) { return tensor; }
        return global == RebuildTensor && arguments is [PickledStorage storage, long offset, object?[] size, object?[] stride, ..]
            ? new PickledTensor(storage, offset, Numbers(size), Numbers(stride))
            : throw new InvalidDataException($"it calls {global} with other arguments than PyTorch does");
    }

    /// <param name="id">('storage', type, key, device, elements).</param>
    public static PickledStorage Storage(object? id) => id is object?[] and ["storage", PickledGlobal type, string key, string, long count] && Storages.TryGetValue(type, out ElementType of)
        ? new PickledStorage(of, key, count)
        : throw new InvalidDataException("it refers to something outside that is no storage of tensors");

    private static long[] Numbers(object?[] tuple) => [.. tuple.Select(n => n is long value ? value : throw new InvalidDataException("a tensor's size is not of whole numbers"))];
}
