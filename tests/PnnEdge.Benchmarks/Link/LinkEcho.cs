using System.Diagnostics;
using PnnEdge.Benchmarks.Machine;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Session;
using PnnEdge.Training.Systems;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Benchmarks.Link;

/// <summary>
/// A closed loop of 1 KiB frames over the embedded broker, partner in its own process: ours with window, codes, CRC and the
/// real firmware core, against MQTTnet alone with as many messages in flight.
/// </summary>
internal static class LinkEcho
{
    private const int FrameBytes = 1024;
    private const int Samples = (FrameBytes - FrameHeader.Bytes - MeasurementBlock.FixedBytes) / 2;

    /// <summary>Until the compiler has seen what is hot: before that, its own work is a quarter of all.</summary>
    private const int WarmUpFrames = 40_000;
    private const int RoundFrames = 10_000;

    /// <summary>Ours and the bare loop take turns, so that a busy moment of the machine falls on both.</summary>
    private const int Rounds = 5;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        using Process device = await StartPartnerAsync("echo-device", broker.Address);
        using Process bare = await StartPartnerAsync("echo-bare", broker.Address);
        try
        {
            await using WirePhysicalSystem system = await WirePhysicalSystem.ConnectAsync(
                broker.Address, EchoPartner.Device, new RunShape(1e6, ShotShape.Throughout(Samples)) { LongestFrameBytes = FrameBytes }, new SessionOptions(),
                TimeProvider.System, new Random(2), CancellationToken.None);
            using BareLoop loop = await BareLoop.ConnectAsync(broker.Address, system.Window);
            await OursAsync(system, WarmUpFrames);
            await loop.RunAsync(WarmUpFrames, FrameBytes);
            List<double> ours = [], bares = [];
            TimeSpan ourCpu = default, bareCpu = default;
            for (int round = 0; round < Rounds; round++)
            {
                TimeSpan start = CpuTime(device);
                ours.Add(await OursAsync(system, RoundFrames));
                ourCpu += CpuTime(device) - start;
                start = CpuTime(bare);
                bares.Add(await loop.RunAsync(RoundFrames, FrameBytes));
                bareCpu += CpuTime(bare) - start;
            }

            SystemUsage usage = system.Usage;
            return
            [
                new Figure("link.echo.frames_per_second", Median(ours), "1/s", Least: 1500),
                new Figure("link.echo.bare_mqttnet_frames_per_second", Median(bares), "1/s"),
                new Figure("link.echo.ratio", Median([.. ours.Zip(bares, (our, bare) => our / bare)]), "1", Least: 0.7),
                new Figure("link.echo.cpu_micros_per_frame", ourCpu.TotalMicroseconds / (Rounds * RoundFrames), "µs"),
                new Figure("link.echo.bare_mqttnet_cpu_micros_per_frame", bareCpu.TotalMicroseconds / (Rounds * RoundFrames), "µs"),
                new Figure("link.echo.frame_bytes", FrameBytes, "bytes"),
                new Figure("link.echo.window", system.Window, "frames"),
                new Figure("link.echo.frames_retried", usage.FramesRetried, "frames"),
                new Figure("link.echo.frames_refused", usage.FramesRefused, "frames"),
            ];
        }
        finally
        {
            End(device);
            End(bare);
        }
    }

    /// <summary>Frames per second of one batch, one shot per frame.</summary>
    private static async Task<double> OursAsync(WirePhysicalSystem system, int frames)
    {
        float[] volts = new float[frames * Samples];
        for (int i = 0; i < volts.Length; i++)
        {
            volts[i] = (i % 1000 / 100f) - 5f;
        }

        long start = Stopwatch.GetTimestamp();
        Measurement measured = await system.RunAsync(new Stimulus(0, frames, volts, []), CancellationToken.None);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return measured.Volts.AsSpan().SequenceEqual(measured.AppliedVolts)
            ? frames / seconds
            : throw new InvalidOperationException("The echo did not come back as it was sent; a rate of wrong results means nothing.");
    }

    /// <summary>Of this process, broker included, and the partner: what a busy machine does not change.</summary>
    private static TimeSpan CpuTime(Process partner)
    {
        partner.Refresh();
        return Environment.CpuUsage.TotalTime + partner.TotalProcessorTime;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<Process> StartPartnerAsync(string role, BrokerAddress broker)
    {
        Process process = Process.Start(Self.Start(role, broker.ToSecretString()))!;
        string? line = await process.StandardOutput.ReadLineAsync();
        return line == EchoPartner.Ready ? process : throw new InvalidOperationException($"The partner {role} did not start; it said \"{line}\".");
    }

    private static void End(Process process)
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            process.Kill();
        }
    }
}
