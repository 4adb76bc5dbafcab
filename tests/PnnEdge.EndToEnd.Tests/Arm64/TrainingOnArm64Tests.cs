using System.Text.Json;

namespace PnnEdge.EndToEnd.Tests.Arm64;

public sealed class TrainingOnArm64Tests
{
    // Not a bit apart: every sum is the same chain of fused multiply-adds on NEON and on AVX, e^x and tanh are our own, and the rest of the mathematics is
    // the same release of glibc. The file of results would show the first difference, for training multiplies it.
    private static readonly string[] Results = ["twin-seed1.npz", "parameters-seed1.npz", "parameters-in_silico-seed1.npz", "metrics.jsonl"];

    [Fact]
    public async Task Training_over_mqtt_on_arm64_ends_with_the_bits_of_x64()
    {
        if (Arm64Command.Missing() is { } missing) { Assert.Skip($"skipped: {missing}"); }

        string folder = Directory.CreateTempSubdirectory("pnn-e2e-").FullName;
        string[] training = ["train", "--experiment", Path.Combine(AppContext.BaseDirectory, "small-circuit.yaml"), "--json"];
        string port = $"{LoopbackPort.Free()}", address = $"mqtt://127.0.0.1:{port}";
        using (PnnProcess here = await PnnProcess.DoneAsync(folder, [.. training, "--in-process", "--out", "x64"]))
        using (PnnProcess broker = PnnProcess.Start(folder, "broker", "--port", port))
        {
            await broker.SaysAsync("The broker listens at");
            using PnnProcess device = PnnProcess.Start(folder, "device", "run", "--broker", address);
            await device.SaysAsync("is ready");
            using PnnProcess emulated = Arm64Command.Start(folder, [.. training, "--broker", address, "--out", "arm64"]);
            await emulated.SucceedsAsync();

            Assert.True(emulated.Json.GetProperty("frames").GetProperty("sent").GetInt64() > 0, emulated.Transcript());
            Assert.Equal(Accuracies(here.Json), Accuracies(emulated.Json));
            foreach (string file in Results)
            {
                byte[] x64 = File.ReadAllBytes(Path.Combine(folder, "x64", file)), arm64 = File.ReadAllBytes(Path.Combine(folder, "arm64", file));
                Assert.True(x64.AsSpan().SequenceEqual(arm64), $"{file} differs.");
            }

            Assert.True(new FileInfo(Path.Combine(folder, "arm64", "accuracy.png")).Length > 0); // the plot's native library is there, too
        }

        Directory.Delete(folder, recursive: true);
    }

    private static string[] Accuracies(JsonElement summary) =>
        [.. new[] { "pat", "in_silico_deployed", "in_silico_claimed", "digital_baseline", "twin" }.Select(name => summary.GetProperty(name).GetRawText())];
}
