using System.Collections;

namespace System
{
    // CoreLibrary 1.17.11: System/Object.cs
    public class Object
    {
        public Object()
        {
        }

        public static bool Equals(object objA, object objB) => throw null;

        public static bool ReferenceEquals(object objA, object objB) => throw null;

        public virtual bool Equals(object obj) => throw null;

        public virtual int GetHashCode() => throw null;

        public Type GetType() => throw null;

        public virtual string ToString() => throw null;

        protected object MemberwiseClone() => throw null;
    }

    // CoreLibrary 1.17.11: System/ValueType.cs
    public abstract class ValueType
    {
        public override bool Equals(object obj) => throw null;
    }

    // CoreLibrary 1.17.11: System/Enum.cs
    public abstract class Enum : ValueType
    {
        public bool HasFlag(Enum flag) => throw null;

        public override string ToString() => throw null;
    }

    // CoreLibrary 1.17.11: System/Type.cs. Of reflection only what the loader of updates needs: firmware names its types.
    public abstract class Type : Reflection.MemberInfo
    {
        public abstract string FullName { get; }

        public static Type GetTypeFromHandle(RuntimeTypeHandle handle) => throw null;

        public Reflection.MethodInfo GetMethod(string name) => throw null;
    }

    // CoreLibrary 1.17.11: System/RuntimeTypeHandle.cs
    public struct RuntimeTypeHandle
    {
    }

    // CoreLibrary 1.17.11: System/RuntimeFieldHandle.cs
    public struct RuntimeFieldHandle
    {
    }

    // CoreLibrary 1.17.11: System/RuntimeMethodHandle.cs
    public struct RuntimeMethodHandle
    {
    }

    // CoreLibrary 1.17.11: System/Array.cs
    public abstract class Array : ICloneable, IList
    {
        int ICollection.Count => throw null;

        public int Length => throw null;

        public object SyncRoot => throw null;

        public bool IsReadOnly => throw null;

        public bool IsFixedSize => throw null;

        public bool IsSynchronized => throw null;

        object IList.this[int index]
        {
            get => throw null;
            set => throw null;
        }

        public static Array CreateInstance(Type elementType, int length) => throw null;

        public static void Copy(Array sourceArray, Array destinationArray, int length) => throw null;

        public static void Copy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length) => throw null;

        public static void Clear(Array array, int index, int length) => throw null;

        public static int BinarySearch(Array array, object value, IComparer comparer) => throw null;

        public static int BinarySearch(Array array, int index, int length, object value, IComparer comparer) => throw null;

        public static int IndexOf(Array array, object value) => throw null;

        public static int IndexOf(Array array, object value, int startIndex) => throw null;

        public static int IndexOf(Array array, object value, int startIndex, int count) => throw null;

        public object GetValue(int index) => throw null;

        public object Clone() => throw null;

        public void CopyTo(Array array, int index) => throw null;

        public IEnumerator GetEnumerator() => throw null;

        int IList.Add(object value) => throw null;

        bool IList.Contains(object value) => throw null;

        void IList.Clear() => throw null;

        int IList.IndexOf(object value) => throw null;

        void IList.Insert(int index, object value) => throw null;

        void IList.Remove(object value) => throw null;

        void IList.RemoveAt(int index) => throw null;
    }

    // CoreLibrary 1.17.11: System/ICloneable.cs
    public interface ICloneable
    {
        object Clone();
    }

    // CoreLibrary 1.17.11: System/IComparable.cs
    public interface IComparable
    {
        int CompareTo(object obj);
    }

    // CoreLibrary 1.17.11: System/IDisposable.cs
    public interface IDisposable
    {
        void Dispose();
    }

    // CoreLibrary 1.17.11: System/MarshalByRefObject.cs
    public abstract class MarshalByRefObject
    {
    }

    // CoreLibrary 1.17.11: System/Random.cs
    public class Random
    {
        public Random() => throw null;

        public Random(int seed) => throw null;

        public virtual int Next() => throw null;

        public virtual int Next(int maxValue) => throw null;

        public virtual double NextDouble() => throw null;

        public virtual void NextBytes(byte[] buffer) => throw null;
    }

    // CoreLibrary 1.17.11: System/SpanByte.cs
    public readonly ref struct SpanByte
    {
        private readonly byte[] _array;

        public SpanByte(byte[] array) => throw null;

        public SpanByte(byte[] array, int start, int length) => throw null;

        public static SpanByte Empty => throw null;

        public int Length => throw null;

        public bool IsEmpty => throw null;

        public byte this[int index]
        {
            get => throw null;
            set => throw null;
        }

        public static implicit operator SpanByte(byte[] array) => throw null;

        public void CopyTo(SpanByte destination) => throw null;

        public SpanByte Slice(int start) => throw null;

        public SpanByte Slice(int start, int length) => throw null;

        public byte[] ToArray() => throw null;
    }

    // CoreLibrary 1.17.11: System/DateTime.cs
    public struct DateTime
    {
        public static DateTime UtcNow => throw null;

        public int Year => throw null;
    }

    // CoreLibrary 1.17.11: System/BitConverter.cs
    public static class BitConverter
    {
        public static bool IsLittleEndian => throw null;

        public static long DoubleToInt64Bits(double value) => throw null;

        public static double Int64BitsToDouble(long value) => throw null;

        public static byte[] GetBytes(bool value) => throw null;

        public static byte[] GetBytes(char value) => throw null;

        public static byte[] GetBytes(double value) => throw null;

        public static byte[] GetBytes(float value) => throw null;

        public static byte[] GetBytes(int value) => throw null;

        public static byte[] GetBytes(long value) => throw null;

        public static byte[] GetBytes(short value) => throw null;

        public static byte[] GetBytes(uint value) => throw null;

        public static byte[] GetBytes(ulong value) => throw null;

        public static byte[] GetBytes(ushort value) => throw null;

        public static bool ToBoolean(byte[] value, int startIndex) => throw null;

        public static char ToChar(byte[] value, int startIndex) => throw null;

        public static double ToDouble(byte[] value, int startIndex) => throw null;

        public static short ToInt16(byte[] value, int startIndex) => throw null;

        public static int ToInt32(byte[] value, int startIndex) => throw null;

        public static long ToInt64(byte[] value, int startIndex) => throw null;

        public static float ToSingle(byte[] value, int startIndex) => throw null;

        public static ushort ToUInt16(byte[] value, int startIndex) => throw null;

        public static uint ToUInt32(byte[] value, int startIndex) => throw null;

        public static ulong ToUInt64(byte[] value, int startIndex) => throw null;
    }
}
