using PnnEdge.Optics.Instruments;
using PnnEdge.Training.Systems;

namespace PnnEdge.Optics.Systems;

/// <summary>Lost connections come back: everything is connected and prepared anew, the shutter closed first, and what was asked is asked again.</summary>
/// <param name="progress">Told in sentences.</param>
public sealed class Recovery(RigLink link, Interlock interlock, TimeProvider time, Action<string> progress)
{
    private static readonly TimeSpan[] Waits = [TimeSpan.Zero, TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    /// <summary>What was asked, repeats included.</summary>
    public long Sent { get; private set; }

    public long Retried { get; private set; }

    public long Refused { get; private set; }

    /// <exception cref="PhysicalSystemException">Nobody answers there.</exception>
    public async Task BeginAsync()
    {
        try
        {
            await link.OpenAsync();
        }
        catch (InstrumentLostException lost)
        {
            throw new PhysicalSystemException(lost.Message, lost);
        }
    }

    public Task SurelyAsync(Func<Task> work) => SurelyAsync(async () =>
    {
        await work();
        return 0;
    });

    /// <exception cref="PhysicalSystemException">The instrument refused, or stays lost.</exception>
    public async Task<T> SurelyAsync<T>(Func<Task<T>> work)
    {
        InstrumentLostException? last = null;
        foreach (TimeSpan wait in Waits)
        {
            try
            {
                if (last is not null)
                {
                    progress($"{last.Message} Connecting again.");
                    Retried++;
                    await Task.Delay(wait, time);
                    await ReopenAsync();
                }

                Sent++;
                return await work();
            }
            catch (InstrumentLostException lost)
            {
                last = lost;
            }
            catch (PhysicalSystemException)
            {
                Refused++;
                throw;
            }
        }

        throw new PhysicalSystemException(last!.Message, last);
    }

    /// <summary>Whatever state the connections are in.</summary>
    /// <returns>A sentence when it is not known to be closed.</returns>
    public async Task<string?> CloseShutterAsync()
    {
        Exception? last = null;
        foreach (bool again in new[] { false, true })
        {
            try
            {
                // A lost connection may still hold half an answer: the second try is on a new one.
                if (again || !link.Laser.IsOpen) { await link.Laser.OpenAsync(); }
                await interlock.CloseAsync();
                return null;
            }
            catch (Exception e) when (e is InstrumentLostException or PhysicalSystemException)
            {
                last = e;
            }
        }

        return link.Laser.Identity.Length == 0
            ? null // it was never reached, so nothing was opened
            : $"The shutter may be open: {last!.Message} Close it by hand.";
    }

    private async Task ReopenAsync()
    {
        interlock.Forget();
        await link.CloseAsync();
        await link.OpenAsync();
    }
}
