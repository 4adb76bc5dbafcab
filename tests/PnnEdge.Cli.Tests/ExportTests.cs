using System.Text;
using PnnEdge.Cli.Commands;
using PnnEdge.Interchange;
using PnnEdge.Interchange.SafeTensors;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Twins;

namespace PnnEdge.Cli.Tests;

public sealed class ExportTests
{
    [Fact]
    public async Task A_network_given_out_as_safetensors_and_taken_in_again_is_the_same_file()
    {
        using CommandRun run = await TrainedAsync(TinyExperiment.Name);
        Assert.Equal(ExitCode.Done, await run.RunAsync("export", "safetensors", "out", "--json", "--quiet"));
        Assert.Equal(run.In("out", "seed1.safetensors"), run.Json.GetProperty("file").GetString());
        Assert.Equal(1, run.Json.GetProperty("seed").GetInt32());
        Assert.Equal(ExitCode.Done, await run.RunAsync("import", "pytorch", run.In("out", "seed1.safetensors"), "--experiment", TinyExperiment.Name, "--out", "back.npz", "--json", "--quiet"));
        Assert.Equal(File.ReadAllBytes(run.In("out", "parameters-seed1.npz")), File.ReadAllBytes(run.In("back.npz")));
        Assert.Equal(0, run.Json.GetProperty("clamped").GetInt32());
    }

    [Fact]
    public async Task The_exported_tensors_are_the_run_s_with_their_shapes_and_say_which_experiment_and_units()
    {
        using CommandRun run = await TrainedAsync(TinyExperiment.Name);
        Assert.Equal(ExitCode.Done, await run.RunAsync("export", "safetensors", "out", "--out", "all.safetensors"));
        TensorSet tensors = SafeTensorsFile.Load(run.In("all.safetensors"));
        NpzArchive network = NpzArchive.Load(run.In("out", "parameters-seed1.npz"));
        Assert.Equal(network.Get<float>("layer0.theta"), tensors.Floats("layer0.theta", 1, 12));
        Assert.Equal(network.Get<float>("output_spread_volts"), tensors.Floats("output_spread_volts", 12));

        // The twin: 6 slots of memory, one actuator and the share of the memory inside the shot, 16 hidden.
        var twin = (MlpTwin)TwinFile.Load(run.In("out", "twin-seed1.npz"));
        Assert.Equal(twin.Parameters, (float[])[
            .. tensors.Floats("twin.0.weight", 16, 8), .. tensors.Floats("twin.0.bias", 16), .. tensors.Floats("twin.2.weight", 1, 16), .. tensors.Floats("twin.2.bias", 1)]);
        Assert.Equal(twin.Scale.InputSpreadVolts, tensors.Floats("twin.input_spread_volts", 8));
        Assert.Contains("\"memory_slots\":6", tensors.Notes["experiment"], StringComparison.Ordinal);
        Assert.Equal("1", tensors.Notes["seed"]);
        Assert.Contains("_volts: V", tensors.Notes["units"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_twin_becomes_an_onnx_model_that_says_what_it_is()
    {
        using CommandRun run = await TrainedAsync(TinyExperiment.Name);
        Assert.Equal(ExitCode.Done, await run.RunAsync("export", "onnx", "out"));
        Assert.Equal($"{run.In("out", "seed1.onnx")}: onnx of seed 1 in {run.In("out")}.", run.Out.TrimEnd().Split('\n')[^1]);
        Assert.Equal(ExitCode.Done, await run.RunAsync("export", "onnx", run.In("out", "twin-seed1.npz"), "--out", "alone.onnx"));
        foreach (string file in new[] { run.In("out", "seed1.onnx"), run.In("alone.onnx") })
        {
            string model = Encoding.Latin1.GetString(File.ReadAllBytes(file));
            foreach (string part in new[] { "slots_volts", "actuators_volts", "windows_volts", "\"memory_slots\":6", "widths 8-16-1" }) { Assert.Contains(part, model, StringComparison.Ordinal); }
        }
    }

    [Fact]
    public async Task A_grey_box_is_refused_as_onnx_and_its_constants_are_exported_as_tensors()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync("twin", "fit", "--experiment", TinyExperiment.GreyBoxName, "--in-process", "--shots", "100", "--quiet"));
        Assert.Equal(ExitCode.Failed, await run.RunAsync("export", "onnx", "twin.npz"));
        Assert.Equal(
            $"{run.In("twin.npz")} holds a grey box, which solves its system's equations step by step: no ONNX operator does that; 'pnn export safetensors' writes its constants.",
            run.LastErrorLine);
        Assert.False(File.Exists(run.In("twin.onnx")));

        Assert.Equal(ExitCode.Done, await run.RunAsync("export", "safetensors", "twin.npz"));
        TensorSet tensors = SafeTensorsFile.Load(run.In("twin.safetensors"));
        Assert.Equal(ElementType.F64, tensors.All["constants"].Type);
        Assert.Equal("circuit", tensors.Notes["grey_box"]);
    }

    [Fact]
    public async Task What_cannot_be_exported_is_said_in_one_sentence()
    {
        using CommandRun run = await TrainedAsync(TinyExperiment.Name);
        await RefusedAsync(ExitCode.Failed, $"There is no result folder and no twin's file at {run.In("none")}.", "none");
        await RefusedAsync(ExitCode.Failed, $"Asked for seed 7; the run in {run.In("out")} has 1 to 1.", "out", "--seed", "7");
        await RefusedAsync(ExitCode.Usage, $"{run.In("out", "twin-seed1.npz")} is one twin; --seed chooses among those of a result folder.", run.In("out", "twin-seed1.npz"), "--seed", "1");
        await RefusedAsync(ExitCode.Failed, $"{run.In("out", "parameters-seed1.npz")} has no array widths; it has layer0.actuators", run.In("out", "parameters-seed1.npz"));
        File.Delete(run.In("out", "twin-seed1.npz"));
        await RefusedAsync(ExitCode.Failed, $"Seed 1 of the run in {run.In("out")} has no trained network and twin yet; 'pnn train --resume {run.In("out")}' goes on with it.", "out");
        Assert.Equal(ExitCode.Usage, await run.RunAsync("export"));
        Assert.Equal("'pnn export' needs a command: safetensors, onnx.", run.LastErrorLine);

        async Task RefusedAsync(int code, string sentence, params string[] arguments)
        {
            Assert.Equal(code, await run.RunAsync(["export", "onnx", .. arguments]));
            Assert.StartsWith(sentence, run.LastErrorLine, StringComparison.Ordinal);
        }
    }

    private static async Task<CommandRun> TrainedAsync(string experiment)
    {
        CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync("train", "--experiment", experiment, "--in-process", "--epochs", "1", "--out", "out", "--quiet"));
        return run;
    }
}
