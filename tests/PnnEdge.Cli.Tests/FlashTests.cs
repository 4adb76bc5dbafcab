using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
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

    [Fact]
    public async Task A_folder_for_the_browser_holds_the_official_parts_and_says_where_each_goes()
    {
        using CommandRun run = new();
        byte[] table = new byte[0xC00];
        Entry(table, 0, type: 0, subtype: 0, offset: 0x10000);
        Entry(table, 1, type: 1, subtype: 0x84, offset: 0x1E0000);
        Entry(table, 2, type: 1, subtype: 0x83, offset: 0x3C0000);
        Package(run, ("bootloader.bin", [1]), ("nanoCLR.bin", [2, 2]), ("partitions_4mb.bin", table), ("partitions_8mb.bin", [9]), ("nanoCLR.elf", [7]));
        await File.WriteAllBytesAsync(run.In("fw.bin"), [5, 5, 5]);
        string flasher = Script(run, "echo \"$@\" >> calls.txt; cp package.zip \"$3/ESP32_PSRAM_REV3-1.17.11.2.zip\"");
        Assert.Equal(ExitCode.Done, await run.RunAsync("flash", "--web", "site", "--image", "fw.bin", "--nanoff", flasher, "--json"));
        Assert.EndsWith("--platform esp32 --target ESP32_PSRAM_REV3", Assert.Single(await File.ReadAllLinesAsync(run.In("calls.txt"))), StringComparison.Ordinal);
        Assert.Equal(["bootloader.bin", "firmware.bin", "manifest.json", "nanoCLR.bin", "partitions_4mb.bin"], Directory.GetFiles(run.In("site")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal([5, 5, 5], await File.ReadAllBytesAsync(run.In("site/firmware.bin")));
        Assert.Equal([2, 2], await File.ReadAllBytesAsync(run.In("site/nanoCLR.bin")));
        JsonElement manifest = JsonDocument.Parse(await File.ReadAllTextAsync(run.In("site/manifest.json"))).RootElement;
        Assert.Equal("nanoFramework 1.17.11.2", manifest.GetProperty("version").GetString());
        Assert.True(manifest.GetProperty("new_install_prompt_erase").GetBoolean());
        JsonElement build = Assert.Single(manifest.GetProperty("builds").EnumerateArray());
        Assert.Equal("ESP32", build.GetProperty("chipFamily").GetString());
        Assert.Equal(
            ["bootloader.bin 4096", "partitions_4mb.bin 32768", "nanoCLR.bin 65536", "firmware.bin 1966080"],
            build.GetProperty("parts").EnumerateArray().Select(part => $"{part.GetProperty("path").GetString()} {part.GetProperty("offset").GetInt32()}"));
        Assert.Equal("site", Path.GetFileName(run.Json.GetProperty("folder").GetString()));
    }

    [Theory]
    [InlineData("has no partitions_16mb.bin", ExitCode.Failed, "--flash-size", "16")]
    [InlineData("Asked for --flash-size 3; possible are 2, 4, 8 and 16 MB.", ExitCode.Usage, "--flash-size", "3")]
    [InlineData("Asked for target ESP32_S3_ALL; the firmware's boards have an ESP32", ExitCode.Usage, "--target", "ESP32_S3_ALL")]
    [InlineData("--port is for a board, and --web touches none; leave it out.", ExitCode.Usage, "--port", "COM5")]
    [InlineData("There is no firmware image", ExitCode.Failed, "--image", "no.bin")]
    [InlineData("has no area for managed code", ExitCode.Failed, "--image", "package.zip")]
    public async Task A_folder_that_cannot_be_written_is_refused_in_one_sentence(string sentence, int code, params string[] arguments)
    {
        using CommandRun run = new();
        Package(run, ("bootloader.bin", [1]), ("nanoCLR.bin", [2]), ("partitions_4mb.bin", [0xFF, 0xFF]));
        string flasher = Script(run, "cp package.zip \"$3/ESP32_PSRAM_REV3-1.0.zip\"");
        Assert.Equal(code, await run.RunAsync(["flash", "--web", "site", "--nanoff", flasher, .. arguments]));
        Assert.Contains(sentence, run.LastErrorLine, StringComparison.Ordinal);
        Assert.False(File.Exists(run.In("site/manifest.json")));
    }

    [Theory]
    [InlineData("The flasher's package for ESP32_PSRAM_REV3 cannot be read: ", "echo junk > \"$3/ESP32_PSRAM_REV3-1.0.zip\"", "site")]
    [InlineData("The folder ", "cp package.zip \"$3/ESP32_PSRAM_REV3-1.0.zip\"", "package.zip")]
    public async Task A_package_that_is_none_and_a_folder_that_is_a_file_are_told(string sentence, string flasher, string folder)
    {
        using CommandRun run = new();
        Package(run, ("bootloader.bin", [1]));
        Assert.Equal(ExitCode.Failed, await run.RunAsync("flash", "--web", folder, "--nanoff", Script(run, flasher)));
        Assert.StartsWith(sentence, run.LastErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flasher_that_brings_no_package_is_told()
    {
        using CommandRun run = new();
        Assert.Equal(ExitCode.Failed, await run.RunAsync("flash", "--web", "site", "--target", "ESP32_NONE", "--nanoff", Script(run, "true")));
        Assert.Contains("brought no package for ESP32_NONE", run.LastErrorLine, StringComparison.Ordinal);
    }

    private static void Entry(byte[] table, int index, byte type, byte subtype, uint offset)
    {
        Span<byte> entry = table.AsSpan(32 * index, 32);
        (entry[0], entry[1], entry[2], entry[3]) = (0xAA, 0x50, type, subtype);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], offset);
    }

    private static void Package(CommandRun run, params (string Name, byte[] Content)[] files)
    {
        using ZipArchive zip = ZipFile.Open(run.In("package.zip"), ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in files)
        {
            using Stream entry = zip.CreateEntry(name).Open();
            entry.Write(content);
        }
    }

    [Theory]
    [InlineData("Which board? Give its serial port with --port, or a folder with --web.", ExitCode.Usage)]
    [InlineData("Which board? Give its serial port with --port, or a folder with --web.", ExitCode.Usage, "--port", "")]
    [InlineData("Asked for target ESP32_S3; the firmware's boards have an ESP32", ExitCode.Usage, "--port", "COM5", "--target", "ESP32_S3")]
    [InlineData("is no program that can be started; --nanoff says where the flasher lies.", ExitCode.Failed, "--port", "COM5", "--nanoff", ".")]
    [InlineData("--flash-size is for --web; a board tells its own.", ExitCode.Usage, "--port", "COM5", "--flash-size", "4")]
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
