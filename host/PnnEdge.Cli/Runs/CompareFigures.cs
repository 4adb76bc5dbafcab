using PnnEdge.Cli.Results;
using PnnEdge.Training.Methods;

namespace PnnEdge.Cli.Runs;

/// <summary>A comparison's figures over all seeds.</summary>
internal static class CompareFigures
{
    /// <param name="system">The bench's name.</param> <param name="seeds">[seed].</param>
    public static CompareSummary Of(RunConfig config, string system, bool simulated, CompareSettings compare, IReadOnlyList<CompareSeed> seeds)
    {
        Dictionary<string, MethodFigures> methods = [];
        foreach (MethodEntry method in MethodCatalogue.All.Where(method => compare.Methods.Contains(method.Name)))
        {
            methods[method.Name] = Figures(method, [.. seeds.Select(seed => seed.Of(method.Name)!)], compare.Target);
        }

        IEnumerable<MethodCurve> all = seeds.SelectMany(seed => seed.Methods);
        return new CompareSummary(
            config.Settings.Task, system, simulated, seeds.Count, compare.Passes, compare.Target, seeds.Average(seed => seed.DigitalBaseline), methods,
            all.Sum(curve => curve.Points[^1].Passes + curve.TestPasses), all.Sum(curve => curve.Seconds));
    }

    private static MethodFigures Figures(MethodEntry method, IReadOnlyList<MethodCurve> curves, double target)
    {
        int tests = curves.Min(curve => curve.Points.Count);
        double[] passes = [.. Enumerable.Range(0, tests).Select(test => curves.Average(curve => (double)curve.Points[test].Passes))];
        AccuracyFigures[] curve = [.. Enumerable.Range(0, tests).Select(test => AccuracyFigures.Of([.. curves.Select(of => of.Points[test].Accuracy)]))];
        int reached = Array.FindIndex(curve, point => point.Mean >= target);
        return new MethodFigures(
            method.Title, method.Source, curves.Average(of => (double)of.PassesBefore), curves[0].PassesPerStep, curves.Min(of => of.Steps),
            AccuracyFigures.Of([.. curves.Select(of => of.Accuracy)]),
            curves.All(of => of.Claimed is not null) ? AccuracyFigures.Of([.. curves.Select(of => of.Claimed!.Value)]) : null,
            passes, curve, reached >= 0 ? passes[reached] : null);
    }
}
