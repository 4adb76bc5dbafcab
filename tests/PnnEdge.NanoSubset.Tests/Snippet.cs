using Microsoft.CodeAnalysis.CSharp;
using PnnEdge.NanoSubset.Tests.Checks;

namespace PnnEdge.NanoSubset.Tests;

/// <summary>A few lines of firmware that somebody might write, and what the safeguard says of them.</summary>
public static class Snippet
{
    /// <summary>Compiler errors; when there are none, findings of the IL and source checks.</summary>
    /// <param name="members">Members of a class <c>Device</c>, with System imported; types may stand beside it in <paramref name="types"/>.</param>
    public static (IReadOnlyList<string> Errors, IReadOnlyList<NanoFinding> Findings) Judge(
        string members, string types = "", bool allowUnsafe = false)
    {
        string source = $$"""
            using System;
            namespace Firmware
            {
                public class Device
                {
                    {{members}}
                }
                {{types}}
            }
            """;
        CSharpCompilation compilation = NanoCompiler.Compilation("Firmware", [source]);
        compilation = compilation.WithOptions(compilation.Options.WithAllowUnsafe(allowUnsafe));
        using MemoryStream assembly = new();
        IReadOnlyList<string> errors = NanoCompiler.Errors(compilation, assembly);
        if (errors.Count > 0)
        {
            return (errors, []);
        }

        using FileStream library = File.OpenRead(NanoAssemblies.BaseLibrary);
        NanoAssemblySet set = new([assembly], [library]);

        // Every member that the snippet uses is allowed, so that only the language is judged; unlisted members have a test of their own.
        NanoAllowList allowed = new(NanoIlCheck.LibraryMembersUsed(assembly, set));
        assembly.Position = 0;
        return ([], [.. NanoIlCheck.Findings(assembly, allowed, set), .. NanoSourceCheck.Findings(compilation)]);
    }
}
