using System.Diagnostics;
using PnnEdge.Cli.Rendering;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Transport;

namespace PnnEdge.Cli.Composition;

/// <summary>A virtual device as a process of its own, started again whenever it dies. It ends with this process, however that ends.</summary>
internal sealed class DeviceProcess : IAsyncDisposable
{
    private const int MaxDeathsInARow = 5;

    private static readonly TimeSpan BeforeRestart = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);

    private readonly CliHost _host;
    private readonly IProgressView _view;
    private readonly BenchLoss _loss;
    private readonly BrokerAddress _broker;
    private readonly DeviceAddress _address;
    private readonly List<string> _arguments;
    private readonly string _storage;
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _firstReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _supervision = Task.CompletedTask;
    private string _lastError = string.Empty;
    private bool _wasReady;

    private DeviceProcess(CliHost host, IProgressView view, BenchLoss loss, BrokerAddress broker, DeviceAddress address, BenchRequest request, bool realTime)
    {
        (_host, _view, _loss, _broker, _address) = (host, view, loss, broker, address);
        _storage = Directory.CreateTempSubdirectory("pnn-device-").FullName;
        _arguments =
        [
            .. host.Self.Skip(1), "device", "run", Commands.DeviceRunCommand.WithParentOption,
            "--site", address.Site, "--device", address.Device, "--storage", _storage,
            "--system", request.System, .. request.UnitArguments(), .. realTime ? (string[])["--realtime"] : [],
        ];
    }

    /// <summary>Returns when the device is ready at the broker.</summary>
    /// <exception cref="OperationCanceledException">Interrupted, or lost: <paramref name="loss"/> says which.</exception>
    public static async Task<DeviceProcess> StartAsync(
        CliHost host, IProgressView view, BenchLoss loss, BrokerAddress broker, DeviceAddress address, BenchRequest request, bool realTime)
    {
        DeviceProcess device = new(host, view, loss, broker, address, request, realTime);
        device._supervision = Task.Run(device.SuperviseAsync);
        try
        {
            await device._firstReady.Task.WaitAsync(loss.Token);
            return device;
        }
        catch
        {
            await device.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _supervision;
        _ending.Dispose();
        if (Directory.Exists(_storage)) { Directory.Delete(_storage, recursive: true); }
    }

    private async Task SuperviseAsync()
    {
        for (int deaths = 0; !_ending.IsCancellationRequested;)
        {
            _wasReady = false;
            int code = await RunOnceAsync();
            if (_ending.IsCancellationRequested) { return; }
            deaths = _wasReady ? 1 : deaths + 1;
            if (deaths >= MaxDeathsInARow)
            {
                _loss.Lose($"The virtual device could not be kept running ({Cause(code)}).");
                return;
            }

            _view.Say($"The virtual device ended ({Cause(code)}); starting it again.");
            await Task.Delay(BeforeRestart, _host.Time, _ending.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task<int> RunOnceAsync()
    {
        var start = new ProcessStartInfo(_host.Self[0], _arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{_host.Self[0]} could not be started.");
        process.OutputDataReceived += (_, line) => TakeOutput(line.Data, process.Id);
        process.ErrorDataReceived += (_, line) => _lastError = string.IsNullOrWhiteSpace(line.Data) ? _lastError : line.Data;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.StandardInput.WriteLineAsync(_broker.ToSecretString());
            await process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It died before it read; its exit code says more than the broken pipe.
        }

        try
        {
            await process.WaitForExitAsync(_ending.Token);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process);
        }

        return process.ExitCode;
    }

    // Closing its input asks it to make its outputs safe, say goodbye to the broker, and end.
    private async Task EndAsync(Process process)
    {
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeToEnd, _host.Time);
        }
        catch (TimeoutException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private void TakeOutput(string? line, int processId)
    {
        if (!string.IsNullOrEmpty(line) && !_wasReady)
        {
            _wasReady = true;
            _view.Say($"The virtual device {_address} runs as process {processId}, at {_broker}.");
            _firstReady.TrySetResult();
        }
    }

    private string Cause(int code) => code switch
    {
        > 128 and < 160 => $"signal {code - 128}",
        _ when _lastError.Length > 0 => _lastError.TrimEnd('.'),
        _ => $"exit code {code}",
    };
}
