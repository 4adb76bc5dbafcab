using PnnEdge.Training.Coding;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Link.Deployment;

/// <summary>A trained network to the bytes of WIRE.md, section G. What of it is the same in every answer is computed here, as the host's own pass computes it.</summary>
public static class ProgramCompiler
{
    /// <returns>The program without its seal.</returns>
    /// <exception cref="PhysicalSystemException">The network has a part that programs have not, or is too large for their counts.</exception>
    public static byte[] Compile(PhysicalNetwork network, DeploymentTarget target, ProgramOptions options)
    {
        NetworkShape shape = network.Shape;
        RequirePossible(shape, options, target);
        ProgramBytes program = new();
        WriteHeader(program, network, target, options);
        program.Words(shape.Plan.DataSlotAt);
        program.Words(shape.Plan.ParameterSlotAt);
        program.Words(Enumerable.Range(0, shape.Plan.Windows + 1).Select(shape.Plan.WindowStart));
        program.Floats(network.Scale.MeanVolts);
        program.Floats(network.Scale.SpreadVolts);
        for (int l = 0; l < shape.Layers; l++) { WriteLayer(program, network, l, target, options); }
        foreach (ClassSum sum in network.ReadoutSums)
        {
            program.Words([sum.First, sum.Shares.Length]);
            program.Floats([sum.Width, sum.Gain, sum.Offset, .. sum.Shares]);
        }

        // The name says what is in it: two runs that compile to the same bytes are the same program.
        program.Put(ProgramHeader.LengthAt, (uint)(program.Length + ProgramSeal.Bytes));
        byte[] unnamed = program.ToArray();
        program.Put(ProgramHeader.ProgramVersionAt, new HostCrc32().Compute(unnamed, 0, unnamed.Length));
        return program.ToArray();
    }

    private static void RequirePossible(NetworkShape shape, ProgramOptions options, DeploymentTarget target)
    {
        if (shape.Input == InputKind.Dense)
        {
            throw new PhysicalSystemException(
                $"This network has {(long)shape.Units * shape.Features} digital weights before its first layer; a program plays one feature a slot and has none.");
        }

        if (shape.Actuators.Count > 0 && shape.ActuatorCount != target.Plan.Actuators)
        {
            throw new PhysicalSystemException($"This network sets {shape.ActuatorCount} actuators; device {target.Device} has {target.Plan.Actuators}.");
        }

        int most = new[] { shape.Units, shape.Carried, shape.Branches * options.Repeats, shape.Branches * shape.Plan.ParameterSlots }.Max();
        if (most >= ProgramLayout.Idle || shape.Features > ushort.MaxValue)
        {
            throw new PhysicalSystemException($"This network has {Math.Max(most, shape.Features)} of one kind in a layer; a program counts to {ProgramLayout.Idle - 1}.");
        }
    }

    private static void WriteHeader(ProgramBytes program, PhysicalNetwork network, DeploymentTarget target, ProgramOptions options)
    {
        NetworkShape shape = network.Shape;
        byte[] header = new byte[ProgramHeader.Bytes];
        PlanOf(target.Plan, shape.Branches * options.Repeats).WriteAt(header, ProgramHeader.PlanAt);
        header[ProgramHeader.OutputAt] = (byte)ProgramOutput.Largest;
        header[ProgramHeader.SkipAt] = shape.TrainSkip ? (byte)1 : (byte)0;
        program.Raw(header);
        program.Put(ProgramHeader.MagicAt, ProgramHeader.Magic);
        program.Put(ProgramHeader.TimerMillisAt, (uint)options.TimerMillis);
        float rest = Math.Clamp(0, shape.DriveRange.MinVolts, shape.DriveRange.MaxVolts);
        foreach ((int at, int value) in new[]
        {
            (ProgramHeader.FormatAt, ProgramHeader.Format),
            (ProgramHeader.LayersAt, shape.Layers),
            (ProgramHeader.BranchesAt, shape.Branches),
            (ProgramHeader.RepeatsAt, options.Repeats),
            (ProgramHeader.FeaturesAt, shape.Features),
            (ProgramHeader.ClassesAt, shape.Classes),
            (ProgramHeader.DataSlotsAt, shape.Plan.DataSlots),
            (ProgramHeader.ParameterSlotsAt, shape.Plan.ParameterSlots),
            (ProgramHeader.HoldSamplesAt, shape.Plan.HoldSamples),
            (ProgramHeader.WindowsAt, shape.Plan.Windows),
            (ProgramHeader.PassedOnAt, shape.Carried - shape.ClassSlots),
            (ProgramHeader.ScalesAt, network.Layers[0].Scale.Length),
            (ProgramHeader.RestCodeAt, Code(target, rest)),
            (ProgramHeader.IdleCodeAt, UnitCode(target, shape, network.IdleUnit)),
        })
        {
            program.PutWord(at, value);
        }

        program.PutFloat(ProgramHeader.MinVoltsAt, shape.DriveRange.MinVolts);
        program.PutFloat(ProgramHeader.MaxVoltsAt, shape.DriveRange.MaxVolts);
    }

    private static void WriteLayer(ProgramBytes program, PhysicalNetwork network, int layer, DeploymentTarget target, ProgramOptions options)
    {
        NetworkShape shape = network.Shape;
        LayerParameters at = network.Layers[layer];
        int clamped = 0;
        program.Long(ShotIndex.Repeated(options.FirstShot(layer), options.Repeats));
        program.Words(network.Sources[layer].Select(source => source == DataAffine.Idle ? ProgramLayout.Idle : source));
        program.Words(at.Theta.Of(network.Parameters).ToArray().Select(unit => UnitCode(target, shape, unit)));
        float[] units = [.. at.Actuators.Of(network.Parameters)];
        int first = 0;
        foreach (ActuatorPort port in shape.Actuators)
        {
            program.Floats(units.AsSpan(first, port.Count).ToArray().Select(unit => SlotEncoder.ToVolts(unit, port.Range, ref clamped)));
            first += port.Count;
        }

        program.Floats([.. at.Scale.Of(network.Parameters), .. at.Offset.Of(network.Parameters), .. at.Skip.Of(network.Parameters)]);
    }

    private static RunPlan PlanOf(RunPlan plan, int shots) => new()
    {
        SampleRateMilliHertz = plan.SampleRateMilliHertz,
        StimulusWords = plan.StimulusWords,
        MeasurementWords = plan.MeasurementWords,
        MeasurementStartSample = plan.MeasurementStartSample,
        RestSamples = plan.RestSamples,
        ShotsPerBlock = shots,
        StimulusChannels = plan.StimulusChannels,
        MeasurementChannels = plan.MeasurementChannels,
        Actuators = plan.Actuators,
        SettleMicros = plan.SettleMicros,
    };

    private static int UnitCode(DeploymentTarget target, NetworkShape shape, float unit)
    {
        int clamped = 0;
        return Code(target, SlotEncoder.ToVolts(unit, shape.DriveRange, ref clamped));
    }

    private static int Code(DeploymentTarget target, float volts)
    {
        int code = target.Drive.CodeFromVolts(volts);
        return code >= 0 ? code : throw new PhysicalSystemException($"Asked for {volts} V; device {target.Device} accepts {target.Description.StimulusRange}.");
    }
}
