using System.Diagnostics;
using System.IO.Compression;
using PnnEdge.Conformance;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Tests;

public sealed class MixingSystemConformance : PhysicalSystemConformance
{
    protected override Task<IPhysicalSystem> OpenAsync(CancellationToken cancellation) =>
        Task.FromResult<IPhysicalSystem>(new MixingSystem(48, noiseVolts: 0.01, stepVolts: 0.005));
}

public sealed class RecordedSystemConformance : PhysicalSystemConformance
{
    protected override async Task<IPhysicalSystem> OpenAsync(CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        await using var played = new MixingSystem(48, noiseVolts: 0.01, stepVolts: 0.005);
        await using var recording = new RecordingSystem(played);
        await recording.RunAsync(ConformanceStimuli.Batch(recording.Description), cancellation);
        recording.Save(folder.File("shots.npz"));
        return RecordedSystem.Open(folder.File("shots.npz"));
    }
}

public sealed class TwinSystemConformance : PhysicalSystemConformance
{
    protected override Task<IPhysicalSystem> OpenAsync(CancellationToken cancellation)
    {
        SystemDescription modelled = TinyTask.System().Description;
        float[] inputs = [.. Enumerable.Repeat(0.7f, TinyTask.Plan.Slots + 1)], outputs = [.. Enumerable.Repeat(0.3f, TinyTask.Plan.Windows)];
        return Task.FromResult<IPhysicalSystem>(new TwinSystem(new MlpTwin(new TwinScale(inputs, inputs, outputs, outputs), [16], 1, actuators: 1), TinyTask.Plan, modelled));
    }
}

