using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Instruments;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Scpi;
using PnnEdge.Optics.Spectra;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Systems;

/// <summary>
/// An optical rig as a physical system: 1 V of stimulus is a channel's full amplitude, a spectrum's bin is read in volts. The safe state is a
/// closed shutter: before anything else, after anything that went wrong, and at the end.
/// </summary>
public sealed class OpticalSystem : IPhysicalSystem, IShowsWords
{
    // Spectrum analyzers of the AQ6370 family are deaf for about 30 s every ten minutes, while they zero their amplifiers (IM AQ6370C-17EN, "Setting the timeout time").
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly OpticalRig _rig;
    private readonly RigLink _link;
    private readonly FramePlayer _player;
    private readonly Interlock _interlock;
    private readonly Recovery _recovery;
    private readonly StimulusFrames _frames;
    private readonly Inspection _inspection;
    private readonly TimeProvider _time;
    private readonly Action<string> _progress;
    private SpectrumReduction _reduction = null!;
    private DetectorWords _detector = null!;
    private RigLook _opened = null!;
    private RigLook _before = null!;
    private long _passes;
    private long _lookedAt;
    private double _seconds;

    private OpticalSystem(OpticalRig rig, RigLink link, TimeProvider time, Action<string> progress)
    {
        (_rig, _link, _time, _progress) = (rig, link, time, progress);
        _player = new FramePlayer(link, rig, Patience, time);
        _interlock = new Interlock(link, rig.Laser, time);
        _recovery = new Recovery(link, _interlock, time, progress);
        _frames = new StimulusFrames(rig);
        _inspection = new Inspection(rig, _player, _interlock, _recovery, _frames);
    }

    public SystemDescription Description { get; private set; } = null!;

    public SystemUsage Usage => new(_passes, _recovery.Sent, _recovery.Retried, _recovery.Refused, _seconds);

    public ConverterWords Words => _detector.Words;

    /// <summary>Readings inside the bins that were at the detector's end (<see cref="SaturationLevel"/>).</summary>
    public long SaturatedPixels => _reduction.SaturatedPixels;

    /// <summary>Connects, closes the shutter, reads wavelengths and dark level, opens the shutter and looks at the reference pattern.</summary>
    /// <param name="main">Where instruments are that the rig gives no address.</param>
    /// <param name="progress">Told in sentences what is worth knowing.</param>
    /// <exception cref="PhysicalSystemException">One sentence.</exception>
    public static async Task<OpticalSystem> OpenAsync(OpticalRig rig, ScpiAddress main, TimeProvider time, Action<string> progress, CancellationToken cancellation) =>
        await OpenAsync(rig, new RigLink(rig, main, address => new ScpiConnection(address, Patience, time)), time, progress, cancellation);

    internal static async Task<OpticalSystem> OpenAsync(OpticalRig rig, RigLink link, TimeProvider time, Action<string> progress, CancellationToken cancellation)
    {
        var system = new OpticalSystem(rig, link, time, progress);
        try
        {
            await system._recovery.BeginAsync();
            await system.PrepareAsync(cancellation);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public async Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        StimulusGuard.Require(Description, stimulus);
        return await SafelyAsync(async () =>
        {
            cancellation.ThrowIfCancellationRequested();
            if (_passes - _lookedAt >= _rig.Health.EveryShots) { await LookAgainAsync(stimulus.FirstShot, cancellation); }
            await _recovery.SurelyAsync(_interlock.RequireOpenAsync);
            Measurement measured = new(
                stimulus.FirstShot, stimulus.Shots, new float[stimulus.Volts.Length], [], new float[stimulus.Shots * _rig.Spectrometer.Bins]);
            long start = _time.GetTimestamp();
            for (int shot = 0; shot < stimulus.Shots; shot += _player.FramesAtOnce)
            {
                cancellation.ThrowIfCancellationRequested();
                int count = Math.Min(_player.FramesAtOnce, stimulus.Shots - shot);
                byte[] frames = _frames.Encode(stimulus.Volts.AsSpan(shot * _rig.Shaper.Channels, count * _rig.Shaper.Channels), measured.AppliedVolts.AsSpan(shot * _rig.Shaper.Channels));
                double[] readings = await _recovery.SurelyAsync(() => _inspection.LitAsync(stimulus.FirstShot + (ulong)shot, frames, count));
                for (int frame = 0; frame < count; frame++)
                {
                    _detector.Show(readings.AsSpan(frame * _reduction.Pixels, _reduction.Pixels));
                    _reduction.Reduce(readings.AsSpan(frame * _reduction.Pixels, _reduction.Pixels), measured.Volts.AsSpan((shot + frame) * _reduction.Bins, _reduction.Bins));
                }
            }

            _seconds += _time.GetElapsedTime(start).TotalSeconds;
            _passes += stimulus.Shots;
            return measured;
        });
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            string? trouble = await _recovery.CloseShutterAsync();
            TellSaturation();
            if (trouble is not null) { throw new PhysicalSystemException(trouble); }
        }
        finally
        {
            _player.Dispose();
            await _link.DisposeAsync();
        }
    }

