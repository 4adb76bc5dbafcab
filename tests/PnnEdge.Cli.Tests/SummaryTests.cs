using System.Text.Json;
using PnnEdge.Cli.Results;

namespace PnnEdge.Cli.Tests;

public sealed class SummaryTests
{
    [Fact]
    public void Spread_is_the_sample_standard_deviation()
    {
        AccuracyFigures figures = AccuracyFigures.Of([0.8, 0.9, 1.0]);
        Assert.Equal(0.9, figures.Mean, 12);
        Assert.Equal(0.1, figures.Sd, 12); // √((0.01 + 0 + 0.01) / 2)
        Assert.Equal(0, AccuracyFigures.Of([0.7]).Sd);
    }

    [Fact]
    public void The_json_of_a_run_has_exactly_the_promised_names()
    {
        AccuracyFigures accuracy = AccuracyFigures.Of([0.5, 1]);
        var summary = new TrainSummary(
            "vowels", "circuit", 2, accuracy, accuracy, accuracy, 0.98, new TwinFigures(0.1, 0.9), new FrameFigures(3, 2, 1), 4, new TimeFigures(5, 1, 1, 1, 1));
        Assert.Equal(
            """{"task":"vowels","system":"circuit","seeds":2,"pat":{"mean":0.75,"sd":0.3535533905932738,"each":[0.5,1]},"in_silico_deployed":{"mean":0.75,"sd":0.3535533905932738,"each":[0.5,1]},"in_silico_claimed":{"mean":0.75,"sd":0.3535533905932738,"each":[0.5,1]},"digital_baseline":0.98,"twin":{"nrmse":0.1,"gradient_cosine":0.9},"frames":{"sent":3,"retried":2,"refused":1},"passes":4,"seconds":{"total":5,"physics":1,"link":1,"twin":1,"update":1}}""",
            JsonText.Line(summary));
    }

    [Fact]
    public void A_figure_that_is_not_a_number_becomes_null_and_comes_back()
    {
        string text = JsonText.Line(new TwinFigures(double.NaN, 0.5));
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(text).RootElement.GetProperty("nrmse").ValueKind);
        Assert.True(double.IsNaN(JsonText.Read<TwinFigures>(text)!.Nrmse));
    }
}
