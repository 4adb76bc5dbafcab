using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Systems;
using Spectre.Console;

namespace PnnEdge.Cli.Commands;

/// <summary><c>pnn calibrate</c>: what a bench's channel does, with uncertainties, and the fingerprint by which the bench is known again.</summary>
internal sealed class CalibrateCommand
{
    private readonly CliHost _host;
    private readonly MeasuredBench _bench = new();
    private readonly Option<string?> _out = Values.Path("--out", "file.json", "Where the calibration goes (default calibration-<bench>-<UTC time>.json); a plot goes beside it.");
    private readonly Option<int?> _levels = Values.WholeNumber("--levels", 5, 4097, $"Levels of the sweep through a wire (default {new ChannelSettings().Levels}).");
    private readonly Option<int?> _sweeps = Values.WholeNumber("--sweeps", 1, 10_000, $"Times up and down through them (default {new ChannelSettings().Passes / 2}).");
    private readonly Option<double?> _gain = Values.Number("--allowed-gain", 0, 50, $"By how much gain (and offset, of the answers' spread) may drift on the same bench, % (default what days do to a virtual bench; {100 * AllowedDrift.Usual.Gain:G3} elsewhere).");
    private readonly Option<double?> _shape = Values.Number("--allowed-shape", 0, 50, $"By how much the answers' shape may drift, % of their spread (default what days do to a virtual bench; {100 * AllowedDrift.Usual.Shape:G3} elsewhere).");
    private readonly Option<double?> _alarms = Values.Number("--false-alarms", 1e-9, 0.5, $"How often the same bench within that drift may be refused (default {new ProbeSettings().FalseAlarms:G3}).");

    private CalibrateCommand(CliHost host) => _host = host;

    public static Command Build(CliHost host)
    {
        var calibrate = new CalibrateCommand(host);
        var command = new Command("calibrate", "Measure a bench's gain, offset, linearity, noise, latency, range and fingerprint into a dated file; 'pnn train --calibration' then takes that bench and no other.");
        calibrate._bench.AddTo(command, [calibrate._out, calibrate._levels, calibrate._sweeps, calibrate._gain, calibrate._shape, calibrate._alarms]);
        command.SetAction(calibrate.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        (BenchSource source, ShotShape asked, ChannelPath path) = _bench.Read(parsed);
        string? file = parsed.GetValue(_out) is string typed ? WritableFile.Require(_host.FullPath(typed)) : null;
        ChannelSettings settings = _bench.Settings(parsed);
        settings = settings with { Levels = parsed.GetValue(_levels) ?? settings.Levels, Passes = (2 * parsed.GetValue(_sweeps)) ?? settings.Passes };
        AllowedDrift allowed = source.Virtual is null ? AllowedDrift.Usual : Benches.Of(source.System).AllowedDrift;
        var probe = new ProbeSettings();
        probe = probe with
        {
            Allowed = new AllowedDrift(parsed.GetValue(_gain) / 100 ?? allowed.Gain, parsed.GetValue(_shape) / 100 ?? allowed.Shape),
            FalseAlarms = parsed.GetValue(_alarms) ?? probe.FalseAlarms,
        };
        IProgressView view = Consoles.ViewOf(_host, parsed.GetValue(CommonOptions.Quiet));

        BenchCalibration? measured = null;
        await TwinBench.UseAsync(source, asked, _host, view, async (bench, stop) =>
        {
            SystemDescription described = bench.System.Description;
            ShotShape shape = MeasuredBench.ShapeOf(described, asked);
            ShotCounter shots = FingerprintProbe.CalibrationShots();
            ChannelFigures channel = (await ChannelMeasurement.RunAsync(bench.System, shape, path, settings, shots, MeasuredBench.Told(view), stop)).Required;
            Fingerprint fingerprint = await FingerprintProbe.TakeAsync(bench.System, probe, shots, MeasuredBench.Told(view), stop);
            measured = new BenchCalibration(
                BenchCalibration.CurrentFormat, string.Empty, _host.Time.GetUtcNow(), RunOptions.Version(), BenchIdentity.Of(described), shape, [channel], fingerprint);
            file ??= WritableFile.Require(_host.FullPath(MeasuredBench.FileName("calibration", described, measured.MeasuredUtc)));
        }, cancellation);

        BenchCalibration calibration = CalibrationFile.Save(file!, measured!);
        string[] plot = Pictures.Draw(_host, Path.GetFileNameWithoutExtension(file!), () => CalibrationPlot.Save(extension => Path.ChangeExtension(file!, extension), calibration));
        Shown.Result(_host, parsed, new CalibrateJson(file!, calibration), console =>
        {
            CalibrationTable.Write(console, calibration);
            console.WriteLine($"{Path.GetDirectoryName(file!)}: {string.Join(", ", plot.Prepend(Path.GetFileName(file!)))}");
        });
        return ExitCode.Done;
    }

    /// <summary>With --json: the file and what is in it.</summary>
    private sealed record CalibrateJson(string File, BenchCalibration Calibration);
}
