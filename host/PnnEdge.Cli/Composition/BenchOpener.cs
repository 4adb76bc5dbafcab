using PnnEdge.Cli.Rendering;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Session;
using PnnEdge.Link.Transport;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Systems;
using PnnEdge.RaspberryPi.Rigs;
using PnnEdge.RaspberryPi.Systems;
using PnnEdge.Training.Alignment;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.InProcess;

namespace PnnEdge.Cli.Composition;

/// <summary>Opens the bench that a command asked for: the one file that knows every kind.</summary>
internal static class BenchOpener
{
    public const string OwnSite = "local";

    /// <param name="loss">Told when the bench is lost for good.</param>
    public static async Task<OpenBench> OpenAsync(BenchSource source, ShotShape shot, CliHost host, IProgressView view, BenchLoss loss)
    {
        if (source.InProcess)
        {
            return new OpenBench(InProcess(Benches.Build(source.Virtual!), shot, host.Time), Truth(source, shot, host), source.Virtual!.System, []);
        }

        if (source.Optical is OpticalSource optical)
        {
            var rig = OpticalRig.Load(optical.Rig);
            return new OpenBench(await OpticalSystem.OpenAsync(rig, optical.Address, host.Time, view.Say, loss.Token), truth: null, rig.Name, []);
        }

        if (source.Pi is PiSource pi)
        {
            var rig = PiRig.Load(pi.Rig);
            return new OpenBench(OnAPi(rig, pi, shot, host.Time), truth: null, rig.Name, []);
        }

        List<IAsyncDisposable> parts = [];
        try
        {
            BrokerAddress broker = source.Broker ?? await OwnBrokerAsync(parts);
            DeviceAddress device = source.Virtual is null
                ? await DeviceFinder.FindAsync(broker, source.Device, host, loss.Token)
                : await OwnDeviceAsync(source, broker, host, view, loss, parts);
            var shape = new RunShape(Benches.Of(source.System).SampleRateHz, shot);
            var options = new SessionOptions { Progress = view.Say };
            WirePhysicalSystem system = await WirePhysicalSystem.ConnectAsync(broker, device, shape, options, host.Time, new Random((int)(host.Draw() >> 1)), loss.Token);
            parts.Add(system); // should nobody be able to find its lag
            IPhysicalSystem aligned = AlignedSystem.Over(system);
            return new OpenBench(aligned, Truth(source, shot, host), source.Virtual?.System ?? system.Description.Name, parts);
        }
        catch
        {
            foreach (IAsyncDisposable part in Enumerable.Reverse(parts)) { await part.DisposeAsync(); }
            throw;
        }
    }

    private static PiSystem OnAPi(PiRig rig, PiSource pi, ShotShape shot, TimeProvider time) => pi.Simulated is null
        ? PiSystem.Open(rig, shot, time)
        : PiSystem.OpenSimulated(rig with { Serial = pi.Simulated.Serial }, Benches.PhysicsOf(pi.Simulated, "the simulated Pi's chips have none"), shot, time);

    private static async Task<BrokerAddress> OwnBrokerAsync(List<IAsyncDisposable> parts)
    {
        EmbeddedBroker broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions());
        parts.Add(broker);
        return broker.Address;
    }

    private static async Task<DeviceAddress> OwnDeviceAsync(
        BenchSource source, BrokerAddress broker, CliHost host, IProgressView view, BenchLoss loss, List<IAsyncDisposable> parts)
    {
        // At an outside broker the name must not meet another run's device.
        BenchRequest request = source.Virtual!;
        string name = source.Device ?? (source.Broker is null ? $"{request.System}-{request.Serial}" : $"{request.System}-{request.Serial}-{host.Draw():x8}");
        var address = new DeviceAddress(OwnSite, name);
        parts.Add(await DeviceProcess.StartAsync(host, view, loss, broker, address, request, source.RealTime));
        return address;
    }

    private static IPhysicalSystem? Truth(BenchSource source, ShotShape shot, CliHost host) =>
        source.Virtual is null ? null : InProcess(Benches.BuildTruth(source.Virtual), shot, host.Time);

    internal static IPhysicalSystem InProcess(BenchParts parts, ShotShape shot, TimeProvider time) =>
        AlignedSystem.Over(new InProcessSystem(parts.Board, parts.Physics, parts.SampleRateHz, shot, parts.Faults, time));
}
