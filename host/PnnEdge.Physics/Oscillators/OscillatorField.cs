using System.Numerics;
using System.Runtime.InteropServices;

namespace PnnEdge.Physics.Oscillators;

/// <summary>What acts on every shot of a batch: the couplings as one matrix Q, with Q_ij = J_ij and Q_ii = −Σ_j J_ij, so that the pull is sin(g·q)·Q; and the drives.</summary>
internal sealed class OscillatorField
{
    // Rows are whole hardware vectors; lanes beyond the last oscillator hold zeros, which pull on nothing.
    private static readonly int RowUnit = Math.Max(16, Vector<float>.Count);

    private readonly int _count;

    public OscillatorField(int oscillators)
    {
        _count = oscillators;
        Stride = StrideFor(oscillators);
        Coupling = new float[Stride * Stride];
        Force = new float[Stride];
    }

    public int Stride { get; }

    /// <summary>[stride, stride], Q; symmetric.</summary>
    public float[] Coupling { get; }

    /// <summary>[stride], e.</summary>
    public float[] Force { get; }

    public static int StrideFor(int oscillators) => (oscillators + RowUnit - 1) / RowUnit * RowUnit;

    /// <param name="actuators">As <see cref="OscillatorActuators"/> orders them.</param>
    /// <param name="scale">Factor on every coupling, 1.</param>
    public void Set(ReadOnlySpan<float> actuators, OscillatorUnit unit, float scale)
    {
        int at = 0;
        for (int i = 0; i < _count; i++)
        {
            Coupling[i * Stride + i] = 0;
            for (int j = i + 1; j < _count; j++)
            {
                float coupling = scale * MathF.FusedMultiplyAdd(actuators[at], unit.CouplingGain[at], unit.CouplingAdded[at]);
                Coupling[i * Stride + j] = coupling;
                Coupling[j * Stride + i] = coupling;
                at++;
            }
        }

        actuators[at..].CopyTo(Force);
        SetDiagonal(unit, scale);
    }

    /// <summary>Reverse of <see cref="Set"/> on the nominal unit.</summary>
    /// <param name="dcoupling">[stride, stride]: Σ over shots and times of sine_i·(∂loss/∂acceleration_j).</param>
    /// <param name="dforce">[stride]: Σ of ∂loss/∂acceleration_i.</param>
    /// <param name="dactuators">[actuator]; overwritten.</param>
    public void SetVjp(ReadOnlySpan<float> dcoupling, ReadOnlySpan<float> dforce, float scale, Span<float> dactuators)
    {
        // J_ij stands at Q_ij and Q_ji, and with a minus in Q_ii and Q_jj.
        int at = 0;
        for (int i = 0; i < _count; i++)
        {
            float own = dcoupling[i * Stride + i];
            for (int j = i + 1; j < _count; j++)
            {
                dactuators[at++] = scale * (dcoupling[i * Stride + j] - own + (dcoupling[j * Stride + i] - dcoupling[j * Stride + j]));
            }
        }

        dforce[.._count].CopyTo(dactuators[at..]);
    }

    // Q is symmetric, so the sums over a row are the sums down a column: whole vectors, each oscillator's in index order.
    private void SetDiagonal(OscillatorUnit unit, float scale)
    {
        Span<float> sums = stackalloc float[Stride];
        sums.Clear();
        Span<Vector<float>> sum = MemoryMarshal.Cast<float, Vector<float>>(sums);
        for (int i = 0; i < _count; i++)
        {
            ReadOnlySpan<Vector<float>> row = MemoryMarshal.Cast<float, Vector<float>>(Coupling.AsSpan(i * Stride, Stride));
            for (int n = 0; n < sum.Length; n++)
            {
                sum[n] += row[n];
            }
        }

        for (int i = 0; i < _count; i++)
        {
            Coupling[i * Stride + i] = -MathF.FusedMultiplyAdd(scale, unit.OwnStiffness[i], sums[i]);
        }
    }
}
