using System.Globalization;
using PnnEdge.Physics.Circuit;

namespace PnnEdge.Physics.Tests.Circuit;

/// <summary>The outside oracle: an independent circuit simulator on the file that a builder opens.</summary>
public class NgspiceTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("low-passed ±3 V")]
    [InlineData("0–3 V")]
    public void Ngspice_agrees_within_a_thousandth_of_the_signal(string stimulus)
    {
        string? program = Ngspice.FindProgram();
        Assert.SkipUnless(program is not null, "ngspice not installed");
        for (int seed = 1; seed <= 3; seed++)
        {
            float[] drive = stimulus == "0–3 V" ? Stimuli.ZeroToThreeVolts(seed) : Stimuli.LowPassedBipolar(seed);
            double[] spice = Ngspice.Run(program!, drive, CircuitParameters.Nominal.SamplePeriodSeconds);
            float[] ours = new float[drive.Length];
            new CircuitBench(CircuitBenchOptions.Ideal).Run(0, 1, drive.Length, drive, [0f], ours);

            double signal = Stimuli.Rms(spice);
            double error = Stimuli.RmsDifference(spice, Stimuli.ToDouble(ours));
            output.WriteLine($"{stimulus}, seed {seed}: rms error {error * 1e6:f1} µV on {signal:f3} V rms = {error / signal:p4}; highest {spice.Max():f3} V");
            Assert.True(spice.Max() > CircuitParameters.Nominal.ThresholdVolts, "the stimulus must reach the channel's conduction");

            // ngspice's trapezoidal steps of 20 ns and reltol 1e-6 leave about 1e-5; a wrong term of the law leaves more than 1e-2.
            Assert.InRange(error, 0, 1e-3 * signal);
        }
    }

    [Fact]
    public void The_netlist_has_the_default_parameters()
    {
        CircuitParameters p = CircuitParameters.Nominal;
        Dictionary<string, double> expected = new()
        {
            ["Rs"] = p.SourceResistanceOhm,
            ["R"] = p.SeriesResistanceOhm,
            ["L"] = p.InductanceHenry,
            ["C"] = p.CapacitanceFarad,
            ["Rp"] = p.ParallelResistanceOhm,
            ["Vth"] = p.ThresholdVolts,
            ["beta"] = p.TransconductanceAmperePerSquareVolt,
            ["n"] = p.SlopeFactor,
            ["Is"] = p.SaturationAmpere,
            ["nd"] = p.DiodeEmissionFactor,
            ["Vt"] = p.ThermalVolts,
        };
        Dictionary<string, double> found = File.ReadAllLines(Ngspice.NetlistPath)
            .Where(line => line.StartsWith(".param", StringComparison.Ordinal))
            .Select(line => line.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(cells => cells[1], cells => Spice(cells[2]));
        Assert.Equal(expected.Keys.Order(), found.Keys.Order());
        Assert.All(expected, pair => Assert.Equal(pair.Value, found[pair.Key], 1e-12 * pair.Value)); // decimal to binary
    }

    private static double Spice(string value)
    {
        double scale = value[^1] switch { 'k' => 1e3, 'm' => 1e-3, 'n' => 1e-9, _ => 1 };
        return scale * double.Parse(scale == 1 ? value : value[..^1], CultureInfo.InvariantCulture);
    }
}