    /// <summary>Nothing where the rig was never prepared.</summary>
    private void TellSaturation()
    {
        if (_reduction is not { SaturatedPixels: > 0 and long readings }) { return; }
        string end = _rig.Spectrometer.Averages > 1 ? $"so near its detector's end that one of {_rig.Spectrometer.Averages} exposures may have reached it" : "at its detector's end";
        _progress(FormattableString.Invariant(
            $"{Description?.Name ?? _rig.Name} read a pixel {end} {readings:#,0} times, which hides how bright it was; choose a shorter exposure (spectrometer: integration_seconds in the rig's file)."));
    }

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        SpectrometerSettings s = _rig.Spectrometer;
        double[] nm = await _recovery.SurelyAsync(() => _link.Spectrometer.AskNumbersAsync(Operation.Wavelengths, s.Pixels));
        nm = [.. nm.Select(one => one * _link.Spectrometer.Dialect.NmPerUnit)];
        int[] bins = BinsOf(nm);
        _detector = new DetectorWords(bins, nm, s, _link.Spectrometer.Dialect);
        _reduction = new SpectrumReduction(bins, s.Bins, s.VoltsPerUnit, SaturationLevel.Of(s, _link.Spectrometer.Dialect.SaturatedAt));
        _reduction.SetDark(await _inspection.DarkAsync(0, cancellation));
        (float min, float max) = _reduction.RangeOf(s.LowestReading, s.HighestReading);
        string serial = _link.Spectrometer.Identity.Split(',').ElementAtOrDefault(2)?.Trim() ?? "?";
        Description = new SystemDescription(
            $"{_rig.Name}#{serial}", _link.Simulated, _rig.Shaper.Channels, s.Bins, SampleRateHz: s.IntegrationSeconds > 0 ? 1 / s.IntegrationSeconds : 1, new VoltRange(_rig.Shaper.MinVolts, _rig.Shaper.MaxVolts),
            _frames.StepVolts, new VoltRange(min, max), [])
        { TakesPlug = false };
        _before = _opened = await _inspection.LookAsync(0, _reduction, cancellation);
    }

    private int[] BinsOf(double[] nm)
    {
        try
        {
            return _rig.Bins.Of(nm, "The spectrometer");
        }
        catch (ArgumentException wrong)
        {
            throw new PhysicalSystemException(wrong.Message, wrong);
        }
    }

    private async Task LookAgainAsync(ulong shot, CancellationToken cancellation)
    {
        RigLook now = await _inspection.LookAsync(shot, _reduction, cancellation);
        _lookedAt = _passes;
        if (RigHealth.Trouble(_opened, _before, now, _rig.Health) is string trouble)
        {
            // What began during a look shows in its later part only and goes by a wrong name: stray light that came after the dark frame is a change of shape.
            RigLook again = await _inspection.LookAsync(shot + (ulong)_rig.Health.ReferenceExposures, _reduction, cancellation);
            throw new PhysicalSystemException(RigHealth.Trouble(_opened, _before, again, _rig.Health) ?? trouble);
        }

        _before = now;
    }

    private async Task<T> SafelyAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e)
        {
            string? trouble = await _recovery.CloseShutterAsync();
            if (trouble is not null && e is PhysicalSystemException) { throw new PhysicalSystemException($"{e.Message} {trouble}", e); }
            throw;
        }
    }
}
