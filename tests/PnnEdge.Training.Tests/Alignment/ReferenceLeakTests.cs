using PnnEdge.Training.Alignment;
using PnnEdge.Training.Calibration;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Tests.Alignment;

public class ReferenceLeakTests
{
    [Theory]
    [InlineData(0.02)]
    [InlineData(-0.005)]
    public async Task What_of_the_reference_is_read_on_the_bench_s_input_is_found_with_its_size(double leak)
    {
        LaggingSystem lagging = new(ShotShape.Throughout(40), 60, (shot, _) => shot % 7 * 8.3) { NoiseVolts = 1e-3, ReferenceLeak = leak };
        Uncertain found = await ReferenceLeak.MeasureAsync((AlignedSystem)AlignedSystem.Over(lagging), new ShotCounter(1), CancellationToken.None);
        Assert.Equal(Math.Abs(leak), found.Value, 4 * found.StandardUncertainty);
        Assert.InRange(found.StandardUncertainty, 0, 1e-4); // 1 mV against a chirp of some 0.4 V rms, over 64 shots of hundreds of samples
    }

    [Fact]
    public async Task Without_a_leak_there_is_what_noise_makes_of_it()
    {
        LaggingSystem lagging = new(ShotShape.Throughout(40), 60, (_, _) => 12.5) { NoiseVolts = 1e-3 };
        var system = (AlignedSystem)AlignedSystem.Over(lagging);
        Uncertain found = await ReferenceLeak.MeasureAsync(system, new ShotCounter(1), CancellationToken.None);
        Assert.InRange(found.Value, 0, 5 * found.StandardUncertainty); // three taps of it, rms
        Assert.Null(system.Words.Read);
    }
}
