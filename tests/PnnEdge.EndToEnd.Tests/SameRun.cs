using System.Text.Json;

namespace PnnEdge.EndToEnd.Tests;

/// <summary>Two runs that must have ended alike: parameters, twin and the metrics of every epoch, byte by byte.</summary>
internal static class SameRun
{
    public static void Require(string folder, string expected, string actual)
    {
        foreach (string file in (string[])["parameters-seed1.npz", "twin-seed1.npz", "metrics.jsonl"])
        {
            byte[] one = File.ReadAllBytes(Path.Combine(folder, expected, file)), other = File.ReadAllBytes(Path.Combine(folder, actual, file));
            Assert.True(one.AsSpan().SequenceEqual(other), $"{actual}/{file} differs from {expected}/{file}.");
        }
    }

    /// <summary>Trains inside one process and then over MQTT with a device of its own, and requires the same end.</summary>
    /// <returns>What the second run said of itself.</returns>
    public static async Task<JsonElement> OverMqttAsInProcessAsync(string folder, string[] train)
    {
        using PnnProcess inProcess = await PnnProcess.DoneAsync(folder, [.. train, "--in-process", "--out", "process", "--quiet", "--json"]);
        using PnnProcess mqtt = await PnnProcess.DoneAsync(folder, [.. train, "--out", "mqtt", "--quiet", "--json"]);
        Require(folder, "process", "mqtt");
        return mqtt.Json;
    }
}
