using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace PnnEdge.NanoSubset.Tests.Checks;

/// <summary>Array covariance leaves no trace in IL: it is read from the meaning of the source.</summary>
public static class NanoSourceCheck
{
    public static IReadOnlyList<NanoFinding> Findings(CSharpCompilation compilation) =>
        [.. compilation.SyntaxTrees.SelectMany(tree => Findings(tree, compilation.GetSemanticModel(tree)))];

    private static IEnumerable<NanoFinding> Findings(SyntaxTree tree, SemanticModel model) =>
        from node in tree.GetRoot().DescendantNodes()
        let root = model.GetOperation(node)
        where root is { Parent: null }
        from conversion in root.DescendantsAndSelf().OfType<IConversionOperation>()
        let held = conversion.Operand.Type as IArrayTypeSymbol
        let wanted = conversion.Type as IArrayTypeSymbol
        where held is not null && wanted is not null && !SymbolEqualityComparer.Default.Equals(held, wanted)
        select new NanoFinding(NanoRule.ArrayCovariance, WhereOf(node), $"{held} used as {wanted}");

    private static string WhereOf(SyntaxNode node) =>
        string.Join(".", node.AncestorsAndSelf().Reverse().Select(NameOf).OfType<string>());

    private static string? NameOf(SyntaxNode node) => node switch
    {
        NamespaceDeclarationSyntax space => space.Name.ToString(),
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        MethodDeclarationSyntax method => method.Identifier.Text,
        _ => null,
    };
}
