using System.Reflection;
using PnnEdge.Wire.Tests.Document;
using Xunit.v3;

namespace PnnEdge.Wire.Tests.Clauses;

public class ClauseCoverageTests
{
    /// <summary>Clause → cases; a theory counts as often as it has rows of its own.</summary>
    private static readonly ILookup<string, (Verdict Verdict, int Cases, string Test)> Held =
        (from type in typeof(ClauseCoverageTests).Assembly.GetTypes()
         from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
         from clause in method.GetCustomAttributes<ClauseAttribute>()
         select (clause.Id, clause.Verdict, Cases: CasesOf(method), Test: $"{type.Name}.{method.Name}"))
        .ToLookup(c => c.Id, c => (c.Verdict, c.Cases, c.Test));

    public static TheoryData<string> Ids => [.. WireDocument.ClauseIds];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_clause_has_an_accepting_and_two_refusing_tests(string id)
    {
        int accepting = Held[id].Where(c => c.Verdict == Accepts).Sum(c => c.Cases);
        int refusing = Held[id].Where(c => c.Verdict == Refuses).Sum(c => c.Cases);
        Assert.True(accepting >= 1 && refusing >= 2, $"{id} has {accepting} accepting and {refusing} refusing tests; it needs 1 and 2.");
    }

    [Fact]
    public void No_test_names_a_clause_that_the_document_lacks() =>
        Assert.Empty(Held.Select(c => c.Key).Except(WireDocument.ClauseIds));

    [Fact]
    public void No_clause_id_is_used_twice() =>
        Assert.Equal(WireDocument.ClauseIds.Distinct(), WireDocument.ClauseIds);

    [Fact]
    public void All_seventeen_groups_of_clauses_are_found() =>
        Assert.Equal("TFHLSDPAMVCXBGUIW".Order(), WireDocument.ClauseIds.Select(id => id[0]).Distinct().Order());

    /// <summary>0 for a method that never runs, so that a forgotten attribute is seen.</summary>
    private static int CasesOf(MethodInfo method) =>
        method.GetCustomAttribute<TheoryAttribute>() is not null ? method.GetCustomAttributes<InlineDataAttribute>().Count()
        : method.GetCustomAttributes().OfType<IFactAttribute>().Any() ? 1 : 0;
}
