using PnnEdge.Optics.Dialects;
using PnnEdge.Optics.Rigs;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Systems;

/// <summary>Shutter and power monitor: the shutter opens only at a power inside the rig's limits, and is seen to have moved.</summary>
public sealed class Interlock(RigLink link, LaserSettings limits)
{
    /// <summary>What was asked of the shutter last.</summary>
    public bool IsOpen { get; private set; }

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
        IsOpen = true;
        await MoveAsync(Operation.ShutterOpen, "1");
    }

    /// <summary>Before every batch: the power is looked at, and the shutter opened where it is not.</summary>
    public async Task RequireOpenAsync()
    {
        if (IsOpen) { await RequirePowerAsync(); }
        else { await OpenAsync(); }
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
        string state = (await link.Laser.AskTextAsync(Operation.IsShutterOpen)).Trim();
        if (state != expected) { throw new PhysicalSystemException($"The shutter was told {operation} and says '{state}' where '{expected}' was expected; look at it before anything else."); }
    }
}
