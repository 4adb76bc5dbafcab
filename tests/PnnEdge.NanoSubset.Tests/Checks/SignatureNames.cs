using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace PnnEdge.NanoSubset.Tests.Checks;

/// <summary>Writes a signature's types as C# does, and tells <paramref name="refuse"/> of each that the device cannot have.</summary>
public sealed class SignatureNames(Action<NanoRule, string> refuse) : ISignatureTypeProvider<string, object?>
{
    public static string NameOf(MetadataReader reader, EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeDefinition => NameOf(reader, reader.GetTypeDefinition((TypeDefinitionHandle)type)),
        HandleKind.TypeReference => NameOf(reader, reader.GetTypeReference((TypeReferenceHandle)type)),
        HandleKind.TypeSpecification => reader.GetTypeSpecification((TypeSpecificationHandle)type)
            .DecodeSignature(new SignatureNames(static (_, _) => { }), null),
        _ => throw new BadImageFormatException($"A {type.Kind} is not a type."),
    };

    public static string NameOf(MetadataReader reader, TypeDefinition type) => type.IsNested
        ? $"{NameOf(reader, type.GetDeclaringType())}.{reader.GetString(type.Name)}"
        : Qualify(reader.GetString(type.Namespace), reader.GetString(type.Name));

    private static string NameOf(MetadataReader reader, TypeReference type) => type.ResolutionScope.Kind == HandleKind.TypeReference
        ? $"{NameOf(reader, type.ResolutionScope)}.{reader.GetString(type.Name)}"
        : Qualify(reader.GetString(type.Namespace), reader.GetString(type.Name));

    private static string Qualify(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.Boolean => "bool",
        PrimitiveTypeCode.Byte => "byte",
        PrimitiveTypeCode.SByte => "sbyte",
        PrimitiveTypeCode.Char => "char",
        PrimitiveTypeCode.Int16 => "short",
        PrimitiveTypeCode.UInt16 => "ushort",
        PrimitiveTypeCode.Int32 => "int",
        PrimitiveTypeCode.UInt32 => "uint",
        PrimitiveTypeCode.Int64 => "long",
        PrimitiveTypeCode.UInt64 => "ulong",
        PrimitiveTypeCode.Single => "float",
        PrimitiveTypeCode.Double => "double",
        PrimitiveTypeCode.String => "string",
        PrimitiveTypeCode.Object => "object",
        PrimitiveTypeCode.Void => "void",
        PrimitiveTypeCode.IntPtr => "nint",
        _ => typeCode.ToString(),
    };

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => NameOf(reader, handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => NameOf(reader, handle);

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetByReferenceType(string elementType) => $"ref {elementType}";

    public string GetPinnedType(string elementType) => elementType;

    public string GetArrayType(string elementType, ArrayShape shape) =>
        Refused(NanoRule.MultidimensionalArray, $"{elementType}[{new string(',', shape.Rank - 1)}]");

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        Refused(NanoRule.GenericInstantiation, $"{genericType}<{string.Join(", ", typeArguments)}>");

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    public string GetPointerType(string elementType) => Refused(NanoRule.UnmanagedPointer, $"{elementType}*");

    public string GetFunctionPointerType(MethodSignature<string> signature) =>
        Refused(NanoRule.UnmanagedPointer, $"delegate*<{string.Join(", ", signature.ParameterTypes.Append(signature.ReturnType))}>");

    /// <summary>An init accessor's modifier stands on void, which the device's signature keeps; every other loses its type there.</summary>
    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType == "void"
        ? unmodifiedType
        : Refused(NanoRule.TypeModifier, $"{unmodifiedType} modified by {modifier}");

    private string Refused(NanoRule rule, string type)
    {
        refuse(rule, type);
        return type;
    }
}
