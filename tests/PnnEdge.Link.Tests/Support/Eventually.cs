namespace PnnEdge.Link.Tests.Support;

/// <summary>Waits for something that another thread or process does; a limit far above what it takes keeps a busy machine green.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task Holds(Func<bool> condition, string what)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Limit, $"Waited {Limit.TotalSeconds} s in vain: {what}.");
            await Task.Delay(5);
        }
    }
}
