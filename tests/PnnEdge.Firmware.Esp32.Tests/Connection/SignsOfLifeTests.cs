using PnnEdge.Firmware.Esp32.Connection;

namespace PnnEdge.Firmware.Esp32.Tests.Connection;

public class SignsOfLifeTests
{
    private const int PassMillis = 500;

    [Fact]
    public void A_broker_that_answers_is_asked_every_15_seconds_and_never_given_up()
    {
        SignsOfLife life = new();
        bool asked = false;
        int times = 0;
        for (int passed = 0; passed < 600_000; passed += PassMillis)
        {
            asked = life.Pass(PassMillis, heard: asked);
            times += asked ? 1 : 0;
            Assert.False(life.IsGone);
        }

        Assert.Equal(40, times);
    }

    [Fact]
    public void One_that_does_not_is_asked_twice_and_given_up_after_35_seconds()
    {
        SignsOfLife life = new();
        List<int> asked = [];
        int passed = 0;
        while (!life.IsGone)
        {
            passed += PassMillis;
            if (life.Pass(PassMillis, heard: false)) { asked.Add(passed); }
        }

        Assert.Equal([15_000, 30_000], asked);
        Assert.Equal(35_000, passed);
    }

    [Fact]
    public void Whatever_comes_in_time_is_an_answer()
    {
        SignsOfLife life = new();
        for (int passed = 0; passed < 600_000; passed += PassMillis) { life.Pass(PassMillis, heard: passed % 34_000 == 0); }
        Assert.False(life.IsGone);
    }
}
