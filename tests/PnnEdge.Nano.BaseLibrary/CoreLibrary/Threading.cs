namespace System.Threading
{
    // CoreLibrary 1.17.11: System/Threading/ThreadStart.cs
    public delegate void ThreadStart();

    // CoreLibrary 1.17.11: System/Threading/Timer.cs
    public delegate void TimerCallback(object state);

    // CoreLibrary 1.17.11: System/Threading/ThreadPriority.cs
    public enum ThreadPriority
    {
        Lowest = 0,
        BelowNormal = 1,
        Normal = 2,
        AboveNormal = 3,
        Highest = 4,
    }

    // CoreLibrary 1.17.11: System/Threading/Thread.cs. Times are milliseconds; the TimeSpan overloads are left out.
    public sealed class Thread
    {
        public Thread(ThreadStart start) => throw null;

        public static Thread CurrentThread => throw null;

        public bool IsAlive => throw null;

        public int ManagedThreadId => throw null;

        public ThreadPriority Priority
        {
            get => throw null;
            set => throw null;
        }

        public static void Sleep(int millisecondsTimeout) => throw null;

        public static void SpinWait(int iterations) => throw null;

        public void Start() => throw null;

        public void Abort() => throw null;

        public void Join() => throw null;

        public bool Join(int millisecondsTimeout) => throw null;
    }

    // CoreLibrary 1.17.11: System/Threading/Monitor.cs
    public static class Monitor
    {
        public static void Enter(object obj) => throw null;

        public static void Exit(object obj) => throw null;
    }

    // CoreLibrary 1.17.11: System/Threading/Interlocked.cs
    public static class Interlocked
    {
        public static int CompareExchange(ref int location1, int value, int comparand) => throw null;

        public static int Decrement(ref int location) => throw null;

        public static int Exchange(ref int location1, int value) => throw null;

        public static int Increment(ref int location) => throw null;
    }

    // CoreLibrary 1.17.11: System/Threading/WaitHandle.cs
    public abstract class WaitHandle : MarshalByRefObject
    {
        public const int WaitTimeout = 0x102;

        public static bool WaitAll(WaitHandle[] waitHandles) => throw null;

        public static bool WaitAll(WaitHandle[] waitHandles, int millisecondsTimeout, bool exitContext) => throw null;

        public static int WaitAny(WaitHandle[] waitHandles) => throw null;

        public static int WaitAny(WaitHandle[] waitHandles, int millisecondsTimeout, bool exitContext) => throw null;

        public virtual bool WaitOne() => throw null;

        public virtual bool WaitOne(int millisecondsTimeout, bool exitContext) => throw null;
    }

    // CoreLibrary 1.17.11: System/Threading/AutoResetEvent.cs
    public sealed class AutoResetEvent : WaitHandle
    {
        public AutoResetEvent(bool initialState) => throw null;

        public bool Reset() => throw null;

        public bool Set() => throw null;
    }

    // CoreLibrary 1.17.11: System/Threading/ManualResetEvent.cs
    public sealed class ManualResetEvent : WaitHandle
    {
        public ManualResetEvent(bool initialState) => throw null;

        public bool Reset() => throw null;

        public bool Set() => throw null;
    }

    // CoreLibrary 1.17.11: System/Threading/Timeout.cs
    public static class Timeout
    {
        public const int Infinite = -1;
    }

    // CoreLibrary 1.17.11: System/Threading/Timer.cs
    public sealed class Timer : MarshalByRefObject, IDisposable
    {
        public Timer(TimerCallback callback, object state, int dueTime, int period) => throw null;

        public bool Change(int dueTime, int period) => throw null;

        public void Dispose() => throw null;
    }
}
