using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;

using var interrupts = new Interrupts();
return await CommandLine.RunAsync(args, CliHost.OfThisProcess(), interrupts);
