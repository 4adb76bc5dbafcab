using PnnEdge.Training.Twins;
using PnnEdge.Training.Twins.Adaptive;

namespace PnnEdge.Cli.Rendering;

/// <summary>How options, tables and plots name what of a twin is refitted.</summary>
internal static class RefitWords
{
    /// <summary>As typed.</summary>
    public static IReadOnlyList<string> Scopes { get; } = ["last", "all"];

    /// <param name="word">One of <see cref="Scopes"/>.</param>
    public static RefitScope ScopeOf(string word) => word == Scopes[1] ? RefitScope.All : RefitScope.Last;

    public static string Of(TwinKind twin, RefitScope scope) => (scope, twin) switch
    {
        (RefitScope.Last, _) => "twin refitted",
        (RefitScope.All, TwinKind.GreyBox) => "twin refitted (all constants)",
        (RefitScope.All, _) => "twin refitted (all layers)",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "There is no such refit."),
    };
}
