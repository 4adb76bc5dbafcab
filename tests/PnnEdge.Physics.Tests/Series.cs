namespace PnnEdge.Physics.Tests;

/// <summary>Two series side by side. LINQ's Zip would end with the shorter one, and a comparison with an oracle would then compare less than it says.</summary>
internal static class Series
{
    public static IEnumerable<TResult> Paired<TFirst, TSecond, TResult>(
        this IEnumerable<TFirst> first, IEnumerable<TSecond> second, Func<TFirst, TSecond, TResult> result) =>
        first.Paired(second).Select(pair => result(pair.First, pair.Second));

    public static IEnumerable<(TFirst First, TSecond Second)> Paired<TFirst, TSecond>(this IEnumerable<TFirst> first, IEnumerable<TSecond> second)
    {
        TFirst[] a = [.. first];
        TSecond[] b = [.. second];
        Assert.Equal(a.Length, b.Length);
        return a.Zip(b);
    }
}
