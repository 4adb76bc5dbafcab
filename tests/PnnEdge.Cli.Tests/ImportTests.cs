using PnnEdge.Cli.Commands;
using PnnEdge.Interchange;
using PnnEdge.Interchange.SafeTensors;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Twins;

namespace PnnEdge.Cli.Tests;

public sealed class ImportTests
{
    private const int Oscillators = 206;
    private const int FirstOscillators = 196;

    [Fact]
    public async Task Oscillators_of_the_original_become_start_parameters_whose_actuators_are_its_couplings_and_drives()
    {
        using var run = new CommandRun();
        SafeTensorsFile.Save(run.In("original.safetensors"), Original(strongest: 0.9f));
        Assert.Equal(ExitCode.Done, await run.RunAsync("import", "pytorch", "original.safetensors"));
        Assert.Equal(
            $"{run.In("start.npz")}: 42666 parameters from {run.In("original.safetensors")}; go on with 'pnn train --experiment oscillators-mnist --start {run.In("start.npz")}'.",
            run.Out.TrimEnd());

        NpzArchive start = NpzArchive.Load(run.In("start.npz"));
        float[] second = start.Get<float>("layer1.actuators");

        // J_01 of ±1 V and e_0 of ±2 V as shares of their ranges; every other coupling is 0, the middle.
        Assert.Equal((0.9f + 1) / 2, second[0], 6);
        Assert.Equal(0.5f, second[1]);
        Assert.Equal((0.5f + 2) / 4, second[Oscillators * (Oscillators - 1) / 2], 6);
        Assert.All(start.Get<float>("readout.attenuation"), factor => Assert.Equal(5.5f, factor));

        // 1 V for 1 in ±4 V, of which the last converter step (1/4096) is beyond the board's span.
        Assert.InRange(start.Get<float>("layer0.scale")[0], 1 / 8f, 1 / 8f * (1 + (1f / 4095)));
        Assert.InRange(start.Get<float>("layer0.offset")[0], 0.5f, 0.5f * (1 + (1f / 4095)));
    }

    [Fact]
    public async Task Couplings_beyond_the_bench_are_refused_unless_clamping_is_asked_for()
    {
        using var run = new CommandRun();
        SafeTensorsFile.Save(run.In("original.safetensors"), Original(strongest: 3));
        Assert.Equal(ExitCode.Failed, await run.RunAsync("import", "pytorch", "original.safetensors"));
        Assert.Equal(
            $"{run.In("original.safetensors")}: 1 couplings and drives lie beyond this bench's reach, the farthest a coupling of 3 V in layer 2, where -1 to 1 V is possible; clamped, each would take the nearest.",
            run.LastErrorLine);
        Assert.False(File.Exists(run.In("start.npz")));
        Assert.Equal(ExitCode.Done, await run.RunAsync("import", "pytorch", "original.safetensors", "--clamp", "--json", "--quiet"));
        Assert.Equal(1, run.Json.GetProperty("clamped").GetInt32());
        Assert.Equal(1, NpzArchive.Load(run.In("start.npz")).Get<float>("layer1.actuators")[0]);
    }

    [Fact]
    public async Task Weights_of_an_nn_Sequential_go_into_a_copy_of_a_twin_that_can_be_probed()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        Assert.Equal(ExitCode.Done, await run.RunAsync("twin", "fit", "--experiment", TinyExperiment.Name, "--in-process", "--out", "kept.npz", "--quiet"));
        var weights = new TensorSet("net");
        foreach ((string name, int rows, int columns) in ((string, int, int)[])[("0", 16, 8), ("2", 1, 16)])
        {
            weights.Add($"{name}.weight", Tensor.Of([.. Enumerable.Repeat(0.125f, rows * columns)], rows, columns));
            weights.Add($"{name}.bias", Tensor.Of([.. Enumerable.Repeat(-0.25f, rows)]));
        }

