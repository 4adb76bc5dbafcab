using PnnEdge.Cli.Commands;

namespace PnnEdge.Cli.Tests;

public sealed class ErrorSentenceTests
{
    private const string StepRange =
        "possible is -0.5 to 0.5 (added: V of threshold on the circuit, windows on shg, relative frequency on the plate, relative coupling on oscillators).";

    [Theory]
    [InlineData(
        "There is no command 'trian' for 'pnn'; there are train, reproduce, compare, drift, transfer, twin, calibrate, doctor, export, import, deploy, infer, "
            + "device, optics, sim, flash, broker, data.",
        "trian")]
    [InlineData("'pnn device' needs a command: run, list, identify, reset, monitor, logs, provision, pack, update.", "device")]
    [InlineData("There is no option --epoch for 'pnn train'; did you mean --epochs?", "train", "--epoch", "3")]
    [InlineData("There is no option --frobnicate for 'pnn train'; 'pnn train --help' lists them.", "train", "vowels", "--frobnicate")]
    [InlineData("There is no task 'vowles'; there are vowels, mnist, generated.", "train", "vowles")]
    [InlineData("'extra' is one argument too many for 'pnn train'; 'pnn train --help' lists what it takes.", "train", "generated", "extra")]
    [InlineData("Asked for --epochs 0; possible is a whole number from 1 to 100000.", "train", "--epochs", "0")]
    [InlineData("Asked for --epochs -3; possible is a whole number from 1 to 100000.", "train", "--epochs", "-3")]
    [InlineData("Asked for --epochs NaN; possible is a whole number from 1 to 100000.", "train", "--epochs", "NaN")]
    [InlineData(
        "There is no experiment lens; there are circuit-codec-generated, circuit-codec-vowels, circuit-generated, circuit-mnist, circuit-vowels, "
            + "ladder-generated, ladder-vowels, oscillators-gap-mnist, oscillators-mnist, plate-mnist, shg-mnist, shg-vowels.",
        "reproduce", "--experiments", "lens")]
    [InlineData("Option --epochs needs a value.", "train", "--epochs")]
    [InlineData(
        "Asked for an instrument at 'scpi://lab:port'; an address looks like scpi://host or scpi://host:port, with port 5025 where none is given.",
        "train", "--system", "scpi://lab:port")]
    [InlineData(
        "--serial has no place beside an optical rig, which is there already; what is wrong with a simulated one says 'pnn sim optics'.",
        "train", "vowels", "--system", "scpi://lab", "--serial", "2")]
    [InlineData("--rig is for an optical rig or a Raspberry Pi; give its address with --system scpi://host:port, pi://local or pi://simulated.", "train", "--rig", "table")]
    [InlineData("Asked for a bench at 'pi://attic'; it is pi://local for the buses of this Raspberry Pi, or pi://simulated, and --rig names the rig.", "train", "--system", "pi://attic")]
    [InlineData("--serial has no place beside a bench on a Raspberry Pi's buses, which is there already; pi://simulated has such units.", "train", "--system", "pi://local", "--serial", "2")]
    [InlineData("--in-process has no place beside a bench on a Raspberry Pi's buses.", "train", "--system", "pi://simulated", "--in-process")]
    [InlineData("There is no file attic.yaml, and none of these rigs is called so: circuit, loopback.", "train", "--system", "pi://local", "--rig", "attic.yaml")]
    [InlineData("There is no file lens.yaml, and none of these rigs is called so: osa-display, table, table-dmd.", "train", "vowels", "--system", "scpi://lab", "--rig", "lens.yaml")]
    [InlineData("There is no file mumble, and none of these dialects is called so: pnnedge-table, thorlabs-pm100d, yokogawa-aq6374.", "sim", "optics", "--dialect", "mumble")]
    [InlineData("There is no modulator 'mirror'; there are slm, dmd.", "sim", "optics", "--modulator", "mirror")]
    [InlineData(
        "Asked for an instrument at 'lab'; an address looks like scpi://host or scpi://host:port, with port 5025 where none is given.",
        "optics", "record", "lab", "--dialect", "thorlabs-pm100d")]
    [InlineData(
        "There is no file mumble, and none of these dialects is called so: pnnedge-table, thorlabs-pm100d, yokogawa-aq6374.",
        "optics", "record", "scpi://lab", "--dialect", "mumble")]
    [InlineData("There is no system 'plate'; there are shg, shg-full.", "sim", "optics", "--system", "plate")]
    [InlineData(
        "Asked for fault adc.clip; of a device's converters the optical table has a detector's bits alone, it can inject drift.gain, drift.offset, drift.step, "
            + "drift.regime, adc.stuck, noise.hetero, temp.ramp, opt.dark, opt.phase, opt.power, opt.pixel, opt.bin, rig.swap.",
        "sim", "optics", "--fault", "adc.clip=0.2")]
    [InlineData("Asked fault adc.stuck for bit 16; the simulated spectrometer has bits 0 to 15.", "sim", "optics", "--fault", "adc.stuck=16")]
    [InlineData("Asked fault dac.stuck for static output 1; virtual-circuit has one, 0.", "train", "--fault", "dac.stuck=1")]
    [InlineData("Option --seeds was given 2 values; it takes one.", "train", "--seeds", "1", "--seeds", "2")]
    [InlineData(
        "There is no system 'lens'; there are circuit, circuit-codec, ladder, shg, shg-full, plate, oscillators, oscillators-gap, loopback, echo.",
        "device", "run", "--system", "lens")]
    [InlineData("Asked fault dac.stuck for static output 1; pi-circuit has one, 0.", "doctor", "--system", "pi://simulated", "--fault", "dac.stuck=1")]
    [InlineData(
        "Asked for fault dac.stuck; system loopback can inject drift.gain, drift.offset, adc.stuck, adc.clip, adc.inl, dac.gain, xtalk, noise.hetero, param.stale, param.bitflip, dev.reboot, rig.swap.",
        "doctor", "--system", "pi://simulated", "--rig", "loopback", "--fault", "dac.stuck")]
    [InlineData(
        "Asked for fault twin.bias; system circuit can inject drift.gain, drift.offset, drift.step, drift.regime, adc.stuck, adc.clip, adc.inl, dac.gain, dac.stuck, xtalk, memory, noise.hetero, param.stale, param.bitflip, dev.reboot, temp.ramp, rig.swap.",
        "train", "--system", "pi://simulated", "--fault", "twin.bias=0.5")]
    [InlineData("Asked fault adc.clip for \"3\"; possible is 0 to 1 (fraction of full scale).", "train", "--fault", "adc.clip=3")]
    [InlineData("Asked for fault rig.swap; with --ideal every unit is the nominal one.", "train", "--ideal", "--fault", "rig.swap=1")]
    [InlineData("Asked for fault noise.hetero; without noise there is none to add to.", "train", "--no-noise", "--fault", "noise.hetero")]
    [InlineData(
        "Asked fault drift.step 2 times, 0.7 together; " + StepRange,
        "train", "--fault", "drift.step=0.4", "drift.step=0.3@5")]
    [InlineData("Asked fault adc.stuck for bit 12; the measuring converter of virtual-circuit has bits 0 to 11.", "train", "--fault", "adc.stuck=12")]
    [InlineData("Asked fault dev.reboot to begin at shot \"soon\"; possible is a whole number from 0 to 1099511627775.", "train", "--fault", "dev.reboot=2@soon")]
    [InlineData(
        "Asked for fault opt.dark; system circuit can inject drift.gain, drift.offset, drift.step, drift.regime, adc.stuck, adc.clip, adc.inl, dac.gain, "
            + "dac.stuck, xtalk, memory, noise.hetero, twin.bias, param.stale, param.bitflip, dev.reboot, temp.ramp, rig.swap.",
        "train", "--fault", "opt.dark=0.1")]
    [InlineData(
        "Asked for fault drift.gian; system echo can inject adc.stuck, adc.clip, adc.inl, dac.gain, xtalk, param.stale, param.bitflip, dev.reboot.",
        "device", "run", "--system", "echo", "--fault", "drift.gian")]
    [InlineData(
        "Asked fault drift.step for \"9\"; " + StepRange,
        "train", "--fault", "drift.step=9")]
    [InlineData("--in-process has no wire, so --broker has no place beside it.", "train", "--in-process", "--broker", "mqtt://localhost")]
    [InlineData("--realtime needs a device in its own process; leave out --in-process.", "train", "--in-process", "--realtime")]
    [InlineData("--virtual starts a device at an outside broker; give its address with --broker.", "train", "--virtual")]
    [InlineData("--serial is for a virtual device that this command starts; with --broker add --virtual.", "train", "--broker", "mqtt://localhost", "--serial", "2")]
    [InlineData("\"localhost\" is not a broker address; one looks like mqtt://host:1883, mqtt://user:password@host:1883 or mqtts://host:8883?ca=ca.pem.", "train", "--broker", "localhost")]
    [InlineData("Asked for 5 seeds from 16777214 on; the last possible seed is 16777215.", "train", "--first-seed", "16777214", "--seeds", "5")]
    [InlineData("--resume takes its settings from the run's config.json; leave out --epochs.", "train", "--resume", "x", "--epochs", "3")]
    [InlineData("Asked for --port 65536; possible is a whole number from 0 to 65535.", "broker", "--port", "65536")]
    [InlineData("Asked for --site 'My Lab'; a name is 1 to 32 of a-z, 0-9 and '-', not beginning with '-'.", "device", "run", "--site", "My Lab")]
    [InlineData("Asked for --out ''; possible is the path of a folder.", "train", "--in-process", "--out", "")]
    [InlineData("Option --out needs a value.", "train", "--in-process", "--out=")]
    [InlineData("Asked for --resume ' '; possible is the path of a folder.", "train", "--resume", " ")]
    [InlineData("Asked for --data ''; possible is the path of a folder.", "train", "vowels", "--data", "")]
    [InlineData("Asked for --data ''; possible is the path of a folder.", "data", "list", "--data", "")]
    [InlineData("Asked for --out ''; possible is the path of a file.", "twin", "fit", "--in-process", "--out", "")]
    [InlineData("Asked for --recording ''; possible is the path of a file.", "twin", "fit", "--in-process", "--recording", "")]
    [InlineData("--from takes recorded shots and plays none; leave out --in-process.", "twin", "fit", "--from", "x.npz", "--in-process")]
    [InlineData("--from takes recorded shots and plays none; leave out --system.", "twin", "report", "twin.npz", "--from", "x.npz", "--system", "plate")]
    [InlineData("Asked for --storage ''; possible is the path of a folder.", "device", "run", "--storage", "")]
    [InlineData("Asked for --stage-shots 100; answers and test of this task take 627.", "drift", "--in-process", "--stage-shots", "100")]
    [InlineData("Asked for --frames 2; possible is a whole number from 3 to 10000.", "drift", "--frames", "2")]
    [InlineData("Asked for a drift of dev.reboot; that is a mishap of the device, after which it measures as before.", "drift", "--in-process", "--fault", "dev.reboot")]
    [InlineData("Asked for a drift of memory; it ties every shot to the one before, and the answers take turns on one bench.", "drift", "--in-process", "--fault", "memory")]
    [InlineData("Asked fault drift.step to begin at shot 20000 of the drift; 10 stages end at shot 20000.", "drift", "--in-process", "--fault", "drift.step=0.1@20000")]
    [InlineData(
        "Asked fault drift.step for \"9\"; " + StepRange,
        "drift", "--in-process", "--fault", "drift.step=9")]
    [InlineData("'pnn drift' works on virtual benches; with --broker add --virtual.", "drift", "--broker", "mqtt://localhost")]
    [InlineData("--from takes its settings from the run's config.json; leave out --epochs.", "drift", "--from", "x", "--epochs", "3")]
    [InlineData("--resume takes its settings from the run's config.json; leave out --fault.", "drift", "--resume", "x", "--fault", "drift.gain")]
    [InlineData("There is no refit 'most'; there are last, all.", "drift", "--refit", "most")]
    [InlineData("There is no refit 'All'; there are last, all.", "transfer", "--refit", "All")]
    [InlineData("--resume takes its settings from the run's config.json; leave out --refit.", "transfer", "--resume", "x", "--refit", "all")]
    [InlineData("Asked to transfer to unit 4, which the network is trained on; possible is any other serial number.", "transfer", "--in-process", "--serial", "4", "--to-serial", "4")]
    [InlineData("With --ideal every unit is the nominal one, and there is nothing to transfer to.", "transfer", "--in-process", "--ideal")]
    [InlineData("Asked for --passes 0; possible is a whole number from 1 to 1000000000.", "transfer", "--passes", "0")]
    public async Task A_wrong_command_line_gives_one_sentence_and_exit_code_2(string sentence, params string[] arguments)
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Usage, await run.RunAsync(arguments));
        Assert.Equal(sentence + Environment.NewLine, run.Error);
        Assert.Empty(run.Out);
        Assert.Empty(Directory.GetFileSystemEntries(run.Folder));
    }

    [Fact]
    public async Task With_json_the_sentence_is_also_the_last_line_of_standard_output()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Usage, await run.RunAsync("train", "--epochs", "0", "--json"));
        Assert.Equal("Asked for --epochs 0; possible is a whole number from 1 to 100000.", run.Json.GetProperty("error").GetString());
        Assert.Equal("error", Assert.Single(run.Json.EnumerateObject()).Name);
    }

    [Fact]
    public async Task A_missing_data_file_is_named_with_its_remedy_and_leaves_no_result_folder()
    {
        using var run = new CommandRun();
        Directory.CreateDirectory(run.In("data"));
        Assert.Equal(ExitCode.Failed, await run.With("PNN_DATA", run.In("data")).RunAsync("train", "mnist", "--in-process"));
        Assert.StartsWith($"The data file {run.In("data", "mnist", "train-images-idx3-ubyte.gz")} is not there (from PNN_DATA);", run.Error, StringComparison.Ordinal);
        Assert.Contains("'pnn data get mnist'", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(run.In("runs")));
    }

    [Fact]
    public async Task A_damaged_data_file_is_named_with_the_line_that_is_wrong()
    {
        using var run = new CommandRun();
        Directory.CreateDirectory(run.In("vowels"));
        File.WriteAllText(run.In("vowels", "vowels.csv"), "split,label,f0,f1,f2,f3,f4,f5,f6,f7,f8,f9,f10,f11\ntrain,9,1,1,1,1,1,1,1,1,1,1,1,1\n");
        Assert.Equal(ExitCode.Failed, await run.RunAsync("train", "vowels", "--in-process", "--data", run.Folder));
        Assert.Equal($"{run.In("vowels", "vowels.csv")}, line 2: the label is '9'; labels are 0 to 6.", run.Error.TrimEnd());
    }

    [Fact]
    public async Task A_result_folder_that_cannot_be_written_is_named()
    {
        using var run = new CommandRun();
        File.WriteAllText(run.In("file"), "in the way");
        Assert.Equal(ExitCode.Failed, await run.RunAsync("train", "--in-process", "--out", run.In("file", "below")));
        Assert.StartsWith($"The result folder {run.In("file", "below")} cannot be written: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Another_run_in_the_result_folder_is_not_overwritten()
    {
        using var run = new CommandRun();
        Directory.CreateDirectory(run.In("old"));
        File.WriteAllText(run.In("old", "config.json"), "{}");
        Assert.Equal(ExitCode.Failed, await run.RunAsync("train", "--in-process", "--out", "old"));
        Assert.Contains("already holds a run", run.Error, StringComparison.Ordinal);
        Assert.Equal("{}", File.ReadAllText(run.In("old", "config.json")));
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_named()
    {
        using var run = new CommandRun();

        // Port 1 (tcpmux) has no listener on any machine that runs tests.
        Assert.Equal(ExitCode.Failed, await run.RunAsync("device", "list", "--broker", "mqtt://127.0.0.1:1", "--json"));
        Assert.StartsWith("There is no broker at mqtt://127.0.0.1:1 (", run.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_training_without_a_bench_leaves_no_result_folder_and_promises_none()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Failed, await run.RunAsync("train", "--broker", "mqtt://127.0.0.1:1"));
        Assert.StartsWith("There is no broker at mqtt://127.0.0.1:1 (", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("the run is kept", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(run.Folder));
    }

    [Fact]
    public async Task A_broker_beyond_loopback_without_a_password_is_refused()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Failed, await run.RunAsync("broker", "--bind", "0.0.0.0"));
        Assert.Equal("Asked to listen on 0.0.0.0 without a user and a password; without them only a loopback address such as 127.0.0.1 is possible.", run.Error.TrimEnd());
    }

    [Fact]
    public async Task A_damaged_twin_file_is_named()
    {
        using var run = new CommandRun();
        File.WriteAllText(run.In("twin.npz"), "not an archive");
        Assert.Equal(ExitCode.Failed, await run.RunAsync("twin", "report", "twin.npz", "--in-process"));
        Assert.StartsWith($"{run.In("twin.npz")} is not readable: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void An_unexpected_exception_is_one_sentence_too()
    {
        Assert.Equal("Not this (unexpected NotSupportedException; --debug shows where).", Sentence.Of(new NotSupportedException("Not\nthis.")));
        Assert.Equal("Asked for 3 V.", Sentence.Of(new ArgumentOutOfRangeException("volts", 3.0, "Asked for 3 V.")));
    }
}
