namespace PnnEdge.EndToEnd.Tests;

/// <summary>One small training, the same in every test: what it ends with when nothing disturbs it, without any wire.</summary>
public sealed class SmallRun : IAsyncLifetime
{
    public static string[] Train { get; } = ["train", "generated", "--layers", "1", "--shots", "300", "--epochs", "60"];

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

    /// <summary>Parameters, twin and the metrics of every epoch, byte by byte.</summary>
    public void AssertSame(string run)
    {
        foreach (string file in new[] { "parameters-seed1.npz", "twin-seed1.npz", "metrics.jsonl" })
        {
            byte[] expected = File.ReadAllBytes(Path.Combine(Folder, "undisturbed", file)), actual = File.ReadAllBytes(Path.Combine(Folder, run, file));
            Assert.True(expected.AsSpan().SequenceEqual(actual), $"{run}/{file} differs from the undisturbed run in process.");
        }
    }
}
