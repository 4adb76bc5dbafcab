using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Rigs;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Instruments;

/// <summary>One instrument asked all that a rig asks of it, as far as its dialect goes, with one exposure and without light: a shutter is told to close, never to open. Transcripts are recorded of it and replayed by it.</summary>
/// <param name="Identity">Its answer to <c>*IDN?</c>.</param>
/// <param name="Wavelengths">[pixel], in the dialect's unit; null where it has none.</param>
/// <param name="Readings">[pixel], in the instrument's unit, of the first frame where the modulator still holds several; null where it measures no spectrum.</param>
/// <param name="PowerWatts">Null where it is no power monitor.</param>
public sealed record Interview(string Identity, double[]? Wavelengths, double[]? Readings, double? PowerWatts)
{
    /// <param name="patience">For the measurement.</param>
    /// <exception cref="InstrumentLostException">The wire failed, or an answer is none.</exception>
    /// <exception cref="PhysicalSystemException">Somebody else is there, or the instrument refused.</exception>
    public static async Task<Interview> HoldAsync(Instrument instrument, TimeSpan patience, TimeProvider time)
    {
        await instrument.OpenAsync();
        await instrument.DoIfKnownAsync(Operation.ShutterClose);
        await instrument.DoIfKnownAsync(Operation.Clear);
        await instrument.DoIfKnownAsync(Operation.Prepare);
        await instrument.DoIfKnownAsync(Operation.ShutterClose); // its own preparation may have moved it
        await instrument.DoIfKnownAsync(Operation.Averages, new CommandArgument(Count: 1));
        await instrument.RequireNoErrorAsync("its preparation");
        if (instrument.Dialect.Knows(Operation.IsShutterOpen)) { await instrument.AskNumberAsync(Operation.IsShutterOpen); }
        await instrument.DoIfKnownAsync(Operation.ShutterHold, new CommandArgument(Value: LaserSettings.DefaultHoldSeconds));
        if (instrument.Dialect.Knows(Operation.ReadShutterHold)) { await instrument.AskNumberAsync(Operation.ReadShutterHold); }
        double[]? wavelengths = instrument.Dialect.Knows(Operation.Wavelengths) ? await instrument.AskNumbersAsync(Operation.Wavelengths) : null;
        double? watts = instrument.Dialect.Knows(Operation.Power) ? await instrument.AskNumberAsync(Operation.Power) : null;
        double[]? readings = instrument.Dialect.Knows(Operation.Measure) ? await MeasureAsync(instrument, wavelengths, patience, time) : null;
        await instrument.RequireNoErrorAsync("the interview");
        return new Interview(instrument.Identity, wavelengths, readings, watts);
    }

    private static async Task<double[]> MeasureAsync(Instrument instrument, double[]? wavelengths, TimeSpan patience, TimeProvider time)
    {
        await instrument.DoIfKnownAsync(Operation.Shot);
        await instrument.MeasureAsync(patience, time);
        double[] readings = await instrument.AskNumbersAsync(Operation.Fetch);
        if (wavelengths is null) { return readings; }
        int spectra = readings.Length / wavelengths.Length;
        return spectra >= 1 && spectra <= instrument.Dialect.FramesAtOnce && readings.Length == spectra * wavelengths.Length
            ? readings[..wavelengths.Length]
            : throw new PhysicalSystemException($"'{instrument.Identity}' gave {wavelengths.Length} wavelengths and {readings.Length} readings, where dialect {instrument.Dialect.Name} expects one of each for every pixel.");
    }
}
