using System.Runtime.InteropServices;

namespace PnnEdge.Cli.Composition;

/// <summary>Ctrl-C and SIGTERM as one cancellation: the command then makes its bench safe, keeps its run and ends.</summary>
public sealed class Interrupts : IDisposable
{
    /// <summary>Exit codes of a process that a signal ended: 128 + its number.</summary>
    public const int ExitCodeOfInterrupt = 130;
    public const int ExitCodeOfTermination = 143;

    private readonly CancellationTokenSource _cancellation = new();
    private readonly PosixSignalRegistration[] _registrations;
    private bool _deaf;
    private int _count;

    public Interrupts() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Take),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, Take),
    ];

    public CancellationToken Token => _cancellation.Token;

    /// <summary>0 while nothing interrupted the process.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Ctrl-C reaches every process of a terminal; one that another process started leaves the decision to that one.</summary>
    public void IgnoreInterrupt() => _deaf = true;

    /// <summary>What a signal does; for tests, which must not signal their own process.</summary>
    public void Interrupt(int exitCode)
    {
        ExitCode = exitCode;
        _cancellation.Cancel();
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _cancellation.Dispose();
    }

    private void Take(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (_deaf && signal.Signal is (PosixSignal.SIGINT or PosixSignal.SIGHUP))
        {
            return;
        }

        if (Interlocked.Increment(ref _count) == 1)
        {
            Interrupt(signal.Signal == PosixSignal.SIGINT ? ExitCodeOfInterrupt : ExitCodeOfTermination);
        }
        else
        {
            // Asked twice: the person wants out now. A device goes safe by itself when its lease lapses.
            Environment.Exit(ExitCode);
        }
    }
}
