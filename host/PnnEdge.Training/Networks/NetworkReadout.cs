using PnnEdge.Numerics.Chance;
using PnnEdge.Training.Coding;
using PnnEdge.Training.Methods;

namespace PnnEdge.Training.Networks;

/// <summary>How classes are read from what the last layer carried: each from its own stretch of windows, or through a digital linear layer.</summary>
/// <param name="at">Where its parameters lie.</param>
internal sealed class NetworkReadout(NetworkShape shape, ReadoutParameters at)
{
    private readonly float[] _fixedEdges = ClassReadout.EqualEdges(WindowsOf(shape), shape.Classes);

    private bool IsDense => shape.Readout == ReadoutKind.Dense;

    private int Windows => WindowsOf(shape);

    public static NetworkReadout LaidOut(NetworkShape shape, ParameterLayout layout)
    {
        bool dense = shape.Readout == ReadoutKind.Dense;
        return new NetworkReadout(shape, new ReadoutParameters(
            layout.Add("readout.weight", dense ? shape.Classes * shape.Carried : 0, shape.Carried),
            layout.Add("readout.edges", shape.TrainEdges ? 2 * shape.Classes : 0, 2),
            layout.Add("readout.attenuation", dense ? 0 : shape.Classes),
            layout.Add("readout.offset", shape.Classes)));
    }

    public ReadoutParameters At => at;

    public void Initialise(SeededRandom random, float[] parameters)
    {
        StartValues.FillNormal(random, at.Weight.Of(parameters), 1 / Math.Sqrt(shape.Carried));
        at.Attenuation.Of(parameters).Fill(1f);
        at.Offset.Of(parameters).Clear();
        if (shape.TrainEdges) { _fixedEdges.CopyTo(at.Edges.Of(parameters)); }
    }

    /// <summary>Starts each class of a group readout at logits of mean 0 and spread <see cref="NetworkShape.LogitSharpness"/> over these shots.</summary>
    /// <param name="carried">[shot, window], 1, of the last layer.</param>
    public void Standardise(ReadOnlySpan<float> carried, int shots, float[] parameters)
    {
        if (IsDense) { return; }
        float[] logits = new float[shots * shape.Classes], ofClass = new float[shots];
        at.Attenuation.Of(parameters).Fill(1f);
        at.Offset.Of(parameters).Clear();
        Forward(carried, shots, parameters, logits);
        for (int c = 0; c < shape.Classes; c++)
        {
            for (int s = 0; s < shots; s++) { ofClass[s] = logits[(s * shape.Classes) + c]; }
            (double mean, double spread) = NetworkCalibration.Moments(ofClass);
            float attenuation = (float)Math.Min(shape.LogitSharpness / spread, 10);
            at.Attenuation.Of(parameters)[c] = attenuation;
            at.Offset.Of(parameters)[c] = (float)(-attenuation * mean);
        }
    }

    /// <param name="carried">[shot, branch, window], of the last layer.</param> <param name="logits">[shot, class]; overwritten.</param>
    public void Forward(ReadOnlySpan<float> carried, int shots, float[] parameters, Span<float> logits)
    {
        if (IsDense)
        {
            Dense.Forward(carried, shots, at.Weight.Of(parameters), at.Offset.Of(parameters), logits);
            return;
        }

        ClassReadout.Forward(
            ReadPart(carried, shots), shots, Edges(parameters), at.Attenuation.Of(parameters), at.Offset.Of(parameters), shape.LogitSharpness, logits);
    }

    /// <summary>[class]: what <see cref="Forward"/> computes, as one sum each.</summary>
    public IReadOnlyList<ClassSum> Sums(float[] parameters)
    {
        float[] offset = [.. at.Offset.Of(parameters)];
        if (IsDense)
        {
            float[] weight = [.. at.Weight.Of(parameters)];
            return [.. Enumerable.Range(0, shape.Classes).Select(c => new ClassSum(0, weight[(c * shape.Carried)..((c + 1) * shape.Carried)], 1, 1, offset[c]))];
        }

        float[] edges = [.. Edges(parameters)], attenuation = [.. at.Attenuation.Of(parameters)];
        return [.. Enumerable.Range(0, shape.Classes).Select(c =>
        {
            (int first, float[] shares, float width) = ClassReadout.SumOf(edges, c, Windows);
            return new ClassSum(shape.Carried - Windows + first, shares, width, shape.LogitSharpness * attenuation[c], offset[c]);
        })];
    }

    /// <param name="dcarried">[shot, branch, window]; overwritten.</param> <param name="gradient">[parameter]; added to.</param>
    public void Vjp(ReadOnlySpan<float> carried, int shots, float[] parameters, ReadOnlySpan<float> dlogits, Span<float> dcarried, float[] gradient)
    {
        if (IsDense)
        {
            Dense.Vjp(carried, shots, at.Weight.Of(parameters), dlogits, dcarried, at.Weight.Of(gradient), at.Offset.Of(gradient));
            return;
        }

        Span<float> dread = shape.ClassSlots == 0 ? dcarried : new float[shots * shape.ClassSlots];
        ClassReadout.Vjp(
            ReadPart(carried, shots), shots, Edges(parameters), at.Attenuation.Of(parameters), shape.LogitSharpness, dlogits, dread,
            at.Edges.Of(gradient), at.Attenuation.Of(gradient), at.Offset.Of(gradient));
        if (shape.ClassSlots > 0)
        {
            dcarried.Clear();
            for (int s = 0; s < shots; s++) { dread.Slice(s * Windows, Windows).CopyTo(dcarried[(((s + 1) * shape.Carried) - Windows)..]); }
        }
    }

    private static int WindowsOf(NetworkShape shape) => shape.ClassSlots > 0 ? shape.ClassSlots : shape.Carried;

    private ReadOnlySpan<float> Edges(float[] parameters) => shape.TrainEdges ? at.Edges.Of(parameters) : _fixedEdges;

    private ReadOnlySpan<float> ReadPart(ReadOnlySpan<float> carried, int shots)
    {
        if (shape.ClassSlots == 0) { return carried; }
        float[] part = new float[shots * Windows];
        for (int s = 0; s < shots; s++) { carried.Slice(((s + 1) * shape.Carried) - Windows, Windows).CopyTo(part.AsSpan(s * Windows)); }
        return part;
    }
}
