using PnnEdge.Cli.Composition;

namespace PnnEdge.Cli.Runs;

/// <summary>A transfer to another unit; <c>transfer-settings.json</c>.</summary>
/// <param name="ToSerial">Of the other unit.</param>
/// <param name="Steps">Of physics-aware training on it.</param>
/// <param name="StepsPerTest">From one test to the next.</param>
/// <param name="RateShare">First learning rate on the other unit, as a share of the experiment's.</param>
internal sealed record TransferSettings(uint ToSerial, int Steps, int StepsPerTest, double RateShare)
{
    public BenchRequest On(BenchRequest bench) => bench with { Serial = ToSerial };
}
