using PnnEdge.Physics.Circuit;
using PnnEdge.Physics.Tests.Circuit;

namespace PnnEdge.Benchmarks.Physics;

/// <summary>The builder's netlist in ngspice, each shot a process of its own.</summary>
internal sealed class NgspiceRival(CircuitParameters parameters) : IRival
{
    // The fastest of the settings tried, and 0.03 % of the signal: a step as long as a sample, everything else as ngspice has it.
    private const string Options = "method=trap";

    public string Name => "ngspice";

    public RivalRun? Run(int shots, int samplesPerShot, float[] driveVolts)
    {
        if (Ngspice.FindProgram() is not { } program)
        {
            return null;
        }

        SpiceRun[] runs = [.. driveVolts.Chunk(samplesPerShot).Select(shot => Ngspice.Play(
            program, Ngspice.Law, shot, parameters.SamplePeriodSeconds, parameters.SamplePeriodSeconds, Options))];
        return new RivalRun(runs.Sum(run => run.Elapsed.TotalSeconds), [.. runs.SelectMany(run => run.NodeVolts).Select(volts => (float)volts)]);
    }
}
