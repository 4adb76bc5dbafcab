using PnnEdge.Cli.Rendering;

namespace PnnEdge.Cli.Tests;

public sealed class ProgressTests
{
    [Theory]
    [InlineData(3.24, "3.2 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(125, "2 min 05 s")]
    [InlineData(4320, "1 h 12 min")]
    public void Durations_are_short(double seconds, string text) => Assert.Equal(text, Durations.Short(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_line_tells_stage_share_figures_rate_and_what_is_left() => Assert.Equal(
        "seed 2 · training · 25 % · loss 0.100 · 5,000 shots/s · 30 s left",
        LineView.Line(new StageProgress(2, "training", 25, 100, "loss 0.100", 5000), TimeSpan.FromSeconds(30)));

    [Fact]
    public void A_log_gets_the_ends_of_a_stage_and_few_lines_between()
    {
        var log = new StringWriter();
        var view = new LineView(log, TimeProvider.System);
        for (int i = 1; i <= 1000; i++) { view.Report(new StageProgress(1, "shots", i, 1000, string.Empty, double.NaN)); }
        string[] lines = log.ToString().TrimEnd().Split('\n');
        Assert.Contains("0 %", lines[0], StringComparison.Ordinal);
        Assert.Contains("100 %", lines[^1], StringComparison.Ordinal);
        Assert.True(lines.Length <= 3, $"{lines.Length} lines"); // a thousand reports take far less than the 5 s between lines
    }

    [Fact]
    public void Remaining_time_does_not_count_what_a_resumed_stage_found_done()
    {
        var time = new StillTime();
        var clock = new StageClock(new StageProgress(1, "training", 50, 100, string.Empty, double.NaN), time);
        Assert.Null(clock.Remaining(new StageProgress(1, "training", 50, 100, string.Empty, double.NaN)));
        time.Now += TimeSpan.FromSeconds(10);
        Assert.Equal(TimeSpan.FromSeconds(40), clock.Remaining(new StageProgress(1, "training", 60, 100, string.Empty, double.NaN)));
    }

    private sealed class StillTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
