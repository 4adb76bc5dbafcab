using PnnEdge.Physics.Channel;

namespace PnnEdge.Physics;

/// <summary>One bench's conditions, shot by shot: what drift and faults make of its unit.</summary>
/// <typeparam name="TConditions">Everything about one shot that is not its drive: a function of (seed, serial, logical shot index).</typeparam>
internal abstract class Weather<TOptions, TConditions>(TOptions options, FaultSchedule faults)
    where TOptions : BenchOptions
    where TConditions : struct
{
    protected TOptions Options => options;

    protected FaultSchedule Faults => faults;

    public abstract TConditions At(ulong shot);

    /// <summary>The swapped-in unit brings its own noise and drift.</summary>
    public ChanceSource ChanceAt(ulong shot) => new(options.Seed, SerialAt(shot));

    /// <summary>Of the unit in place.</summary>
    protected ulong SerialAt(ulong shot) => options.Serial + faults.SerialsFurther(shot);
}
