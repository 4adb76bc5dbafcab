using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Rigs;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Systems;

/// <summary>Shutter and power monitor: the shutter opens only at a power inside the rig's limits, is seen to have moved, and closes by itself when it is not renewed.</summary>
public sealed class Interlock(RigLink link, LaserSettings limits, TimeProvider time)
{
    // A controller may count in ticks of its own.
    private const double HoldTolerance = 0.01;

    private long _renewed;

    /// <summary>As it was asked, or seen, last.</summary>
    public bool IsOpen { get; private set; }

    private double HoldSeconds => limits.HoldSeconds ?? LaserSettings.DefaultHoldSeconds;

    /// <exception cref="PhysicalSystemException">The power is outside the limits.</exception>
    public async Task<double> RequirePowerAsync()
    {
        double watts = await link.Monitor.AskNumberAsync(Operation.Power);
        return watts >= limits.MinWatts && watts <= limits.MaxWatts
            ? watts
            : throw new PhysicalSystemException($"The laser gives {watts * 1e3:0.###} mW; the rig is for {limits.MinWatts * 1e3:0.###} to {limits.MaxWatts * 1e3:0.###} mW.");
    }

    public async Task OpenAsync()
    {
        await RequirePowerAsync();
        await HoldAsync();
        IsOpen = true;
        await MoveAsync(Operation.ShutterOpen, "1");
    }

    /// <summary>Before every batch: the power is looked at, and the shutter opened where it is not, or not any more.</summary>
    public async Task RequireOpenAsync()
    {
        if (await IsStillOpenAsync()) { await RequirePowerAsync(); }
        else { await OpenAsync(); }
    }

    /// <summary>Before every load of frames: what was opened is held for another <see cref="LaserSettings.HoldSeconds"/>; one that has closed stays so.</summary>
    public Task RenewAsync()
    {
        _renewed = time.GetTimestamp();
        return link.Laser.DoIfKnownAsync(Operation.ShutterHold, new CommandArgument(Value: HoldSeconds));
    }

    /// <summary>Asks the shutter, where it can be asked: it may have closed by itself.</summary>
    /// <exception cref="PhysicalSystemException">It has closed before its hold was over, so somebody else or an interlock wants it closed.</exception>
    public async Task<bool> IsStillOpenAsync()
    {
        if (!IsOpen || !link.Laser.Dialect.Knows(Operation.IsShutterOpen)) { return IsOpen; }
        IsOpen = await StateAsync() == "1";
        bool isHeld = link.Laser.Dialect.Knows(Operation.ShutterHold) && HoldSeconds > 0;
        return IsOpen || (isHeld && time.GetElapsedTime(_renewed).TotalSeconds >= HoldSeconds * (1 - HoldTolerance))
            ? IsOpen
            : throw new PhysicalSystemException("The shutter has closed, and not for want of a command from here; look at its interlock, and who else speaks to it, before anything else.");
    }

    public async Task CloseAsync()
    {
        await MoveAsync(Operation.ShutterClose, "0");
        IsOpen = false;
    }

    /// <summary>A new connection begins with a closed shutter.</summary>
    public void Forget() => IsOpen = false;

    private async Task MoveAsync(Operation operation, string expected)
    {
        await link.Laser.DoAsync(operation);
        await link.Laser.RequireNoErrorAsync(operation.ToString());
        if (!link.Laser.Dialect.Knows(Operation.IsShutterOpen)) { return; }
        string state = await StateAsync();
        if (state != expected) { throw new PhysicalSystemException($"The shutter was told {operation} and says '{state}' where '{expected}' was expected; look at it before anything else."); }
    }

    private async Task HoldAsync()
    {
        if (!link.Laser.Dialect.Knows(Operation.ShutterHold)) { return; }
        await RenewAsync();
        await link.Laser.RequireNoErrorAsync(Operation.ShutterHold.ToString());
        double seconds = await link.Laser.AskNumberAsync(Operation.ReadShutterHold);
        bool isTaken = Math.Abs(seconds - HoldSeconds) <= HoldSeconds * HoldTolerance;
        if (!isTaken) { throw new PhysicalSystemException($"The shutter was told to close by itself after {HoldSeconds} s and says {seconds} s; choose a hold_seconds that it takes."); }
    }

    private async Task<string> StateAsync() => (await link.Laser.AskTextAsync(Operation.IsShutterOpen)).Trim();
}
