using PnnEdge.Physics.Plate;

namespace PnnEdge.Physics.Tests.Plate;

public class PlateOracleTests(ITestOutputHelper output)
{
    private static readonly PlateParameters P = PlateParameters.Nominal;

    [Theory]
    [InlineData("white ±1 V")]
    [InlineData("held 1 V")]
    [InlineData("white ±1 V, each held 4 samples")]
    public void Scipy_s_DOP853_agrees_within_a_thousandth_of_the_signal(string stimulus)
    {
        float[] drive = PlateStimuli.Of(stimulus, seed: 11);
        double[] scipy = PlateOracle.Run("DOP853", P, drive);
        double reference = PlateStimuli.RelativeError(scipy, PlateStimuli.Reference(new PlateRig(P), drive));
        double fast = PlateStimuli.RelativeError(scipy, PlateStimuli.Ideal(P, drive));
        output.WriteLine($"{stimulus}: reference {reference:e2}, fast {fast:e2} of the signal's rms");

        // Both solve one equation in double precision; what is left is the modes' integrals and both tolerances.
        Assert.InRange(reference, 0, 1e-6);
        Assert.InRange(fast, 0, 1e-3); // what the design asks for
    }

    [Theory]
    [InlineData("white ±1 V")]
    [InlineData("held 1 V")]
    public void The_linear_plate_follows_the_matrix_exponential(string stimulus)
    {
        PlateParameters linear = P.Linear();
        float[] drive = PlateStimuli.Of(stimulus, seed: 12);
        double[] scipy = PlateOracle.Run("expm", linear, drive);
        double reference = PlateStimuli.RelativeError(scipy, PlateStimuli.Reference(new PlateRig(linear), drive));
        double fast = PlateStimuli.RelativeError(scipy, PlateStimuli.Ideal(linear, drive));
        output.WriteLine($"{stimulus}: reference {reference:e2}, fast {fast:e2} of the signal's rms");

        // RK4 at 1/32 sample leaves 3e-7; the splitting leaves what back-EMF and suspension as kicks do.
        Assert.InRange(reference, 0, 1e-6);
        Assert.InRange(fast, 0, 5e-4);
    }

    [Theory]
    [InlineData(48e3)]
    [InlineData(192e3)]
    public void Other_sample_rates_are_as_exact(double sampleRateHz)
    {
        PlateParameters other = P with { SampleRateHz = sampleRateHz };
        float[] drive = PlateStimuli.Of("white ±1 V", seed: 13, samples: 96);
        double error = PlateStimuli.RelativeError(PlateOracle.Run("DOP853", other, drive), PlateStimuli.Ideal(other, drive));
        output.WriteLine($"{sampleRateHz} Hz: {error:e2}");
        Assert.InRange(error, 0, 1e-3);
    }
}
