using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Calibration.Doctor;

/// <summary>What can be told of a channel through the physics, and why the rest cannot.</summary>
internal static class PhysicsDoctor
{
    public static IReadOnlyList<DoctorCheck> Judge(ChannelFigures f, SystemDescription system, DoctorLimits limits)
    {
        string plug = system.TakesPlug ? "a plug (--loopback)." : "a plug, which light has not.";
        string Needs(string why, string what) => $"{why}; to see {what} takes {plug}";
        string crosstalk = f.Lags is null ? "Every output moves many inputs, as it is meant to" : "The physics keeps earlier samples by itself";
        return
        [
            Checks.NotChecked("wire", string.Empty, Needs("The physics stands there", "whether it is a wire")),
            Checks.Told(DoctorLimits.Gain, f.Line.Gain, "V/V", "Small-signal, at the operating point."),
            Checks.NotChecked(DoctorLimits.Offset, "%", Needs("The physics rests where it will", "the converters' offset")),
            Checks.NotChecked(DoctorLimits.Linearity, "steps", Needs("The physics bends by itself", "whether the converters bend")),
            Checks.NotChecked("codes", "missing", Needs("The physics says which steps are read", "missing ones")),
            Checks.NotChecked(DoctorLimits.Range, "%", Needs("The physics may end before the converters do", "how far they go")),
            Checks.Below(DoctorLimits.Noise, ChannelDoctor.WorstNoise(f), 100 / ChannelDoctor.Span(system), limits, "% of range", ChannelDoctor.NoiseAdvice(f)),
            Checks.NotChecked(DoctorLimits.Crosstalk, "dB", Needs(crosstalk, "a leak beside that")),
            Latency(f),
        ];
    }

    private static DoctorCheck Latency(ChannelFigures f) => f.Lags switch
    {
        null => Checks.NotChecked(DoctorLimits.Latency, "samples", ChannelDoctor.LoadedFirst),
        { EdgeSamples: Uncertain edge } => Checks.Told(DoctorLimits.Latency, edge, "samples", "To half of the answer's largest tap, physics included."),
        _ => Checks.NotChecked(
            DoctorLimits.Latency, "samples", "The answer to a sample still grows after half a shot, or stands out of noise too little to tell when it comes."),
    };
}
