using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Systems;
using PnnEdge.Optics.Tests.Support;

namespace PnnEdge.Optics.Tests.Systems;

public class RigHealthTests
{
    private static readonly HealthSettings Limits = TableOnSocket.Rig.Health;

    private static readonly RigLook Sound = new([0.01, 0.01, 0.01], 0.1, [0.2, 0.5, 0.3]);

    [Fact]
    public void A_look_as_at_the_opening_has_no_trouble() => Assert.Null(RigHealth.Trouble(Sound, Sound, Sound, Limits));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_dark_bin_that_is_no_number_is_trouble_though_the_others_are_sound(int bin)
    {
        double[] dark = [0.01, 0.01, 0.01];
        dark[bin] = double.NaN;
        string expected = $"The dark level of bin {bin} is no number now, or was none when the rig was opened. Look for a reading that failed.";
        RigLook broken = Sound with { DarkVolts = dark };
        Assert.Equal(expected, RigHealth.Trouble(Sound, Sound, broken, Limits));
        Assert.Equal(expected, RigHealth.Trouble(broken, Sound, Sound, Limits));
    }

    [Fact]
    public void The_dark_bin_that_has_changed_most_is_named() => Assert.StartsWith(
        "The dark level of bin 1 has changed by 30 mV ",
        RigHealth.Trouble(Sound, Sound, Sound with { DarkVolts = [0.02, 0.04, 0.03] }, Limits), StringComparison.Ordinal);

    [Fact]
    public void A_power_or_a_reference_that_is_no_number_is_trouble()
    {
        Assert.StartsWith("The laser's power", RigHealth.Trouble(Sound, Sound, Sound with { PowerWatts = double.NaN }, Limits), StringComparison.Ordinal);
        Assert.StartsWith("The reference spectrum's shape is", RigHealth.Trouble(Sound, Sound, Sound with { ReferenceVolts = [0.2, double.NaN, 0.3] }, Limits), StringComparison.Ordinal);
        Assert.StartsWith("The reference spectrum's shape has moved", RigHealth.Trouble(Sound, Sound with { ReferenceVolts = [0.2, double.NaN, 0.3] }, Sound, Limits), StringComparison.Ordinal);
    }
}
