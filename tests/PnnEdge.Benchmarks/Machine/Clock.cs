using System.Diagnostics;

namespace PnnEdge.Benchmarks.Machine;

/// <summary>Wall time, and processor time of the whole process in microseconds' resolution: on a busy machine the latter still says what a step costs.</summary>
internal readonly record struct Clock(long Begin, TimeSpan Cpu)
{
    public static Clock Start() => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);

    public double WallSeconds => Stopwatch.GetElapsedTime(Begin).TotalSeconds;

    public double CpuSeconds => (Environment.CpuUsage.TotalTime - Cpu).TotalSeconds;
}
