using System.CommandLine;
using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Runs;
using PnnEdge.Link.Broker;
using PnnEdge.RaspberryPi.Rigs;
using PnnEdge.Training.Experiments;

namespace PnnEdge.Cli.Commands;

/// <summary>The options that say which bench, for every command that plays on one.</summary>
/// <param name="asCalibrated">Whether a bench can be held to its calibration before it is used.</param>
internal sealed class BenchOptions(FaultScope scope = FaultScope.Bench, bool asCalibrated = true)
{
    private const string RateSetting = "shot.sample_rate_hz";

    private readonly Option<string?> _system = OpticalOptions.SystemOrRig("--system", "The virtual bench's physics");
    private readonly OpticalOptions _optical = new();
    private readonly Option<BrokerAddress?> _broker = Values.Broker("Use the device at this broker instead of starting one.");
    private readonly Option<string?> _device = Values.TopicName("--device", "Which device, as device or site/device, when the broker knows several.", orAddress: true);
    private readonly Option<bool> _virtual = new("--virtual") { Description = "With --broker: start a virtual device there." };
    private readonly Option<bool> _inProcess = new("--in-process") { Description = "Run the virtual device inside this process, without a wire." };
    private readonly Option<bool> _realTime = new("--realtime") { Description = "Let the virtual device take the time that real converters would." };
    private readonly Option<string?> _calibration = Values.Path("--calibration", "file.json", "Use the bench only if it still is the one of this calibration, which 'pnn calibrate' made.");
    private readonly VirtualOptions _unit = new(scope);

    /// <summary>Names an experiment's system as well as the bench's.</summary>
    public Option System => _system;

    /// <summary>All but <see cref="System"/>.</summary>
    public IEnumerable<Option> Further => [_broker, _device, _virtual, _inProcess, _realTime, .. asCalibrated ? [_calibration] : Array.Empty<Option>(), .. _unit.All, .. _optical.All];

    public void AddTo(Command command)
    {
        foreach (Option option in Further.Prepend(_system)) { command.Options.Add(option); }
    }

    /// <summary>For a resumed run: on the bench that it began with, held to the calibration that it began with.</summary>
    /// <param name="option">That named the run.</param>
    public BenchSource ReadResumed(ParseResult parsed, RunFolder folder, RunConfig config, CliHost host, string option = "--resume")
    {
        string? named = parsed.GetValue(_calibration) is string file ? host.FullPath(file) : null;
        BenchSource source = AtRate(ReadResumed(parsed, config.Bench, config.Settings.System, option), config.Settings.Shot.SampleRateHz, RateSetting);
        return source with { Calibration = CalibrationNote.Resumed(config.Calibration, named, folder) };
    }

    /// <summary>For a resumed run: on the bench that it began with, which may be reached another way.</summary>
    /// <param name="kept">The virtual bench that the run had started; null when its device was somebody else's.</param>
    /// <param name="system">Of the run's experiment.</param>
    /// <param name="option">That named the run.</param>
    public BenchSource ReadResumed(ParseResult parsed, BenchRequest? kept, string system, string option = "--resume")
    {
        bool isOptical = OpticalOptions.IsRig(parsed.GetValue(_system)) || OpticalOptions.IsPi(parsed.GetValue(_system));
        bool isOutside = isOptical || (parsed.GetValue(_broker) is not null && !parsed.GetValue(_virtual));
        Refuse(kept is null && !isOutside, "This run was on a device at a broker or on a rig; give the broker's address with --broker, or the rig's with --system.");
        Refuse(kept is not null && isOptical, "This run was on a virtual device of its own; leave out --system.");
        Refuse(kept is not null && isOutside, "This run was on a virtual device of its own; with --broker add --virtual.");
        return Read(parsed, kept, system, option);
    }

    public BenchSource Read(ParseResult parsed, ExperimentSettings settings) => AtRate(Read(parsed, settings.System), settings.Shot.SampleRateHz, RateSetting);