        SafeTensorsFile.Save(run.In("net.safetensors"), weights);
        byte[] before = File.ReadAllBytes(run.In("kept.npz"));
        Assert.Equal(ExitCode.Done, await run.RunAsync("import", "pytorch", "net.safetensors", "--twin", "kept.npz"));
        Assert.Equal(before, File.ReadAllBytes(run.In("kept.npz")));
        var twin = (MlpTwin)TwinFile.Load(run.In("kept-pytorch.npz"));
        Assert.Equal([.. Enumerable.Repeat(0.125f, 128), .. Enumerable.Repeat(-0.25f, 16), .. Enumerable.Repeat(0.125f, 16), -0.25f], twin.Parameters);
        Assert.Equal(((MlpTwin)TwinFile.Load(run.In("kept.npz"))).Scale.OutputSpreadVolts, twin.Scale.OutputSpreadVolts);
        Assert.Equal(ExitCode.Done, await run.RunAsync("twin", "report", "kept-pytorch.npz", "--in-process", "--quiet"));
    }

    [Fact]
    public async Task What_cannot_be_imported_is_said_in_one_sentence()
    {
        using CommandRun run = TinyExperiment.With(new CommandRun());
        SafeTensorsFile.Save(run.In("original.safetensors"), Original(strongest: 0.5f));
        var other = new TensorSet("other");
        other.Add("conv.weight", Tensor.Of([1f], 1, 1));
        SafeTensorsFile.Save(run.In("other.safetensors"), other);
        File.WriteAllText(run.In("text.pt"), "no tensors at all");
        await RefusedAsync(ExitCode.Failed, $"The file {run.In("none.pt")} is not there.", "none.pt");
        await RefusedAsync(ExitCode.Failed, $"{run.In("text.pt")} is neither a file of torch.save (a zip) nor safetensors (a length, then '{{').", "text.pt");
        await RefusedAsync(ExitCode.Failed, $"{run.In("other.safetensors")} holds neither the original's coupled oscillators (fc1.weight, …, output_fac) nor a network of our own", "other.safetensors");
        await RefusedAsync(ExitCode.Failed, $"{run.In("original.safetensors")} holds coupled oscillators that keep their amplitudes", "original.safetensors", "--experiment", TinyExperiment.Name);
        await RefusedAsync(ExitCode.Failed, $"There is no experiment file {run.In("nothing.yaml")}.", "original.safetensors", "--experiment", "nothing.yaml");
        await RefusedAsync(ExitCode.Usage, "There is no experiment nothing; there are circuit-codec-generated, circuit-codec-vowels, circuit-generated, ", "original.safetensors", "--experiment", "nothing");
        await RefusedAsync(ExitCode.Usage, "--twin takes weights into a twin, which has its own experiment; leave out --clamp.", "other.safetensors", "--twin", "t.npz", "--clamp");
        await RefusedAsync(ExitCode.Usage, $"{run.In("other.safetensors")} is the file that is read; choose another --out.", "other.safetensors", "--out", "other.safetensors");
        await RefusedAsync(ExitCode.Failed, $"The twin's file {run.In("t.npz")} is not there.", "other.safetensors", "--twin", "t.npz");
        Assert.False(File.Exists(run.In("start.npz")));

        async Task RefusedAsync(int code, string sentence, params string[] arguments)
        {
            Assert.Equal(code, await run.RunAsync(["import", "pytorch", .. arguments]));
            Assert.StartsWith(sentence, run.LastErrorLine, StringComparison.Ordinal);
        }
    }

    private static TensorSet Original(float strongest)
    {
        var tensors = new TensorSet("original");
        foreach ((int layer, int n) in ((int, int)[])[(1, FirstOscillators), (2, Oscillators)])
        {
            float[] c = new float[n * n], e = new float[n];
            if (layer == 2) { (c[1], c[n], e[0]) = (strongest, strongest, 0.5f); }
            tensors.Add($"fc{layer}.weight", Tensor.Of(c, n, n));
            tensors.Add($"fc{layer}.bias", Tensor.Of(e));
        }

        tensors.Add("output_fac", new Tensor(ElementType.F32, [], BitConverter.GetBytes(5.5f)));
        return tensors;
    }
}
