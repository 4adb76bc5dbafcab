using System.Text.Json;
using PnnEdge.Cli.Commands;
using PnnEdge.Link.Tests.Support;

namespace PnnEdge.Cli.Tests;

/// <summary><c>pnn device provision</c> with a program in the flasher's place that keeps what it was given.</summary>
public sealed class ProvisionTests
{
    private static readonly string[] Plain = ["device", "provision", "--port", "COM5", "--board", "esp32-spi", "--device", "bench-1", "--broker", "10.0.0.2", "--no-tls"];
    private static readonly string[] Secured = Plain[..^1];

    [Fact]
    public async Task A_board_gets_its_setup_its_key_and_its_network_and_no_secret_is_left_behind()
    {
        using CommandRun run = new();
        string flasher = Script(run);
        await File.WriteAllTextAsync(run.In("password"), "hush hush\nsecond line\n");
        Assert.Equal(ExitCode.Done, await run.RunAsync(
            [.. Plain, "--serial", "7", "--key-file", "key", "--wifi", "lab net", "--wifi-password-file", "password", "--nanoff", flasher]));

        JsonElement files = JsonDocument.Parse(await File.ReadAllTextAsync(run.In("filedeployment.json"))).RootElement;
        Assert.Equal("COM5", files.GetProperty("SerialPort").GetString());
        Assert.Equal(["I:\\pnn.txt", "I:\\key"], files.GetProperty("Files").EnumerateArray().Select(file => file.GetProperty("DestinationFilePath").GetString()));
        Assert.Equal("board=esp32-spi\nsite=local\ndevice=bench-1\nserial=7\nbroker=10.0.0.2\nport=1883\ntls=no\n", await File.ReadAllTextAsync(run.In("pnn.txt")));
        byte[] key = Convert.FromHexString((await File.ReadAllTextAsync(run.In("key"))).Trim()), record = await File.ReadAllBytesAsync(run.In("key.record"));
        Assert.Equal(key, record[..32]);
        Assert.Equal(36, record.Length);
        JsonElement network = JsonDocument.Parse(await File.ReadAllTextAsync(run.In("networkdeployment.json"))).RootElement.GetProperty("WirelessClient");
        Assert.Equal(
            ("lab net", "hush hush", "AutoConnect"),
            (network.GetProperty("Ssid").GetString(), network.GetProperty("Password").GetString(), network.GetProperty("ConfigurationOption").GetString()));

        string folder = Path.GetDirectoryName((await File.ReadAllTextAsync(run.In("where"))).Trim())!;
        Assert.False(Directory.Exists(folder), "the folder with secrets is still there");
        Assert.DoesNotContain("hush", run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_board_that_speaks_TLS_gets_the_authority_and_its_own_certificate_and_key()
    {
        using CommandRun run = new();
        using TestAuthority authority = new();
        (string certificate, string key) = authority.Sign("bench-1");
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Secured, "--ca", authority.CertificateFile, "--cert", certificate, "--cert-key", key, "--sntp", "time.lab", "--nanoff", Script(run)]));

