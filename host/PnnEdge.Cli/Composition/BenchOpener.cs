using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Devices;
using PnnEdge.Link.Session;
using PnnEdge.Link.Transport;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Systems;
using PnnEdge.RaspberryPi.Rigs;
using PnnEdge.RaspberryPi.Systems;
using PnnEdge.Training.Alignment;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Systems;
using PnnEdge.VirtualDevice.InProcess;

namespace PnnEdge.Cli.Composition;

/// <summary>Opens the bench that a command asked for: the one file that knows every kind.</summary>
internal static class BenchOpener
{
    public const string OwnSite = "local";

    // Clock dividers miss a rate by less; what a bench's parts are known to is more.
    private const double RateTolerance = 0.005;

    /// <param name="loss">Told when the bench is lost for good.</param>
    /// <exception cref="PhysicalSystemException">It cannot be opened, or no longer is the bench of its calibration; nothing was played for the caller.</exception>
    public static async Task<OpenBench> OpenAsync(BenchSource source, ShotShape shot, CliHost host, IProgressView view, BenchLoss loss)
    {
        List<IAsyncDisposable> parts = [];
        try
        {
            (Func<ShotShape, Task<IPhysicalSystem>> open, string? name) = await FindAsync(source, host, view, loss, parts);
            if (source.Calibration is string file) { await RequireCalibratedAsync(CalibrationFile.Load(host.FullPath(file)), open, view, loss); }
            IPhysicalSystem system = await open(shot);
            return new OpenBench(system, Truth(source, shot, host), name ?? system.Description.Name, parts);
        }
        catch
        {
            foreach (IAsyncDisposable part in Enumerable.Reverse(parts)) { await part.DisposeAsync(); }
            throw;
        }
    }

    /// <returns>What opens the bench for shots of one shape, as often as it was closed before; and its name, null for the device's own.</returns>
    private static async Task<(Func<ShotShape, Task<IPhysicalSystem>> Open, string? Name)> FindAsync(
        BenchSource source, CliHost host, IProgressView view, BenchLoss loss, List<IAsyncDisposable> parts)
    {
        if (source.InProcess) { return (shot => Task.FromResult(InProcess(Benches.Build(source.Virtual!), shot, host.Time)), source.Virtual!.System); }
        if (source.Optical is OpticalSource optical)
        {
            var rig = OpticalRig.Load(optical.Rig);
            return (async _ => await OpticalSystem.OpenAsync(rig, optical.Address, host.Time, view.Say, loss.Token), rig.Name); // a rig has one shape
        }

        if (source.Pi is PiSource pi)
        {
            var rig = PiRig.Load(pi.Rig);
            return (shot => Task.FromResult<IPhysicalSystem>(OnAPi(rig, pi, shot, host.Time)), rig.Name);
        }

        BrokerAddress broker = source.Broker ?? await OwnBrokerAsync(parts);
        DeviceAddress device = source.Virtual is null
            ? await DeviceFinder.FindAsync(broker, source.Device, host, loss.Token)
            : await OwnDeviceAsync(source, broker, host, view, loss, parts);
        double rate = source.SampleRateHz ?? Benches.Of(source.System).SampleRateHz;
        var options = new SessionOptions { Progress = view.Say };
        return (
            async shot => await AlignedAsync(
                await WirePhysicalSystem.ConnectAsync(broker, device, new RunShape(rate, shot), options, host.Time, new Random((int)(host.Draw() >> 1)), loss.Token), device, rate),
            source.Virtual?.System);
    }

    /// <exception cref="PhysicalSystemException">Its lag cannot be found, or it samples at another rate than it was asked for.</exception>
    private static async Task<IPhysicalSystem> AlignedAsync(WirePhysicalSystem system, DeviceAddress device, double askedHz)
    {
        try
        {
            double setHz = system.Description.SampleRateHz;
            return Math.Abs(setHz - askedHz) <= RateTolerance * askedHz
                ? AlignedSystem.Over(system)
                : throw new PhysicalSystemException(FormattableString.Invariant(
                    $"Asked device {device} for {askedHz:#,0.###} Hz; it samples at {setHz:#,0.###} Hz, and physics knows the difference: ask for that."));
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    private static async Task RequireCalibratedAsync(BenchCalibration calibration, Func<ShotShape, Task<IPhysicalSystem>> open, IProgressView view, BenchLoss loss)
    {
        await using IPhysicalSystem system = await open(calibration.Shape);
        FingerprintLook look = await FingerprintProbe.RequireAsync(system, calibration, FingerprintProbe.LookShots(), loss.Token);
        view.Say($"{system.Description.Name} answers the probe as {calibration.Title}: {look.Told}.");
    }

    private static PiSystem OnAPi(PiRig rig, PiSource pi, ShotShape shot, TimeProvider time)
    {
        if (pi.Simulated is not BenchRequest request) { return PiSystem.Open(rig, shot, time); }
        rig = rig with { Serial = request.Serial };
        BenchParts parts = Benches.Build(request, PiBoard.Describe(rig, simulated: true));
        return PiSystem.OpenSimulated(rig, parts.Physics, shot, time, parts.Faults);
    }

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
        AlignedSystem.Over(new InProcessSystem(parts.Board, parts.Physics, parts.SampleRateHz, shot, parts.Faults, time, unit: parts.Converters));
}
