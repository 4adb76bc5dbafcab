using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Systems;

namespace PnnEdge.Cli.Commands;

/// <summary>Which bench is measured, and what stands on it: what <c>pnn calibrate</c> and <c>pnn doctor</c> share.</summary>
internal sealed class MeasuredBench
{
    private readonly BenchOptions _bench = new(asCalibrated: false);
    private readonly Option<bool> _loopback = new("--loopback") { Description = "A wire is plugged from output to input, in the physics' place (the virtual loopback and echo benches and a Raspberry Pi's rig loopback have one)." };

    private readonly Option<bool> _acCoupled = new("--ac-coupled") { Description = "The input does not pass DC (a codec's high-pass): levels are read against the middle of the range in the same shot." };

    private readonly Option<double?> _sampleRate = Values.Number("--sample-rate", 1e-3, 4e6, "With --broker: samples per second that the device is asked for, Hz (default: what stands on it says).");

    private readonly Argument<string?> _system = new("bench")
    {
        Description = $"What stands on the bench, which fixes its clock and shots: {string.Join(", ", Benches.Names)} (default {Benches.Circuit}). Without --broker it is the virtual bench to start.",
        HelpName = "bench",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => Values.Among(result, "bench", Benches.Names),
    };

    public void AddTo(Command command, IEnumerable<Option> own)
    {
        _system.CompletionSources.Add([.. Benches.Names]);
        command.Arguments.Add(_system);
        foreach (Option option in own.Concat([_loopback, _acCoupled, _sampleRate])) { command.Options.Add(option); }
        _bench.AddTo(command);
    }

    /// <exception cref="UserException">Two benches are named.</exception>
    public (BenchSource Source, ShotShape Shape, ChannelPath Path) Read(ParseResult parsed)
    {
        string? named = parsed.GetValue(_system), asked = _bench.AskedSystem(parsed);
        if (named is not null && asked is not null && named != asked)
        {
            throw new UserException($"Asked for bench {named} and for --system {asked}; leave out one of them.", isUsage: true);
        }

        BenchSource source = BenchOptions.AtRate(_bench.Read(parsed, named ?? asked ?? Benches.Circuit), parsed.GetValue(_sampleRate), _sampleRate.Name);
        BenchSystem system = Benches.Of(source.System);
        bool isWire = parsed.GetValue(_loopback) || (system.IsLoopback && (source.Virtual is not null || source.Pi is not null));
        return (source, system.ProbeShot, isWire ? ChannelPath.Loopback : ChannelPath.ThroughBench);
    }

    /// <summary>How finely the channel is measured, unless a command says otherwise.</summary>
    public ChannelSettings Settings(ParseResult parsed) => new() { AgainstMiddle = parsed.GetValue(_acCoupled) };

    /// <summary>Progress of a measurement's stages.</summary>
    public static Action<string, int, int> Told(IProgressView view) => (stage, done, of) => view.Report(new StageProgress(null, stage, done, of, string.Empty, double.NaN));

    /// <summary>The shots that a system really plays: an optical rig has its own.</summary>
    public static ShotShape ShapeOf(SystemDescription system, ShotShape asked) => system.StimulusSamples == asked.StimulusSamples && system.MeasurementSamples == asked.MeasurementSamples
        ? asked
        : ShotShape.LoadThenRead(system.StimulusSamples, system.MeasurementSamples);

    /// <summary>The default name of a file that says what was measured on which bench when, in the working folder.</summary>
    public static string FileName(string what, SystemDescription system, DateTimeOffset nowUtc) =>
        FormattableString.Invariant($"{what}-{system.Name.Replace('#', '-')}-{nowUtc:yyyyMMdd-HHmmss}.json");
}
