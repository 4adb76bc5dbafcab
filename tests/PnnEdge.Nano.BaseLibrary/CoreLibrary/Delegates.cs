namespace System
{
    // CoreLibrary 1.17.11: System/Delegate.cs
    public abstract class Delegate
    {
        public static bool operator ==(Delegate d1, Delegate d2) => throw null;

        public static bool operator !=(Delegate d1, Delegate d2) => throw null;

        public static Delegate Combine(Delegate a, Delegate b) => throw null;

        public static Delegate Remove(Delegate source, Delegate value) => throw null;

        public override bool Equals(object obj) => throw null;
    }

    // CoreLibrary 1.17.11: System/MulticastDelegate.cs
    public abstract class MulticastDelegate : Delegate
    {
        public static bool operator ==(MulticastDelegate d1, MulticastDelegate d2) => throw null;

        public static bool operator !=(MulticastDelegate d1, MulticastDelegate d2) => throw null;

        public override bool Equals(object obj) => throw null;
    }

    // CoreLibrary 1.17.11: System/IAsyncResult.cs
    public interface IAsyncResult
    {
    }

    // CoreLibrary 1.17.11: System/AsyncCallback.cs
    public delegate void AsyncCallback(IAsyncResult ar);

    // CoreLibrary 1.17.11: System/Action.cs. The generic ones exist, compile, and fail on the device: the IL check refuses them.
    public delegate void Action();

    // CoreLibrary 1.17.11: System/Action.cs
    public delegate void Action<in T>(T obj);

    // CoreLibrary 1.17.11: System/Action.cs
    public delegate void Action<in T1, in T2>(T1 arg1, T2 arg2);

    // CoreLibrary 1.17.11: System/Action.cs
    public delegate TResult Func<out TResult>();

    // CoreLibrary 1.17.11: System/Action.cs
    public delegate TResult Func<in T, out TResult>(T arg);

    // CoreLibrary 1.17.11: System/Action.cs
    public delegate TResult Func<in T1, in T2, out TResult>(T1 arg1, T2 arg2);

    // CoreLibrary 1.17.11: System/EventArgs.cs
    public class EventArgs
    {
        public static readonly EventArgs Empty;

        public EventArgs() => throw null;
    }

    // CoreLibrary 1.17.11: System/EventHandler.cs
    public delegate void EventHandler(object sender, EventArgs e);

    // CoreLibrary 1.17.11: System/EventHandler.cs. Refused by the IL check, as Func is.
    public delegate void EventHandler<TEventArgs>(object sender, TEventArgs e);
}
