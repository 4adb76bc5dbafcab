using System.ComponentModel;
using System.Diagnostics;
using PnnEdge.Cli.Commands;
using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Core.Setup;

namespace PnnEdge.Cli.Tests;

/// <summary><c>pnn device provision --improv</c> on one end of a pseudo-terminal, the firmware's own service on the other.</summary>
public sealed class ImprovTests
{
    [Fact]
    public async Task A_board_on_a_serial_line_joins_the_network_that_it_is_told()
    {
        using CommandRun run = new();
        await File.WriteAllTextAsync(run.In("password"), "hush hush\n");
        using BoardOnALine board = new(joins: true);
        Assert.Equal(ExitCode.Done, await run.RunAsync("device", "provision", "--improv", await board.PortAsync(), "--wifi", "lab net", "--wifi-password-file", "password"));
        Assert.Equal(("lab net", "hush hush"), board.Asked);
        Assert.Equal("unit-3 (PnnEdge esp32-i2s 0.1.0) joined the network lab net.", run.Out.Trim());
        Assert.DoesNotContain("hush", run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_cannot_be_joined_is_one_sentence()
    {
        using CommandRun run = new();
        using BoardOnALine board = new(joins: false);
        Assert.Equal(ExitCode.Failed, await run.RunAsync("device", "provision", "--improv", await board.PortAsync(), "--wifi", "nowhere"));
        Assert.StartsWith("unit-3 (PnnEdge esp32-i2s 0.1.0) could not join the network nowhere;", run.LastErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_on_which_nobody_answers_is_one_sentence()
    {
        using CommandRun run = new();
        using BoardOnALine board = new(joins: true, isDeaf: true);
        Assert.Equal(ExitCode.Failed, await run.RunAsync("device", "provision", "--improv", await board.PortAsync(), "--wifi", "lab"));
        Assert.StartsWith("Nobody answers Improv at", run.LastErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no serial port /dev/no-such-port.", ExitCode.Failed, "--improv", "/dev/no-such-port", "--wifi", "lab")]
    [InlineData("The serial port /dev/null cannot be opened", ExitCode.Failed, "--improv", "/dev/null", "--wifi", "lab")]
    [InlineData("--improv needs the network; give its name with --wifi.", ExitCode.Usage, "--improv", "/dev/ttyUSB0")]
    [InlineData("--improv gives a running board its network and nothing else; leave out --broker.", ExitCode.Usage, "--improv", "/dev/ttyUSB0", "--wifi", "lab", "--broker", "h")]
    [InlineData("Which board? Give its serial port with --port, or --improv for its network alone.", ExitCode.Usage, "--board", "esp32-i2s")]
    [InlineData("A board needs its broker; give the host name with --broker.", ExitCode.Usage, "--port", "COM5", "--board", "esp32-i2s", "--device", "b")]
    public async Task What_cannot_be_done_is_said_in_one_sentence(string sentence, int code, params string[] arguments)
    {
        using CommandRun run = new();
        Assert.Equal(code, await run.RunAsync(["device", "provision", .. arguments]));
        Assert.StartsWith(sentence, run.LastErrorLine, StringComparison.Ordinal);
    }

    /// <summary>A pseudo-terminal that Python opens, and the service behind it.</summary>
    private sealed class BoardOnALine : ISetupLine, ISetupNetwork, IDisposable
    {
        private const string Relay = """
            import os, pty, sys, threading, tty
            master, slave = pty.openpty()
            tty.setraw(slave)
            print(os.ttyname(slave), flush=True)
            def up():
                while True:
                    data = os.read(master, 1024)
                    sys.stdout.buffer.write(data)
                    sys.stdout.buffer.flush()
            threading.Thread(target=up, daemon=True).start()
            while data := os.read(0, 1024):
                os.write(master, data)
            """;

        private readonly Process _python;
        private readonly bool _joins;
        private readonly bool _isDeaf;

        public BoardOnALine(bool joins, bool isDeaf = false)
        {
            Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: Windows has no pseudo-terminals of this kind");
            (_joins, _isDeaf) = (joins, isDeaf);
            try
            {
                _python = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("PNN_PYTHON") ?? "python3", ["-c", Relay]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            }
            catch (Win32Exception)
            {
                Assert.Skip("skipped: python3 not installed");
                throw;
            }
        }

        public (string Ssid, string Password)? Asked { get; private set; }

        /// <summary>Its name; from then on the board listens.</summary>
        public async Task<string> PortAsync()
        {
            Stream heard = _python.StandardOutput.BaseStream;
            List<byte> name = [];
            for (int next = heard.ReadByte(); next != '\n'; next = heard.ReadByte()) { name.Add((byte)next); }
            _ = Task.Run(() => Listen(heard));
            return await Task.FromResult(System.Text.Encoding.ASCII.GetString([.. name]));
        }

        public bool IsConnected() => Asked is not null;

        public bool Connect(string ssid, string password)
        {
            Asked = (ssid, password);
            return _joins;
        }

        public void Write(byte[] bytes, int count)
        {
            _python.StandardInput.BaseStream.Write(bytes, 0, count);
            _python.StandardInput.BaseStream.Flush();
        }

        public void Dispose()
        {
            _python.Kill();
            _python.Dispose();
        }

        private void Listen(Stream heard)
        {
            var service = new ImprovService(new Board { Name = "esp32-i2s", FirmwareVersion = "0.1.0" }, "ESP32", "unit-3", this, this);
            byte[] bytes = new byte[7]; // packets come in pieces
            for (int count = heard.Read(bytes); count > 0; count = heard.Read(bytes))
            {
                if (!_isDeaf) { service.Take(bytes, count); }
            }
        }
    }
}
