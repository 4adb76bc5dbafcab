using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Calibration.Doctor;
using PnnEdge.Training.Systems;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn doctor</c>: whether a bench is wired as it should be, check by check, and what to do where it is not.</summary>
internal sealed class DoctorCommand
{
    private const int RoundTrips = 200;

    private readonly CliHost _host;
    private readonly MeasuredBench _bench = new();
    private readonly Option<string?> _out = Values.Path("--out", "file.json", "Keep the report, too; 'pnn train --doctor' takes it into the run's folder.");
    private readonly Option<string?> _calibration = Values.Path("--calibration", "file.json", "Check too whether the bench still is the one of this calibration.");
    private readonly Option<bool> _strict = new("--strict") { Description = "What cannot be checked counts as wrong." };
    private readonly Option<double?> _plug = Values.Number("--plug-gain", 1e-3, 1e3, "Volts at the input per volt of the output, where a divider or an amplifier is in the plug (default 1).");
    private readonly Option<string[]> _unused = new("--unused")
    {
        Description = "A static output that ends at a free terminal, by name: it may move nothing. Several may follow (the ladder's bias is known).",
        HelpName = "name",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _limits = new("--limit")
    {
        Description = $"A limit of your own, name=value; several may follow. {string.Join("; ", DoctorLimits.All.Select(limit => FormattableString.Invariant($"{limit.Name}={limit.Value} {limit.Unit} {limit.What}")))}.",
        HelpName = "name=value",
        AllowMultipleArgumentsPerToken = true,
    };

    private DoctorCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var doctor = new DoctorCommand(host);
        var command = new Command("doctor", "Check a bench's wiring: does it follow, stuck bits, outputs and inputs, linearity, missing codes, range, noise, crosstalk, latency. Ends with code 1 where something is wrong.");
        doctor._bench.AddTo(command, [doctor._out, doctor._calibration, doctor._strict, doctor._plug, doctor._unused, doctor._limits]);
        command.SetAction(doctor.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        (BenchSource source, ShotShape asked, ChannelPath path) = _bench.Read(parsed);
        DoctorLimits limits = Limits(parsed);
        string? file = parsed.GetValue(_out) is string typed ? WritableFile.Require(_host.FullPath(typed)) : null;
        BenchCalibration? kept = parsed.GetValue(_calibration) is string calibration ? CalibrationFile.Load(_host.FullPath(calibration)) : null;
        IProgressView view = Consoles.ViewOf(_host, parsed.GetValue(CommonOptions.Quiet));

        DoctorReport? report = null;
        await TwinBench.UseAsync(source, kept?.Shape ?? asked, _host, view, async (bench, stop) =>
        {
            SystemDescription described = bench.System.Description;
            ShotShape shape = MeasuredBench.ShapeOf(described, kept?.Shape ?? asked);
            ShotCounter shots = FingerprintProbe.LookShots();
            if (path == ChannelPath.Loopback && !described.TakesPlug) { throw new UserException($"Asked for --loopback; {described.Name} is light from its outputs to its inputs, and takes no plug.", isUsage: true); }
            List<DoctorCheck> checks = [];
            if (kept is not null) { checks.Add(await FingerprintCheck.LookAsync(bench.System, kept, shots, stop)); }
            var doctor = new BenchDoctor(bench.System, shape, path, _bench.Settings(parsed), limits) { PlugGain = parsed.GetValue(_plug) ?? 1, Unused = Unused(parsed, source, described), Progress = MeasuredBench.Told(view) };
            checks.AddRange(await doctor.LookAsync(shots, stop));
            RoundTrip trip = await RoundTripAsync(bench.System, shots, view, stop);
            bool strict = parsed.GetValue(_strict), sound = checks.All(check => DoctorReport.IsSound(check, strict));
            report = new DoctorReport(
                described.Name, described.Simulated, path == ChannelPath.Loopback, _host.Time.GetUtcNow(), RunOptions.Version(), strict, sound, kept?.Id, trip, checks);
        }, cancellation);

        if (file is not null) { AtomicFile.Write(file, JsonText.Page(report)); }
        Shown.Result(_host, parsed, report!, console => DoctorTable.Write(console, report!, source.InProcess || source.Pi is not null));
        return report!.Sound ? ExitCode.Done : ExitCode.Failed;
    }

    private string[] Unused(ParseResult parsed, BenchSource source, SystemDescription described)
    {
        string[] asked = parsed.GetValue(_unused) ?? [], names = [.. described.Actuators.Select(port => port.Name)];
        return Array.Find(asked, name => !names.Contains(name)) is string unknown
            ? throw new UserException($"Asked for --unused {unknown}; {(names.Length == 0 ? $"{described.Name} has no static output" : $"static outputs of {described.Name} are {string.Join(", ", names)}")}.", isUsage: true)
            : [.. asked, .. Benches.Of(source.System).UnusedOutputs];
    }

    private DoctorLimits Limits(ParseResult parsed)
    {
        var limits = new DoctorLimits();
        try
        {
            foreach (string text in parsed.GetValue(_limits) ?? []) { limits.Set(text); }
        }
        catch (FormatException wrong)
        {
            throw new UserException(wrong.Message, isUsage: true);
        }

        return limits;
    }

    // One shot at a time, as a closed loop of one would.
    private async Task<RoundTrip> RoundTripAsync(IPhysicalSystem system, ShotCounter shots, IProgressView view, CancellationToken cancellation)
    {
        SystemDescription d = system.Description;
        float[] volts = new float[d.StimulusSamples], actuators = ActuatorCentre.Of(d);
        volts.AsSpan().Fill((float)SweepPlan.Centre(d.StimulusRange));
        double[] millis = new double[RoundTrips];
        for (int i = 0; i < RoundTrips; i++)
        {
            long start = _host.Time.GetTimestamp();
            await system.RunAsync(new Stimulus(shots.Take(1), 1, volts, actuators), cancellation);
            millis[i] = _host.Time.GetElapsedTime(start).TotalMilliseconds;
            MeasuredBench.Told(view)("round trips", i + 1, RoundTrips);
        }

        return RoundTrip.Of(millis);
    }
}
