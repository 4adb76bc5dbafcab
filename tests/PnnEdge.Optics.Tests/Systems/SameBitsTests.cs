using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Systems;
using PnnEdge.Optics.Table;
using PnnEdge.Optics.Tests.Support;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Optics.Tests.Systems;

public class SameBitsTests
{
    [Theory]
    [InlineData("table", 1)]
    [InlineData("table", 3)]
    [InlineData("table-dmd", 1)]
    public async Task Over_SCPI_every_volt_has_the_bits_of_the_table_called_directly(string name, int averages)
    {
        var rig = OpticalRig.Load(name);
        rig = rig with { Spectrometer = rig.Spectrometer with { Averages = averages } };
        await using var table = new TableOnSocket(rig: rig);
        await using OpticalSystem system = await table.OpenAsync();
        await using var direct = new DirectTable(rig, TableOnSocket.TableOf(rig), TableOnSocket.Serial);
        Stimulus stimulus = TableOnSocket.Shots(150, first: (2UL << 40) + 5); // more than two loads of the modulator's memory
        Measurement overScpi = await system.RunAsync(stimulus, CancellationToken.None), called = await direct.RunAsync(stimulus, CancellationToken.None);
        Assert.Equal(called.Volts, overScpi.Volts);
        Assert.Equal(called.AppliedVolts, overScpi.AppliedVolts);
        Assert.Equal(direct.Description, system.Description with { Actuators = direct.Description.Actuators });
    }

    [Theory]
    [InlineData(TaskLoader.Generated, "table")]
    [InlineData(TaskLoader.Generated, "table-dmd")]
    [InlineData(TaskLoader.Vowels, "table")]
    public async Task A_network_trained_over_SCPI_has_the_bits_of_one_trained_on_the_table_called_directly(string task, string name)
    {
        var rig = OpticalRig.Load(name);
        string? folder = Environment.GetEnvironmentVariable("PNN_DATA");
        var data = DataFolder.Resolve(folder, AppContext.BaseDirectory);
        Assert.SkipWhen(task == TaskLoader.Vowels && string.IsNullOrEmpty(folder), "skipped: vowels data not there, PNN_DATA names no folder");
        await using var table = new TableOnSocket(rig: rig);
        await using OpticalSystem system = await table.OpenAsync(rig with { Health = rig.Health with { EveryShots = 300 } }); // looks change nothing
        await using var direct = new DirectTable(rig, TableOnSocket.TableOf(rig), TableOnSocket.Serial);
        (float[] overScpi, double accuracy) = await TrainAsync(system, task, data);
        (float[] called, double sameAccuracy) = await TrainAsync(direct, task, data);
        Assert.Equal(called, overScpi);
        Assert.Equal(sameAccuracy, accuracy);
        Assert.Equal(direct.Usage.Passes, system.Usage.Passes);
        Assert.True(accuracy > 2.0 / 7, $"{accuracy:P0} of seven classes"); // it has learnt something, so the bits are not those of doing nothing
    }

    /// <summary>The vowels' experiment, two passes deep and short.</summary>
    private static async Task<(float[] Parameters, double Accuracy)> TrainAsync(IPhysicalSystem system, string task, DataFolder folder)
    {
        const ulong Seed = 1;
        ExperimentSettings settings = ExperimentCatalog.Get("shg-vowels");
        settings = settings with
        {
            Task = task,
            Network = settings.Network with { Layers = 2 },
            Twin = settings.Twin with { Shots = 1500, HiddenWidths = [100], Epochs = 15 },
            Training = settings.Training with { Epochs = 12 },
        };
        TaskData data = TaskLoader.Load(settings, folder, Seed);
        TwinFit fit = await TwinFitting.RunAsync(
            system, settings.Plan(), settings.UsedRange(system.Description), settings.Twin, Seed, TimeProvider.System, null, CancellationToken.None);
        var network = new PhysicalNetwork(settings.Shape(data, system.Description), fit.OutputScale);
        network.Initialise(Seed);
        ulong first = ShotIndex.First(Seed) + (ulong)fit.Shots;
        ulong next = await NetworkCalibration.RunAsync(network, system, data.Train, first, TimeProvider.System, CancellationToken.None);
        var trainer = new Trainer(network, system, fit.Twin, data, settings.Training, Seed, next, TimeProvider.System);
        await trainer.RunAsync(null, CancellationToken.None);
        Score score = await Evaluation.RunAsync(network, system, data.Test, 64, trainer.NextShot, TimeProvider.System, CancellationToken.None);
        return (trainer.Export().Parameters, score.Accuracy);
    }
}
