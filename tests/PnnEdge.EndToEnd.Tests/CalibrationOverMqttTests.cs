using System.Text.Json;

namespace PnnEdge.EndToEnd.Tests;

/// <summary>A bench calibrated without a wire is known again over MQTT, and another is not.</summary>
public sealed class CalibrationOverMqttTests(SmallRun small) : IClassFixture<SmallRun>
{
    [Fact]
    public async Task A_calibrated_bench_trains_over_mqtt_to_the_same_bits_and_another_unit_is_refused_with_how_far_off_it_is()
    {
        using (PnnProcess calibrate = await PnnProcess.DoneAsync(small.Folder, "calibrate", "circuit", "--in-process", "--out", "bench.json", "--quiet")) { }
        using PnnProcess held = await PnnProcess.DoneAsync(small.Folder, [.. SmallRun.Train, "--calibration", "bench.json", "--out", "held", "--json"]);
        small.AssertSame("held");
        Assert.Contains(held.Error, line => line.StartsWith("virtual-circuit#1 answers the probe as circuit#1 did on ", StringComparison.Ordinal));

        using PnnProcess swapped = PnnProcess.Start(small.Folder, [.. SmallRun.Train, "--calibration", "bench.json", "--fault", "rig.swap", "--out", "swapped", "--json"]);
        Assert.Equal(1, await swapped.ExitCodeAsync());
        Assert.Matches(@"^virtual-circuit#1 does not answer the probe as circuit#1 did on .*the shape of its answers is [2-9](\.\d+)? widths of noise and allowed drift away \(at most 1\.\d+\); put ", swapped.Json.GetProperty("error").GetString());
        Assert.False(Directory.Exists(Path.Combine(small.Folder, "swapped")));
        await PnnProcess.GoneAsync(await swapped.DeviceIdAsync());
    }

    [Fact]
    public async Task What_is_measured_over_mqtt_is_what_is_measured_in_one_process()
    {
        using (PnnProcess wired = await PnnProcess.DoneAsync(small.Folder, "calibrate", "loopback", "--out", "wired.json", "--quiet")) { }
        using (PnnProcess inProcess = await PnnProcess.DoneAsync(small.Folder, "calibrate", "loopback", "--in-process", "--out", "in-process.json", "--quiet")) { }
        JsonElement a = Read("wired.json"), b = Read("in-process.json");
        foreach (string part in new[] { "channels", "fingerprint", "shape" }) { Assert.Equal(b.GetProperty(part).GetRawText(), a.GetProperty(part).GetRawText()); }
        Assert.Equal("virtual-loopback#1", a.GetProperty("bench").GetProperty("name").GetString());

        JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(small.Folder, file))).RootElement;
    }

    [Fact]
    public async Task The_doctor_looks_at_a_device_of_somebody_else_s_and_times_the_way_there()
    {
        string port = $"{LoopbackPort.Free()}", address = $"mqtt://127.0.0.1:{port}";
        using PnnProcess broker = PnnProcess.Start(small.Folder, "broker", "--port", port);
        await broker.SaysAsync("The broker listens at");
        using PnnProcess device = PnnProcess.Start(small.Folder, "device", "run", "--broker", address, "--system", "loopback", "--serial", "6");
        await device.SaysAsync("is ready");
        using PnnProcess doctor = await PnnProcess.DoneAsync(small.Folder, "doctor", "loopback", "--loopback", "--broker", address, "--json", "--strict");
        Assert.Equal("virtual-loopback#6", doctor.Json.GetProperty("bench").GetString());
        JsonElement trip = doctor.Json.GetProperty("round_trip_millis");
        Assert.InRange(trip.GetProperty("p50").GetDouble(), 0.05, trip.GetProperty("p95").GetDouble()); // two sockets and a broker take longer than a function call
        Assert.Contains(doctor.Error, line => line.Contains("over the link", StringComparison.Ordinal));
    }
}
