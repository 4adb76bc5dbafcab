using PnnEdge.Physics;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Twins;

namespace PnnEdge.Twins.Physics;

/// <summary>The system's own equations as its twin: slots are held, the equations run, windows are read as its converter would.</summary>
public sealed class GreyBoxTwin : ITwin
{
    private readonly IPhysicsModel _model;
    private readonly SlotPlan _plan;
    private readonly float _restVolts;
    private float[] _drive = []; // [shot, sample], V
    private float[] _node = [];
    private float[] _ddrive = [];
    private float[] _y = [];

    /// <param name="model">At the constants of this twin; not shared with another one.</param>
    /// <param name="restVolts">What the drive rests at behind the last slot.</param>
    /// <param name="readout">Null for the node as it is.</param>
    public GreyBoxTwin(IPhysicsModel model, SlotPlan plan, float restVolts, GreyBoxReadout? readout = null) =>
        (_model, _plan, _restVolts, Readout) = (model, plan, restVolts, readout ?? GreyBoxReadout.Straight);

    /// <summary>At the values that this twin computes with.</summary>
    internal IPhysicsModel Model => _model;

    public string System => _model.Name;

    /// <summary>At the values that this twin computes with.</summary>
    public IReadOnlyList<PhysicalConstant> Constants => _model.Constants;

    public SlotPlan Plan => _plan;

    public float RestVolts => _restVolts;

    public GreyBoxReadout Readout { get; }

    public int Slots => _plan.Slots;

    public int Actuators => _model.ActuatorCount;

    public int Outputs => _plan.Windows;

    public void Forward(ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, Span<float> y)
    {
        int samples = Grow(shots);
        HeldShots.Hold(slots, shots, _plan, _restVolts, _drive.AsSpan(0, samples));
        _model.Forward(shots, _plan.Shot.Samples, _drive.AsSpan(0, samples), actuators, _node.AsSpan(0, samples));
        HeldShots.Read(_node.AsSpan(0, samples), shots, _plan, Readout, y);
    }

    public void Vjp(
        ReadOnlySpan<float> slots, ReadOnlySpan<float> actuators, int shots, ReadOnlySpan<float> dy, Span<float> dslots, Span<float> dactuators)
    {
        int samples = Grow(shots);
        if (Readout.Cuts)
        {
            if (_y.Length < dy.Length) { _y = new float[dy.Length]; }
            Forward(slots, actuators, shots, _y.AsSpan(0, dy.Length));
        }
        else
        {
            HeldShots.Hold(slots, shots, _plan, _restVolts, _drive.AsSpan(0, samples));
            _node.AsSpan(0, samples).Clear(); // any reading lies inside an endless range
        }

        HeldShots.ReadVjp(dy, shots, _plan, Readout, _node.AsSpan(0, samples));
        _model.Vjp(shots, _plan.Shot.Samples, _drive.AsSpan(0, samples), actuators, _node.AsSpan(0, samples), _ddrive.AsSpan(0, samples), dactuators);
        HeldShots.HoldVjp(_ddrive.AsSpan(0, samples), shots, _plan, dslots);
    }

    private int Grow(int shots)
    {
        int samples = shots * _plan.Shot.Samples;
        if (_drive.Length < samples) { (_drive, _node, _ddrive) = (new float[samples], new float[samples], new float[samples]); }
        return samples;
    }
}
