namespace PnnEdge.EndToEnd.Tests;

/// <summary>One small training, the same in every test: what it ends with when nothing disturbs it, without any wire.</summary>
public sealed class SmallRun : IAsyncLifetime
{
    private const int Epochs = 60;

    public static string[] Train { get; } = ["train", "generated", "--layers", "1", "--shots", "300", "--epochs", $"{Epochs}"];

    public string Folder { get; } = Directory.CreateTempSubdirectory("pnn-e2e-").FullName;

    public async ValueTask InitializeAsync()
    {
        using PnnProcess process = await PnnProcess.DoneAsync(Folder, [.. Train, "--in-process", "--out", "undisturbed", "--quiet"]);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits until so many epochs on the bench are in the metrics of a run that is still going on.</summary>
    /// <returns>How many there are, fewer than all of them.</returns>
    internal async Task<int> EpochsAsync(string run, int atLeast, PnnProcess train)
    {
        string metrics = Path.Combine(Folder, run, "metrics.jsonl");
        while (true)
        {
            bool hasExited = train.HasExited;
            int epochs = File.Exists(metrics) ? File.ReadAllText(metrics).Split("\"pat\"").Length - 1 : 0;
            Assert.False(hasExited || epochs >= Epochs, $"The training on the bench is over after {epochs} epochs.\n{train.Transcript()}");
            if (epochs >= atLeast) { return epochs; }
            await Task.Delay(2);
        }
    }

    /// <summary>Parameters, twin and the metrics of every epoch, byte by byte.</summary>
    public void AssertSame(string run) => SameRun.Require(Folder, "undisturbed", run);
}
