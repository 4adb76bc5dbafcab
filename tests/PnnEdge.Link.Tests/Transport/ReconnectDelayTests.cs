using PnnEdge.Link.Transport;

namespace PnnEdge.Link.Tests.Transport;

public class ReconnectDelayTests
{
    [Fact]
    public void Delays_double_up_to_the_longest_and_keep_at_least_half_of_it()
    {
        Random random = new(7);
        for (int attempt = 0; attempt < 100; attempt++)
        {
            double full = Math.Min(ReconnectDelay.LongestMillis, ReconnectDelay.FirstMillis * Math.Pow(2, attempt));
            double millis = ReconnectDelay.After(attempt, random).TotalMilliseconds;
            Assert.InRange(millis, full / 2, full);
        }
    }

    [Fact]
    public void Two_clients_do_not_come_back_together() =>
        Assert.NotEqual(ReconnectDelay.After(3, new Random(1)), ReconnectDelay.After(3, new Random(2)));
}
