namespace PnnEdge.Optics.Tests.Support;

/// <summary>A connection without a socket: what is written goes to the other side at once, what it answers can be read. Without an answer it has closed the connection.</summary>
/// <param name="peer">From what was written to what is answered.</param>
internal sealed class PeerStream(Func<byte[], byte[]> peer) : Stream
{
    private readonly Queue<byte> _answers = new();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        foreach (byte b in peer(buffer.AsSpan(offset, count).ToArray())) { _answers.Enqueue(b); }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = 0;
        while (read < count && _answers.TryDequeue(out byte next)) { buffer[offset + read++] = next; }
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
