using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Instruments;
using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Shaping;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Systems;

/// <summary>Shows frames and reads their spectra, as many at once as the instruments take.</summary>
public sealed class FramePlayer : IDisposable
{
    private readonly RigLink _link;
    private readonly OpticalRig _rig;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly FrameBuffer? _display;

    /// <param name="patience">For one measurement.</param>
    /// <exception cref="PhysicalSystemException">The display cannot be written.</exception>
    public FramePlayer(RigLink link, OpticalRig rig, TimeSpan patience, TimeProvider time)
    {
        (_link, _rig, _time, _patience) = (link, rig, time, patience);
        _display = rig.Shaper.Display is DisplaySettings d ? new FrameBuffer(d.Path, new FrameBufferLayout(rig.Shaper.Columns, d.Rows, d.BytesPerPixel, d.StrideBytes)) : null;
        FramesAtOnce = link.Shaper?.Dialect.FramesAtOnce ?? 1;
        if (FramesAtOnce > 1 && link.Shaper != link.Spectrometer) { FramesAtOnce = 1; } // no wire tells two instruments which frame stands
    }

    public int FramesAtOnce { get; }

    /// <param name="shot">Logical index of the first one.</param>
    /// <param name="frames">[frame, row, column], at most <see cref="FramesAtOnce"/>.</param>
    /// <returns>[frame, pixel], detector units.</returns>
    /// <exception cref="InstrumentLostException">The wire failed.</exception>
    /// <exception cref="PhysicalSystemException">An instrument refused.</exception>
    public async Task<double[]> PlayAsync(ulong shot, byte[] frames, int count)
    {
        if (_link.Shaper is Instrument shaper)
        {
            await shaper.DoAsync(Operation.Frames, new CommandArgument(Block: _rig.Shaper.Block.Of(frames)));
            if (shaper != _link.Spectrometer) { await shaper.RequireNoErrorAsync("a frame"); }
        }
        else
        {
            _display!.Show(frames);
            await Task.Delay(TimeSpan.FromMilliseconds(_rig.Shaper.Display!.SettleMilliseconds), _time);
        }

        Instrument spectrometer = _link.Spectrometer;
        await spectrometer.DoIfKnownAsync(Operation.Shot, new CommandArgument(Count: ShotIndex.Repeated(shot, _rig.Spectrometer.Averages)));
        await spectrometer.MeasureAsync(_patience, _time, _link.Shaper == spectrometer ? "a frame or its measurement" : "a measurement");
        return await spectrometer.AskNumbersAsync(Operation.Fetch, count * _rig.Spectrometer.Pixels);
    }

    public void Dispose() => _display?.Dispose();
}
