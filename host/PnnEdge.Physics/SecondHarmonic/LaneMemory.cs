using System.Numerics;
using System.Runtime.InteropServices;

namespace PnnEdge.Physics.SecondHarmonic;

/// <summary>Some arrays of vectors, each beginning at a cache line: no vector lies across two. Where the runtime puts an array of vectors, half of them may.</summary>
/// <remarks>Measured: the transforms of <see cref="LaneWideTransform"/> take a fifth less.</remarks>
internal sealed class LaneMemory
{
    private const int LineBytes = 64;

    private readonly float[] _memory;
    private readonly int _first;
    private readonly int _arrayFloats;

    /// <param name="length">Vectors per array; a multiple of a line's.</param>
    public LaneMemory(int arrays, int length)
    {
        const int lineFloats = LineBytes / sizeof(float);
        _arrayFloats = length * Vector<float>.Count;
        _memory = GC.AllocateArray<float>(arrays * _arrayFloats + lineFloats, pinned: true);
        long beyond = Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0) % LineBytes;
        _first = beyond == 0 ? 0 : (int)(LineBytes - beyond) / sizeof(float);
    }

    /// <returns>[vector]; 0 to begin with.</returns>
    public Span<Vector<float>> this[int array] => MemoryMarshal.Cast<float, Vector<float>>(_memory.AsSpan(_first + array * _arrayFloats, _arrayFloats));
}
