using PnnEdge.Cli.Composition;
using PnnEdge.Cli.Rendering;
using PnnEdge.Cli.Results;
using PnnEdge.Training.Methods.Adaptation;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Cli.Runs;

/// <summary>One seed's network, trained on one unit, on another: as it comes, then with training that goes on, once with the old twin and once with one refitted.</summary>
internal sealed class TransferSeedRun(TrainedSeed trained, TransferSettings transfer, StudyFolder folder, CliHost host, IProgressView view)
{
    public async Task<TransferSeed> RunAsync(BenchSource source, BenchLoss loss)
    {
        long start = host.Time.GetTimestamp();
        await using OpenBench bench = await BenchOpener.OpenAsync(
            source with { Virtual = transfer.On(source.Virtual!), Device = null, Calibration = null }, trained.Settings.Plan().Shot, host, view, loss);
        IPhysicalSystem system = trained.Reading(bench.System);
        PhysicalNetwork network = trained.Network(bench.System);
        IReadOnlyList<TransferPoint> old = await CurveAsync("old twin", network.Copy(), trained.Twin());
        IReadOnlyList<TransferPoint> refit = await CurveAsync("twin refitted", network.Copy(), trained.AdaptiveTwin(system, transfer.Refit));
        return new TransferSeed(trained.Seed, trained.Delivered, old, refit, bench.System.Usage.Passes, host.Time.GetElapsedTime(start).TotalSeconds);

        async Task<IReadOnlyList<TransferPoint>> CurveAsync(string name, PhysicalNetwork on, ITwin through)
        {
            ContinuedTraining training = trained.GoOn(on, system, through, host.Time);
            var plan = new TransferPlan(trained.NextShot, transfer.Steps, transfer.StepsPerTest, transfer.RateShare * trained.Settings.Training.LearningRate);
            List<TransferPoint> points = [];
            long begun = host.Time.GetTimestamp(), passesBefore = bench.System.Usage.Passes;
            var reached = new Callback<TransferScore>(score =>
            {
                points.Add(new TransferPoint(trained.Seed, name, score.Passes, score.Accuracy, score.Loss, score.TwinNrmse));
                folder.AppendLine(points[^1]);
                double seconds = Math.Max(host.Time.GetElapsedTime(begun).TotalSeconds, 1e-3);
                view.Report(new StageProgress(
                    trained.Seed, $"unit {transfer.ToSerial}, {name}", score.Passes / training.PassesPerStep, transfer.Steps, $"accuracy {score.Accuracy:P1}",
                    (bench.System.Usage.Passes - passesBefore) / seconds));
            });
            await new TransferStudy(training, trained.Data.Test, plan, trained.TestBatch, host.Time).RunAsync(reached, loss.Token);
            return points;
        }
    }
}
