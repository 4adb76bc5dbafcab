namespace nanoFramework.Runtime.Native
{
    // Runtime.Native 1.7.11: nanoFramework.Runtime.Native/GC.cs
    public static class GC
    {
        public static uint Run(bool compactHeap) => throw null;
    }
}
