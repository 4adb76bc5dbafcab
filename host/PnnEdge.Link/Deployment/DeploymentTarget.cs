using PnnEdge.Link.Session;
using PnnEdge.Training.Systems;
using PnnEdge.Wire;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Deployment;

/// <summary>The device that a network is compiled for, as its hello tells it, and how a shot is played there.</summary>
public sealed class DeploymentTarget
{
    private DeploymentTarget(string device, RunPlan plan, VoltScale drive, SystemDescription description) =>
        (Device, Plan, Drive, Description) = (device, plan, drive, description);

    /// <summary>For sentences.</summary>
    public string Device { get; }

    /// <summary>As a physical system: what the network's shape is made for.</summary>
    public SystemDescription Description { get; }

    internal RunPlan Plan { get; }

    internal VoltScale Drive { get; }

    /// <param name="shape">The clock and the shot that the network was trained with.</param>
    /// <exception cref="PhysicalSystemException">The device cannot play such shots, or has more channels than a program has.</exception>
    public static DeploymentTarget Of(string device, BirthCertificate hello, RunShape shape)
    {
        RunPlan plan = PlanBuilder.Build(device, hello, shape, (int)Math.Min(hello.MaxFrameBytes, int.MaxValue));
        if (plan.StimulusChannels != 1 || plan.MeasurementChannels != 1)
        {
            throw new PhysicalSystemException(
                $"Device {device} has {plan.StimulusChannels} stimulus and {plan.MeasurementChannels} measurement channels; a program plays one and measures one.");
        }

        ChannelRecord drive = PlanBuilder.OfRole(hello, ChannelRole.Stimulus)[0];
        return new DeploymentTarget(device, plan, PlanBuilder.Scale(drive), PlanBuilder.Describe(hello, plan, plan.SampleRateMilliHertz, shape.Shot));
    }
}
