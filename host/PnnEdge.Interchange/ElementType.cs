namespace PnnEdge.Interchange;

/// <summary>What a tensor's elements are, by their safetensors names, in increasing alignment: the order that the format lays tensors out by, backwards.</summary>
public enum ElementType
{
    Bool,
    U8,
    I8,
    I16,
    U16,
    F16,
    BF16,
    I32,
    U32,
    F32,
    F64,
    I64,
    U64,
}

public static class ElementTypes
{
    public static int BytesOf(ElementType type) => type switch
    {
        <= ElementType.I8 => 1,
        <= ElementType.BF16 => 2,
        <= ElementType.F32 => 4,
        _ => 8,
    };

    /// <summary>As files spell it, such as <c>F32</c>.</summary>
    public static string NameOf(ElementType type) => type == ElementType.Bool ? "BOOL" : type.ToString();

    /// <returns>Null for a type that is not read here, such as one of 8 bits or fewer.</returns>
    public static ElementType? Named(string name) =>
        Enum.GetValues<ElementType>().Cast<ElementType?>().FirstOrDefault(type => NameOf(type!.Value) == name);
}
