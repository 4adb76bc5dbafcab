using PnnEdge.Physics.Oscillators;
using static PnnEdge.Physics.Tests.Oscillators.OscillatorCases;

namespace PnnEdge.Physics.Tests.Oscillators;

public class Dop853Tests
{
    private const int Oscillators = 206;

    [Theory]
    [InlineData(0, 1, 2e-6)]
    [InlineData(0.1, 1, 2e-6)]
    [InlineData(0.1, 10, 4e-4)] // ten times stronger couplings turn 3 times faster: 3⁴ per unit of time, on larger accelerations
    public void Five_steps_err_by_little_and_fifty_by_less_than_a_millionth(double nonlinearity, double couplingTimes, double fiveStepError)
    {
        double[] actuators = [.. ToDouble(Actuators(Oscillators, 21))
            .Select((volts, n) => n < OscillatorActuators.CouplingCount(Oscillators) ? couplingTimes * volts : volts)];
        float[] shot = Drive(Oscillators, 1, 22);
        double[] initial = Loaded(shot, Oscillators, 0);
        int couplings = OscillatorActuators.CouplingCount(Oscillators);
        double[] exact = Dop853.Run(Oscillators, nonlinearity, 0.5, actuators[..couplings], actuators[couplings..], initial);

        // The truncation of steps of 0.1 that belongs to this system: 1e-6 rad with couplings as training starts from, 2e-4 with strong ones.
        var five = new OscillatorParameters { Count = Oscillators, Nonlinearity = nonlinearity };
        Assert.InRange(LargestDifference(exact, Reference(five, actuators, initial)), fiveStepError / 10, fiveStepError);
        Assert.InRange(LargestDifference(exact, Reference(five with { Steps = 50 }, actuators, initial)), 0, 1e-6);

        // Single precision also rounds amplitudes of 1.5 rad to 6e-8 in each of 50 steps, and the couplings.
        float[] fast = OscillatorForwardTests.Forward(five with { Steps = 50 }, 1, shot, [.. actuators.Select(volts => (float)volts)]);
        Assert.InRange(LargestDifference(exact, Read(fast, Oscillators, 0)), 0, 50 * 6e-8);
    }
}
