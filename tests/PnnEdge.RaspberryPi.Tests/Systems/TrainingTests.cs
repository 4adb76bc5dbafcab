using System.Device.Gpio;
using PnnEdge.Firmware.Drivers.Host.Simulated;
using PnnEdge.Physics.Circuit;
using PnnEdge.RaspberryPi.Simulated;
using PnnEdge.RaspberryPi.Systems;
using PnnEdge.RaspberryPi.Tests.Support;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.RaspberryPi.Tests.Systems;

/// <summary>A small network trained through the rig's drivers, chips, device loop and lines.</summary>
public class TrainingTests
{
    [Fact]
    public async Task A_network_learns_on_the_Pi_s_rig_which_is_safe_before_and_after()
    {
        const ulong Seed = 1;
        ExperimentSettings settings = ExperimentCatalog.Get("circuit-generated");
        settings = settings with
        {
            Network = settings.Network with { Layers = 1 },
            Shot = settings.Shot with { HoldSamples = 4 },
            Twin = settings.Twin with { Shots = 600, Epochs = 15 },
            Training = settings.Training with { Epochs = 30 },
        };
        var pi = new SimulatedPi(TestRigs.Circuit, new CircuitBench(new CircuitBenchOptions { Seed = 2, Threads = 2 }));
        TaskData data = TaskLoader.Load(settings, DataFolder.Resolve(null, AppContext.BaseDirectory), Seed);
        await using (PiSystem system = PiSystem.OpenSimulated(pi, settings.Plan().Shot, TimeProvider.System))
        {
            TwinFit fit = await TwinFitting.RunAsync(
                system, settings.Plan(), settings.UsedRange(system.Description), settings.Twin, Seed, TimeProvider.System, null, CancellationToken.None);
            var network = new PhysicalNetwork(settings.Shape(data, system.Description), fit.OutputScale);
            network.Initialise(Seed);
            ulong next = await NetworkCalibration.RunAsync(network, system, data.Train, ShotIndex.First(Seed) + (ulong)fit.Shots, TimeProvider.System, CancellationToken.None);
            var trainer = new Trainer(network, system, fit.Twin, data, settings.Training, Seed, next, TimeProvider.System);
            await trainer.RunAsync(null, CancellationToken.None);
            Score score = await Evaluation.RunAsync(network, system, data.Test, 64, trainer.NextShot, TimeProvider.System, CancellationToken.None);
            Assert.True(score.Accuracy > 2.0 / 7, $"{score.Accuracy:P0} of seven classes"); // twice chance, which 49 guesses reach once in 370 times
            Assert.Equal(0, pi.Block!.Recomputed);
        }

        Assert.Equal((PinValue.Low, 0.5, 0.5), (
            pi.Lines[pi.Rig.Safety.EnableLine], ((SimulatedMcp4922)pi.Chip("dac").Spi!).Volts(0), ((SimulatedMcp4728)pi.Chip("bias-dac").I2c!).Volts(0)));
    }
}
