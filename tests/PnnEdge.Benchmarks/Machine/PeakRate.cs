using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using PnnEdge.Numerics.Linear;

namespace PnnEdge.Benchmarks.Machine;

/// <summary>What this machine's multiply-add units reach with the widest vectors: twelve chains in registers, no memory. A fused multiply-add counts as two operations.</summary>
internal static unsafe class PeakRate
{
    private const int Chains = 12; // two units with a latency of four cycles need eight
    private const int Rounds = 4_000_000;

    /// <returns>GFLOP/s of this many threads together, the best of a few tries: what else runs only takes away.</returns>
    public static double GigaflopsPerSecond(int threads)
    {
        double best = 0;
        for (int attempt = 0; attempt < 5; attempt++)
        {
            long operations = 0;
            Clock clock = Clock.Start();
            Thread[] all = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() => Interlocked.Add(ref operations, Work())))];
            foreach (Thread thread in all) { thread.Start(); }
            foreach (Thread thread in all) { thread.Join(); }
            best = Math.Max(best, operations / (threads == 1 ? clock.CpuSeconds : clock.WallSeconds) / 1e9);
        }

        return best;
    }

    private static long Work() =>
        Vector512.IsHardwareAccelerated ? Run<Lanes512>() : Vector256.IsHardwareAccelerated ? Run<Lanes256>() : Run<Lanes128>();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Run<T>()
        where T : struct, ILanes<T>
    {
        // x = x/2 + 1/2 tends to 1: neither overflow nor subnormals.
        T half = T.Broadcast(0.5f);
        T c0 = half, c1 = half, c2 = half, c3 = half, c4 = half, c5 = half, c6 = half, c7 = half, c8 = half, c9 = half, c10 = half, c11 = half;
        for (int n = 0; n < Rounds; n++)
        {
            c0 = T.MultiplyAdd(c0, half, half);
            c1 = T.MultiplyAdd(c1, half, half);
            c2 = T.MultiplyAdd(c2, half, half);
            c3 = T.MultiplyAdd(c3, half, half);
            c4 = T.MultiplyAdd(c4, half, half);
            c5 = T.MultiplyAdd(c5, half, half);
            c6 = T.MultiplyAdd(c6, half, half);
            c7 = T.MultiplyAdd(c7, half, half);
            c8 = T.MultiplyAdd(c8, half, half);
            c9 = T.MultiplyAdd(c9, half, half);
            c10 = T.MultiplyAdd(c10, half, half);
            c11 = T.MultiplyAdd(c11, half, half);
        }

        // Used, so that no chain is left out.
        float* sink = stackalloc float[T.Count];
        T sum = T.MultiplyAdd(c0, c1, T.MultiplyAdd(c2, c3, T.MultiplyAdd(c4, c5, half)));
        T.Store(T.MultiplyAdd(c6, c7, T.MultiplyAdd(c8, c9, T.MultiplyAdd(c10, c11, sum))), sink);
        return sink[0] > 0 ? 2L * Rounds * Chains * T.Count : 0;
    }
}
