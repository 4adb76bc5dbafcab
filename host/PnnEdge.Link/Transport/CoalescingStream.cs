using System.Net.Sockets;

namespace PnnEdge.Link.Transport;

/// <summary>
/// A connection's bytes with fewer system calls: reads take whatever has arrived (the MQTT library asks for every packet in
/// three pieces), and writes may be held back while more of them are certain to follow at once.
/// </summary>
internal sealed class CoalescingStream(Stream inner, Socket socket) : Stream
{
    private const int BufferBytes = 64 * 1024;

    private readonly byte[] _arrived = new byte[BufferBytes];
    private readonly byte[] _held = new byte[BufferBytes];
    private readonly SemaphoreSlim _writing = new(1, 1);
    private int _arrivedFrom;
    private int _arrivedTo;
    private int _heldBytes;
    private bool _holds;

    /// <summary>What the other side began with; -1 before it.</summary>
    public int FirstByte { get; private set; } = -1;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>From now on writes are kept; <see cref="ReleaseAsync"/> must follow soon.</summary>
    public void Hold() => Volatile.Write(ref _holds, true);

    /// <summary>Writes what was kept, in one piece.</summary>
    public async ValueTask ReleaseAsync()
    {
        Volatile.Write(ref _holds, false);
        await _writing.WaitAsync();
        try
        {
            await WriteHeldAsync(CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int ready = Math.Min(buffer.Length, _arrivedTo - _arrivedFrom);
        if (ready == 0)
        {
            return buffer.Length >= BufferBytes ? FetchAsync(buffer, cancellationToken) : FillAsync(buffer, cancellationToken);
        }

        return ValueTask.FromResult(TakeArrived(buffer, ready));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (buffer.Length > BufferBytes - _heldBytes)
            {
                await WriteHeldAsync(cancellationToken);
            }

            if (buffer.Length > BufferBytes || (_heldBytes == 0 && !Volatile.Read(ref _holds)))
            {
                await inner.WriteAsync(buffer, cancellationToken);
                return;
            }

            buffer.CopyTo(_held.AsMemory(_heldBytes));
            _heldBytes += buffer.Length;
            if (!Volatile.Read(ref _holds))
            {
                await WriteHeldAsync(cancellationToken);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> FillAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        _arrivedFrom = 0;
        _arrivedTo = 0;
        _arrivedTo = await FetchAsync(_arrived, cancellation);
        FirstByte = FirstByte < 0 && _arrivedTo != 0 ? _arrived[0] : FirstByte;
        return TakeArrived(buffer, Math.Min(buffer.Length, _arrivedTo));
    }

    private async ValueTask<int> FetchAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        int count = await inner.ReadAsync(buffer, cancellation);
        SocketTuning.AcknowledgeAtOnce(socket);
        return count;
    }

    private int TakeArrived(Memory<byte> buffer, int count)
    {
        _arrived.AsMemory(_arrivedFrom, count).CopyTo(buffer);
        _arrivedFrom += count;
        return count;
    }

    private async ValueTask WriteHeldAsync(CancellationToken cancellation)
    {
        if (_heldBytes != 0)
        {
            int count = _heldBytes;
            _heldBytes = 0;
            await inner.WriteAsync(_held.AsMemory(0, count), cancellation);
        }
    }
}
