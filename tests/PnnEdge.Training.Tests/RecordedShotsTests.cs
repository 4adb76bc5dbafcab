using PnnEdge.Training.Coding;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Tests;

public sealed class RecordedShotsTests : IDisposable
{
    private static readonly TwinFitSettings Short = TinyTask.TwinFit with { Shots = 200, ShotsPerCall = 30, Epochs = 3 };

    private readonly TemporaryFolder _folder = new();

    private string Shots => _folder.File("shots.npz");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_twin_fitted_to_recorded_shots_is_the_one_fitted_on_the_bench_to_the_bit()
    {
        TwinFit live = await RecordAsync(seed: 6);
        RecordedShots recorded = RecordedShots.Load(Shots);
        TwinFit again = TwinFitting.Run(
            recorded.ToShotSet(TinyTask.Plan, Short.Shots, Short.ShotsPerCall), TinyTask.Plan, Short, 6, TimeProvider.System, null, default);
        Assert.Equal(200, recorded.Count);
        Assert.Equal(TinyTask.System().Description.Name, recorded.Description.Name);
        Assert.Equal(TinyTask.ParametersOf(live), TinyTask.ParametersOf(again));
        Assert.Equal(live.HeldOutNrmse, again.HeldOutNrmse);
        Assert.Equal(live.OutputScale.MeanVolts, again.OutputScale.MeanVolts);
    }

    [Fact]
    public async Task A_call_ends_where_the_actuators_change_however_many_shots_are_asked_for()
    {
        await RecordAsync(seed: 6);
        ShotSet set = RecordedShots.Load(Shots).ToShotSet(TinyTask.Plan, shots: 100, shotsPerCall: 1000);
        Assert.Equal([30, 30, 30, 10], set.Calls.Select(call => call.Shots));
        Assert.Equal(4, set.Calls.Select(call => call.Actuators[0]).Distinct().Count());
    }

    [Fact]
    public async Task Too_many_shots_and_shots_laid_out_otherwise_are_refused_in_one_sentence()
    {
        await RecordAsync(seed: 6);
        RecordedShots recorded = RecordedShots.Load(Shots);
        Assert.StartsWith($"Asked for 201 shots; {Shots} has 200.", Refusal(TinyTask.Plan, 201), StringComparison.Ordinal);
        Assert.StartsWith(
            $"The experiment plays 36 and measures 36 samples per shot; a shot in {Shots} has 32 and 32.",
            Refusal(new SlotPlan(dataSlots: 9, parameterSlots: 9, holdSamples: 2, windows: 8), 20), StringComparison.Ordinal);
        Assert.StartsWith(
            $"The experiment holds every slot for 4 samples; slot 0 of shot {ShotIndex.First(6)} in {Shots} changes within them.",
            Refusal(new SlotPlan(dataSlots: 4, parameterSlots: 4, holdSamples: 4, windows: 8), 20), StringComparison.Ordinal);

        string Refusal(SlotPlan plan, int shots) => Assert.Throws<ArgumentException>(() => recorded.ToShotSet(plan, shots, 10)).Message;
    }

    [Fact]
    public async Task A_file_that_is_no_recording_or_holds_no_number_is_refused_in_one_sentence()
    {
        await RecordAsync(seed: 6);
        NpzArchive archive = NpzArchive.Load(Shots);
        float[] measured = archive.Get<float>("measured");
        measured[(3 * 32) + 5] = float.NaN;
        archive.Add("measured", measured, 200, 32);
        archive.Save(_folder.File("nan.npz"));
        var other = new NpzArchive();
        other.Add("shot", [1UL]);
        other.Save(_folder.File("other.npz"));

        Assert.Equal(
            $"{_folder.File("nan.npz")}: measured of shot {ShotIndex.First(6) + 3} has NaN for a voltage.",
            Assert.Throws<InvalidDataException>(() => RecordedShots.Load(_folder.File("nan.npz"))).Message);
        Assert.Equal(
            $"{_folder.File("other.npz")} is not a recording: it has no array description.",
            Assert.Throws<InvalidDataException>(() => RecordedShots.Load(_folder.File("other.npz"))).Message);
    }

    private async Task<TwinFit> RecordAsync(ulong seed)
    {
        await using var recording = new RecordingSystem(TinyTask.System());
        TwinFit fit = await TwinFitting.RunAsync(recording, TinyTask.Plan, TinyTask.Drive, Short, seed, TimeProvider.System, null, default);
        recording.Save(Shots);
        return fit;
    }
}
