using System.Numerics;
using System.Runtime.InteropServices;
using PnnEdge.Numerics.Linear;
using static PnnEdge.Physics.Numeric.LaneMath;
using static PnnEdge.Physics.Numeric.LaneSine;

namespace PnnEdge.Physics.Oscillators;

/// <summary>The equation of motion for some shots, one a row: a = factor·(sin(g·q)·Q) − sin(g·q) + e, with one matrix product.</summary>
internal sealed class OscillatorAcceleration(int oscillators, int maxShots)
{
    private readonly int _stride = OscillatorField.StrideFor(oscillators);
    private readonly float[] _sines = new float[maxShots * OscillatorField.StrideFor(oscillators)];

    /// <summary>[shot].</summary>
    public OscillatorShot[] Shots { get; } = new OscillatorShot[maxShots];

    /// <summary>[shot, stride], of the last evaluation.</summary>
    public float[] Values { get; } = new float[maxShots * OscillatorField.StrideFor(oscillators)];

    /// <param name="position">[shot, stride], rad.</param>
    /// <param name="tape">Records the sines and their slopes as its <paramref name="evaluation"/>; null for no record.</param>
    public void At(float[] position, OscillatorField field, int shots, OscillatorTape? tape, int evaluation)
    {
        int length = shots * _stride;
        Span<float> sines = tape is null ? _sines.AsSpan(0, length) : tape.Sines.AsSpan(tape.At(evaluation, shots), length);
        if (tape is null)
        {
            TakeSines(position, shots, sines);
        }
        else
        {
            TakeSinesAndSlopes(position, shots, sines, tape.Slopes.AsSpan(tape.At(evaluation, shots), length));
        }

        MatrixProduct.Times(sines, field.Coupling, shots, _stride, _stride, Values.AsSpan(0, length), spread: false);
        ReadOnlySpan<Vector<float>> force = MemoryMarshal.Cast<float, Vector<float>>(field.Force);
        for (int row = 0; row < shots; row++)
        {
            var factor = new Vector<float>(Shots[row].CouplingFactor);
            var offset = new Vector<float>(Shots[row].ForceOffset);
            ReadOnlySpan<Vector<float>> s = Row(sines, row);
            Span<Vector<float>> a = Row(Values, row);
            for (int n = 0; n < a.Length; n++) { a[n] = Fma(factor, a[n], force[n] + offset - s[n]); }
        }
    }

    private void TakeSines(float[] position, int shots, Span<float> sines)
    {
        for (int row = 0; row < shots; row++)
        {
            var steepness = new Vector<float>(Shots[row].Steepness);
            ReadOnlySpan<Vector<float>> q = Row(position, row);
            Span<Vector<float>> s = Row(sines, row);
            for (int n = 0; n < q.Length; n++) { s[n] = Sin(steepness * q[n]); }
        }
    }

    private void TakeSinesAndSlopes(float[] position, int shots, Span<float> sines, Span<float> slopes)
    {
        for (int row = 0; row < shots; row++)
        {
            var steepness = new Vector<float>(Shots[row].Steepness);
            ReadOnlySpan<Vector<float>> q = Row(position, row);
            Span<Vector<float>> s = Row(sines, row), slope = Row(slopes, row);
            for (int n = 0; n < q.Length; n++)
            {
                (s[n], Vector<float> cosine) = SinCos(steepness * q[n]);
                slope[n] = steepness * cosine;
            }
        }
    }

    private Span<Vector<float>> Row(Span<float> rows, int row) => MemoryMarshal.Cast<float, Vector<float>>(rows.Slice(row * _stride, _stride));
}
