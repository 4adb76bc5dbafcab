namespace System.Collections
{
    // System.Collections 1.5.75: nanoFramework.System.Collections/Collections/Queue.cs
    public class Queue : ICollection, ICloneable
    {
        public Queue() => throw null;

        public virtual int Count => throw null;

        public virtual bool IsSynchronized => throw null;

        public virtual object SyncRoot => throw null;

        public virtual void Clear() => throw null;

        public virtual object Clone() => throw null;

        public virtual bool Contains(object obj) => throw null;

        public virtual void CopyTo(Array array, int index) => throw null;

        public virtual object Dequeue() => throw null;

        public virtual void Enqueue(object obj) => throw null;

        public virtual IEnumerator GetEnumerator() => throw null;

        public virtual object Peek() => throw null;

        public virtual object[] ToArray() => throw null;
    }

    // System.Collections 1.5.75: nanoFramework.System.Collections/Collections/DictionaryEntry.cs
    public class DictionaryEntry
    {
        public object Key;
        public object Value;

        public DictionaryEntry(object key, object value) => throw null;
    }

    // System.Collections 1.5.75: nanoFramework.System.Collections/Collections/IDictionary.cs
    public interface IDictionary : ICollection
    {
        bool IsReadOnly { get; }

        bool IsFixedSize { get; }

        ICollection Keys { get; }

        ICollection Values { get; }

        object this[object key] { get; set; }

        void Add(object key, object value);

        void Clear();

        bool Contains(object key);

        void Remove(object key);
    }

    // System.Collections 1.5.75: nanoFramework.System.Collections/Collections/Hashtable.cs
    public class Hashtable : ICloneable, IDictionary
    {
        public Hashtable() => throw null;

        public Hashtable(int capacity) => throw null;

        public Hashtable(int capacity, float loadFactor) => throw null;

        public int Count => throw null;

        public bool IsFixedSize => throw null;

        public bool IsReadOnly => throw null;

        public bool IsSynchronized => throw null;

        public ICollection Keys => throw null;

        public object SyncRoot => throw null;

        public ICollection Values => throw null;

        public object this[object key]
        {
            get => throw null;
            set => throw null;
        }

        public void Add(object key, object value) => throw null;

        public void Clear() => throw null;

        public object Clone() => throw null;

        public bool Contains(object key) => throw null;

        public void CopyTo(Array array, int arrayIndex) => throw null;

        public IEnumerator GetEnumerator() => throw null;

        public void Remove(object key) => throw null;
    }
}
