using PnnEdge.Cli.Composition;
using PnnEdge.Training.Twins.Adaptive;

namespace PnnEdge.Cli.Runs;

/// <summary>A transfer to another unit; <c>transfer-settings.json</c>.</summary>
/// <param name="ToSerial">Of the other unit.</param>
/// <param name="Steps">Of physics-aware training on it.</param>
/// <param name="StepsPerTest">From one test to the next.</param>
/// <param name="RateShare">First learning rate on the other unit, as a share of the experiment's.</param>
/// <param name="Refit">What of the refitted twin moves; folders from before there was a choice do not say, and mean the last layer.</param>
internal sealed record TransferSettings(uint ToSerial, int Steps, int StepsPerTest, double RateShare, RefitScope Refit = RefitScope.Last)
{
    public BenchRequest On(BenchRequest bench) => bench with { Serial = ToSerial };
}
