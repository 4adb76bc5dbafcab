using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Spectra;
using PnnEdge.Optics.Systems;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Table;

/// <summary>The simulated table by function call: the same modulator levels and detector units as over SCPI, no message, no socket. What the wire must not change.</summary>
public sealed class DirectTable : IPhysicalSystem, IShowsWords
{
    private readonly OpticalRig _rig;
    private readonly SimulatedTable _table;
    private readonly StimulusFrames _frames;
    private readonly SpectrumReduction _reduction;
    private readonly DetectorWords _detector;
    private long _passes;

    public DirectTable(OpticalRig rig, SimulatedTable table, uint serial)
    {
        (_rig, _table, _frames) = (rig, table, new StimulusFrames(rig));
        SpectrometerSettings s = rig.Spectrometer;
        int[] bins = rig.Bins.Of(table.WavelengthsNm, "The spectrometer");
        _detector = new DetectorWords(bins, table.WavelengthsNm, s, InstrumentDialect.Load(s.Dialect));
        _reduction = new SpectrumReduction(bins, s.Bins, s.VoltsPerUnit, SaturationLevel.Of(s, s.HighestReading));
        table.SetAverages((ulong)s.Averages);
        _reduction.SetDark(Dark());
        (float min, float max) = _reduction.RangeOf(s.LowestReading, s.HighestReading);
        Description = new SystemDescription(
            $"{rig.Name}#{serial}", Simulated: true, rig.Shaper.Channels, s.Bins, SampleRateHz: 1 / s.IntegrationSeconds, new VoltRange(rig.Shaper.MinVolts, rig.Shaper.MaxVolts),
            _frames.StepVolts, new VoltRange(min, max), [])
        { TakesPlug = false };
        table.IsShutterOpen = true;
    }

    public SystemDescription Description { get; }

    public ConverterWords Words => _detector.Words;

    /// <summary>Readings inside the bins that were at the detector's end (<see cref="SaturationLevel"/>).</summary>
    public long SaturatedPixels => _reduction.SaturatedPixels;

    public SystemUsage Usage => new(_passes, 0, 0, 0, 0);

    public Task<Measurement> RunAsync(Stimulus stimulus, CancellationToken cancellation)
    {
        StimulusGuard.Require(Description, stimulus);
        cancellation.ThrowIfCancellationRequested();
        Measurement measured = new(stimulus.FirstShot, stimulus.Shots, new float[stimulus.Volts.Length], [], new float[stimulus.Shots * _reduction.Bins]);
        for (int shot = 0; shot < stimulus.Shots; shot++)
        {
            Range channels = (shot * _rig.Shaper.Channels)..((shot + 1) * _rig.Shaper.Channels);
            _table.LoadFrames(_frames.Encode(stimulus.Volts.AsSpan(channels), measured.AppliedVolts.AsSpan(channels)));
            _table.NextShot = ShotIndex.Repeated(stimulus.FirstShot + (ulong)shot, _rig.Spectrometer.Averages);
            _table.Measure();
            _detector.Show(_table.Spectra);
            _reduction.Reduce(_table.Spectra, measured.Volts.AsSpan(shot * _reduction.Bins, _reduction.Bins));
        }

        _passes += stimulus.Shots;
        return Task.FromResult(measured);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private double[] Dark()
    {
        double[] mean = new double[_reduction.Pixels];
        _table.IsShutterOpen = false;
        for (int exposure = 0; exposure < _rig.Health.DarkExposures; exposure++)
        {
            _table.NextShot = ShotIndex.Repeated((ulong)exposure, _rig.Spectrometer.Averages);
            _table.Measure();
            for (int pixel = 0; pixel < mean.Length; pixel++) { mean[pixel] += _table.Spectra[pixel] / _rig.Health.DarkExposures; }
        }

        return mean;
    }
}
