using PnnEdge.Physics.Circuit;

namespace PnnEdge.Physics.Tests.Circuit;

public class CircuitForwardTests
{
    [Theory]
    [InlineData("low-passed ±3 V")]
    [InlineData("0–3 V")]
    [InlineData("white ±3 V")]
    public void Single_precision_follows_the_double_reference(string stimulus)
    {
        for (int seed = 0; seed < 8; seed++)
        {
            float[] drive = stimulus switch
            {
                "low-passed ±3 V" => Stimuli.LowPassedBipolar(seed),
                "0–3 V" => Stimuli.ZeroToThreeVolts(seed),
                _ => Stimuli.White(seed, 512, 3),
            };
            double[] reference = Reference(CircuitParameters.Nominal, drive);
            float[] fast = Ideal(CircuitParameters.Nominal, drive);

            // RK4 at Ts/6 and single-precision rounding together: 6e-8 to 2e-5 V rms were measured with this scheme.
            Assert.InRange(Stimuli.RmsDifference(reference, Stimuli.ToDouble(fast)), 0, 3e-5);
            if (stimulus != "white ±3 V")
            {
                Assert.True(reference.Max() > CircuitParameters.Nominal.ThresholdVolts, "the stimulus must reach the channel's conduction");
            }
        }
    }

    [Fact]
    public void A_slow_board_s_variant_has_the_same_volts()
    {
        CircuitParameters slow = CircuitParameters.Nominal.AtSampleRate(48e3);
        float[] drive = Stimuli.LowPassedBipolar(3);

        // The same numbers up to the rounding of L and C to single precision, over 512 samples.
        Assert.Equal(0, Stimuli.RmsDifference(Stimuli.ToDouble(Ideal(CircuitParameters.Nominal, drive)), Stimuli.ToDouble(Ideal(slow, drive))), 1e-5);
        Assert.Equal(0.1041667, slow.InductanceHenry, 1e-7); // 5 mH · 1 MHz / 48 kHz
    }

    [Fact]
    public void Below_conduction_a_step_gives_the_known_RLC_response()
    {
        const float stepVolts = 0.25f;
        CircuitParameters p = CircuitParameters.Nominal;
        float[] fast = Ideal(p, Stimuli.Constant(512, stepVolts));

        // Underdamped series RLC with Rp: v(t) = v∞(1 − e^{−αt}(cos ωt + (α/ω) sin ωt)) + i-independent start at rest.
        double alpha = (p.LoopResistanceOhm / p.InductanceHenry + 1 / (p.ParallelResistanceOhm * p.CapacitanceFarad)) / 2;
        double omega0Squared = (1 + p.LoopResistanceOhm / p.ParallelResistanceOhm) / (p.InductanceHenry * p.CapacitanceFarad);
        double omega = Math.Sqrt(omega0Squared - alpha * alpha);
        double final = stepVolts / (1 + p.LoopResistanceOhm / p.ParallelResistanceOhm);
        for (int sample = 0; sample < fast.Length; sample++)
        {
            double t = (sample + 1) * 1e-6;
            double exact = final * (1 - Math.Exp(-alpha * t) * (Math.Cos(omega * t) + alpha / omega * Math.Sin(omega * t)));

            // At 0.47 V the diode's and channel's current is below 1e-9 A: 1e-7 V on 100 Ω of reactance; the rest is rounding.
            Assert.Equal(exact, fast[sample], 2e-6);
        }
    }

