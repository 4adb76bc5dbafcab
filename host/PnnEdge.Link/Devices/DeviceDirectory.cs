using System.Buffers;
using System.Text;
using PnnEdge.Link.Broker;
using PnnEdge.Link.Transport;
using PnnEdge.Training.Systems;
using PnnEdge.Wire;

namespace PnnEdge.Link.Devices;

/// <summary>Which devices a broker knows, from what they have left there retained; live while it is open.</summary>
public sealed class DeviceDirectory : IAsyncDisposable
{
    private const int LongestText = 16 * 1024;
    private static readonly TimeSpan SlowestStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(25);

    private readonly BrokerAddress _broker;
    private readonly TimeProvider _time;
    private readonly MqttConnection _connection;
    private readonly Lock _gate = new();
    private readonly Dictionary<DeviceAddress, DeviceEntry> _entries = [];

    private DeviceDirectory(BrokerAddress broker, TimeProvider time, Random random)
    {
        (_broker, _time) = (broker, time);
        _connection = new MqttConnection(
            new MqttPlan(broker, $"pnn-directory-{random.NextInt64():x16}")
            {
                Subscriptions = [Topics.EveryDevice(Topics.StateLeaf), Topics.EveryDevice(Topics.StatusLeaf)],
                Received = Take,
            },
            time,
            random);
        _connection.Start();
    }

    /// <summary>Connects; the entries arrive in the moments after.</summary>
    /// <exception cref="PhysicalSystemException">There is no broker; the sentence has its address and the cause.</exception>
    public static async Task<DeviceDirectory> OpenAsync(BrokerAddress broker, TimeSpan limit, TimeProvider time, Random random, CancellationToken cancellation)
    {
        DeviceDirectory directory = new(broker, time, random);
        try
        {
            long start = time.GetTimestamp();
            while (!directory._connection.IsConnected)
            {
                // A slow machine may not even have tried by then, and what it did not try it cannot say of the broker.
                TimeSpan waited = time.GetElapsedTime(start);
                if (waited >= limit && (directory._connection.HasTried || waited >= SlowestStart))
                {
                    throw new PhysicalSystemException($"There is no broker at {broker} ({directory._connection.Failure}).");
                }

                await Task.Delay(Step, time, cancellation);
            }

            return directory;
        }
        catch
        {
            await directory.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for the retained texts, then lists every device that has left any, by site and name.</summary>
    public async Task<IReadOnlyList<DeviceEntry>> ListAsync(TimeSpan settle, CancellationToken cancellation)
    {
        await Task.Delay(settle, _time, cancellation);
        return Entries();
    }

    /// <summary>The one device that is ready; waits for it to appear.</summary>
    /// <param name="settle">How long a second one may take to show up.</param>
    /// <exception cref="PhysicalSystemException">None, or more than one.</exception>
    public async Task<DeviceEntry> OnlyReadyAsync(TimeSpan settle, TimeSpan limit, CancellationToken cancellation)
    {
        long start = _time.GetTimestamp();
        while (true)
        {
            DeviceEntry[] ready = [.. (await ListAsync(settle, cancellation)).Where(entry => entry.IsReady)];
            if (ready.Length == 1)
            {
                return ready[0];
            }

            if (ready.Length > 1)
            {
                throw new PhysicalSystemException(
                    $"{ready.Length} devices are ready at {_broker}: {string.Join(", ", ready.Select(entry => entry.Address))}; name the one to use.");
            }

            if (_time.GetElapsedTime(start) >= limit)
            {
                DeviceEntry[] known = Entries();
                string others = known.Length == 0 ? "none has ever been there" : "known are " + string.Join(", ", known.Select(e => $"{e.Address} ({e.State})"));
                throw new PhysicalSystemException($"No device is ready at {_broker} after {limit.TotalSeconds:0.#} s; {others}.");
            }
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private DeviceEntry[] Entries()
    {
        lock (_gate)
        {
            return [.. _entries.Values.OrderBy(entry => entry.Address.Site, StringComparer.Ordinal).ThenBy(entry => entry.Address.Device, StringComparer.Ordinal)];
        }
    }

    private void Take(string topic, in ReadOnlySequence<byte> payload, bool retained)
    {
        string[] levels = topic.Split('/');
        if (levels.Length != 5 || payload.Length > LongestText || !Topics.IsName(levels[2]) || !Topics.IsName(levels[3]))
        {
            return;
        }

        DeviceAddress address = new(levels[2], levels[3]);
        string text = Encoding.UTF8.GetString(payload);
        lock (_gate)
        {
            if (text.Length == 0)
            {
                // An empty retained message is how MQTT forgets one.
                _entries.Remove(address);
                return;
            }

            DeviceEntry entry = _entries.GetValueOrDefault(address) ?? DeviceEntry.Empty(address);
            _entries[address] = levels[4] == Topics.StateLeaf ? entry.WithState(text) : entry.WithStatus(text);
        }
    }
}
