using PnnEdge.Physics.Circuit;

namespace PnnEdge.Physics.Tests.Circuit;

public class CircuitEnergyTests(ITestOutputHelper output)
{
    private static readonly CircuitParameters P = CircuitParameters.Nominal;

    [Fact]
    public void Charging_the_capacitor_below_conduction_costs_what_the_linear_circuit_says()
    {
        const double volts = 0.25;
        const int samples = 2048;
        double joule = CircuitEnergy.DriveJoule(P, Stimuli.Constant(samples, (float)volts));

        // Settled (e^−40 is left): the source gave the charge Q = C·v + ∫v dt/Rp, and L·i = u·T − R·Q − ∫v dt; eliminate the integral.
        double r = P.LoopResistanceOhm / P.ParallelResistanceOhm;
        double v = volts / (1 + r);
        double i = v / P.ParallelResistanceOhm;
        double charge = (P.CapacitanceFarad * v + (volts * samples * P.SamplePeriodSeconds - P.InductanceHenry * i) / P.ParallelResistanceOhm) / (1 + r);

        // Diode and channel take up to 1e-11 A of 2.5e-6 A.
        Assert.Equal(volts * charge, joule, 2e-5 * volts * charge);
    }

    [Theory]
    [InlineData("circuit", "low-passed ±3 V")]
    [InlineData("circuit", "0–3 V")]
    [InlineData("circuit", "white ±3 V")]
    [InlineData("ladder", "low-passed ±3 V")]
    [InlineData("ladder", "0–3 V")]
    [InlineData("ladder", "white ±3 V")]
    public void What_the_source_gives_is_stored_or_lost(string system, string stimulus)
    {
        CircuitParameters p = system == "ladder" ? CircuitParameters.SlowRate : P;
        float[] drive = stimulus switch
        {
            "low-passed ±3 V" => Stimuli.LowPassedBipolar(3),
            "0–3 V" => Stimuli.ZeroToThreeVolts(3),
            _ => Stimuli.White(3, 512, 3),
        };
        (double stored, double lost) = Balance(p, drive, 0.2);
        double joule = CircuitEnergy.DriveJoule(p, drive, 0.2);
        output.WriteLine($"{system}, {stimulus}: {joule * 1e6:f4} µJ, of which {stored * 1e6:f4} µJ is stored at the end");

        // Simpson's rule over 32nds of a sample, where the diode's voltage moves by up to 1 mV: (1 mV/41 mV)⁴/180 = 2e-9 a part; the rest
        // is the start of each sample, where the drive steps.
        Assert.Equal(stored + lost, joule, 1e-6 * joule);
    }

    [Fact]
    public void No_drive_costs_nothing_and_energy_grows_with_the_square_below_conduction()
    {
        Assert.Equal(0, CircuitEnergy.DriveJoule(P, new float[32]));
        float[] drive = Stimuli.LowPassedBipolar(1, 256);
        double small = CircuitEnergy.DriveJoule(P, [.. drive.Select(volts => volts * 0.02f)]);
        double twice = CircuitEnergy.DriveJoule(P, [.. drive.Select(volts => volts * 0.04f)]);
        Assert.Equal(4, twice / small, 1e-4); // at 0.12 V the diode takes 1e-10 A of 1e-5 A
    }

    // What L and C hold at the end, and what resistors and transistor turned into heat, J; Simpson's rule over fine parts.
    private static (double Stored, double Lost) Balance(CircuitParameters p, float[] drive, double bias)
    {
        const int parts = 16;
        CircuitParameters half = p with { SampleRateHz = p.SampleRateHz * parts * 2 };
        double[] node = new double[1];
        CircuitState state = default;
        double lost = 0;
        foreach (float volts in drive)
        {
            for (int n = 0; n < parts; n++)
            {
                CircuitState middle = CircuitReference.Run(half, [volts + bias], node, state, 4);
                CircuitState end = CircuitReference.Run(half, [volts + bias], node, middle, 4);
                double u = volts + bias;
                lost += half.SamplePeriodSeconds / 3 * (Watt(p, u, state) + 4 * Watt(p, u, middle) + Watt(p, u, end));
                state = end;
            }
        }

        double middleVolts = p.SecondResistanceOhm * state.FeedAmpere; // of the ladder; a choke has neither R2 nor C1
        double stored = (p.InductanceHenry * state.FeedAmpere * state.FeedAmpere + p.MiddleCapacitanceFarad * middleVolts * middleVolts
            + p.CapacitanceFarad * state.NodeVolts * state.NodeVolts) / 2;
        return (stored, lost);
    }

    private static double Watt(CircuitParameters p, double u, CircuitState s)
    {
        double atNode = s.NodeVolts * s.NodeVolts / p.ParallelResistanceOhm + s.NodeVolts * CircuitLaw.CurrentAmpere(p, s.NodeVolts);
        double middle = p.SecondResistanceOhm * s.FeedAmpere;
        return atNode + (p.IsLadder
            ? (u - middle) * (u - middle) / p.LoopResistanceOhm + (middle - s.NodeVolts) * (middle - s.NodeVolts) / p.SecondResistanceOhm
            : p.LoopResistanceOhm * s.FeedAmpere * s.FeedAmpere);
    }
}
