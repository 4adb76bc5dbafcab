namespace PnnEdge.EndToEnd.Tests;

/// <summary>What goes wrong for a person at a shell: one sentence on standard error, an exit code, no stack trace.</summary>
public sealed class ErrorTests
{
    [Theory]
    [InlineData(2, "There is no option --epoch for 'pnn train'; did you mean --epochs?", "train", "--epoch", "3")]
    [InlineData(2, "Asked for --epochs 0; possible is a whole number from 1 to 100000.", "train", "--epochs", "0")]
    [InlineData(2, "There is no task 'vowles'; there are vowels, mnist, generated.", "train", "vowles")]
    [InlineData(1, "The data file ", "train", "vowels")]
    [InlineData(1, "The data folder ", "train", "vowels", "--data", "no-such-folder")]
    [InlineData(1, "There is no broker at mqtt://127.0.0.1:1 ", "train", "--broker", "mqtt://127.0.0.1:1")]
    [InlineData(1, "There is no broker at mqtt://127.0.0.1:1 ", "device", "list", "--broker", "mqtt://127.0.0.1:1")]
    [InlineData(1, "There is no run in ", "train", "--resume", "no-such-run")]
    [InlineData(1, "The twin's file ", "twin", "report", "no-such-twin.npz")]
    public async Task It_is_one_sentence(int code, string beginning, params string[] arguments)
    {
        string folder = Directory.CreateTempSubdirectory("pnn-e2e-").FullName;
        using (PnnProcess process = PnnProcess.Start(folder, [.. arguments, "--json"]))
        {
            Assert.Equal(code, await process.ExitCodeAsync());
            string sentence = process.Error[^1];
            Assert.StartsWith(beginning, sentence, StringComparison.Ordinal);
            Assert.True(sentence[^1] is '.' or '?', sentence);
            Assert.DoesNotContain(process.Error, line => line.TrimStart().StartsWith("at ", StringComparison.Ordinal));
            Assert.Equal(sentence, process.Json.GetProperty("error").GetString());
            Assert.Single(process.Out);
            Assert.True(process.Error.Count == 1, process.Transcript());
        }

        Directory.Delete(folder, recursive: true);
    }
}
