using PnnEdge.Physics.Plate;

namespace PnnEdge.Physics.Tests.Plate;

public class PlateEnergyTests
{
    private static readonly PlateRig Rig = new(PlateParameters.Nominal);

    [Fact]
    public void What_the_amplifier_gives_is_what_the_coil_heats_stores_and_hands_to_the_cone()
    {
        // Kirchhoff: e·i = R·i² + d(L·i²/2)/dt + Bl(x)·i·v, whatever the mechanics do.
        float[] drive = [.. Enumerable.Range(0, 300).Select(n => (float)(0.8 * Math.Sin(2 * Math.PI * 0.031 * n) + (0.2 * Math.Sin(2 * Math.PI * 0.11 * n))))];
        Speaker speaker = Rig.Parameters.Speaker;
        double step = Rig.Parameters.SamplePeriodSeconds / Rig.StepsPerSample / 16, spent = 0, before = 0;
        var state = new PlateState();
        foreach (float volts in drive)
        {
            for (int n = 0; n < 16 * Rig.StepsPerSample; n++)
            {
                state = PlateReference.Advance(Rig, Rig.Parameters.Amplifier.Clipped(volts), state, step);
                double cone = Enumerable.Range(0, PlateModes.Count).Sum(k => Rig.Modes.DriveShape[k] * state.Metre[k]);
                double speed = Enumerable.Range(0, PlateModes.Count).Sum(k => Rig.Modes.DriveShape[k] * state.MetrePerSecond[k]);
                double force = speaker.ForceFactorTeslaMetre * (1 - (speaker.ForceFactorFall * Math.Pow(cone / speaker.TravelMetre, 2)));
                double watt = (speaker.CoilOhm * state.CoilAmpere * state.CoilAmpere) + (force * state.CoilAmpere * speed);
                spent += step / 2 * (before + watt);
                before = watt;
            }
        }

        double stored = speaker.CoilHenry * state.CoilAmpere * state.CoilAmpere / 2, given = PlateEnergy.DriveJoule(Rig, drive);
        Assert.InRange(given, 1e-6, 1);
        Assert.Equal(1, (spent + stored) / given, 1e-3); // trapezoids of an eighth of a sample
    }

    [Fact]
    public void Silence_costs_nothing_and_a_louder_drive_more() =>
        Assert.Equal(
            [true, true],
            [PlateEnergy.DriveJoule(Rig, new float[50]) == 0, PlateEnergy.DriveJoule(Rig, [.. Enumerable.Repeat(0.5f, 50)]) < PlateEnergy.DriveJoule(Rig, [.. Enumerable.Repeat(1f, 50)])]);
}
