using System.Text;
using PnnEdge.Firmware.Core.Setup;

namespace PnnEdge.Cli.Composition;

/// <summary>The computer's end of Improv Wi-Fi (improv-wifi.com/serial), over a line that is open.</summary>
internal sealed class ImprovClient(Stream line, TimeProvider time)
{
    private readonly ImprovReader _reader = new();
    private readonly byte[] _in = new byte[256];
    private readonly byte[] _out = new byte[ImprovPacket.MaxBytes];
    private int _inAt;
    private int _inCount;

    /// <summary>Who is there: firmware, version, chip and name; null where nobody answers in time.</summary>
    public async Task<IReadOnlyList<string>?> DeviceAsync(TimeSpan limit, CancellationToken cancellation)
    {
        await SendAsync(ImprovCommand.RequestDevice, [], cancellation);
        return await UntilAsync(limit, () => _reader.Type == ImprovType.Result && Command == ImprovCommand.RequestDevice ? Texts() : null, cancellation);
    }

    /// <summary>None once the device has joined; UnableToConnect, or what it did not understand; null where it says neither in time.</summary>
    public async Task<ImprovError?> SendNetworkAsync(string ssid, string password, TimeSpan limit, CancellationToken cancellation)
    {
        await SendAsync(ImprovCommand.SendNetwork, [Encoding.UTF8.GetBytes(ssid), Encoding.UTF8.GetBytes(password)], cancellation);
        return await UntilAsync(limit, Joined, cancellation);
    }

    private ImprovError? Joined() => _reader.Type switch
    {
        ImprovType.Result when Command == ImprovCommand.SendNetwork => ImprovError.None,
        ImprovType.Error when (ImprovError)_reader.Packet[ImprovPacket.DataAt] != ImprovError.None => (ImprovError)_reader.Packet[ImprovPacket.DataAt],
        _ => null,
    };

    private ImprovCommand Command => (ImprovCommand)_reader.Packet[ImprovPacket.DataAt];

    private async Task SendAsync(ImprovCommand command, byte[][] texts, CancellationToken cancellation)
    {
        int at = ImprovPacket.DataAt + ImprovPacket.CommandBytes;
        foreach (byte[] text in texts) { at = ImprovPacket.PutText(_out, at, text); }
        (_out[ImprovPacket.DataAt], _out[ImprovPacket.DataAt + 1]) = ((byte)command, (byte)(at - ImprovPacket.DataAt - ImprovPacket.CommandBytes));
        await line.WriteAsync(_out.AsMemory(0, ImprovPacket.Seal(_out, ImprovType.Command, at - ImprovPacket.DataAt)), cancellation);
        await line.FlushAsync(cancellation);
    }

    /// <summary>Reads packets until one of them is what is looked for.</summary>
    private async Task<T?> UntilAsync<T>(TimeSpan limit, Func<T?> look, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            while (true)
            {
                if (_inAt == _inCount) { (_inAt, _inCount) = (0, await line.ReadAsync(_in, stop.Token).AsTask().WaitAsync(stop.Token)); }
                if (_inCount == 0) { return default; }
                if (_reader.Take(_in[_inAt++]) && !_reader.IsBroken && look() is T found) { return found; }
            }
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return default;
        }
    }

    private List<string> Texts()
    {
        List<string> texts = [];
        int end = ImprovPacket.DataAt + _reader.DataBytes;
        for (int at = ImprovPacket.DataAt + ImprovPacket.CommandBytes; at < end && at + 1 + _reader.Packet[at] <= end; at += 1 + _reader.Packet[at])
        {
            texts.Add(Encoding.UTF8.GetString(_reader.Packet, at + 1, _reader.Packet[at]));
        }

        return texts;
    }
}
