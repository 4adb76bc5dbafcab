using PnnEdge.Training.Systems;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Link.Session;

/// <summary>How the device is to play: made once of its hello, sent anew in every epoch.</summary>
internal sealed class PlanTurn(Conversation talk)
{
    private readonly SessionFacts _facts = talk.Facts;
    private readonly ControlExchange _control = talk.Control;

    /// <summary>The device cannot play what is wanted, and never will.</summary>
    public PhysicalSystemException? Impossible { get; private set; }

    /// <summary>A plan that no device such as this can play ends the session.</summary>
    public void Send(long nowMicros)
    {
        try
        {
            _facts.Plan ??= PlanBuilder.Build(_facts.Device, _facts.Hello!, _facts.Shape, _facts.Options.MaxFrameBytes);
        }
        catch (PhysicalSystemException impossible)
        {
            Impossible = impossible;
            talk.Fail(impossible);
            talk.IsClosing = true;
            return;
        }

        _facts.Drive ??= PlanBuilder.Scale(PlanBuilder.OfRole(_facts.Hello!, ChannelRole.Stimulus)[0]);
        _facts.Node ??= PlanBuilder.Scale(PlanBuilder.OfRole(_facts.Hello!, ChannelRole.Measurement)[0]);
        _facts.Plan.Write(_control.Frame);
        _control.Open(FrameKind.Plan, CommandCode.None, _control.NextSequence(), RunPlan.PayloadBytes, nowMicros);
        _control.Send(nowMicros);
    }
}
