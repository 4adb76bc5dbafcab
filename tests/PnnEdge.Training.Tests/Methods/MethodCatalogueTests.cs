using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Tests.Methods;

/// <summary>What every method of the catalogue promises.</summary>
public class MethodCatalogueTests
{
    public static TheoryData<string> Names => [.. MethodCatalogue.Names];

    [Theory, MemberData(nameof(Names))]
    public async Task A_step_plays_the_passes_that_it_said_and_the_same_seed_gives_the_same_bits(string name)
    {
        MethodEntry entry = MethodCatalogue.All.Single(method => method.Name == name);
        float[] first = await GradientAsync(entry), again = await GradientAsync(entry);
        Assert.Equal(first, again);
        Assert.All(first, g => Assert.True(float.IsFinite(g)));
        Assert.Contains(first, g => g != 0);

        static async Task<float[]> GradientAsync(MethodEntry entry)
        {
            var of = new MethodCase(layers: 2);
            ITwin? twin = entry.Rig == MethodRig.System ? null : MethodCase.TwinOf(3);
            ITrainingMethod method = entry.Build(new MethodParts(of.Network, of.System, twin, MethodCase.Penalty, new MethodTuning(), 1, TimeProvider.System));
            float[] gradient = of.Gradient(method);
            Assert.Equal(method.Passes(MethodCase.Labels.Length), of.System.Usage.Passes);
            Assert.Equal((ulong)method.Passes(MethodCase.Labels.Length), of.Shots.Next); // every pass has a logical shot of its own
            return gradient;
        }
    }

    // All but augmented feedback: elementwise scales cannot align with its random matrices, and here its loss rises.
    [Theory]
    [InlineData("pat", 150)]
    [InlineData("sharpness_aware", 150)]
    [InlineData("dual_adaptive", 150)]
    [InlineData("dfa", 150)]
    [InlineData("local", 150)]
    [InlineData("spsa", 300)]
    [InlineData("multiplexed", 150)]
    [InlineData("finite_differences", 30)]
    public async Task A_method_lowers_the_loss_and_is_tested_on_its_way(string name, int steps)
    {
        await using MixingSystem system = TinyTask.System();
        MethodEntry entry = MethodCatalogue.All.Single(method => method.Name == name);
        TwinFit fit = await TinyTask.FitTwinAsync(system, 1);
        PhysicalNetwork network = TinyTask.Network(fit.OutputScale, seed: 1);
        var shots = new ShotCounter(1_000_000);
        ITwin? twin = entry.Rig == MethodRig.System ? null : fit.Twin;
        TrainingSettings settings = TinyTask.Settings(1);
        ITrainingMethod method = entry.Build(new MethodParts(network, system, twin, settings.Penalty, new MethodTuning(), 1, TimeProvider.System));
        await NetworkCalibration.RunAsync(network, system, TinyTask.Data().Train, shots.Take(1000), TimeProvider.System, CancellationToken.None);
        List<int> tested = [];
        List<double> losses = [];
        await new BudgetedTraining(network, method, TinyTask.Data().Train, settings, 1, shots, TimeProvider.System)
            .RunAsync(steps, tests: 3, taken => { tested.Add(taken); return Task.CompletedTask; }, (_, report) => losses.Add(report.Loss), CancellationToken.None);
        double first = losses.Take(5).Average(), last = losses.TakeLast(5).Average();
        Assert.True(last < 0.8 * first, $"{name}: {first} nats at first, {last} at last");
        Assert.Equal([(steps + 2) / 3, ((2 * steps) + 2) / 3, steps], tested);
    }

    [Fact]
    public void Every_method_has_a_name_of_its_own_and_says_who_describes_it()
    {
        Assert.Equal(MethodCatalogue.All.Count, MethodCatalogue.Names.Distinct().Count());
        Assert.All(MethodCatalogue.All, method => Assert.Matches("[0-9]{4}", method.Source));
    }
}
