using System.Numerics;
using System.Runtime.InteropServices;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.Oscillators;

/// <summary>
/// Some shots in single precision, side by side as rows, so that every evaluation of the acceleration is one matrix product;
/// <see cref="OscillatorReference"/> is its clean version. An instance is one worker's scratch memory.
/// </summary>
/// <remarks>
/// The Runge–Kutta step for (q, v) is written for q″ = a(q): its four positions need no velocities but the first.
/// Rows never meet and every element is one chain of operations: a shot's bits do not depend on what stands beside it, nor on the vector's width.
/// </remarks>
internal sealed class OscillatorForward(int oscillators, int maxShots)
{
    private readonly int _stride = OscillatorField.StrideFor(oscillators);
    private readonly OscillatorAcceleration _acceleration = new(oscillators, maxShots);
    private readonly float[] _position = Rows(oscillators, maxShots);
    private readonly float[] _velocity = Rows(oscillators, maxShots);
    private readonly float[] _sum = Rows(oscillators, maxShots); // a1 + a2 + a3
    private readonly float[] _weighted = Rows(oscillators, maxShots); // a1 + 2a2 + 2a3
    private float[] _at = Rows(oscillators, maxShots);
    private float[] _later = Rows(oscillators, maxShots);

    /// <summary>Puts a shot into a row, at rest.</summary>
    /// <returns>[oscillator], rad, zeros: the caller adds the initial amplitudes.</returns>
    public Span<float> Load(int row, OscillatorShot shot)
    {
        _acceleration.Shots[row] = shot;
        _position.AsSpan(row * _stride, _stride).Clear();
        return Amplitudes(row);
    }

    /// <returns>[oscillator], rad.</returns>
    public Span<float> Amplitudes(int row) => _position.AsSpan(row * _stride, oscillators);

    /// <param name="tape">Records what the reverse pass needs; null for none.</param>
    public void Run(OscillatorField field, int shots, int steps, float step, OscillatorTape? tape = null)
    {
        int evaluation = 0;
        Lanes(_velocity, shots).Clear();
        for (int n = 0; n < steps; n++)
        {
            _acceleration.At(_position, field, shots, tape, evaluation++);
            if (n == 0)
            {
                MoveFromRest(shots, step);
            }
            else
            {
                MoveAfterFirst(shots, step);
                _acceleration.At(_at, field, shots, tape, evaluation++);
                MoveAfterSecond(shots, step);
            }

            _acceleration.At(_at, field, shots, tape, evaluation++);
            CollectThird(shots);
            if (n < steps - 1)
            {
                _acceleration.At(_later, field, shots, tape, evaluation++);
            }

            Finish(shots, step);
        }
    }

    // The first step: v = 0, so the second position is the first and a2 = a1.
    private void MoveFromRest(int shots, float h)
    {
        ReadOnlySpan<Vector<float>> q = Lanes(_position, shots), a = Lanes(_acceleration.Values, shots);
        Span<Vector<float>> at = Lanes(_at, shots), later = Lanes(_later, shots), sum = Lanes(_sum, shots), weighted = Lanes(_weighted, shots);
        for (int n = 0; n < q.Length; n++)
        {
            sum[n] = a[n] + a[n];
            weighted[n] = sum[n] + a[n];
            at[n] = Fma(a[n], new Vector<float>(h * h / 4), q[n]);
            later[n] = Fma(a[n], new Vector<float>(h * h / 2), q[n]);
        }
    }

    // Second position: q + h/2·v. Third: that + h²/4·a1.
    private void MoveAfterFirst(int shots, float h)
    {
        ReadOnlySpan<Vector<float>> q = Lanes(_position, shots), v = Lanes(_velocity, shots), a = Lanes(_acceleration.Values, shots);
        Span<Vector<float>> at = Lanes(_at, shots), later = Lanes(_later, shots), sum = Lanes(_sum, shots), weighted = Lanes(_weighted, shots);
        for (int n = 0; n < q.Length; n++)
        {
            sum[n] = a[n];
            weighted[n] = a[n];
            at[n] = Fma(v[n], new Vector<float>(h / 2), q[n]);
            later[n] = Fma(a[n], new Vector<float>(h * h / 4), at[n]);
        }
    }

    // Fourth position: q + h·v + h²/2·a2.
    private void MoveAfterSecond(int shots, float h)
    {
        (_at, _later) = (_later, _at);
        ReadOnlySpan<Vector<float>> q = Lanes(_position, shots), v = Lanes(_velocity, shots), a = Lanes(_acceleration.Values, shots);
        Span<Vector<float>> later = Lanes(_later, shots), sum = Lanes(_sum, shots), weighted = Lanes(_weighted, shots);
        for (int n = 0; n < q.Length; n++)
        {
            sum[n] += a[n];
            weighted[n] = Fma(a[n], new Vector<float>(2), weighted[n]);
            later[n] = Fma(a[n], new Vector<float>(h * h / 2), Fma(v[n], new Vector<float>(h), q[n]));
        }
    }

    private void CollectThird(int shots)
    {
        ReadOnlySpan<Vector<float>> a = Lanes(_acceleration.Values, shots);
        Span<Vector<float>> sum = Lanes(_sum, shots), weighted = Lanes(_weighted, shots);
        for (int n = 0; n < a.Length; n++)
        {
            sum[n] += a[n];
            weighted[n] = Fma(a[n], new Vector<float>(2), weighted[n]);
        }
    }

    // q + h·v + h²/6·(a1 + a2 + a3) and v + h/6·(a1 + 2a2 + 2a3 + a4).
    private void Finish(int shots, float h)
    {
        ReadOnlySpan<Vector<float>> a = Lanes(_acceleration.Values, shots), sum = Lanes(_sum, shots), weighted = Lanes(_weighted, shots);
        Span<Vector<float>> q = Lanes(_position, shots), v = Lanes(_velocity, shots);
        for (int n = 0; n < q.Length; n++)
        {
            q[n] = Fma(sum[n], new Vector<float>(h * h / 6), Fma(v[n], new Vector<float>(h), q[n]));
            v[n] = Fma(weighted[n] + a[n], new Vector<float>(h / 6), v[n]);
        }
    }

    private static float[] Rows(int oscillators, int shots) => new float[shots * OscillatorField.StrideFor(oscillators)];

    private Span<Vector<float>> Lanes(float[] rows, int shots) => MemoryMarshal.Cast<float, Vector<float>>(rows.AsSpan(0, shots * _stride));
}
