using System.Text;
using PnnEdge.Physics;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Recordings;
using PnnEdge.Training.Systems;

namespace PnnEdge.Twins.Physics;

/// <summary>A grey-box twin as a NumPy archive: which system, which constants; the equations themselves are code.</summary>
public static class GreyBoxFile
{
    private const string Mark = "grey_box";

    public static void Save(string path, GreyBoxTwin twin)
    {
        SlotPlan plan = twin.Plan;
        var archive = new NpzArchive();
        archive.Add(Mark, Encoding.UTF8.GetBytes(twin.System));
        archive.Add("constants", [.. twin.Constants.Select(constant => constant.Value)]);
        archive.Add("readout", [twin.Readout.Gain, twin.Readout.OffsetVolts, twin.Readout.Range.MinVolts, twin.Readout.Range.MaxVolts, twin.RestVolts]);
        archive.Add("plan", [plan.DataSlots, plan.ParameterSlots, plan.HoldSamples, plan.Windows, plan.DelaySamples, plan.ReadSamples]);
        archive.Save(path);
    }

    /// <summary>Whether a twin's file holds a grey box, which needs equations to be read.</summary>
    public static bool Holds(string path) => NpzArchive.Load(path).Names.Contains(Mark);

    /// <param name="nominal">The equations of the system that the file names.</param>
    /// <exception cref="InvalidDataException">One sentence: what does not fit together.</exception>
    public static GreyBoxTwin Load(string path, IPhysicsModel nominal)
    {
        NpzArchive archive = NpzArchive.Load(path);
        string system = Encoding.UTF8.GetString(archive.Get<byte>(Mark));
        double[] constants = archive.Get<double>("constants");
        float[] readout = archive.Get<float>("readout");
        int[] plan = archive.Get<int>("plan");
        if (system != nominal.Name || readout.Length != 5 || readout.Any(float.IsNaN) || plan.Length != 6)
        {
            throw new InvalidDataException($"{path} holds constants of '{system}'; the equations given are of '{nominal.Name}'.");
        }

        try
        {
            var read = new GreyBoxReadout(readout[0], readout[1], new VoltRange(readout[2], readout[3]));
            return new GreyBoxTwin(nominal.AtConstants(constants), new SlotPlan(plan[0], plan[1], plan[2], plan[3], plan[4], plan[5]), readout[4], read);
        }
        catch (ArgumentException misfit)
        {
            throw new InvalidDataException($"{path}: {misfit.Message}", misfit);
        }
    }
}