    /// <param name="setting">That said the rate.</param>
    /// <exception cref="UserException">The bench has a clock of its own.</exception>
    public static BenchSource AtRate(BenchSource source, double? rateHz, string setting)
    {
        bool isDevice = source is { Virtual: null, Optical: null, Pi: null };
        Refuse(rateHz is not null && !isDevice, FormattableString.Invariant(
            $"Asked {setting} for {rateHz:#,0.###} Hz; that is for a device at a broker (--broker), any other bench has its own clock{(source.Virtual is null ? "" : $", {source.System} {Benches.Of(source.System).SampleRateHz:#,0.###} Hz")}."));
        return source with { SampleRateHz = rateHz };
    }

    /// <param name="system">Of the experiment: the default of <c>--system</c>.</param>
    public BenchSource Read(ParseResult parsed, string system) => Read(parsed, kept: null, system, string.Empty) with
    {
        Calibration = asCalibrated ? parsed.GetValue(_calibration) : null,
    };

    /// <summary>The one in whose experiments the bench stands.</summary>
    public string? AskedSystem(ParseResult parsed)
    {
        string? system = parsed.GetValue(_system);
        return OpticalOptions.IsRig(system) ? _optical.Rig(parsed).System : OpticalOptions.IsPi(system) ? _optical.OnAPi(parsed).System : system;
    }

    private BenchSource ReadPi(ParseResult parsed, string system)
    {
        bool isSimulated = parsed.GetValue(_system) == PiAddress.Simulated;
        string? beside = new Option[] { _broker, _device, _virtual, _inProcess, _realTime }.Concat(isSimulated ? [] : _unit.All).FirstOrDefault(parsed.IsGiven)?.Name;
        Refuse(beside is not null, $"{beside} has no place beside a bench on a Raspberry Pi's buses{(isSimulated || !_unit.All.Any(parsed.IsGiven) ? "" : $", which is there already; {PiAddress.Simulated} has such units")}.");
        PiRig rig = _optical.OnAPi(parsed);
        BenchRequest? request = isSimulated ? _unit.Read(parsed, rig.System, PiBoard.Describe(rig, simulated: true)) : null;
        return new BenchSource(system, null, false, null, null, false) { Pi = new PiSource(_optical.PiRigName(parsed), request) };
    }

    private BenchSource Read(ParseResult parsed, BenchRequest? kept, string system, string option)
    {
        if (OpticalOptions.IsPi(parsed.GetValue(_system))) { return ReadPi(parsed, system); }
        if (OpticalOptions.IsRig(parsed.GetValue(_system)))
        {
            string? beside = new Option[] { _broker, _device, _virtual, _inProcess, _realTime }.Concat(_unit.All).FirstOrDefault(parsed.IsGiven)?.Name;
            Refuse(beside is not null, $"{beside} has no place beside an optical rig, which is there already; what is wrong with a simulated one says 'pnn sim optics'.");
            return new BenchSource(system, null, false, null, null, false) { Optical = _optical.Read(parsed, parsed.GetValue(_system)!) };
        }

        Refuse(_optical.All.Any(parsed.IsGiven), $"--rig is for an optical rig or a Raspberry Pi; give its address with --system scpi://host:port, {PiAddress.Local} or {PiAddress.Simulated}.");
        BrokerAddress? broker = parsed.GetValue(_broker);
        bool inProcess = parsed.GetValue(_inProcess);
        Refuse(inProcess && broker is not null, "--in-process has no wire, so --broker has no place beside it.");
        Refuse(inProcess && parsed.GetValue(_device) is not null, "--in-process has no other device, so --device has no place beside it.");
        Refuse(inProcess && parsed.GetValue(_realTime), "--realtime needs a device in its own process; leave out --in-process.");
        Refuse(parsed.GetValue(_device)?.Contains('/') == true && (broker is null || parsed.GetValue(_virtual)), "A device that this command starts has no site of its own; leave out what stands before the '/'.");
        Refuse(parsed.GetValue(_virtual) && broker is null, "--virtual starts a device at an outside broker; give its address with --broker.");

        bool starts = broker is null || parsed.GetValue(_virtual);
        string? first = new Option[] { _system, _realTime }.Concat(_unit.All).FirstOrDefault(parsed.IsGiven)?.Name;
        Refuse(!starts && first is not null, $"{first} is for a virtual device that this command starts; with --broker add --virtual.");
        Refuse(kept is not null && first is not null, $"{option} takes the bench from the run's config.json; leave out {first}.");
        BenchRequest? request = starts ? kept ?? _unit.Read(parsed, parsed.GetValue(_system) ?? system) : null;
        return new BenchSource(request?.System ?? system, request, inProcess, broker, parsed.GetValue(_device), parsed.GetValue(_realTime));
    }

    private static void Refuse(bool wrong, string sentence)
    {
        if (wrong) { throw new UserException(sentence, isUsage: true); }
    }
}
