using PnnEdge.Training.Coding;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Twins.Torch.Hybrid;

/// <summary>One mini-batch that a physical system has played: what was asked, applied and measured, and the twin's reverse of it.</summary>
/// <param name="Unit">[shot, data slot], 1, before clamping.</param>
/// <param name="Theta">[parameter slot], 1.</param> <param name="Actuators">[actuator], 1.</param>
/// <param name="Played">[shot, slot] and [actuator], V, as really applied; [shot, window], V, measured.</param>
/// <param name="Clamped">Slots and actuators clamped to their range.</param>
internal sealed record PlayedBatch(float[] Unit, float[] Theta, float[] Actuators, ShotCall Played, int Clamped)
{
    public static async Task<PlayedBatch> PlayAsync(
        IPhysicalSystem system, SlotPlan plan, VoltRange driveRange, ShotCount count, float[] unit, float[] theta, float[] actuators)
    {
        SystemDescription description = system.Description;
        int shots = unit.Length / plan.DataSlots;
        float[] volts = new float[shots * description.StimulusSamples], held = new float[actuators.Length];
        int clamped = SlotEncoder.Forward(unit, theta, shots, plan, driveRange, volts);
        for (int a = 0; a < held.Length; a++) { held[a] = SlotEncoder.ToVolts(actuators[a], description.ActuatorAt(a).Range, ref clamped); }
        Measurement measured = await system.RunAsync(new Stimulus(count.Take(shots), shots, volts, held), CancellationToken.None).ConfigureAwait(false);
        return new PlayedBatch(unit, theta, actuators, ShotCall.Of(measured, plan), clamped);
    }

    /// <summary>The twin's Jacobian at what was really applied; straight through converter steps, zero where clamped.</summary>
    /// <param name="dwindows">[shot, window], ∂loss/∂window, 1/V.</param>
    /// <returns>As Unit, Theta and Actuators; the latter two summed over shots.</returns>
    public (float[] Unit, float[] Theta, float[] Actuators) Vjp(ITwin twin, SlotPlan plan, VoltRange driveRange, SystemDescription description, float[] dwindows)
    {
        float[] dslots = new float[Played.Slots.Length], dactuators = new float[Actuators.Length];
        twin.Vjp(Played.Slots, Played.Actuators, Played.Shots, dwindows, dslots, dactuators);
        float[] dunit = new float[Unit.Length], dtheta = new float[Theta.Length];
        SlotEncoder.Vjp(Unit, Theta, Played.Shots, plan, driveRange, dslots, dunit, dtheta);
        for (int a = 0; a < dactuators.Length; a++)
        {
            VoltRange range = description.ActuatorAt(a).Range;
            dactuators[a] = SlotEncoder.Inside(Actuators[a]) ? dactuators[a] * (range.MaxVolts - range.MinVolts) : 0;
        }

        return (dunit, dtheta, dactuators);
    }
}
