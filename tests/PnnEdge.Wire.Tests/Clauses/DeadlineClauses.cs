using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Tests.Device;

namespace PnnEdge.Wire.Tests.Clauses;

public class DeadlineClauses
{
    private static DeviceBench ReadyAt(long nowMillis)
    {
        DeviceBench bench = new();
        bench.Clock.NowMillis = nowMillis;
        bench.Step();
        bench.Accept(HostFrame.Arm());
        bench.Accept(HostFrame.Plan(1));
        bench.Accept(HostFrame.Parameters(2, 1, DeviceBench.FirstSet));
        return bench;
    }

    private static HostFrame Rest(long deadline) => HostFrame.Stimulus(1, 2048, 2048, 2048) with { Deadline = (uint)deadline };

    [Theory]
    [Clause("D-1", Accepts)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)]
    public void A_deadline_of_now_or_later_is_kept(int aheadMillis) => ReadyAt(5000).Measure(Rest(5000 + aheadMillis));

    [Theory]
    [Clause("D-1", Refuses)]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(int.MaxValue)]
    public void A_deadline_that_has_passed_is_refused_and_the_clock_told(int lateMillis) =>
        Assert.Equal(5000u, ReadyAt(5000).Refuse(Rest(5000L - lateMillis), RefusalReason.Expired).Detail);

    [Fact]
    [Clause("D-1", Refuses)]
    public void A_frame_that_a_broker_held_is_refused()
    {
        DeviceBench bench = ReadyAt(5000);
        byte[] held = Rest(5400).Encode(bench.Loop.Epoch, DeviceBench.Boot, 0);
        bench.Clock.NowMillis += 500;
        Assert.Equal(RefusalReason.Expired, DeviceBench.ReadReply(Assert.Single(bench.GiveBytes(held))).Reason);
        Assert.Empty(bench.Converters.Played);
    }

    [Theory]
    [Clause("D-2", Accepts)]
    [InlineData(uint.MaxValue - 100L, 200)]
    [InlineData(uint.MaxValue, 1)]
    [InlineData(uint.MaxValue + 5L, 0)]
    [InlineData((1L << 33) - 10, 60000)]
    public void A_deadline_beyond_the_wrap_is_kept(long nowMillis, int aheadMillis) => ReadyAt(nowMillis).Measure(Rest(nowMillis + aheadMillis));

    [Theory]
    [Clause("D-2", Refuses)]
    [InlineData(uint.MaxValue + 1L)]
    [InlineData(uint.MaxValue + 5000L)]
    public void A_deadline_before_the_wrap_has_passed_after_it(long nowMillis) =>
        ReadyAt(nowMillis).Refuse(Rest(uint.MaxValue - 1L), RefusalReason.Expired);

    [Theory]
    [Clause("D-2", Refuses)]
    [InlineData(0u, 0xFFFFFFFFu, 1)]
    [InlineData(0xFFFFFFFFu, 0u, -1)]
    [InlineData(5u, 0xFFFFFFFBu, 10)]
    [InlineData(0x7FFFFFFFu, 0u, int.MaxValue)]
    public void Differences_are_signed_and_do_not_see_the_wrap(uint later, uint earlier, int millis) =>
        Assert.Equal(millis, DeviceTime.Since(later, earlier));

    [Fact]
    [Clause("D-3", Accepts)]
    public void A_deadline_of_60_seconds_ahead_is_kept() => ReadyAt(5000).Measure(Rest(65000));

    [Theory]
    [Clause("D-3", Refuses)]
    [InlineData(60001)]
    [InlineData(3600000)]
    [InlineData(int.MaxValue)]
    public void A_deadline_further_ahead_is_refused(int aheadMillis) =>
        Assert.Equal(5000u, ReadyAt(5000).Refuse(Rest(5000L + aheadMillis), RefusalReason.DeadlineTooFar).Detail);
}