    [Theory]
    [InlineData(1.5f)]
    [InlineData(2.4f)]
    [InlineData(3f)]
    [InlineData(10f)]
    [InlineData(-0.5f)]
    [InlineData(-3f)]
    [InlineData(-10f)]
    public void A_held_drive_settles_where_the_currents_balance(float drive)
    {
        CircuitParameters p = CircuitParameters.Nominal;
        double settled = Ideal(p, Stimuli.Constant(4096, drive))[^1];

        // v + R·(I_D(v) + v/Rp) = u, solved by bisection: the left side rises with v.
        double low = -20;
        double high = 20;
        for (int n = 0; n < 100; n++)
        {
            double middle = (low + high) / 2;
            bool above = middle + p.LoopResistanceOhm * (CircuitLaw.CurrentAmpere(p, middle) + middle / p.ParallelResistanceOhm) > drive;
            (low, high) = above ? (low, middle) : (middle, high);
        }

        // A single-precision state stops moving when a step adds less than its rounding (RK4's sum rounds four times,
        // half a unit each): what is left is a voltage over L and a current into C.
        double step = p.SamplePeriodSeconds / 6;
        double ampere = (drive - low) / p.LoopResistanceOhm;
        double stuckVolts = Spacing(ampere) * p.InductanceHenry / step + Spacing(low) * p.CapacitanceFarad / step * p.LoopResistanceOhm;
        Assert.Equal(low, settled, 2 * stuckVolts);
    }

    [Fact]
    public void The_body_diode_holds_the_node_above_minus_one_volt()
    {
        foreach (float drive in (float[])[-3, -10, -20])
        {
            Assert.All(Ideal(CircuitParameters.Nominal, Stimuli.Constant(512, drive)), volts => Assert.InRange(volts, -1f, 0f));
        }
    }

    [Fact]
    public void A_drive_far_outside_gives_finite_volts_near_the_reference()
    {
        float[][] drives =
        [
            Stimuli.Constant(512, -10), Stimuli.White(1, 512, 10), Stimuli.White(2, 512, 20),
            [.. Stimuli.Constant(256, 20), .. Stimuli.Constant(256, -20)],
            [.. Enumerable.Range(0, 512).Select(n => n / 33 % 2 == 0 ? 20f : -20f)], // near resonance
        ];
        foreach (float[] drive in drives)
        {
            float[] fast = Ideal(CircuitParameters.Nominal, drive);
            double[] reference = Reference(CircuitParameters.Nominal, drive);
            Assert.All(fast, volts => Assert.True(float.IsFinite(volts)));

            // Steps are then as stiff as |λ|h = 2, where RK4 keeps the fast mode to 20 % of its size: 1 % of the signal.
            Assert.InRange(Stimuli.RmsDifference(reference, Stimuli.ToDouble(fast)), 0, 0.01 * Stimuli.Rms(reference));
        }
    }

    [Fact]
    public void A_sample_cannot_see_later_samples()
    {
        float[] drive = Stimuli.LowPassedBipolar(5);
        float[] other = [.. drive];
        Array.Fill(other, -2.5f, 200, 312);
        float[] a = Ideal(CircuitParameters.Nominal, drive);
        float[] b = Ideal(CircuitParameters.Nominal, other);
        Assert.Equal(a[..200], b[..200]);
        Assert.NotEqual(a[200], b[200]);
    }

    [Fact]
    public void The_reference_does_not_change_when_its_step_is_halved()
    {
        double[] drive = Stimuli.ToDouble(Stimuli.LowPassedBipolar(6));
        double[] coarse = new double[drive.Length];
        double[] fine = new double[drive.Length];
        CircuitReference.Run(CircuitParameters.Nominal, drive, coarse);
        CircuitReference.Run(CircuitParameters.Nominal, drive, fine, stepsPerSample: 96);
        Assert.InRange(Stimuli.RmsDifference(coarse, fine), 0, 1e-8); // V: 3000 times finer than the comparison above needs
    }

    private static double Spacing(double value) => MathF.BitIncrement(MathF.Abs((float)value)) - MathF.Abs((float)value);

    private static float[] Ideal(CircuitParameters parameters, float[] drive)
    {
        var bench = new CircuitBench(CircuitBenchOptions.Ideal with { Parameters = parameters, Threads = 1 });
        float[] node = new float[drive.Length];
        bench.Run(0, 1, drive.Length, drive, [0f], node);
        return node;
    }

    private static double[] Reference(CircuitParameters parameters, float[] drive)
    {
        double[] node = new double[drive.Length];
        CircuitReference.Run(parameters, Stimuli.ToDouble(drive), node);
        return node;
    }
}
