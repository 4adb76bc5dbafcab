using System.Text.Json;
using BenchmarkDotNet.Running;
using PnnEdge.Benchmarks;
using PnnEdge.Benchmarks.Link;
using PnnEdge.Benchmarks.Physics;
using PnnEdge.Benchmarks.Training;
using PnnEdge.Benchmarks.Twins;
using PnnEdge.Link.Broker;

const string Usage = "Asked for something else than summary [--json] [--check], study [BenchmarkDotNet options], echo-device <broker>, echo-bare <broker> or duel-torch.";

switch (args.FirstOrDefault())
{
    case "summary":
        IReadOnlyList<Figure> figures = [.. await LinkEcho.MeasureAsync(), .. PhysicsRates.Measure(), .. TwinCosts.Measure(), .. TrainingStepRates.Measure(), .. OscillatorStepRates.Measure()];
        foreach (Figure figure in figures.Where(_ => !args.Contains("--json")))
        {
            Console.WriteLine(figure);
        }

        if (args.Contains("--json"))
        {
            Console.WriteLine(JsonSerializer.Serialize(figures.ToDictionary(figure => figure.Name, figure => figure.NumberOrWords)));
        }

        Figure[] broken = [.. figures.Where(figure => args.Contains("--check") && !figure.Holds)];
        foreach (Figure figure in broken)
        {
            Console.Error.WriteLine(figure.Broken);
        }

        return broken.Length == 0 ? 0 : 1;
    case "study":
        BenchmarkSwitcher.FromAssembly(typeof(LinkEcho).Assembly).Run(args[1..]);
        return 0;
    case "echo-device" when args.Length == 2:
        await EchoPartner.RunDeviceAsync(BrokerAddress.Parse(args[1]), Console.In);
        return 0;
    case "echo-bare" when args.Length == 2:
        await EchoPartner.RunBareAsync(BrokerAddress.Parse(args[1]), Console.In);
        return 0;
    case TrainingStepRates.DuelCommand when args.Length == 1:
        TrainingStepDuel.Run();
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
