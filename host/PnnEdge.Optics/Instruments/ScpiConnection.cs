using System.Net.Sockets;
using System.Text;
using PnnEdge.Optics.Scpi;

namespace PnnEdge.Optics.Instruments;

/// <summary>One controller's raw socket to an instrument: messages out, answers in, each within a time.</summary>
/// <param name="name">For sentences, such as <c>scpi://bench:5025</c>.</param>
/// <param name="dial">Opens the byte stream anew.</param>
/// <param name="patience">For one message or answer.</param>
public sealed class ScpiConnection(string name, Func<CancellationToken, Task<Stream>> dial, TimeSpan patience, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Spectra of many frames are the longest answer; no instrument sends more.</summary>
    public const int MaxAnswerBytes = 16 << 20;

    private readonly byte[] _buffer = new byte[64 << 10];
    private MessageScanner _scanner = new(MaxAnswerBytes);
    private Stream? _stream;
    private int _from;
    private int _to;

    public ScpiConnection(ScpiAddress address, TimeSpan patience, TimeProvider time)
        : this(address.ToString(), cancellation => DialAsync(address, cancellation), patience, time)
    {
    }

    public string Name => name;

    public bool IsOpen => _stream is not null;

    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async Task<Stream> DialAsync(ScpiAddress address, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="InstrumentLostException">Nobody answers there.</exception>
    public async Task OpenAsync()
    {
        await CloseAsync();
        (_scanner, _from, _to) = (new MessageScanner(MaxAnswerBytes), 0, 0);
        _stream = await Within("take the connection", dial);
    }

    /// <summary>One message or several, each with its line feed.</summary>
    /// <exception cref="InstrumentLostException">It could not be sent.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> messages)
    {
        Stream stream = Stream();
        await Within("take a message", async cancellation =>
        {
            await stream.WriteAsync(messages, cancellation);
            await stream.FlushAsync(cancellation);
            return 0;
        });
    }

    /// <summary>The next answer, without its line feed.</summary>
    /// <exception cref="InstrumentLostException">None came, or it was longer than <see cref="MaxAnswerBytes"/>.</exception>
    public async Task<byte[]> ReadAsync()
    {
        Stream stream = Stream();
        return await Within("answer", async cancellation =>
        {
            while (true)
            {
                _from += _scanner.Take(_buffer.AsSpan(_from.._to), out byte[]? answer);
                if (answer is not null)
                {
                    return !_scanner.WasTooLong ? answer : throw new IOException($"its answer is longer than {MaxAnswerBytes} bytes");
                }

                (_from, _to) = (0, await stream.ReadAsync(_buffer, cancellation));
                if (_to == 0) { throw new IOException("it closed the connection"); }
            }
        });
    }

    public async Task<string> ReadTextAsync() => Encoding.Latin1.GetString(await ReadAsync());

    public async Task CloseAsync()
    {
        if (_stream is not null) { await _stream.DisposeAsync(); }
        _stream = null;
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private Stream Stream() => _stream ?? throw new InstrumentLostException($"There is no connection to the instrument at {name}.");

    private async Task<T> Within<T>(string what, Func<CancellationToken, Task<T>> work)
    {
        using var limit = new CancellationTokenSource(patience, time);
        try
        {
            return await work(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new InstrumentLostException($"The instrument at {name} did not {what} within {patience.TotalSeconds:0.###} s.");
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            throw new InstrumentLostException($"The instrument at {name} did not {what}: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
