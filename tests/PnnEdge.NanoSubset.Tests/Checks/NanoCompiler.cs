using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PnnEdge.NanoSubset.Tests.Checks;

/// <summary>Compiles source exactly as the check projects do: C# 9, and no library but the declared one.</summary>
public static class NanoCompiler
{
    private static readonly CSharpParseOptions CSharp9 = new(LanguageVersion.CSharp9);

    public static CSharpCompilation Compilation(string assemblyName, IEnumerable<string> sources, params string[] referencePaths) =>
        CSharpCompilation.Create(
            assemblyName,
            sources.Select(source => CSharpSyntaxTree.ParseText(source, CSharp9)),
            referencePaths.Prepend(NanoAssemblies.BaseLibrary).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));

    /// <summary>Identifiers such as CS0518 of the errors, without repetition; empty when it compiles.</summary>
    public static IReadOnlyList<string> Errors(CSharpCompilation compilation, Stream output) =>
        [.. compilation.Emit(output).Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.Id)
            .Distinct()
            .Order(StringComparer.Ordinal)];
}
