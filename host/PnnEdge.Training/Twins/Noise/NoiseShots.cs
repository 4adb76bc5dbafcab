using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Twins.Noise;

/// <summary>Where residuals come from: a shot played again and again. What a twin misses would count its own error as noise.</summary>
public static class NoiseShots
{
    /// <summary>Random shots, each played several times in a row.</summary>
    /// <param name="seed">For the shots' volts.</param> <param name="firstShot">Logical index.</param>
    /// <returns>Call by call, [input, repeat] shots.</returns>
    public static async Task<ShotSet> PlayAsync(
        IPhysicalSystem system, SlotPlan plan, VoltRange driveRange, int inputs, int repeats, int inputsPerCall, ulong seed, ulong firstShot,
        CancellationToken cancellation)
    {
        if (inputs < 1 || repeats < 2 || inputsPerCall < 1)
        {
            throw new ArgumentException($"Asked for {inputs} shots, {inputsPerCall} per call, {repeats} times each; noise shows from 2 times on.");
        }

        plan.RequireFits(system.Description);
        var random = new SeededRandom(seed, stream: 0xF19);
        var set = new ShotSet();
        for (int done = 0; done < inputs;)
        {
            int count = Math.Min(inputsPerCall, inputs - done);
            float[] unit = new float[count * plan.Slots], actuatorUnit = new float[system.Description.ActuatorCount];
            RandomShots.Fill(random, count, plan.Slots, unit);
            foreach (ref float u in actuatorUnit.AsSpan()) { u = random.NextSingle(); }
            float[] repeated = [.. unit.Chunk(plan.Slots).SelectMany(shot => Enumerable.Repeat(shot, repeats)).SelectMany(shot => shot)];
            Stimulus stimulus = RandomShots.ToStimulus(
                firstShot + ((ulong)done * (ulong)repeats), repeated, actuatorUnit, count * repeats, plan, driveRange, system.Description);
            set.Add(await system.RunAsync(stimulus, cancellation), plan);
            done += count;
        }

        return set;
    }

    /// <summary>Each repeat's difference from the mean of its repeats, scaled so that its variance is that of one measurement.</summary>
    /// <param name="repeated">Call by call, [input, repeat] shots.</param>
    /// <exception cref="ArgumentException">Shots that should be repeats differ in what was applied.</exception>
    public static ShotSet FromRepeats(ShotSet repeated, int repeats)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 2);
        float scale = MathF.Sqrt(repeats / (repeats - 1f));
        return Each(repeated, call =>
        {
            int slots = call.Slots.Length / call.Shots, windows = call.Windows.Length / call.Shots;
            float[] residual = new float[call.Windows.Length];
            for (int s = 0; s < call.Shots; s++)
            {
                int first = s - (s % repeats);
                if (call.Shots % repeats != 0 || !call.Slots.AsSpan(s * slots, slots).SequenceEqual(call.Slots.AsSpan(first * slots, slots)))
                {
                    throw new ArgumentException($"Shot {s} of a call of {call.Shots} is no repeat of shot {first}; repeats stand {repeats} in a row.", nameof(repeated));
                }

                for (int w = 0; w < windows; w++)
                {
                    double mean = 0;
                    for (int r = 0; r < repeats; r++) { mean += (double)call.Windows[((first + r) * windows) + w] / repeats; }
                    residual[(s * windows) + w] = scale * (float)(call.Windows[(s * windows) + w] - mean);
                }
            }

            return residual;
        });
    }

    private static ShotSet Each(ShotSet shots, Func<ShotCall, float[]> residual)
    {
        var set = new ShotSet();
        foreach (ShotCall call in shots.Calls) { set.Add(call with { Windows = residual(call) }); }
        return set;
    }
}
