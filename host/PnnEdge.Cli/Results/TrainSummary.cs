namespace PnnEdge.Cli.Results;

/// <summary>The result of <c>pnn train</c>; with --json the last line of standard output, and <c>summary.json</c>.</summary>
/// <param name="Task">What was learned.</param>
/// <param name="System">Of a virtual bench its name, such as <c>circuit</c>; else the device's own.</param>
/// <param name="Seeds">How many; every <c>each</c> has as many figures, in their order.</param>
/// <param name="Pat">Test accuracy of physics-aware training, through the physical system.</param>
/// <param name="InSilicoDeployed">Test accuracy of the same network trained on the twin, through the physical system.</param>
/// <param name="InSilicoClaimed">Test accuracy of that network through the twin: what training in silico believes.</param>
/// <param name="DigitalBaseline">Test accuracy of softmax regression on the same samples, mean over seeds, 0 to 1.</param>
public sealed record TrainSummary(
    string Task,
    string System,
    int Seeds,
    AccuracyFigures Pat,
    AccuracyFigures InSilicoDeployed,
    AccuracyFigures InSilicoClaimed,
    double DigitalBaseline,
    TwinFigures Twin,
    FrameFigures Frames,
    long Passes,
    TimeFigures Seconds);

/// <param name="Mean">Over seeds, 0 to 1.</param>
/// <param name="Sd">Standard deviation over seeds (n − 1); 0 for one seed.</param>
/// <param name="Each">[seed], 0 to 1.</param>
public sealed record AccuracyFigures(double Mean, double Sd, IReadOnlyList<double> Each)
{
    public static AccuracyFigures Of(IReadOnlyList<double> each)
    {
        double mean = each.Average();
        double sd = each.Count < 2 ? 0 : Math.Sqrt(each.Sum(x => (x - mean) * (x - mean)) / (each.Count - 1));
        return new AccuracyFigures(mean, sd, each);
    }
}

/// <param name="Nrmse">√(Σ error² / Σ (y − its mean)²) on shots never fitted, mean over seeds.</param>
/// <param name="GradientCosine">Cosine between the twin's gradient and the one measured on the device, noise taken out; mean over seeds.</param>
public sealed record TwinFigures(double Nrmse, double GradientCosine);

/// <summary>Stimulus frames; all 0 in process, where there is no wire.</summary>
public sealed record FrameFigures(long Sent, long Retried, long Refused);

/// <summary>Where the time went, s.</summary>
/// <param name="Total">Wall time of the whole run.</param>
/// <param name="Physics">The system's converters at work.</param>
/// <param name="Link">Waiting for the system beyond that: wire, firmware, codes.</param>
/// <param name="Twin">Fitting it, probing it, training on it, and its reverse.</param>
/// <param name="Update">Losses, the digital layers' reverse, optimizer.</param>
public sealed record TimeFigures(double Total, double Physics, double Link, double Twin, double Update);
