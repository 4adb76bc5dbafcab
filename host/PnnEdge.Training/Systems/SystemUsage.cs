namespace PnnEdge.Training.Systems;

/// <summary>What a physical system has been asked to do since it was opened.</summary>
/// <param name="Passes">Shots played and measured, each counted once however often its frame was sent.</param>
/// <param name="FramesSent">Stimulus frames sent, resends included; 0 where there is no wire.</param>
/// <param name="FramesRetried">Stimulus frames sent again because an answer did not come in time or the device was re-armed.</param>
/// <param name="FramesRefused">Stimulus frames the device answered with a refusal.</param>
/// <param name="PhysicsSeconds">Time the converters were playing, as the system itself measured it.</param>
public readonly record struct SystemUsage(long Passes, long FramesSent, long FramesRetried, long FramesRefused, double PhysicsSeconds);
