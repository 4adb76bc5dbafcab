namespace System
{
    // CoreLibrary 1.17.11: System/Exception.cs
    public class Exception
    {
        protected int HResult;

        public Exception() => throw null;

        public Exception(string message) => throw null;

        public Exception(string message, Exception innerException) => throw null;

        public virtual string Message => throw null;

        public Exception InnerException => throw null;

        public virtual string StackTrace => throw null;

        public override string ToString() => throw null;
    }

    // CoreLibrary 1.17.11: System/ArgumentException.cs
    public class ArgumentException : SystemException
    {
        public ArgumentException() => throw null;

        public ArgumentException(string message) => throw null;

        public ArgumentException(string message, Exception innerException) => throw null;

        public ArgumentException(string message, string paramName) => throw null;

        public ArgumentException(string message, string paramName, Exception innerException) => throw null;

        public override string Message => throw null;

        public virtual string ParamName => throw null;
    }

    // CoreLibrary 1.17.11: System/ArgumentNullException.cs
    public class ArgumentNullException : ArgumentException
    {
        public ArgumentNullException() => throw null;

        public ArgumentNullException(string paramName) => throw null;

        public ArgumentNullException(string message, Exception innerException) => throw null;

        public ArgumentNullException(string paramName, string message) => throw null;
    }

    // CoreLibrary 1.17.11: System/ArgumentOutOfRangeException.cs
    public class ArgumentOutOfRangeException : ArgumentException
    {
        public ArgumentOutOfRangeException() => throw null;

        public ArgumentOutOfRangeException(string paramName) => throw null;

        public ArgumentOutOfRangeException(string paramName, string message) => throw null;
    }

    // CoreLibrary 1.17.11: System/PlatformNotSupportedException.cs
    public class PlatformNotSupportedException : NotSupportedException
    {
        public PlatformNotSupportedException() => throw null;
    }

    // CoreLibrary 1.17.11: System/SystemException.cs
    public class SystemException : Exception
    {
        public SystemException() => throw null;

        public SystemException(string message) => throw null;

        public SystemException(string message, Exception innerException) => throw null;
    }

    // CoreLibrary 1.17.11: System/FormatException.cs
    public class FormatException : SystemException
    {
        public FormatException() => throw null;

        public FormatException(string message) => throw null;

        public FormatException(string message, Exception innerException) => throw null;
    }

    // CoreLibrary 1.17.11: System/IndexOutOfRangeException.cs
    public class IndexOutOfRangeException : SystemException
    {
        public IndexOutOfRangeException() => throw null;

        public IndexOutOfRangeException(string message) => throw null;

        public IndexOutOfRangeException(string message, Exception innerException) => throw null;
    }

    // CoreLibrary 1.17.11: System/InvalidCastException.cs
    public class InvalidCastException : SystemException
    {
        public InvalidCastException() => throw null;

        public InvalidCastException(string message) => throw null;

        public InvalidCastException(string message, Exception innerException) => throw null;
    }

    // CoreLibrary 1.17.11: System/InvalidOperationException.cs
    public class InvalidOperationException : SystemException
    {
        public InvalidOperationException() => throw null;

        public InvalidOperationException(string message) => throw null;

        public InvalidOperationException(string message, Exception innerException) => throw null;
    }

    // CoreLibrary 1.17.11: System/NotImplementedException.cs
    public class NotImplementedException : SystemException
    {
        public NotImplementedException() => throw null;

        public NotImplementedException(string message) => throw null;

        public NotImplementedException(string message, Exception innerException) => throw null;
    }

    // CoreLibrary 1.17.11: System/NotSupportedException.cs
    public class NotSupportedException : SystemException
    {
        public NotSupportedException() => throw null;

        public NotSupportedException(string message) => throw null;

        public NotSupportedException(string message, Exception innerException) => throw null;
    }

    // CoreLibrary 1.17.11: System/NullReferenceException.cs
    public class NullReferenceException : SystemException
    {
        public NullReferenceException() => throw null;

        public NullReferenceException(string message) => throw null;

        public NullReferenceException(string message, Exception innerException) => throw null;
    }

    // CoreLibrary 1.17.11: System/ObjectDisposedException.cs
    public class ObjectDisposedException : SystemException
    {
        public ObjectDisposedException() => throw null;

        public ObjectDisposedException(string message) => throw null;

        public ObjectDisposedException(string message, Exception innerException) => throw null;
    }

    // CoreLibrary 1.17.11: System/OutOfMemoryException.cs
    public class OutOfMemoryException : SystemException
    {
        public OutOfMemoryException() => throw null;

        public OutOfMemoryException(string message) => throw null;

        public OutOfMemoryException(string message, Exception innerException) => throw null;
    }

    // CoreLibrary 1.17.11: System/TimeoutException.cs
    public class TimeoutException : SystemException
    {
        public TimeoutException() => throw null;

        public TimeoutException(string message) => throw null;

        public TimeoutException(string message, Exception innerException) => throw null;
    }
}
