using PnnEdge.Training.Data;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Methods;

/// <summary>A training of any method that has so many steps to spend, tested on its way; shots are counted one after the other, tests among them.</summary>
public sealed class BudgetedTraining(
    PhysicalNetwork network, ITrainingMethod method, Dataset train, TrainingSettings settings, ulong seed, ShotCounter shots, TimeProvider time)
{
    // Of orders that no other training has.
    private const ulong Orders = 0xB0D6E700000UL;

    private readonly BatchFeed _feed = new(train, settings.BatchShots, seed, Orders);

    /// <summary>Passes of one step, of whatever the method plays on.</summary>
    public long PassesPerStep => method.Passes(_feed.Samples);

    /// <param name="steps">To spend; the rate falls over them.</param>
    /// <param name="tests">How many, evenly spread, the last behind the last step.</param>
    /// <param name="testAsync">Told the steps that were taken.</param>
    /// <param name="moved">Told after every step: how many, and what the last one reported.</param>
    public async Task RunAsync(int steps, int tests, Func<int, Task> testAsync, Action<int, StepReport>? moved, CancellationToken cancellation)
    {
        var step = new TrainingStep(network, method, settings.OptimizerOf(network), settings.MaxGradientNorm, time);
        var rates = new RateSchedule(settings, steps);
        int tested = 0;
        for (int taken = 0; taken < steps;)
        {
            StepReport report = await step.RunAsync(
                _feed.Next(_ => shots.Take((long)_feed.Samples * network.Shape.Branches)), rates.At(taken), cancellation);
            taken++;
            moved?.Invoke(taken, report);
            if ((long)taken * tests / steps > tested)
            {
                tested = (int)((long)taken * tests / steps);
                await testAsync(taken);
            }
        }
    }
}
