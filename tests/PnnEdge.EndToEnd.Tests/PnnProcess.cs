using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PnnEdge.EndToEnd.Tests;

/// <summary>The built command as a real process, with everything it said. It is killed when the test ends.</summary>
internal sealed partial class PnnProcess : IDisposable
{
    // Far above what anything here takes: a busy machine must not fail a test.
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly List<string> _out = [];
    private readonly List<string> _error = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _command;
    private readonly TimeSpan _limit;

    private PnnProcess(string folder, ProcessStartInfo start, string[] arguments, TimeSpan limit)
    {
        _command = "pnn " + string.Join(' ', arguments);
        _limit = limit;
        foreach (string argument in arguments) { start.ArgumentList.Add(argument); }
        start.WorkingDirectory = folder;
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(folder, "cache");
        start.Environment.Remove("PNN_DATA");
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(_out, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(_error, line.Data);
        _process.Exited += (_, _) => _ended.TrySetResult();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public IReadOnlyList<string> Out => Copy(_out);

    public IReadOnlyList<string> Error => Copy(_error);

    public JsonElement Json => JsonDocument.Parse(Out[^1]).RootElement;

    public static PnnProcess Start(string folder, params string[] arguments) =>
        new(folder, new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "pnn.dll")]), arguments, DefaultLimit);

    /// <param name="build">Another build of the command: a program and the arguments before the command's own.</param>
    public static PnnProcess Start(string folder, ProcessStartInfo build, TimeSpan limit, params string[] arguments) => new(folder, build, arguments, limit);

    /// <summary>Runs to the end and expects success.</summary>
    public static async Task<PnnProcess> DoneAsync(string folder, params string[] arguments)
    {
        PnnProcess process = Start(folder, arguments);
        await process.SucceedsAsync();
        return process;
    }

    public async Task SucceedsAsync() => Assert.True(await ExitCodeAsync() == 0, Transcript());

    public async Task<int> ExitCodeAsync()
    {
        try
        {
            await _ended.Task.WaitAsync(_limit);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It did not end within {_limit.TotalSeconds} s.\n{Transcript()}");
        }

        await _process.WaitForExitAsync(); // the last lines, too
        return _process.ExitCode;
    }

    /// <summary>Waits for a line of either stream.</summary>
    public async Task<string> SaysAsync(string text, int times = 1)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            string[] found = [.. Out.Concat(Error).Where(line => line.Contains(text, StringComparison.Ordinal))];
            if (found.Length >= times) { return found[times - 1]; }
            bool isLate = TimeProvider.System.GetElapsedTime(start) > _limit || _process.HasExited;
            Assert.False(isLate, $"It never said \"{text}\" ({times} times).\n{Transcript()}");
            await Task.Delay(2);
        }
    }

    /// <summary>The process id of the virtual device that a trainer started.</summary>
    public async Task<int> DeviceIdAsync(int times = 1) =>
        int.Parse(DeviceLine().Match(await SaysAsync("runs as process", times)).Groups[1].Value, CultureInfo.InvariantCulture);

    public void Signal(string name) => Signal(_process.Id, name);

    public static void Signal(int processId, string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{processId}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    public static bool IsAlive(int processId)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static async Task GoneAsync(int processId)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (IsAlive(processId))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(20), $"Process {processId} is an orphan.");
            await Task.Delay(20);
        }
    }

    public string Transcript() => $"{_command}\n" + string.Join('\n', Out.Concat(Error));

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"runs as process (\d+)")]
    private static partial Regex DeviceLine();

    private static void Take(List<string> lines, string? line)
    {
        if (line is not null)
        {
            lock (lines) { lines.Add(line); }
        }
    }

    private static string[] Copy(List<string> lines)
    {
        lock (lines) { return [.. lines]; }
    }
}
