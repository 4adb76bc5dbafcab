namespace System.IO
{
    // System.IO.Streams 1.1.96: System.IO.Streams/Stream.cs
    public abstract class Stream : MarshalByRefObject, IDisposable
    {
        public abstract long Length { get; }

        public void Dispose() => throw null;

        public abstract void Flush();

        public abstract int Read(byte[] buffer, int offset, int count);

        public abstract void Write(byte[] buffer, int offset, int count);
    }
}
