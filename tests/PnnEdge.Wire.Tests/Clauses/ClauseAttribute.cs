using Xunit.v3;

namespace PnnEdge.Wire.Tests.Clauses;

public enum Verdict
{
    /// <summary>What keeps the clause works.</summary>
    Accepts,

    /// <summary>What breaks the clause is refused, or does not happen.</summary>
    Refuses,
}

/// <summary>Says which clause of WIRE.md a test holds; also a trait, so that <c>--filter-trait Clause=S-2</c> runs its tests.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ClauseAttribute(string id, Verdict verdict) : Attribute, ITraitAttribute
{
    public string Id { get; } = id;

    public Verdict Verdict { get; } = verdict;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Clause", Id)];
}
