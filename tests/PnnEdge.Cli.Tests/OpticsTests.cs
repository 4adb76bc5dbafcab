using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Cli.Composition;

namespace PnnEdge.Cli.Tests;

/// <summary>The simulated optical table and a training on it, both inside this process, a socket between them.</summary>
public sealed class OpticsTests
{
    private const string Experiment = """
        system: shg
        task: generated
        data:
          scale_features: true
          validation_share: 0.2
        shot:
          data_slots: 50
          parameter_slots: 50
          windows: 50
          read_samples: 50
          drive_range_volts: [0, 1]
        network:
          layers: 1
          order: adjacent
          rescale: element
          train_skip: true
          skip_start: 1
          logit_sharpness: 4
        twin:
          kind: perceptron
          shots: 400
          shots_per_call: 50
          hidden_widths: [16]
          epochs: 3
          batch_shots: 50
          learning_rate: 2e-3
        training:
          epochs: 3
          batch_shots: 42
          learning_rate: 0.03
          max_gradient_norm: 5
          range_penalty_weight: 1
          range_penalty_sharpness: 25
        baseline:
          steps: 100
        """;

    [Fact]
    public async Task A_training_on_the_table_ends_with_its_usual_files()
    {
        await using var table = await RunningTable.StartAsync();
        using CommandRun train = Trainer();
        Assert.True(await train.RunAsync(Train(table.Address)) == 0, train.Error);
        Assert.Equal("optical-table", train.Json.GetProperty("system").GetString());
        Assert.True(train.Json.GetProperty("frames").GetProperty("sent").GetInt64() > 0);
        Assert.True(File.Exists(train.In("run", "parameters-seed1.npz")));
    }

    [Fact]
    public async Task A_run_that_began_on_one_table_does_not_go_on_on_another()
    {
        await using var first = await RunningTable.StartAsync();
        await using var second = await RunningTable.StartAsync("--serial", "2");
        using CommandRun train = Trainer();
        Assert.True(await train.RunAsync(Train(first.Address)) == 0, train.Error);
        Assert.Equal(1, await train.RunAsync("train", "--resume", train.In("run"), "--system", second.Address));
        Assert.Equal("The run began on optical-table#1, and this bench is optical-table#2; put the run's own bench back, or start a new run.", train.LastErrorLine);
        Assert.True(await train.RunAsync("train", "--resume", train.In("run"), "--system", first.Address) == 0, train.Error);
    }

    [Fact]
    public async Task A_table_with_a_mirror_device_is_trained_on_with_its_own_rig_and_refuses_the_frames_of_another()
    {
        await using var table = await RunningTable.StartAsync("--modulator", "dmd");
        using CommandRun train = Trainer(), wrong = Trainer();
        Assert.True(await train.RunAsync([.. Train(table.Address), "--rig", "table-dmd"]) == 0, train.Error);
        Assert.Equal("optical-table-dmd", train.Json.GetProperty("system").GetString());
        Assert.Equal(1, await wrong.RunAsync(Train(table.Address)));
        Assert.Contains("refused a frame or its measurement: -161, Invalid block data: a frame has 10280 bytes, 40960 came", wrong.LastErrorLine, StringComparison.Ordinal); // 64 of an SLM's frames
    }

    [Fact]
    public async Task An_instrument_is_recorded_into_a_transcript()
    {
        await using var table = await RunningTable.StartAsync();
        using var record = new CommandRun();
        Assert.True(await record.RunAsync("optics", "record", table.Address, "--dialect", "pnnedge-table", "--out", "said.txt", "--note", "On the desk.", "--json") == 0, record.Error);
        Assert.Equal(64, record.Json.GetProperty("readings").GetInt32());
        string[] lines = await File.ReadAllLinesAsync(record.In("said.txt"), TestContext.Current.CancellationToken);
        Assert.EndsWith("; all was understood.", lines[0], StringComparison.Ordinal);
        Assert.Equal(["# dialect: pnnedge-table", "# On the desk.", "> *IDN?", "< PnnEdge,Optical table,1,0.1", "> SHUT OFF"], lines[1..6]);
        Assert.Equal(lines.Length - 3, record.Json.GetProperty("lines").GetInt32());
    }

    [Fact]
    public async Task A_recording_that_fails_keeps_what_was_said_and_why_it_ended()
    {
        await using var table = await RunningTable.StartAsync();
        using var record = new CommandRun();
        Assert.Equal(1, await record.RunAsync("optics", "record", table.Address, "--dialect", "thorlabs-pm100d", "--out", "said.txt"));
        string why = $"The instrument at {table.Address} is 'PnnEdge,Optical table,1,0.1'; dialect thorlabs-pm100d is for 'Thorlabs,PM100'";
        Assert.Equal($"{why}; what was said until then is in {record.In("said.txt")}.", record.LastErrorLine);
        string[] lines = await File.ReadAllLinesAsync(record.In("said.txt"), TestContext.Current.CancellationToken);
        Assert.EndsWith($"; {why}.", lines[0], StringComparison.Ordinal);
        Assert.Equal(["> *IDN?", "< PnnEdge,Optical table,1,0.1"], lines[2..]);
    }

