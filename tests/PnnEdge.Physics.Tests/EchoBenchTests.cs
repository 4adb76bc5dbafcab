namespace PnnEdge.Physics.Tests;

public class EchoBenchTests
{
    [Fact]
    public void What_goes_in_comes_out()
    {
        float[] node = new float[4];
        new EchoBench().Run(7, 2, 2, [1f, -2f, 3f, 0.5f], [], node);
        Assert.Equal([1f, -2f, 3f, 0.5f], node);
    }

    [Fact]
    public void A_shape_that_does_not_match_is_refused_in_one_sentence()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new EchoBench().Run(0, 2, 2, new float[3], [], new float[4]));
        Assert.Equal("Asked bench echo for 2 shots × 2 samples with 3 drive and 4 node values; both must be 4.", refused.Message);
        Assert.Throws<ArgumentException>(() => new EchoBench(2).Run(0, 1, 1, [0f], [1f], new float[1]));
    }
}
