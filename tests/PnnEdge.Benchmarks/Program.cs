using BenchmarkDotNet.Running;
using PnnEdge.Benchmarks;
using PnnEdge.Benchmarks.Link;
using PnnEdge.Benchmarks.Twins;
using PnnEdge.Link.Broker;

const string Usage = "Asked for something else than summary [--json] [--check] [--only group ...], study [BenchmarkDotNet options], echo-device <broker>, echo-bare <broker> or duel-torch.";

switch (args.FirstOrDefault())
{
    case "summary":
        return await Summary.RunAsync(args[1..]);
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
