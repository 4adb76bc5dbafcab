using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PnnEdge.NanoSubset.Tests.Checks;

/// <summary>The assemblies that go to the device together: which are our own, and which of their types are enums.</summary>
public sealed class NanoAssemblySet
{
    private readonly HashSet<string> _own = [];
    private readonly HashSet<string> _enums = [];

    /// <param name="own">Our own assemblies, whose members need no permission.</param>
    /// <param name="libraries">The device's libraries, or their declaration.</param>
    public NanoAssemblySet(IEnumerable<Stream> own, IEnumerable<Stream> libraries)
    {
        foreach (Stream assembly in own)
        {
            _own.Add(ReadEnums(assembly));
        }

        foreach (Stream assembly in libraries)
        {
            ReadEnums(assembly);
        }
    }

    public bool IsOwn(string assemblyName) => _own.Contains(assemblyName);

    public bool IsEnum(string typeName) => _enums.Contains(typeName);

    /// <summary>Returns the assembly's name.</summary>
    private string ReadEnums(Stream assembly)
    {
        assembly.Position = 0;
        using PEReader image = new(assembly, PEStreamOptions.LeaveOpen);
        MetadataReader metadata = image.GetMetadataReader();
        foreach (TypeDefinition type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            if (!type.BaseType.IsNil && SignatureNames.NameOf(metadata, type.BaseType) == "System.Enum")
            {
                _enums.Add(SignatureNames.NameOf(metadata, type));
            }
        }

        assembly.Position = 0;
        return metadata.GetString(metadata.GetAssemblyDefinition().Name);
    }
}
