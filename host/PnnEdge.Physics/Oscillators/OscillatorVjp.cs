using System.Numerics;
using System.Runtime.InteropServices;
using PnnEdge.Numerics.Linear;
using static PnnEdge.Physics.Numeric.LaneMath;

namespace PnnEdge.Physics.Oscillators;

/// <summary>The exact reverse of <see cref="OscillatorForward"/>'s steps, for a few shots. An instance is one worker's scratch memory.</summary>
internal sealed class OscillatorVjp(int oscillators, int steps)
{
    /// <summary>
    /// Fixed: the sum over shots is taken tile by tile, and its bits must not depend on the number of threads. Eight let a batch of 32
    /// occupy four cores.
    /// </summary>
    public const int ShotsPerTile = 8;

    private readonly int _stride = OscillatorField.StrideFor(oscillators);
    private readonly OscillatorForward _forward = new(oscillators, ShotsPerTile);
    private readonly OscillatorTape _tape = new(steps, ShotsPerTile, OscillatorField.StrideFor(oscillators));
    private readonly float[] _dposition = new float[ShotsPerTile * OscillatorField.StrideFor(oscillators)];
    private readonly float[] _dvelocity = new float[ShotsPerTile * OscillatorField.StrideFor(oscillators)];
    private readonly float[] _product = new float[ShotsPerTile * OscillatorField.StrideFor(oscillators)];

    /// <summary>Puts a shot into a row: where the derivative is taken, and ∂loss/∂(final amplitude).</summary>
    /// <param name="amplitude">[oscillator], rad, initial.</param> <param name="dfinal">[oscillator], 1/rad.</param>
    public void Load(int row, float steepness, ReadOnlySpan<float> amplitude, ReadOnlySpan<float> dfinal)
    {
        amplitude.CopyTo(_forward.Load(row, new OscillatorShot(steepness, 1, 0)));
        Span<float> rest = _dposition.AsSpan(row * _stride, _stride);
        dfinal.CopyTo(rest);
        rest[oscillators..].Clear();
    }

    /// <returns>[oscillator], ∂loss/∂(initial amplitude), 1/rad.</returns>
    public ReadOnlySpan<float> Result(int row) => _dposition.AsSpan(row * _stride, oscillators);

    /// <param name="dcoupling">[stride, stride], Σ over these shots for <see cref="OscillatorField.SetVjp"/>; overwritten.</param>
    /// <param name="dforce">[stride], likewise; overwritten.</param>
    public void Run(OscillatorField field, int shots, float step, Span<float> dcoupling, Span<float> dforce)
    {
        _forward.Run(field, shots, steps, step, _tape);
        Lanes(_dvelocity, shots).Clear();
        int end = OscillatorTape.EvaluationsIn(steps);
        for (int n = steps - 1; n >= 0; n--)
        {
            // The evaluations of this step: the first step has no second, the last no fourth.
            int third = n == steps - 1 ? end - 1 : end - 2;
            int second = third - 1;
            int first = n == 0 ? second : second - 1;
            Seed(shots, step, first, second, third, end - 1);
            if (third != end - 1)
            {
                Reverse(field, shots, end - 1, step);
                Feed(shots, second, step * step / 2);
            }

            Reverse(field, shots, third, step / 2);
            Feed(shots, first, step * step / 4);
            if (second != first)
            {
                Reverse(field, shots, second, step / 2);
            }

            Reverse(field, shots, first, 0);
            end = first;
        }

        int rows = _tape.Rows(shots);
        ReadOnlySpan<float> pulls = _tape.Pulls.AsSpan(0, rows * _stride);
        dcoupling.Clear();
        dforce.Clear();
        MatrixProduct.AddTransposedTimes(_tape.Sines.AsSpan(0, rows * _stride), pulls, _stride, rows, _stride, dcoupling, spread: false);
        Rows.AddToEachVjp(pulls, rows, dforce);
    }

    // Reverse of OscillatorForward's Finish: what each acceleration adds to the new q and v.
    private void Seed(int shots, float h, int first, int second, int third, int fourth)
    {
        Span<Vector<float>> dq = Lanes(_dposition, shots), dv = Lanes(_dvelocity, shots);
        Span<Vector<float>> p1 = Pulls(first, shots), p2 = Pulls(second, shots), p3 = Pulls(third, shots), p4 = Pulls(fourth, shots);
        for (int n = 0; n < dq.Length; n++)
        {
            Vector<float> outer = dv[n] * (h / 6);
            Vector<float> common = Fma(dq[n], new Vector<float>(h * h / 6), outer);
            Vector<float> inner = common + outer;
            p4[n] = outer; // the third's own rows in the last step, and then overwritten
            p3[n] = inner;
            p2[n] = inner;
            p1[n] = first == second ? inner + common : common;
            dv[n] = Fma(dq[n], new Vector<float>(h), dv[n]);
        }
    }

    // From ∂loss/∂acceleration to ∂loss/∂position of one evaluation, left in _product; Q is its own transpose.
    private void Reverse(OscillatorField field, int shots, int evaluation, float velocityFactor)
    {
        int at = _tape.At(evaluation, shots);
        int length = shots * _stride;
        ReadOnlySpan<float> pulls = _tape.Pulls.AsSpan(at, length);
        MatrixProduct.Times(pulls, field.Coupling, shots, _stride, _stride, _product.AsSpan(0, length), spread: false);
        ReadOnlySpan<Vector<float>> p = Pulls(evaluation, shots), slope = MemoryMarshal.Cast<float, Vector<float>>(_tape.Slopes.AsSpan(at, length));
        Span<Vector<float>> dx = Lanes(_product, shots), dq = Lanes(_dposition, shots), dv = Lanes(_dvelocity, shots);
        for (int n = 0; n < dx.Length; n++)
        {
            dx[n] = slope[n] * (dx[n] - p[n]);
            dq[n] += dx[n];
            dv[n] = Fma(dx[n], new Vector<float>(velocityFactor), dv[n]);
        }
    }

    // The position just reversed was moved by an earlier acceleration of its step.
    private void Feed(int shots, int evaluation, float factor)
    {
        ReadOnlySpan<Vector<float>> dx = Lanes(_product, shots);
        Span<Vector<float>> p = Pulls(evaluation, shots);
        for (int n = 0; n < dx.Length; n++) { p[n] = Fma(dx[n], new Vector<float>(factor), p[n]); }
    }

    private Span<Vector<float>> Pulls(int evaluation, int shots) =>
        MemoryMarshal.Cast<float, Vector<float>>(_tape.Pulls.AsSpan(_tape.At(evaluation, shots), shots * _stride));

    private Span<Vector<float>> Lanes(float[] rows, int shots) => MemoryMarshal.Cast<float, Vector<float>>(rows.AsSpan(0, shots * _stride));
}
