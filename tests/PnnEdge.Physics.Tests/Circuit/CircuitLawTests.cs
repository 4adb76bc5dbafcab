using PnnEdge.Physics.Circuit;

namespace PnnEdge.Physics.Tests.Circuit;

public class CircuitLawTests
{
    private static readonly CircuitParameters P = CircuitParameters.Nominal;

    [Fact]
    public void The_conductance_is_the_current_s_derivative()
    {
        for (double v = -1.5; v < 8; v += 0.01)
        {
            const double step = 1e-5;
            double difference = (CircuitLaw.CurrentAmpere(P, v + step) - CircuitLaw.CurrentAmpere(P, v - step)) / (2 * step);
            double exact = CircuitLaw.ConductanceSiemens(P, v);

            // Truncation is (step/41 mV)²/6 = 1e-8 of the steepest term; rounding leaves 1e-16·I/step.
            double tolerance = 1e-7 * Math.Abs(exact) + 1e-11 * Math.Abs(CircuitLaw.CurrentAmpere(P, v)) + 1e-15;
            Assert.Equal(exact, difference, tolerance);
        }
    }

    [Fact]
    public void No_voltage_gives_no_current() => Assert.Equal(0, CircuitLaw.CurrentAmpere(P, 0), 1e-25); // A; below the channel's leakage at 0 V

    [Fact]
    public void Far_above_threshold_the_channel_follows_the_square_law()
    {
        // ln²(1+e^a) → a²: I → 2nβVt²·((v−Vth)/(2nVt))² = β(v−Vth)²/(2n), EKV's saturation current.
        double expected = 0.10 * 2.9 * 2.9 / (2 * 1.5);
        Assert.Equal(expected, CircuitLaw.CurrentAmpere(P, 5), 1e-10); // the saturation current, 1e-11 A, is left
    }

    [Fact]
    public void Below_zero_the_body_diode_takes_a_decade_per_95_mV()
    {
        double ratio = CircuitLaw.CurrentAmpere(P, -0.7 - 0.04136 * Math.Log(10)) / CircuitLaw.CurrentAmpere(P, -0.7);
        Assert.Equal(10, ratio, 1e-5); // −Is at −0.7 V is 4e-8 of the current
    }

    [Fact]
    public void The_single_precision_law_is_the_same_law()
    {
        var p = CircuitParameters.Nominal;
        var lanes = new LaneCircuit();
        lanes.Set(0, p);
        for (double v = -1.2; v < 12; v += 0.0007)
        {
            float volts = (float)v;
            double exact = CircuitLaw.CurrentAmpere(p, volts);
            double fast = LaneCircuit.CurrentAmpere(lanes, new System.Numerics.Vector<float>(volts))[0];

            // Rounding v, Vth and the products to 6e-8 moves the current by conductance·|v|·6e-8 each; 3 such, and the
            // fitted functions' 3e-7.
            double tolerance = 3 * 6e-8 * CircuitLaw.ConductanceSiemens(p, volts) * (Math.Abs(volts) + 2.1) + 4e-7 * Math.Abs(exact) + 1e-17;
            Assert.Equal(exact, fast, tolerance);
        }
    }
}
