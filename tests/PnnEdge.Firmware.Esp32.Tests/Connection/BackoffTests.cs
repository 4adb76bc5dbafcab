using PnnEdge.Firmware.Esp32.Connection;

namespace PnnEdge.Firmware.Esp32.Tests.Connection;

public class BackoffTests
{
    [Fact]
    public void The_wait_doubles_to_a_minute_and_stays_there()
    {
        Backoff backoff = new();
        Assert.Equal(
            [250, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000],
            Enumerable.Range(0, 9).Select(_ => backoff.Next(0)));
    }

    [Fact]
    public void Chance_adds_up_to_as_much_again_and_no_more()
    {
        Backoff backoff = new();
        Assert.Equal(500, backoff.Next(250)); // the largest remainder of the first wait
        Assert.Equal(500 + (uint.MaxValue % 501), (uint)backoff.Next(uint.MaxValue));
    }

    [Fact]
    public void Two_boards_with_other_chances_do_not_come_at_the_same_moment() =>
        Assert.True(Enumerable.Range(0, 100).Select(chance => new Backoff().Next((uint)(chance * 7919))).Distinct().Count() > 80);

    [Fact]
    public void After_a_connection_that_held_the_wait_is_the_first_again()
    {
        Backoff backoff = new();
        backoff.Next(0);
        backoff.Next(0);
        backoff.Reset();
        Assert.Equal(250, backoff.Next(0));
    }
}
