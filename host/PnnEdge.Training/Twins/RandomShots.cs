using PnnEdge.Numerics.Chance;
using PnnEdge.Numerics.Elementwise;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;

namespace PnnEdge.Training.Twins;

/// <summary>Random units for all slots of a shot: every second shot white, every second low-passed, each slot uniform either way.</summary>
public static class RandomShots
{
    /// <param name="unit">[shot, slot], 1; overwritten.</param>
    public static void Fill(SeededRandom random, int shots, int slots, Span<float> unit)
    {
        for (int s = 0; s < shots; s++)
        {
            Span<float> shot = unit.Slice(s * slots, slots);
            if (s % 2 == 0) { White(random, shot); }
            else { LowPassed(random, shot); }
        }
    }

    private static void White(SeededRandom random, Span<float> shot)
    {
        foreach (ref float u in shot) { u = random.NextSingle(); }
    }

    // A first-order process of unit variance, of a random time constant, then through the logistic curve closest to the normal distribution function:
    // slots stay close to uniform on [0, 1], so low-passed shots reach the ends of the range as white ones do.
    private static void LowPassed(SeededRandom random, Span<float> shot)
    {
        double memory = 0.5 + (0.45 * random.NextDouble()), z = random.NextNormal();
        foreach (ref float u in shot)
        {
            u = Exponential.Logistic((float)(1.702 * z));
            z = (memory * z) + (Math.Sqrt(1 - (memory * memory)) * random.NextNormal());
        }
    }

    /// <summary>Units of all slots as a stimulus of held volts.</summary>
    /// <param name="unit">[shot, slot], in [0, 1].</param>
    /// <param name="actuatorUnit">[actuator], in [0, 1].</param>
    public static Stimulus ToStimulus(
        ulong firstShot, ReadOnlySpan<float> unit, ReadOnlySpan<float> actuatorUnit, int shots, SlotPlan plan, VoltRange range, SystemDescription description)
    {
        float[] volts = new float[shots * description.StimulusSamples];
        volts.AsSpan().Fill(Math.Clamp(0, range.MinVolts, range.MaxVolts));
        for (int s = 0; s < shots; s++)
        {
            for (int slot = 0; slot < plan.Slots; slot++)
            {
                volts.AsSpan((s * description.StimulusSamples) + (slot * plan.HoldSamples), plan.HoldSamples).Fill(Volts(unit[(s * plan.Slots) + slot], range));
            }
        }

        float[] actuators = new float[description.ActuatorCount];
        for (int a = 0; a < actuators.Length; a++) { actuators[a] = Volts(actuatorUnit[a], description.ActuatorAt(a).Range); }
        return new Stimulus(firstShot, shots, volts, actuators);
    }

    private static float Volts(float unit, VoltRange range) =>
        Math.Clamp(range.MinVolts + (unit * (range.MaxVolts - range.MinVolts)), range.MinVolts, range.MaxVolts);
}