    [Fact]
    public async Task The_same_training_on_the_same_unit_twice_has_the_same_bits()
    {
        byte[][] parameters = new byte[2][];
        for (int again = 0; again < 2; again++)
        {
            await using var table = await RunningTable.StartAsync("--serial", "3");
            using CommandRun train = Trainer();
            Assert.Equal(0, await train.RunAsync(Train(table.Address)));
            parameters[again] = await File.ReadAllBytesAsync(train.In("run", "parameters-seed1.npz"), TestContext.Current.CancellationToken);
        }

        Assert.Equal(parameters[0], parameters[1]);
    }

    [Fact]
    public async Task A_training_that_was_interrupted_and_resumed_has_the_bits_of_one_that_was_not()
    {
        await using var table = await RunningTable.StartAsync();
        using CommandRun whole = Trainer(), halves = Trainer();
        string[] train = Train(table.Address);
        Assert.Equal(0, await whole.RunAsync(train));
        (int code, string sentence) = await InterruptedRun.AtAsync("physics-aware training", halves.Folder, [.. train.Except(["--quiet", "--json"])]);
        Assert.Equal(Interrupts.ExitCodeOfInterrupt, code);
        Assert.Equal($"Interrupted; the outputs are safe, and 'pnn train --resume {halves.In("run")} --system {table.Address} --rig table' goes on from here.", sentence);
        Assert.Equal(0, await halves.RunAsync("train", "--resume", "run", "--system", table.Address, "--quiet"));
        foreach (string file in new[] { "parameters-seed1.npz", "twin-seed1.npz", "metrics.jsonl" })
        {
            Assert.Equal(File.ReadAllBytes(whole.In("run", file)), File.ReadAllBytes(halves.In("run", file)));
        }
    }

    [Theory]
    [InlineData("opt.dark@2000", "The dark level of bin ")]
    [InlineData("opt.power@2000", "The laser's power has changed by -")]
    [InlineData("opt.phase@2000", "The reference spectrum's shape has moved by ")]
    public async Task A_fault_of_the_light_ends_the_training_in_one_sentence_with_the_run_kept(string fault, string sentence)
    {
        await using var table = await RunningTable.StartAsync("--fault", fault);
        using CommandRun train = Trainer();
        string rig = await File.ReadAllTextAsync(RigFile(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(train.In("rig.yaml"), rig.Replace("every_shots: 10000", "every_shots: 1000", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(1, await train.RunAsync([.. Train(table.Address), "--rig", train.In("rig.yaml")]));
        Assert.StartsWith(sentence, train.LastErrorLine, StringComparison.Ordinal);
        Assert.Contains($"--system {table.Address} --rig {train.In("rig.yaml")}' goes on from here", train.LastErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_finds_a_detector_s_lost_bit_and_refuses_a_plug_that_light_has_not()
    {
        await using var table = await RunningTable.StartAsync("--fault", "adc.stuck=5");
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Failed, await run.RunAsync("doctor", "--system", table.Address, "--json", "--quiet"));
        JsonElement stuck = run.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("check").GetString() == "stuck");
        Assert.StartsWith("Bit 5 of the readings never changes", stuck.GetProperty("advice").GetString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, await run.RunAsync("doctor", "--system", table.Address, "--loopback", "--quiet"));
        Assert.Equal("Asked for --loopback; optical-table#1 is light from its outputs to its inputs, and takes no plug.", run.LastErrorLine);
    }

    [Fact]
    public async Task A_table_on_a_port_that_is_taken_says_so()
    {
        await using var table = await RunningTable.StartAsync();
        using var second = new CommandRun();
        string port = table.Address.Split(':')[^1];
        Assert.Equal(1, await second.RunAsync("sim", "optics", "--port", port));
        Assert.StartsWith($"The optical table cannot listen on port {port}: ", second.LastErrorLine, StringComparison.Ordinal);
    }

    private static string[] Train(string address) => ["train", "--experiment", "tiny-shg.yaml", "--system", address, "--out", "run", "--quiet", "--json"];

    private static CommandRun Trainer()
    {
        var run = new CommandRun();
        File.WriteAllText(run.In("tiny-shg.yaml"), Experiment);
        return run;
    }

    /// <summary>The rig that the library carries, from the repository.</summary>
    private static string RigFile()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "PnnEdge.sln"))) { folder = Path.GetDirectoryName(folder); }
        return Path.Combine(folder!, "host", "PnnEdge.Optics", "Rigs", "table.yaml");
    }

    /// <summary><c>pnn sim optics</c> on a free port until it is disposed.</summary>
    private sealed class RunningTable : IAsyncDisposable
    {
        private readonly CommandRun _run = new();
        private Task<int> _ended = Task.FromResult(0);

        public string Address { get; private set; } = string.Empty;

        public static async Task<RunningTable> StartAsync(params string[] options)
        {
            var table = new RunningTable();
            table._ended = Task.Run(() => table._run.RunAsync(["sim", "optics", "--port", "0", "--json", .. options]));
            while (!table._ended.IsCompleted && !table._run.Out.Contains('\n')) { await Task.Delay(5); }
            Assert.False(table._ended.IsCompleted, table._run.Error);
            JsonElement ready = table._run.Json;
            Assert.Equal("pnnedge-table", ready.GetProperty("dialect").GetString());
            table.Address = ready.GetProperty("address").GetString()!;
            return table;
        }

        public async ValueTask DisposeAsync()
        {
            _run.Interrupts.Interrupt(Commands.ExitCode.Done);
            await _ended;
            _run.Dispose();
        }
    }
}
