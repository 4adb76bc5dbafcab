namespace System.Threading
{
    // System.Threading 1.1.52: nanoFramework.System.Threading/Threading/CancellationToken.cs
    public struct CancellationToken
    {
        private readonly CancellationTokenSource _source;
    }

    // System.Threading 1.1.52: nanoFramework.System.Threading/Threading/CancellationTokenSource.cs
    public class CancellationTokenSource : IDisposable
    {
        public CancellationTokenSource(int millisecondsDelay) => throw null;

        public CancellationToken Token => throw null;

        public void Dispose() => throw null;
    }
}
