using PnnEdge.Optics.Scpi;

namespace PnnEdge.Optics.Instruments;

/// <summary>A connection that tells a transcript's lines as messages and answers pass; ends with the connection beneath it.</summary>
/// <param name="line">Told every whole message, as <see cref="TranscriptText"/> writes it.</param>
public sealed class RecordingStream(Stream connection, Action<string> line) : Stream
{
    private readonly MessageScanner _sent = new(ScpiConnection.MaxAnswerBytes);
    private readonly MessageScanner _answered = new(ScpiConnection.MaxAnswerBytes);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Tell(TranscriptText.Sent, _sent, buffer.Span);
        await connection.WriteAsync(buffer, cancellationToken);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await connection.ReadAsync(buffer, cancellationToken);
        Tell(TranscriptText.Answered, _answered, buffer.Span[..read]);
        return read;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => connection.FlushAsync(cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => connection.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) { connection.Dispose(); }
        base.Dispose(disposing);
    }

    private void Tell(string who, MessageScanner scanner, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[scanner.Take(bytes, out byte[]? message)..];
            if (message is not null) { line(who + TranscriptText.Of(message)); }
        }
    }
}
