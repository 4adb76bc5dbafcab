using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using PnnEdge.NanoSubset.Tests.Checks;

namespace PnnEdge.NanoSubset.Tests;

/// <summary>The declaration beside the real thing: nanoFramework.CoreLibrary as it is released.</summary>
public class ReleasedCoreLibraryTests
{
    private static readonly string Released = typeof(ReleasedCoreLibraryTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ReleasedCoreLibrary").Value!;

    [Fact]
    public void Every_declared_member_of_a_type_of_the_base_library_is_in_the_released_one()
    {
        (HashSet<string> types, HashSet<string> members) = Read(Released);
        string[] declared = [.. Read(NanoAssemblies.BaseLibrary).Members.Where(member => types.Contains(TypeOf(member)))];
        Assert.True(declared.Length > 300, $"{declared.Length} members were compared");
        string missing = string.Join(Environment.NewLine, declared.Where(member => !members.Contains(member)).Order(StringComparer.Ordinal));
        Assert.True(missing.Length == 0, missing);
    }

    [Fact]
    public void What_the_device_does_not_have_is_not_found_there()
    {
        (HashSet<string> types, HashSet<string> members) = Read(Released);
        Assert.DoesNotContain("System.Collections.Generic.List`1", types);
        Assert.DoesNotContain("System.Array.Sort(System.Array)", members);
        Assert.Contains("System.Array.Copy(System.Array, int, System.Array, int, int)", members);
    }

    private static string TypeOf(string member) => member[..member[..member.IndexOf('(', StringComparison.Ordinal)].LastIndexOf('.')].TrimEnd('.');

    /// <summary>Visible types, and their visible methods in the allow-lists' notation.</summary>
    private static (HashSet<string> Types, HashSet<string> Members) Read(string path)
    {
        using PEReader image = new(File.OpenRead(path));
        MetadataReader metadata = image.GetMetadataReader();
        HashSet<string> types = [], members = [];
        SignatureNames names = new(static (_, _) => { });
        foreach (TypeDefinition type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            string name = SignatureNames.NameOf(metadata, type);
            types.Add(name);
            foreach (MethodDefinition method in type.GetMethods().Select(metadata.GetMethodDefinition).Where(IsVisible))
            {
                members.Add($"{name}.{metadata.GetString(method.Name)}({string.Join(", ", method.DecodeSignature(names, null).ParameterTypes)})");
            }
        }

        return (types, members);
    }

    private static bool IsVisible(MethodDefinition method) =>
        (method.Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;
}
