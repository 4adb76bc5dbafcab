using PnnEdge.Firmware.Core;
using PnnEdge.Physics;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.VirtualDevice.Clocks;
using PnnEdge.VirtualDevice.Converters;
using PnnEdge.VirtualDevice.Faults;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.VirtualDevice.Tests.Support;

/// <summary>Converters in front of a bench, driven as the firmware drives them.</summary>
public sealed class Bench
{
    public const double RateHz = 1e6;

    public Bench(IBenchPhysics physics, InjectedFaults? faults = null, TimeProvider? time = null, Pacing pacing = Pacing.AsFastAsPossible, ShotClock? clock = null)
    {
        Board = physics.ActuatorCount > 0 ? VirtualBoards.Circuit(1) : VirtualBoards.Echo(1);
        Converters = new VirtualConverters(Board, physics, RateHz, faults ?? InjectedFaults.None, time ?? TimeProvider.System, pacing, clock);
        Converters.PulseEnable();
    }

    public Board Board { get; }

    public VirtualConverters Converters { get; }

    public int Flags { get; private set; }

    public static RunPlan Plan(int words, Action<RunPlan>? change = null)
    {
        RunPlan plan = new()
        {
            SampleRateMilliHertz = (uint)(RateHz * 1000),
            StimulusWords = words,
            MeasurementWords = words,
            ShotsPerBlock = 100,
            StimulusChannels = 1,
            MeasurementChannels = 1,
        };
        change?.Invoke(plan);
        return plan;
    }

    /// <summary>Plays one block of shots; the measured codes.</summary>
    public int[] Play(RunPlan plan, params int[] codes)
    {
        int shots = codes.Length / plan.StimulusWords;
        byte[] stimulus = new byte[2 * codes.Length], measurement = new byte[2 * shots * plan.MeasurementWords];
        for (int i = 0; i < codes.Length; i++)
        {
            Bytes.PutUInt16(stimulus, 2 * i, codes[i]);
        }

        Flags = Converters.Play(plan, 0, shots, stimulus, 0, measurement, 0);
        return [.. Enumerable.Range(0, shots * plan.MeasurementWords).Select(i => (int)Bytes.GetUInt16(measurement, 2 * i))];
    }

    public int[] Play(params int[] codes) => Play(Plan(codes.Length), codes);
}