        JsonElement files = JsonDocument.Parse(await File.ReadAllTextAsync(run.In("filedeployment.json"))).RootElement.GetProperty("Files");
        Assert.Equal(
            [("I:\\ca.pem", authority.CertificateFile), ("I:\\device.pem", certificate), ("I:\\device.key", key)],
            files.EnumerateArray().Skip(1).Select(file => (file.GetProperty("DestinationFilePath").GetString()!, file.GetProperty("SourceFilePath").GetString()!)));
        Assert.EndsWith("port=8883\ntls=yes\nsntp=time.lab\n", await File.ReadAllTextAsync(run.In("pnn.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_the_certificates_never_comes_onto_a_board()
    {
        using CommandRun run = new();
        using TestAuthority authority = new();
        string certificate = authority.Sign("bench-1").CertificateFile, key = authority.Sign("other").KeyFile;
        Assert.Equal(ExitCode.Usage, await run.RunAsync([.. Secured, "--ca", authority.CertificateFile, "--cert", certificate, "--cert-key", key, "--nanoff", "nowhere"]));
        Assert.StartsWith($"The certificate {certificate} with the key {key} cannot be used", run.LastErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_the_flasher_could_not_put_on_the_board_is_told_although_it_ends_with_0()
    {
        using CommandRun run = new();
        string flasher = Script(run, "echo 'Deploying file pnn.txt to I:\\pnn.txt...'; echo 'Error deploying content file pnn.txt to I:\\pnn.txt'");
        Assert.Equal(ExitCode.Failed, await run.RunAsync([.. Plain, "--nanoff", flasher]));
        Assert.StartsWith("nanoff says 'Error deploying content file pnn.txt to I:", run.LastErrorLine, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task Printed_setups_touch_nothing_and_draw_no_key()
    {
        using CommandRun run = new();
        Assert.Equal(ExitCode.Done, await run.RunAsync([.. Plain, "--key-file", "key", "--print", "--nanoff", "nowhere"]));
        Assert.False(File.Exists(run.In("key")));
        Assert.Contains("would be set up, its network as it was, from its next start on", run.Out, StringComparison.Ordinal);
        Assert.Contains("tls=no", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TLS needs --ca, --cert and --cert-key; --no-tls speaks to the broker in the clear.", "--port", "COM5", "--board", "esp32-spi", "--device", "b", "--broker", "h")]
    [InlineData("--ca is for TLS, and --no-tls speaks to the broker in the clear; leave one of them out.", "--port", "COM5", "--board", "esp32-spi", "--device", "b", "--broker", "h", "--no-tls", "--ca", "here")]
    [InlineData("--sntp is for TLS, and --no-tls speaks to the broker in the clear; leave one of them out.", "--port", "COM5", "--board", "esp32-spi", "--device", "b", "--broker", "h", "--no-tls", "--sntp", "h")]
    [InlineData("Asked --sntp for 'time.lab:123'; possible is a host name or an address, without scheme and port.", "--port", "COM5", "--board", "esp32-spi", "--device", "b", "--broker", "h", "--sntp", "time.lab:123")]
    [InlineData("A password needs its network; give the name with --wifi.", "--port", "COM5", "--board", "esp32-spi", "--device", "b", "--broker", "h", "--no-tls", "--wifi-password-file", "here")]
    [InlineData("Asked --broker for 'mqtt://h'; possible is a host name or an address, without scheme and port.", "--port", "COM5", "--board", "esp32-spi", "--device", "b", "--broker", "mqtt://h", "--no-tls")]
    [InlineData("There is no board 'uno'; there are esp32-builtin, esp32-spi, esp32-i2s.", "--port", "COM5", "--board", "uno", "--device", "b", "--broker", "h")]
    public async Task What_is_missing_or_wrong_is_said_in_one_sentence(string sentence, params string[] arguments)
    {
        using CommandRun run = new();
        await File.WriteAllTextAsync(run.In("here"), "x");
        Assert.Equal(ExitCode.Usage, await run.RunAsync(["device", "provision", .. arguments]));
        Assert.Equal(sentence, run.LastErrorLine);
    }

    [Fact]
    public void The_boards_are_the_ESP32_boards_that_have_a_pin_map()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "PnnEdge.sln"))) { folder = Path.GetDirectoryName(folder)!; }
        Assert.Equal(
            Directory.EnumerateFiles(Path.Combine(folder, "hardware", "pins"), "esp32-*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            DeviceProvisionCommand.Boards.Order(StringComparer.Ordinal));
    }

    // Keeps the deployment, and copies of the files that it names, while they are there.
    private static string Script(CommandRun run, string says = "")
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: a shell script stands for the flasher");
        string path = run.In("nanoff");
        File.WriteAllText(path, $$"""
            #!/bin/sh
            cd '{{run.Folder}}'
            cp "$2" "${1#--}.json"
            echo "$2" > where
            folder=$(dirname "$2")
            [ -f "$folder/pnn.txt" ] && cp "$folder/pnn.txt" pnn.txt
            [ -f "$folder/storage/key" ] && cp "$folder/storage/key" key.record
            {{says}}
            exit 0
            """);
        if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); }
        return path;
    }
}
