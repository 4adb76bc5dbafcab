using PnnEdge.Cli.Commands;

namespace PnnEdge.Cli.Tests;

/// <summary><c>pnn flash</c> with a program in the flasher's place that writes down how it was called.</summary>
public sealed class FlashTests
{
    [Fact]
    public async Task The_interpreter_is_updated_and_then_the_firmware_is_deployed()
    {
        using CommandRun run = new();
        string flasher = Script(run, "echo \"$@\" >> calls.txt; echo working");
        string image = run.In("firmware.bin");
        await File.WriteAllBytesAsync(image, [1]);
        Assert.Equal(ExitCode.Done, await run.RunAsync("flash", "--port", "/dev/ttyUSB0", "--image", "firmware.bin", "--nanoff", flasher, "--json"));
        string[] expected =
        [
            "--update --target ESP32_PSRAM_REV3 --serialport /dev/ttyUSB0",
            $"--target ESP32_PSRAM_REV3 --serialport /dev/ttyUSB0 --deploy --image {image}",
        ];
        Assert.Equal(expected, await File.ReadAllLinesAsync(run.In("calls.txt")));
        Assert.Equal(expected.Select(line => $"{flasher} {line}"), run.Json.GetProperty("commands").EnumerateArray().Select(line => line.GetString()));
        Assert.Contains("working", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Printed_commands_are_not_run()
    {
        using CommandRun run = new();
        Assert.Equal(ExitCode.Done, await run.RunAsync("flash", "--port", "COM5", "--target", "ESP32_REV3", "--erase", "--print"));
        Assert.Equal("nanoff --update --target ESP32_REV3 --serialport COM5 --masserase", run.Out.Trim());
    }

    [Fact]
    public async Task A_flasher_that_fails_ends_the_flashing_and_says_with_which_command()
    {
        using CommandRun run = new();
        string flasher = Script(run, "echo \"$@\" >> calls.txt; echo 'E2003: cannot connect' >&2; exit 7");
        await File.WriteAllBytesAsync(run.In("firmware.bin"), [1]);
        Assert.Equal(ExitCode.Failed, await run.RunAsync("flash", "--port", "COM5", "--image", "firmware.bin", "--nanoff", flasher));
        Assert.Single(await File.ReadAllLinesAsync(run.In("calls.txt")));
        Assert.StartsWith($"'{flasher} --update --target ESP32_PSRAM_REV3 --serialport COM5' ended with exit code 7;", run.LastErrorLine, StringComparison.Ordinal);
        Assert.Contains("E2003", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no firmware image", ExitCode.Failed, "--port", "COM5", "--image", "no.bin")]
    [InlineData("With --keep-interpreter and no --image there is nothing to put on the board.", ExitCode.Usage, "--port", "COM5", "--keep-interpreter")]
    [InlineData("nowhere/nanoff is not there; 'dotnet tool install -g nanoff' installs it", ExitCode.Failed, "--port", "COM5", "--nanoff", "nowhere/nanoff")]
    public async Task What_cannot_be_flashed_is_refused_in_one_sentence(string sentence, int code, params string[] arguments)
    {
        using CommandRun run = new();
        Assert.Equal(code, await run.RunAsync(["flash", .. arguments]));
        Assert.Contains(sentence, run.LastErrorLine, StringComparison.Ordinal);
    }

    private static string Script(CommandRun run, string body)
    {
        string path = run.In("nanoff");
        File.WriteAllText(path, $"#!/bin/sh\ncd '{run.Folder}'\n{body}\n");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: a shell script stands for the flasher");
        if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); }
        return path;
    }
}