public sealed class RecordingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_archive_gives_back_every_array_and_shape()
    {
        NpzArchive read = RoundTrip(Example());
        Assert.Equal(["bytes", "doubles", "empty", "floats", "index", "whole"], read.Names);
        Assert.Equal([1.5f, -2, float.NaN, 4, 5, 6], read.Get<float>("floats"));
        Assert.Equal([2, 3], read.ShapeOf("floats"));
        Assert.Equal([ulong.MaxValue, 7], read.Get<ulong>("index"));
        Assert.Equal([Math.PI], read.Get<double>("doubles"));
        Assert.Equal([-3, 4], read.Get<int>("whole"));
        Assert.Equal([0, 255], read.Get<byte>("bytes"));
        Assert.Equal([0, 4], read.ShapeOf("empty"));
        Assert.Contains("Int32", Assert.Throws<InvalidDataException>(() => read.Get<float>("whole")).Message, StringComparison.Ordinal);
        Assert.Contains("floats", Assert.Throws<InvalidDataException>(() => read.Get<float>("absent")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_arrays_give_the_same_bytes()
    {
        using MemoryStream a = new(), b = new();
        Example().Write(a);
        Example().Write(b);
        Assert.Equal(a.ToArray(), b.ToArray());
    }

    [Fact]
    public void Numpy_loads_what_we_write()
    {
        string path = _folder.File("ours.npz");
        Example().Save(path);
        const string Script = "import sys\ntry:\n import numpy as n\nexcept ImportError:\n sys.exit(77)\na=n.load(sys.argv[1])\nprint(a['floats'].shape,a['floats'].dtype,a['floats'][1,2],a['index'].dtype,a['index'][0],a['doubles'][0],a['bytes'].dtype,a['empty'].shape)";
        (int code, string output) = Python(Script, path);
        Assert.SkipWhen(code == 77, "python3 has no numpy here.");
        Assert.Equal(0, code);
        Assert.Equal("(2, 3) float32 6.0 uint64 18446744073709551615 3.141592653589793 uint8 (0, 4)", output.Trim());
    }

    [Fact]
    public void An_array_header_is_the_one_numpy_specifies()
    {
        using MemoryStream stream = new();
        var archive = new NpzArchive();
        archive.Add("x", [1f, 2f]);
        archive.Write(stream);
        stream.Position = 0;
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        using Stream entry = zip.GetEntry("x.npy")!.Open();
        byte[] bytes = new byte[128 + 8];
        entry.ReadExactly(bytes);

        // NumPy's own numpy.save of float32 [1, 2]: 10 bytes of prefix, 118 of header, data from byte 128.
        Assert.Equal("\u0093NUMPY\u0001\u0000v\u0000{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }".PadRight(127) + "\n", string.Concat(bytes[..128].Select(b => (char)b)));
        Assert.Equal([0, 0, 128, 63, 0, 0, 0, 64], bytes[128..]);
    }

    [Fact]
    public void An_archive_with_any_byte_spoiled_or_cut_off_is_refused_in_one_sentence_or_reads_the_same()
    {
        using MemoryStream whole = new();
        Example().Write(whole);
        byte[] good = whole.ToArray();
        int refused = 0;
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x41;
            refused += Refused(bad) ? 1 : 0;
            if (i % 7 == 0) { Assert.True(Refused(good[..i])); }
        }

        // Most bytes matter; those of time stamps and unused fields do not.
        Assert.InRange(refused, good.Length / 2, good.Length);
    }

    [Fact]
    public void An_entry_that_claims_an_absurd_size_is_refused_before_it_is_allocated()
    {
        string path = _folder.File("bomb.npz");
        using (FileStream file = File.Create(path))
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            using Stream entry = zip.CreateEntry("x.npy").Open();
            byte[] start = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 70, 0, .. "{'descr': '<f8', 'fortran_order': False, 'shape': (99999, 99999), }  \n"u8];
            entry.Write(start);
        }

        Assert.Contains("bomb.npz, array x.npy is not readable", Assert.Throws<InvalidDataException>(() => NpzArchive.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stimulus_that_was_not_recorded_is_refused_in_one_sentence()
    {
        await using var recording = new RecordingSystem(new MixingSystem(48));
        await recording.RunAsync(ConformanceStimuli.Batch(recording.Description), default);
        recording.Save(_folder.File("shots.npz"));
        await using var replay = RecordedSystem.Open(_folder.File("shots.npz"));
        Stimulus other = ConformanceStimuli.Batch(replay.Description);
        PhysicalSystemException unknown = await Assert.ThrowsAsync<PhysicalSystemException>(() => replay.RunAsync(other with { FirstShot = 5 }, default));
        Assert.Contains("Shot 5 was not recorded", unknown.Message, StringComparison.Ordinal);
        other.Volts[60] += 0.25f;
        PhysicalSystemException changed = await Assert.ThrowsAsync<PhysicalSystemException>(() => replay.RunAsync(other, default));
        Assert.Contains("with other volts than asked", changed.Message, StringComparison.Ordinal);
        Assert.Equal(0, replay.Usage.Passes);
    }

    [Fact]
    public async Task A_training_on_a_recording_of_itself_ends_with_the_same_bits()
    {
        string path = _folder.File("training.npz");
        await using var recording = new RecordingSystem(TinyTask.System());
        float[] live = await Train(recording);
        recording.Save(path);
        await using var replay = RecordedSystem.Open(path);
        Assert.Equal(recording.Description.Name, replay.Description.Name);
        Assert.Equal(live, await Train(replay));

        static async Task<float[]> Train(IPhysicalSystem system)
        {
            TwinFit fit = await TinyTask.FitTwinAsync(system, 6);
            PhysicalNetwork network = TinyTask.Network(fit.OutputScale, 6);
            await NetworkCalibration.RunAsync(network, system, TinyTask.Data().Train, 6, TimeProvider.System, default);
            await new Trainer(network, system, fit.Twin, TinyTask.Data(), TinyTask.Settings(2), 6, firstShot: ShotIndex.First(6) + 10_000, TimeProvider.System).RunAsync(null, default);
            return network.Parameters;
        }
    }

    [Fact]
    public async Task Networks_and_twins_come_back_from_disk_as_they_were()
    {
        TwinFit fit = await TinyTask.FitTwinAsync(TinyTask.System(), 7);
        PhysicalNetwork network = TinyTask.Network(fit.OutputScale, 7);
        var trainer = new Trainer(network, TinyTask.System(), fit.Twin, TinyTask.Data(), TinyTask.Settings(2), 7, firstShot: ShotIndex.First(7) + 10_000, TimeProvider.System);
        await trainer.RunAsync(null, default);
        NetworkFile.Save(_folder.File("net.npz"), network);
        TwinFile.Save(_folder.File("twin.npz"), fit.Twin);

        PhysicalNetwork again = NetworkFile.Load(_folder.File("net.npz"), TinyTask.Shape());
        Assert.Equal(network.Parameters, again.Parameters);
        Assert.Equal(network.Scale.MeanVolts, again.Scale.MeanVolts);
        Assert.Equal(network.Scale.SpreadVolts, again.Scale.SpreadVolts);
        Assert.Equal(TinyTask.ParametersOf(fit), TwinFile.Load(_folder.File("twin.npz")).Parameters);
        Assert.Throws<InvalidDataException>(() => NetworkFile.Load(_folder.File("net.npz"), TinyTask.Shape(layers: 3)));
        Assert.Throws<InvalidDataException>(() => TwinFile.Load(_folder.File("net.npz")));

        TwinFit causal = await TwinFitting.RunAsync(
            TinyTask.System(), TinyTask.Plan, TinyTask.Drive, TinyTask.TwinFit with { Shots = 200, Epochs = 2, Kind = TwinKind.CausalPerceptron, MemorySlots = 6 }, 7, TimeProvider.System, null, default);
        TwinFile.Save(_folder.File("causal.npz"), causal.Twin);
        MlpTwin back = Assert.IsType<MlpTwin>(TwinFile.Load(_folder.File("causal.npz")));
        Assert.Equal(TinyTask.ParametersOf(causal), back.Parameters);
        Assert.Equal(Assert.IsType<MlpTwin>(causal.Twin).Field, back.Field);
    }

    private static NpzArchive Example()
    {
        var archive = new NpzArchive();
        archive.Add("floats", [1.5f, -2, float.NaN, 4, 5, 6], 2, 3);
        archive.Add("index", [ulong.MaxValue, 7UL]);
        archive.Add("doubles", [Math.PI]);
        archive.Add("whole", [-3, 4]);
        archive.Add("bytes", [(byte)0, (byte)255]);
        archive.Add("empty", Array.Empty<float>(), 0, 4);
        return archive;
    }

    private NpzArchive RoundTrip(NpzArchive archive)
    {
        archive.Save(_folder.File("round.npz"));
        return NpzArchive.Load(_folder.File("round.npz"));
    }

    // True when refused as it should be; any other exception fails the test; a read that succeeds must give the same numbers.
    private static bool Refused(byte[] file)
    {
        try
        {
            using MemoryStream stream = new(file);
            NpzArchive read = NpzArchive.Read(stream, "spoiled.npz");
            foreach (string name in read.Names.Intersect(Example().Names).Where(name => name == "floats"))
            {
                Assert.Equal(Example().Get<float>(name), read.Get<float>(name));
            }

            return false;
        }
        catch (InvalidDataException refused)
        {
            Assert.StartsWith("spoiled.npz", refused.Message, StringComparison.Ordinal);
            return true;
        }
    }

    private static (int Code, string Output) Python(string script, string argument)
    {
        try
        {
            // PNN_PYTHON names the interpreter that has numpy, where it is not the first on the path.
            string interpreter = Environment.GetEnvironmentVariable("PNN_PYTHON") ?? "python3";
            using var python = Process.Start(new ProcessStartInfo(interpreter, ["-c", script, argument]) { RedirectStandardOutput = true })!;
            string output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return (python.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no python3 here.");
            throw;
        }
    }
}
